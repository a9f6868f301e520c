"""The public edition of a paper that is not a note: its counts, its texts, and whom to ask.

What a paper counts is put as a note counts it, by project and month, so that one and the same protection holds
against everything that was ever published of the same figures.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from reports.disclosure.collecting import Published
from reports.disclosure.edition import Choices, TextPlace, protected, told_text
from reports.disclosure.printing import HiddenLine
from reports.enums import Edition, PaperKind
from reports.facts.note import CountTable, MeasureFact, MeasureTable, MoneyFact, SectionFacts
from reports.facts.papers.closing import ClosingFacts, StoryFact
from reports.facts.papers.head import PaperFacts
from reports.facts.papers.letter import AnswerFact, LetterFacts

Tell = Callable[[TextPlace], str]
"""Returns a text as it is to be read."""


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
    public = cast(Any, how.texts(how.filled(facts, sections), lambda place: told_text(place, choices)))
    if choices.removes_contacts and hasattr(public, "contact"):
        public = replace(public, contact=())
    return PublicPaperFacts(replace(public, head=replace(public.head, edition=Edition.PUBLIC.value)), hidden, audit)


def paper_texts(kind: str, facts: PaperFacts) -> list[TextPlace]:
    """Return every text of the paper that somebody wrote. Whom to ask is no such text: it is meant to be read."""
    places: list[TextPlace] = []

    def noted(place: TextPlace) -> str:
        places.append(place)
        return place.text

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
    told = (tell(TextPlace(f"remark-{number}", label, text)) for number, text in enumerate(remarks, start=1))
    return tuple(text for text in told if text.strip())


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
    stories = (_told_story(f"story-{number}", story, tell) for number, story in enumerate(facts.stories, start=1))
    return replace(
        facts,
        description=tell(TextPlace("description", _("Description"), facts.description)),
        purpose=tell(TextPlace("purpose", _("Purpose"), facts.purpose)),
        target_group=tell(TextPlace("target_group", _("Target group"), facts.target_group)),
        activities=tell(TextPlace("activities", _("Activities"), facts.activities)),
        overlap=tell(TextPlace("overlap", _("Targets and results"), facts.overlap)),
        stories=tuple(story for story in stories if story.title),
        remarks=_told_remarks(facts.remarks, tell),
    )


def _told_story(key: str, story: StoryFact, tell: Tell) -> StoryFact:
    """Return the story in the words that were consented to, without any when it is left out."""
    words = {name: getattr(story, name) for name in ("title", "situation", "effort", "result")}
    told = {name: tell(TextPlace(f"{key}/{name}", story.title, text, whole=key)) for name, text in words.items()}
    return replace(story, **told)


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
        introduction=tell(TextPlace("introduction", _("Introduction"), facts.introduction)),
        answers=tuple(_told_answer(answer, tell) for answer in facts.answers),
        closing=tell(TextPlace("closing", _("Closing words"), facts.closing)),
        remarks=_told_remarks(facts.remarks, tell),
    )


def _told_answer(answer: AnswerFact, tell: Tell) -> AnswerFact:
    """Return the answer as it is told. A number always has a heading, so that the rest are found by theirs."""
    number = {"number": answer.number}
    question = tell(TextPlace(f"{answer.anchor}/question", _("Question %(number)s") % number, answer.question))
    return replace(
        answer,
        question=question or _("The question is left out"),
        answer=tell(TextPlace(answer.anchor, _("Answer to question %(number)s") % number, answer.answer)),
        caveat=tell(TextPlace(f"{answer.anchor}/caveat", _("Note on answer %(number)s") % number, answer.caveat)),
    )


_KINDS: dict[PaperKind, _Kind] = {
    PaperKind.CLOSING: _Kind(_closing_sections, _closing_filled, _closing_texts),
    PaperKind.LETTER: _Kind(_letter_sections, _letter_filled, _letter_texts),
}
# A catalogue has no counts of people and goes to the committee as it is; an orientation is for the committee alone.
PUBLIC_KINDS = frozenset(_KINDS)
