"""What stands in a note beside its projects: headings, what changed, the pools' economy, decisions, earlier notes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class PartFact:
    """A heading ("" for none) and the text under it; `kind` says what is made from the figures after the text."""

    kind: str
    heading: str
    text: str
    anchor: str


@dataclass(frozen=True)
class FrameFact:
    """A pool's frame for a year at a price level; `awaiting` is proposed and not decided, `rest` left after both."""

    year: int
    price_level: int
    frame: Decimal
    granted: Decimal
    awaiting: Decimal
    rest: Decimal


@dataclass(frozen=True)
class PoolFact:
    """A pool's frames, oldest first. `total` is None for a pool with one frame, and across price levels."""

    number: int
    code: str
    caption: str
    frames: tuple[FrameFact, ...]
    total: FrameFact | None
    source: str
    as_of: date | None


@dataclass(frozen=True)
class ChangeLine:
    """One thing that is not as it was. Numbers and kroner stand in `before` and `after` (None: unknown then),
    lights and states in the words; of a changed text only that it was rewritten.
    """

    kind: str  # "number", "money", "light", "state" or "text"
    label: str
    unit: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    before_word: str = ""
    after_word: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class ProjectChanges:
    """What is new about one project. `kind`: "new" in the note, "closed", "gone" from it, or "changed"."""

    code: str
    project: str
    kind: str
    lines: tuple[ChangeLine, ...] = ()


@dataclass(frozen=True)
class ChangesFact:
    """A note held against an earlier one; `unchanged` names the projects that stand as they did."""

    meeting_date: date
    version: int
    projects: tuple[ProjectChanges, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True)
class HistoryLine:
    """An earlier note to the committee, as it was last issued."""

    title: str
    meeting_date: date
    case_number: str
    version: int


@dataclass(frozen=True)
class DecisionFact:
    """What the committee is asked to decide about one project."""

    project_code: str
    project: str
    text: str


@dataclass(frozen=True)
class FollowUpFact:
    """What the committee asked or decided at an earlier meeting; `answer` "" while nobody has given one.

    `example` says that it is example data, "" when it is not.
    """

    project_code: str
    project: str
    kind: str
    text: str
    meeting_date: date
    due_on: date | None
    answer: str
    answered_on: date | None
    example: str = ""
