"""A whole note as the public may read it: counts, texts, names and annexes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from projects.rules.disclosure import counts_people
from projects.rules.privacy import without_contacts
from reports.disclosure.cells import kept, whole
from reports.disclosure.choosing import hidden_cells
from reports.disclosure.collecting import Counted, Published, reader_knowledge
from reports.disclosure.names import measure_key, row_names, undated
from reports.disclosure.printing import PUBLIC, HiddenLine, public_sections
from reports.facts.note import CountTable, NoteFacts, ReferenceLine, SectionFacts
from reports.facts.parts import ChangeLine, ChangesFact


@dataclass(frozen=True)
class Choices:
    """What is decided of a public edition. `texts` replace a text by its key; "" leaves it out."""

    threshold: int
    shows_zeros: bool
    removes_contacts: bool
    texts: Mapping[str, str]


@dataclass(frozen=True)
class PublicNote:
    facts: NoteFacts
    hidden: frozenset[str]
    audit: tuple[HiddenLine, ...]


@dataclass(frozen=True)
class TextPlace:
    """A text somebody wrote, and where it stands.

    `whole` names what it is told as part of, in these very words or not at all.
    """

    key: str
    label: str
    text: str
    whole: str = ""


@dataclass(frozen=True)
class ReplacedText:
    """A text as it was issued, and what is told instead, "" for nothing."""

    label: str
    issued: str
    told: str


def public_note(facts: NoteFacts, choices: Choices, earlier: Iterable[Published]) -> PublicNote:
    """Return the note without what the public may not read. Raises ProtectionError."""
    earlier = list(earlier)
    sections, hidden, audit = protected(facts, choices, earlier)
    withheld = {undated(key) for key in hidden.union(*(paper.hidden for paper in earlier))}
    annexes = tuple(annex for annex in facts.annexes if annex.may_be_published)
    numbers = {annex.number for annex in annexes}
    public = replace(
        facts,
        edition=PUBLIC,
        sections=tuple(_without_annexes(section, numbers) for section in sections),
        annexes=annexes,
        changes=_told_changes(facts, facts.changes, withheld, choices.threshold),
        corrections=_told_changes(facts, facts.corrections, withheld, choices.threshold),
    )
    return PublicNote(_with_texts(public, choices), hidden, audit)


def protected(
    facts: Counted, choices: Choices, earlier: Iterable[Published]
) -> tuple[tuple[SectionFacts, ...], frozenset[str], tuple[HiddenLine, ...]]:
    """Return the sections without the counts that are hidden, which these are, and why. Raises ProtectionError."""
    found = reader_knowledge(facts, threshold=choices.threshold, shows_zeros=choices.shows_zeros, earlier=earlier)
    hidden = hidden_cells(found, threshold=choices.threshold, shows_zeros=choices.shows_zeros)
    sections, audit = public_sections(facts, found, hidden)
    return sections, hidden, tuple(audit)


def _without_annexes(section: SectionFacts, numbers: set[int]) -> SectionFacts:
    """Return the section pointing only to the annexes that are published, and naming nobody who approved it."""
    lines = tuple(line if line.annex in numbers else replace(line, annex=None) for line in section.references)
    return replace(section, references=lines, approved_by="")


def _told_changes(
    facts: NoteFacts, changes: ChangesFact | None, withheld: Collection[str], threshold: int
) -> ChangesFact | None:
    """Return what is new, without the counts: only a measure that has changed by many, and not from few, tells how.

    `withheld` names what is hidden in any month, here or earlier: such a measure tells neither end of its change.
    """
    if changes is None:
        return None
    measured = {
        (section.project_code, measure.name)
        for section in facts.sections
        for measure in (section.measures.measures if section.measures else ())
    }

    def is_told(code: str, line: ChangeLine) -> bool:
        if line.kind != "number":
            return True
        if (code, line.label) not in measured or undated(measure_key(code, line.label, facts.month)) in withheld:
            return False
        before = whole(line.before) if counts_people(line.unit) else None
        is_from_few = before is not None and kept(before, threshold) > 0
        return not is_from_few and line.difference is not None and abs(line.difference) >= threshold

    projects = tuple(
        replace(project, lines=tuple(line for line in project.lines if is_told(project.code, line)))
        for project in changes.projects
    )
    return replace(changes, projects=projects)


# --- Texts -------------------------------------------------------------------------------------------------------


def told_text(place: TextPlace, choices: Choices) -> str:
    """Return the text as the public reads it."""
    if place.whole:
        text = "" if place.whole in choices.texts else place.text
    else:
        text = choices.texts.get(place.key, place.text)
    return without_contacts(text) if choices.removes_contacts else text


def changeable(places: Iterable[TextPlace]) -> list[TextPlace]:
    """Return the places with one for each whole: its first."""
    return list({place.whole or place.key: place for place in reversed(list(places))}.values())[::-1]


def replaced_texts(places: Iterable[TextPlace], texts: Mapping[str, str]) -> list[ReplacedText]:
    """Return those of the places that `texts` rewrite or leave out."""
    return [
        ReplacedText(place.label, "" if place.whole else place.text, texts[place.whole or place.key])
        for place in changeable(places)
        if (place.whole or place.key) in texts
    ]


def text_places(facts: NoteFacts) -> list[TextPlace]:
    """Return every text of the note that a person wrote, in the note's order."""
    places = [TextPlace("introduction", _("Introduction"), facts.introduction)]
    places += [TextPlace(part.anchor, part.heading, part.text) for part in facts.parts]
    for section in facts.sections:
        places.append(TextPlace(f"{section.anchor}/heading", section.project, section.heading))
        places.append(TextPlace(section.anchor, section.project, section.narrative))
        places += [
            TextPlace(f"{section.anchor}/{light.dimension}", f"{section.project}, {light.label}", light.comment)
            for light in section.lights
        ]
        places.append(TextPlace(f"{section.anchor}/correction", section.project, section.correction))
        places += [
            TextPlace(key, f"{section.project}, {row.label}", row.since_text)
            for table in section.tables
            for key, row in zip(_since_keys(section, table), table.rows, strict=True)
        ]
        places += _reference_places(section.anchor, section.project, section.references)
    places += [TextPlace(f"decision/{fact.project_code}", fact.project, fact.text) for fact in facts.decisions]
    for number, fact in enumerate(facts.follow_ups):
        places.append(TextPlace(f"follow-up/{number}", fact.project, fact.text))
        places.append(TextPlace(f"follow-up/{number}/answer", fact.project, fact.answer))
    places += _reference_places("note", _("References"), facts.references)
    return [place for place in places if place.text.strip()]


def _since_keys(section: SectionFacts, table: CountTable) -> list[str]:
    """Return, by row, the key of what is said in words of the day it is counted from."""
    return [f"{section.anchor}/since/{name}" for name in row_names(section, table)]


def _reference_places(anchor: str, label: str, lines: Iterable[ReferenceLine]) -> list[TextPlace]:
    """Return the references the secretary added; those of a status were gone through with it."""
    return [
        TextPlace(f"{anchor}/reference-{place}", label, line.title)
        for place, line in enumerate(lines, start=1)
        if line.is_own
    ]


def _told_references(
    anchor: str, lines: Iterable[ReferenceLine], told: Callable[[str, str], str]
) -> tuple[ReferenceLine, ...]:
    """Return the references as the public reads them; one whose text was taken away is left out."""
    found = (
        replace(line, title=told(f"{anchor}/reference-{place}", line.title)) if line.is_own else line
        for place, line in enumerate(lines, start=1)
    )
    return tuple(line for line in found if line.title.strip())


def _with_texts(facts: NoteFacts, choices: Choices) -> NoteFacts:
    def told(key: str, text: str) -> str:
        return told_text(TextPlace(key, "", text), choices)

    return replace(
        facts,
        case_officer="" if choices.removes_contacts else facts.case_officer,
        introduction=told("introduction", facts.introduction),
        parts=tuple(replace(part, text=told(part.anchor, part.text)) for part in facts.parts),
        sections=tuple(_section_texts(section, told) for section in facts.sections),
        decisions=tuple(
            replace(fact, text=told(f"decision/{fact.project_code}", fact.text)) for fact in facts.decisions
        ),
        follow_ups=tuple(
            replace(
                fact,
                text=told(f"follow-up/{number}", fact.text),
                answer=told(f"follow-up/{number}/answer", fact.answer),
            )
            for number, fact in enumerate(facts.follow_ups)
        ),
        references=_told_references("note", facts.references, told),
    )


def _section_texts(section: SectionFacts, told: Callable[[str, str], str]) -> SectionFacts:
    return replace(
        section,
        heading=told(f"{section.anchor}/heading", section.heading) or section.project,
        narrative=told(section.anchor, section.narrative),
        decision=told(f"decision/{section.project_code}", section.decision),
        correction=told(f"{section.anchor}/correction", section.correction),
        references=_told_references(section.anchor, section.references, told),
        tables=tuple(_table_texts(section, table, told) for table in section.tables),
        lights=tuple(
            replace(light, comment=told(f"{section.anchor}/{light.dimension}", light.comment))
            for light in section.lights
        ),
    )


def _table_texts(section: SectionFacts, table: CountTable, told: Callable[[str, str], str]) -> CountTable:
    rows = (
        replace(row, since_text=told(key, row.since_text))
        for key, row in zip(_since_keys(section, table), table.rows, strict=True)
    )
    return replace(table, rows=tuple(rows))
