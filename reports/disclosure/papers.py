"""The public edition of a paper that is not a note: its counts, its texts, and whom to ask.

What a paper counts is put as a note counts it, by project and month, so that one and the same protection holds
against everything that was ever published of the same figures.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from projects.rules.privacy import without_contacts
from reports.disclosure.collecting import Published
from reports.disclosure.edition import Choices, TextPlace, protected
from reports.disclosure.printing import HiddenLine
from reports.enums import Edition, PaperKind
from reports.facts.note import CountTable, MeasureFact, MeasureTable, MoneyFact, SectionFacts
from reports.facts.papers.closing import ClosingFacts
from reports.facts.papers.head import PaperFacts
from reports.facts.papers.letter import LetterFacts

Tell = Callable[[str, str, str], str]
"""Returns a text as it is to be read; takes its key, what it belongs to, and the text."""


@dataclass(frozen=True)
class Counts:
    """What a paper counts."""

    sections: tuple[SectionFacts, ...]


@dataclass(frozen=True)
class PublicPaperFacts:
    facts: PaperFacts
    hidden: frozenset[str]
    audit: tuple[HiddenLine, ...]


@dataclass(frozen=True)
class _Kind:
    """How one kind of paper is protected. `filled` puts the sections' counts back, in the order they were taken."""

    sections: Callable[[str, Any], Iterable[SectionFacts]]
    filled: Callable[[Any, Sequence[SectionFacts]], Any]
    texts: Callable[[Any, Tell], Any]


def counts_of(kind: str, of: str, facts: PaperFacts) -> Counts:
    """Return what the paper counts; `of` is its code."""
    return Counts(tuple(_KINDS[PaperKind(kind)].sections(of, facts)))


def public_paper(
    kind: str, of: str, facts: PaperFacts, choices: Choices, earlier: Iterable[Published]
) -> PublicPaperFacts:
    """Return the paper without what the public may not read. Raises ProtectionError."""
    how, counted = _KINDS[PaperKind(kind)], counts_of(kind, of, facts)
    sections, hidden, audit = protected(counted, choices, earlier)
    public = cast(Any, how.filled(facts, sections))
    if choices.removes_contacts:
        public = how.texts(public, lambda _key, _label, text: without_contacts(text))
        public = replace(public, contact=()) if hasattr(public, "contact") else public
    return PublicPaperFacts(replace(public, head=replace(public.head, edition=Edition.PUBLIC.value)), hidden, audit)


def paper_texts(kind: str, facts: PaperFacts) -> list[TextPlace]:
    """Return every text of the paper that somebody wrote. Whom to ask is no such text: it is meant to be read."""
    places: list[TextPlace] = []

    def noted(key: str, label: str, text: str) -> str:
        places.append(TextPlace(key, label, text))
        return text

    _KINDS[PaperKind(kind)].texts(facts, noted)
    return [place for place in places if place.text.strip()]


def _section(code: str, name: str, month: date, tables: tuple[CountTable, ...] = ()) -> SectionFacts:
    """Return a section that says nothing but what it counts."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("heading", "unit", "state", "correction", "example", "narrative"), ""
    ) | dict.fromkeys(("lights", "figures", "remarks", "references"), ())
    return SectionFacts(
        project_code=code,
        project=name,
        month=month,
        as_of=None,
        revision=1,
        money=MoneyFact(None, None, None, None),
        economy=None,
        measures=None,
        tables=tables,
        **nothing,
    )


def _told_remarks(remarks: Iterable[str], tell: Tell) -> tuple[str, ...]:
    label = _("Remarks on the figures")
    return tuple(tell(f"remark-{number}", label, text) for number, text in enumerate(remarks, start=1))


# --- A project's page or report ----------------------------------------------------------------------------------


def _closing_sections(of: str, facts: ClosingFacts) -> Iterable[SectionFacts]:
    if facts.month is None or not facts.results:
        return
    measures = tuple(
        MeasureFact(row.name, row.unit, row.value, None, None, row.target, row.target_on) for row in facts.results
    )
    table = MeasureTable(facts.table or 0, _("Targets and results"), measures, "", facts.as_of)
    yield replace(_section(of, facts.head.title, facts.month), measures=table)


def _closing_filled(facts: ClosingFacts, sections: Sequence[SectionFacts]) -> ClosingFacts:
    told = [measure for section in sections if section.measures for measure in section.measures.measures]
    if not told:
        return facts
    results = (
        replace(row, value=measure.value, masked=measure.masked)
        for row, measure in zip(facts.results, told, strict=True)
    )
    return replace(facts, results=tuple(results))


def _closing_texts(facts: ClosingFacts, tell: Tell) -> ClosingFacts:
    return replace(
        facts,
        description=tell("description", _("Purpose"), facts.description),
        purpose=tell("purpose", _("Purpose"), facts.purpose),
        target_group=tell("target_group", _("Target group"), facts.target_group),
        activities=tell("activities", _("Activities"), facts.activities),
        overlap=tell("overlap", _("Targets and results"), facts.overlap),
        stories=tuple(
            replace(
                story,
                title=tell(f"story-{number}/title", story.title, story.title),
                situation=tell(f"story-{number}/situation", story.title, story.situation),
                effort=tell(f"story-{number}/effort", story.title, story.effort),
                result=tell(f"story-{number}/result", story.title, story.result),
            )
            for number, story in enumerate(facts.stories, start=1)
        ),
        remarks=_told_remarks(facts.remarks, tell),
    )


# --- A letter ----------------------------------------------------------------------------------------------------


def _letter_sections(of: str, facts: LetterFacts) -> Iterable[SectionFacts]:
    for answer in facts.answers:
        for printed in answer.tables:
            yield _section(printed.project_code or of, answer.question, printed.month, (printed.table,))


def _letter_filled(facts: LetterFacts, sections: Sequence[SectionFacts]) -> LetterFacts:
    told = iter(sections)
    answers = (
        replace(answer, tables=tuple(replace(printed, table=next(told).tables[0]) for printed in answer.tables))
        for answer in facts.answers
    )
    return replace(facts, answers=tuple(answers))


def _letter_texts(facts: LetterFacts, tell: Tell) -> LetterFacts:
    return replace(
        facts,
        introduction=tell("introduction", _("Introduction"), facts.introduction),
        answers=tuple(
            replace(
                answer,
                question=tell(f"{answer.anchor}/question", answer.question, answer.question),
                answer=tell(answer.anchor, answer.question, answer.answer),
                caveat=tell(f"{answer.anchor}/caveat", answer.question, answer.caveat),
            )
            for answer in facts.answers
        ),
        closing=tell("closing", _("Closing words"), facts.closing),
        remarks=_told_remarks(facts.remarks, tell),
    )


_KINDS: dict[PaperKind, _Kind] = {
    PaperKind.CLOSING: _Kind(_closing_sections, _closing_filled, _closing_texts),
    PaperKind.LETTER: _Kind(_letter_sections, _letter_filled, _letter_texts),
}
# A catalogue has no counts of people and goes to the committee as it is; an orientation is for the committee alone.
PUBLIC_KINDS = frozenset(_KINDS)
