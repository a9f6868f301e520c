"""The papers there are: what each is made from, and which template prints it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from reports.enums import PaperKind
from reports.facts.canonical import from_json, to_json
from reports.facts.papers.catalogue import CatalogueFacts, catalogue
from reports.facts.papers.closing import ClosingFacts, closing
from reports.facts.papers.head import GatheredPaper, PaperFacts
from reports.facts.papers.letter import LetterFacts, letter
from reports.facts.papers.orientation import OrientationFacts, orientation


@dataclass(frozen=True)
class PaperType:
    """`gather` makes the facts of a subject on a day; `template` prints them, on paper and on screen."""

    facts: type[Any]
    template: str
    gather: Callable[[Any, date], GatheredPaper]


PAPER_TYPES: dict[PaperKind, PaperType] = {
    PaperKind.CATALOGUE: PaperType(CatalogueFacts, "reports/pdf/papers/catalogue.html", catalogue),
    PaperKind.CLOSING: PaperType(ClosingFacts, "reports/pdf/papers/closing.html", closing),
    PaperKind.LETTER: PaperType(LetterFacts, "reports/pdf/papers/letter.html", letter),
    PaperKind.ORIENTATION: PaperType(OrientationFacts, "reports/pdf/papers/orientation.html", orientation),
}


def frozen_facts(kind: str, text: str) -> PaperFacts:
    """Return the facts of an issued paper again."""
    facts: PaperFacts = from_json(PAPER_TYPES[PaperKind(kind)].facts, text)
    return facts


def say_the_same(kind: str, frozen: str, facts: Any) -> bool:
    """Return whether the facts say what was frozen, whatever day each was gathered."""
    then = frozen_facts(kind, frozen)
    return to_json(facts) == to_json(replace(cast(Any, then), head=replace(then.head, dated=facts.head.dated)))
