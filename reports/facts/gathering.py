"""From a note and its projects' statuses to facts, and to what the rules notice in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.enums import Severity, SnapshotState
from projects.models import Project, StatusSnapshot
from projects.months import format_month, last_day
from projects.queries.findings import answered, answers_about
from projects.queries.notices import (
    AnsweredNotice,
    Found,
    project_notices,
    status_label,
    status_notices,
    status_subject,
    text_notices,
)
from projects.queries.snapshots import SnapshotContent, approved_snapshots, current_snapshots, snapshot_contents
from projects.rules.lengths import LENGTHS
from projects.rules.meetings import check_case_number
from projects.rules.names import other_name_notices
from projects.rules.notes import (
    ChosenFigure,
    approval_notice,
    empty_note_notice,
    empty_section_notice,
    figure_notice,
    figure_notices,
    moved_notice,
)
from projects.rules.notices import Notice
from reports.enums import PartKind
from reports.facts import privacy
from reports.facts.additions import additions_found, own_annexes, own_references
from reports.facts.annexes import AnnexKey
from reports.facts.comparing import compared
from reports.facts.economy import pool_facts
from reports.facts.exhibits import NARRATIVE, field_of_key, key_of_field, printed_keys
from reports.facts.follow_ups import follow_up_facts
from reports.facts.note import AnnexFact, CountTable, MeasureTable, NoteFacts, SectionFacts
from reports.facts.note_parts import part_facts, part_field, parts_found
from reports.facts.parts import DecisionFact, FollowUpFact, PoolFact
from reports.facts.sections import Numbers, SectionSource, overview_fact, section_facts
from reports.facts.texts import (
    DECISION,
    Choice,
    choice_of,
    edit_notices,
    is_replaced,
    paragraphs,
    printed_length,
    section_field,
)
from reports.models import NotePart, NoteSection, StatusNote
from reports.queries.additions import Additions, additions_of
from reports.queries.notes import money_by_then, note_month, reference_annexes

FULL = "full"


@dataclass(frozen=True)
class Gathered:
    """A note's facts, the statuses they rest on, and every notice in them, those that stop the issuing first.

    `annexes` are the facts' own, by what each was made from.
    """

    facts: NoteFacts
    notices: tuple[AnsweredNotice, ...]
    snapshots: tuple[StatusSnapshot, ...]
    annexes: Mapping[AnnexKey, AnnexFact] = field(default_factory=dict)

    @property
    def blocking(self) -> list[AnsweredNotice]:
        return [item for item in self.notices if item.notice.is_blocking]

    @property
    def findings(self) -> list[AnsweredNotice]:
        return [item for item in self.notices if not item.notice.is_blocking]


@dataclass(frozen=True)
class _Chosen:
    """A chosen project with the status that goes into the note (the approved one, else what there is), and how."""

    project: Project
    snapshot: StatusSnapshot | None
    content: SnapshotContent | None
    choice: Choice
    section_id: int


def note_subject(note: StatusNote) -> str:
    return f"note/{note.meeting.committee.code}/{note.meeting.date:%Y-%m-%d}"


def gather(note: StatusNote) -> Gathered:
    """Return what the note would say today. At most 34 queries, however many projects.

    The note's meeting and committee must be loaded. A project without an approved status appears with what it has,
    and with a notice that stops the issuing.
    """
    month = note_month(note.meeting)
    chosen = _chosen(note, month)
    parts = list(NotePart.objects.filter(note=note, is_included=True))
    additions = additions_of(note)
    found = [
        *_note_found(note, chosen),
        *parts_found(note_subject(note), parts),
        *_names_found(note, chosen, parts),
        *_added_found(note, chosen, additions),
        *(item for one in chosen for item in _status_found(note, one, month)),
    ]
    # Read once, for what is found here and in the facts made of it.
    answers = answers_about(_subjects(note, chosen, month))
    notices = answered(found, answers)
    made, annexes = _facts(note, month, chosen, parts, notices, additions)
    facts = compared(made, note)
    notices += answered(
        [*_figures_found(facts), *_empty_found(note, facts), *_privacy_found(note, chosen, parts, facts)], answers
    )
    notices.sort(key=lambda item: -item.notice.severity)
    snapshots = tuple(one.snapshot for one in chosen if one.snapshot)
    return Gathered(facts, tuple(notices), snapshots, annexes)


def _subjects(note: StatusNote, chosen: Sequence[_Chosen], month: date) -> list[str]:
    """Return everything a note can be noticed for: itself, its projects and their statuses."""
    projects = [one.project for one in chosen]
    return [
        note_subject(note),
        *(status_subject(project, month) for project in projects),
        *(f"project/{project.code}" for project in projects),
    ]


def _chosen(note: StatusNote, month: date) -> list[_Chosen]:
    rows = NoteSection.objects.filter(note=note, is_included=True).select_related("project__unit", "project__pool")
    sections = list(rows.prefetch_related("edits"))
    projects = [section.project for section in sections]
    snapshots = {**current_snapshots(projects, month), **approved_snapshots(projects, month)}
    contents = snapshot_contents(list(snapshots.values())) if snapshots else {}
    return [
        _Chosen(section.project, snapshot, contents[snapshot.pk] if snapshot else None, choice_of(section), section.pk)
        for section in sections
        for snapshot in [snapshots.get(section.project_id)]
    ]


def _note_found(note: StatusNote, chosen: Sequence[_Chosen]) -> Iterable[Found]:
    subject, label = note_subject(note), str(note)
    notices: list[Notice | None] = [case_number_notice(note.case_number), empty_note_notice(len(chosen))]
    notices += [
        moved_notice(one.project.name) for one in chosen if one.project.committee_id != note.meeting.committee_id
    ]
    notices += text_notices(note.title, "title")
    notices += text_notices(note.introduction, "introduction")
    return ((subject, label, notice) for notice in notices if notice is not None)


def _names_found(note: StatusNote, chosen: Sequence[_Chosen], parts: Sequence[NotePart]) -> Iterable[Found]:
    """Yield R19 for the note's own texts: a project in it called by another of its names."""
    texts = {"title": note.title, "introduction": note.introduction} | {part_field(part): part.text for part in parts}
    for one in chosen:
        names = one.content.known.other_names(one.project.pk) if one.content else ()
        for place, text in texts.items():
            for notice in other_name_notices(text, place, project=one.project.name, aliases=names):
                yield note_subject(note), str(note), notice


def _added_found(note: StatusNote, chosen: Sequence[_Chosen], additions: Additions) -> Iterable[Found]:
    rows = [row for pk in (*(one.section_id for one in chosen), None) for row in additions.references.get(pk, ())]
    return additions_found(note_subject(note), str(note), rows, note.dated)


def case_number_notice(text: str, field: str = "case_number") -> Notice | None:
    """CASE, blocking: no case number, or one that the municipality's pattern does not know."""
    try:
        if text.strip():
            check_case_number(text, settings.CASE_NUMBER_PATTERN)
            return None
        message = _("The note has no case number.")
    except ValidationError as error:
        message = " ".join(error.messages)
    return Notice("CASE", field, message, (text,), Severity.BLOCKING)


def _status_found(note: StatusNote, one: _Chosen, month: date) -> Iterable[Found]:
    subject, label = status_subject(one.project, month), status_label(one.project, month)
    state = one.snapshot.state if one.snapshot else None
    missing = approval_notice(project=one.project.name, month=month, state=state)
    if missing is not None:
        yield subject, label, missing
    if one.content is not None:
        for notice in status_notices(one.content, note_date=note.dated):
            # Which figures are printed is the note's choice: they are judged as it prints them.
            if notice.rule != "R11" and _is_told(one, notice.field):
                yield subject, label, notice
    own = paragraphs(one.project, one.snapshot, one.choice)
    for notice in edit_notices(one.project, own, one.choice, one.content):
        yield note_subject(note), one.project.name, notice
    for notice in project_notices(one.project, one.content.indicators if one.content else ()):
        yield f"project/{one.project.code}", one.project.name, notice


def _is_told(one: _Chosen, field: str) -> bool:
    """Return whether the note prints what stands at this place of the status."""
    key = key_of_field(field)
    printed = printed_keys(one.content, one.choice.exhibits)
    if key and any(key == known for known, _is_printed in one.choice.exhibits) and key not in printed:
        return False
    if field in LENGTHS and NARRATIVE not in printed:
        return False
    length = printed_length(one.snapshot, one.choice.text_length)
    return not is_replaced(field, paragraphs(one.project, one.snapshot, one.choice), length)


def _sections(
    note: StatusNote,
    month: date,
    chosen: Sequence[_Chosen],
    notices: list[AnsweredNotice],
    numbers: Numbers,
    additions: Additions,
) -> tuple[list[SectionFacts], dict[AnnexKey, AnnexFact]]:
    day = money_day(note, month)
    money = money_by_then([one.project.pk for one in chosen], year=month.year, day=day)
    annexes = reference_annexes([one.snapshot for one in chosen if one.snapshot])
    by_subject: dict[str, list[AnsweredNotice]] = defaultdict(list)
    for item in notices:
        by_subject[item.subject].append(item)
    sections: list[SectionFacts] = []
    all_annexes: dict[AnnexKey, AnnexFact] = {}
    for one in chosen:
        own = by_subject[status_subject(one.project, month)] + by_subject[f"project/{one.project.code}"]
        source = SectionSource(
            project=one.project,
            month=month,
            content=one.content,
            money=money[one.project.pk],
            money_day=day,
            note_date=note.dated,
            notices=own,
            annexes=annexes.get(one.snapshot.pk, {}) if one.snapshot else {},
            choice=one.choice,
            own_references=additions.references.get(one.section_id, ()),
            own_annexes=additions.annexes.get(one.section_id, ()),
        )
        section, annexes_of_section = section_facts(source, numbers)
        sections.append(section)
        all_annexes |= annexes_of_section
    return sections, all_annexes


def money_day(note: StatusNote, month: date) -> date:
    """Return the day money is counted to: the month's last, or the note's own when it is earlier."""
    return min(last_day(month), note.dated)


def _facts(
    note: StatusNote,
    month: date,
    chosen: Sequence[_Chosen],
    parts: Sequence[NotePart],
    notices: list[AnsweredNotice],
    additions: Additions,
) -> tuple[NoteFacts, dict[AnnexKey, AnnexFact]]:
    committee, day = note.meeting.committee, money_day(note, month)
    numbers, overview_number = Numbers(), 0
    sections: list[SectionFacts] = []
    annexes: dict[AnnexKey, AnnexFact] = {}
    pools: tuple[PoolFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()
    # Tables are numbered in the order they are read.
    for kind in [part.kind for part in parts] or [PartKind.OVERVIEW, PartKind.PROJECTS]:
        if kind == PartKind.OVERVIEW and chosen:
            overview_number = numbers.table()
        elif kind == PartKind.ECONOMY:
            pools = pool_facts(committee.pk, year=month.year, day=day, numbers=numbers)
        elif kind == PartKind.FOLLOW_UP:
            own = [one.project.pk for one in chosen]
            follow_ups = follow_up_facts(committee.pk, note.meeting.date, own)
        elif kind == PartKind.PROJECTS:
            sections, annexes = _sections(note, month, chosen, notices, numbers, additions)
    annexes |= own_annexes(additions.annexes.get(None, ()), "", len(annexes) + 1)
    facts = NoteFacts(
        edition=FULL,
        municipality=settings.SITE_MUNICIPALITY,
        committee_code=committee.code,
        committee=committee.name,
        meeting_date=note.meeting.date,
        month=month,
        title=note.title,
        case_number=note.case_number,
        case_officer=note.case_officer,
        dated=note.dated,
        introduction=note.introduction,
        overview=overview_fact(sections, overview_number, day) if overview_number else None,
        sections=tuple(sections),
        annexes=tuple(annexes.values()),
        references=own_references(additions.references.get(None, ()), note.dated),
        parts=part_facts(parts),
        pools=pools,
        follow_ups=follow_ups,
        decisions=tuple(
            DecisionFact(section.project_code, section.project, section.decision)
            for section in sections
            if section.decision
        ),
    )
    return facts, annexes


def _privacy_found(
    note: StatusNote, chosen: Sequence[_Chosen], parts: Sequence[NotePart], facts: NoteFacts
) -> Iterable[Found]:
    """Yield R14 for what is written in the note itself, and for its tables. At most one query."""
    subject, label = note_subject(note), str(note)
    texts = {"title": (label, note.title), "introduction": (label, note.introduction)}
    texts |= {f"part.{part.pk}": (str(part), f"{part.heading}\n{part.text}") for part in parts}
    for one in chosen:
        code, name = one.project.code, one.project.name
        own = [told for told in paragraphs(one.project, one.snapshot, one.choice) if told.is_edited]
        texts |= {section_field(code, told.place): (name, told.printed) for told in own}
        texts[section_field(code, DECISION)] = (name, one.choice.decision)
    yield from privacy.text_found(subject, texts)
    for section in facts.sections:
        yield from privacy.counts_found(subject, section)


def _empty_found(note: StatusNote, facts: NoteFacts) -> Iterable[Found]:
    """Yield R9 for every project with nothing under its heading. What is not approved yet is told as such."""
    for section in facts.sections:
        if section.is_empty and section.state == SnapshotState.APPROVED:
            field = section_field(section.project_code, NARRATIVE)
            yield note_subject(note), section.project, empty_section_notice(section.project, field)


def _figures_found(facts: NoteFacts) -> Iterable[Found]:
    """Yield R11 for every table and figure that lacks a source or a date; a figure's as the status says it."""
    for section in facts.sections:
        parts: list[MeasureTable | CountTable] = [*section.tables]
        if section.measures:
            parts.insert(0, section.measures)
        subject = f"status/{section.project_code}/{section.month:%Y-%m}"
        label = f"{section.project}, {format_month(section.month)}"
        for part in parts:
            notice = figure_notice(label=part.caption, number=part.number, source=part.source, as_of=part.as_of)
            if notice is not None:
                yield subject, label, notice
        figures = [ChosenFigure(field_of_key(fact.key), fact.caption, fact.source) for fact in section.figures]
        for notice in figure_notices(figures, section.figures[0].as_of if figures else None):
            yield subject, label, notice
