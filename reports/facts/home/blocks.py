"""The pieces of the front page."""

from dataclasses import dataclass
from decimal import Decimal

# A front page says what waits; the whole list stands on its own page.
SHOWN = 6


@dataclass(frozen=True)
class Link:
    url: str
    words: str


@dataclass(frozen=True)
class Task:
    """Something that waits, with the way straight to it.

    `quote` is what somebody wrote, word for word; `late` says how far behind it is.
    """

    title: str
    note: str
    link: Link
    quote: str = ""
    state: str = ""
    state_label: str = ""
    late: str = ""


@dataclass(frozen=True)
class PoolLine:
    """A pool in kroner; `left` is the frame less what is granted and what awaits a decision.

    `frame` and `left` None: the pool has no frame yet, which is not 0 kr.
    """

    name: str
    url: str
    frame: Decimal | None
    granted: Decimal
    awaiting: Decimal
    left: Decimal | None


@dataclass(frozen=True)
class Block:
    """One thing the front page says: a sentence as heading, and what belongs to it.

    `is_calm`: nothing waits; `is_done`: because everything has been done.
    `waiting`: how many tasks there are when only the first are given (None: all of them are).
    """

    key: str
    heading: str
    text: str = ""
    tasks: tuple[Task, ...] = ()
    more: Link | None = None
    link: Link | None = None
    pools: tuple[PoolLine, ...] = ()
    is_calm: bool = False
    is_done: bool = False
    waiting: int | None = None

    @property
    def first_tasks(self) -> tuple[Task, ...]:
        return self.tasks[:SHOWN]

    @property
    def hidden(self) -> int:
        return (self.waiting or len(self.tasks)) - len(self.first_tasks)
