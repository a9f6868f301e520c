"""What the rules notice in a status, a pool or a project.

Everything here was read before, but what `Known` reads when it is asked for: at most five queries for any number of
statuses that were read together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from projects.enums import CountingRule, Dimension, ProjectState
from projects.models import Project, StatusSnapshot, User
from projects.months import format_month, last_day
from projects.queries.breakdowns import BreakdownFact
from projects.queries.known import Known
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from projects.rules.benefits import duration_notices, speaks_of_duration
from projects.rules.crosses import cross_notices, share_notices
from projects.rules.indicators import (
    breakdown_notices,
    falling_notice,
    flow_notices,
    jump_notice,
    overlap_notices,
    unit_notice,
)
from projects.rules.lengths import LENGTHS
from projects.rules.meetings import reference_notices
from projects.rules.names import other_name_notices
from projects.rules.notes import ChosenFigure, figure_notices
from projects.rules.notices import Notice
from projects.rules.privacy import annex_notices, may_name_somebody, personal_notices, spoken_file_name
from projects.rules.projects import closed_without_results_notice, funding_notice, negative_forecast_notice
from projects.rules.snapshots import NoteDay, comment_field, status_date_notice
from projects.rules.text import claim_notices, dateless_notices, draft_notices
from projects.rules.wording import place

Found = tuple[str, str, Notice]  # the subject its answers are kept under, what people call it, and the notice


@dataclass(frozen=True)
class AnsweredNotice:
    """A notice about one object, with the answer that stands for it today ("" when nobody has answered).

    `subject` is the key answers are kept under; `object_label` is how people call the object. `way` is the address
    where it is mended, and `way_words` what its link says; the pages that show it know, "" for none.
    """

    notice: Notice
    subject: str
    object_label: str
    answer: str = ""
    answered_by: User | None = None
    answered_at: datetime | None = None
    way: str = ""
    way_words: str = ""

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def rule(self) -> str:
        return self.notice.rule

    @property
    def message(self) -> str:
        return self.notice.message

    @property
    def is_blocking(self) -> bool:
        return self.notice.is_blocking


def status_subject(project: Project, month: date) -> str:
    return f"status/{project.code}/{month:%Y-%m}"


def status_label(project: Project, month: date) -> str:
    return f"{project.name}, {format_month(month)}"


def status_notices(content: SnapshotContent, *, note_date: date | None = None) -> list[Notice]:
    """Return what the rules notice in one status, in the order of the page.

    Places are the form's: "as_of", "indicator.<code>", "breakdown.<code>.<row>", "narrative", "summary_manager",
    "summary_short", "comment_<dimension>", "forecast", "attachments.<number>", "references.<number>".
    `note_date` is the note's that asks; otherwise it is the one the status will go into. Without either, references
    are held against the month's last day.
    """
    snapshot = content.snapshot
    if snapshot is None:
        return []
    notices: list[Notice | None] = []
    note = NoteDay(note_date) if note_date else _note_day(content, snapshot)
    if note is not None:
        label = status_label(content.project, content.month)
        notices.append(status_date_notice(as_of=snapshot.as_of, note=note, label=label))
    notices += figure_notices(chosen_figures(content), snapshot.as_of)
    for indicator in content.indicators:
        notices += indicator_notices(indicator)
    day = snapshot.as_of or last_day(content.month)
    for breakdown in content.breakdowns:
        notices += table_notices(breakdown) + _table_durations(breakdown, content.known, day)
    texts = {name: getattr(snapshot, name) for name in LENGTHS}
    texts |= {comment_field(dimension): snapshot.comment(dimension) for dimension in Dimension}
    for name, text in texts.items():
        notices += text_notices(text, name, content.indicators)
        notices += _known_notices(text, name, content, day)
    notices.append(negative_forecast_notice(snapshot.forecast))
    notices += _annex_notices(content)
    notices += reference_notices(content.references, note_date=note.day if note else last_day(content.month))
    return [notice for notice in notices if notice is not None]


def _note_day(content: SnapshotContent, snapshot: StatusSnapshot) -> NoteDay | None:
    """Return the day of the note where something in the status is held against it."""
    is_asked = snapshot.as_of is not None or any(row.meeting_date is not None for row in content.references)
    return content.note_day if is_asked else None


def chosen_figures(content: SnapshotContent) -> list[ChosenFigure]:
    """Return what is chosen as a figure and has something to show this month. A table names who reports, if no more."""
    figures = [
        ChosenFigure(f"indicator.{fact.code}", fact.caption, fact.source)
        for fact in content.indicators
        if fact.is_figure and fact.value is not None
    ]
    return figures + [
        ChosenFigure(f"breakdown.{fact.code}", fact.caption, content.project.unit.name)
        for fact in content.breakdowns
        if fact.is_figure and any(row.is_given for row in fact.rows)
    ]


def indicator_notices(fact: IndicatorFact) -> list[Notice | None]:
    if fact.value is None:
        return []
    field = f"indicator.{fact.code}"
    notices = [unit_notice(label=fact.name, previous=fact.previous_unit, current=fact.unit, field=field)]
    fell = None
    if fact.counting_rule == CountingRule.SINCE_START:
        fell = falling_notice(label=fact.name, previous=fact.previous, current=fact.value, field=field)
    notices.append(fell or jump_notice(label=fact.name, previous=fact.previous, current=fact.value, field=field))
    return notices


def table_notices(fact: BreakdownFact) -> list[Notice]:
    field = f"breakdown.{fact.code}"
    if fact.is_flow:
        return flow_notices([row.as_flow for row in fact.rows if row.typed is not None], field)
    expected = fact.total_expected
    tied: dict[str, Any] = {
        "name": fact.name,
        "total_label": fact.total_label,
        "total": int(expected) if expected is not None and expected == int(expected) else None,
        "is_exclusive": fact.is_exclusive,
        "field": field,
    }
    if fact.is_cross:
        columns = [column.as_column for column in fact.columns]
        return cross_notices(rows=[row.as_cross_row for row in fact.rows], columns=columns, **tied)
    if fact.is_share:
        return share_notices(rows=[row.as_share_row for row in fact.rows], **tied)
    rows = [row.as_row for row in fact.rows]
    overlaps = overlap_notices(rows, is_exclusive=fact.is_exclusive, field=field)
    return breakdown_notices(rows=rows, **tied) + overlaps + _row_jumps(fact, field)


def _row_jumps(fact: BreakdownFact, field: str) -> list[Notice]:
    """Return R21 for the rows that people type: a digit too many is as likely there as in an indicator."""
    jumps = [
        jump_notice(
            label=f"{fact.name}: {row.label}",
            previous=None if row.previous is None else Decimal(row.previous),
            current=None if row.typed is None else Decimal(row.typed),
            field=place(field, row.code),
        )
        for row in fact.rows
        if not row.is_total
    ]
    return [notice for notice in jumps if notice is not None]


def _table_durations(fact: BreakdownFact, known: Known, day: date) -> list[Notice]:
    """Return R17 for the rows and columns somebody is counted in, read with the table's name before them."""
    context = f"{fact.name} {fact.total_label or ''}"
    counted = [(row.code, row.label) for row in fact.rows if row.value]
    counted += [(column.code, column.label) for column in fact.columns if column.value]
    notices = []
    for code, label in counted:
        if speaks_of_duration(f"{context} {label}"):
            field = f"breakdown.{fact.code}.{code}"
            notices += duration_notices(label, known.benefits, day=day, field=field, context=context)
    return notices


def _known_notices(text: str, field: str, content: SnapshotContent, day: date) -> list[Notice]:
    """Return R19, R17 and R14 for a text: what is held against projects' names, benefits and who works here."""
    if not text.strip():
        return []
    known, project = content.known, content.project
    notices = other_name_notices(text, field, project=project.name, aliases=known.other_names(project.pk))
    notices += duration_notices(text, known.benefits, day=day, field=field) if speaks_of_duration(text) else []
    return notices + personal_notices(text, field, known.staff if may_name_somebody(text) else ())


def _annex_notices(content: SnapshotContent) -> list[Notice]:
    """Return R14 for what the annexes and their files are called."""
    notices = []
    for number, annex in enumerate(content.attachments):
        said = {"title": annex.title, "source": annex.source, "file_name": annex.file_name}
        is_named = may_name_somebody(" · ".join([annex.title, annex.source, spoken_file_name(annex.file_name)]))
        staff = content.known.staff if is_named else ()
        notices += annex_notices(**said, field=place("attachments", number), staff=staff)
    return notices


def text_notices(text: str, field: str, indicators: Iterable[IndicatorFact] = ()) -> list[Notice]:
    if not text.strip():
        return []
    facts = [(fact.name, fact.previous, fact.value) for fact in indicators]
    return [*draft_notices(text, field), *dateless_notices(text, field), *claim_notices(text, field, facts)]


def project_notices(project: Project, indicators: Iterable[IndicatorFact]) -> list[Notice]:
    """Return R15 and, for a closed project, R16. The project's pool must be loaded."""
    with_target = [fact for fact in indicators if fact.target is not None]
    notices = [
        funding_notice(
            project=project.name,
            pool_kind=project.pool.kind if project.pool else None,
            other_source=project.other_funding,
        ),
        closed_without_results_notice(
            project=project.name,
            state=ProjectState(project.state),
            targets=[fact.name for fact in with_target],
            without_result=[fact.name for fact in with_target if fact.value is None],
        ),
    ]
    return [notice for notice in notices if notice is not None]
