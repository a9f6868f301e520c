"""What every paper begins with, whatever it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from projects.rules.notices import Notice


@dataclass(frozen=True)
class MetaLine:
    label: str
    value: str


@dataclass(frozen=True)
class PaperHead:
    """`kind` is printed in the letterhead, `lines` under it; `case_number` "" is not printed.

    `edition` is an Edition. `address` is that of a sender who is not this municipality.
    """

    municipality: str
    kind: str
    title: str
    dated: date
    lines: tuple[MetaLine, ...] = ()
    case_number: str = ""
    edition: str = "full"
    address: str = ""


class PaperFacts(Protocol):
    """Facts that can be put on paper. `contents` are (anchor, title) of its headings, () for a paper without a list."""

    @property
    def head(self) -> PaperHead: ...

    @property
    def contents(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True)
class GatheredPaper:
    """A paper's facts today, and what the rules notice in them. What is blocking stands in the way of issuing it."""

    facts: PaperFacts
    notices: Sequence[Notice] = field(default_factory=tuple)

    @property
    def blocking(self) -> list[Notice]:
        return [notice for notice in self.notices if notice.is_blocking]
