"""Two statuses held against each other, field by field and word by word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["number", "kroner", "text", "word"]

# Below this share of like words, two lines woven together are harder to read than one after the other.
_IN_COMMON = 0.3


@dataclass(frozen=True)
class Said:
    """One thing a status says, as it is read. `number` is its value where it is a number, None for unknown.

    `section` and `key` say where it stands; two statuses are held against each other by them.
    """

    section: str
    title: str
    key: str
    label: str
    kind: Kind
    text: str
    number: Decimal | None = None


@dataclass(frozen=True)
class Piece:
    """A run of a text: `op` is "same", "ins" (only in the later) or "del" (only in the earlier)."""

    op: Literal["same", "ins", "del"]
    text: str


@dataclass(frozen=True)
class Difference:
    """One field in both. "" is empty. `change` is after minus before, None unless both are numbers."""

    section: str
    title: str
    label: str
    kind: Kind
    before: str
    after: str
    change: Decimal | None = None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the two texts woven together."""
        return word_diff(self.before, self.after)


@dataclass(frozen=True)
class SectionDifferences:
    section: str
    title: str
    lines: tuple[Difference, ...]

    @property
    def changed(self) -> tuple[Difference, ...]:
        return tuple(line for line in self.lines if line.is_changed)


def compared(before: Iterable[Said], after: Iterable[Said]) -> list[SectionDifferences]:
    """Return every field of the two, by section, in the order of the later; what only the earlier had comes last."""
    earlier = {(item.section, item.key): item for item in before}
    later = {(item.section, item.key): item for item in after}
    order = list(dict.fromkeys(section for section, _key in (*later, *earlier)))
    keys = sorted(dict.fromkeys((*later, *earlier)), key=lambda key: order.index(key[0]))
    lines = [_difference(earlier.get(key), later.get(key)) for key in keys]
    return [
        SectionDifferences(section, of_section[0].title, tuple(of_section))
        for section, group in groupby(lines, key=lambda line: line.section)
        if (of_section := list(group))
    ]


def _difference(before: Said | None, after: Said | None) -> Difference:
    named = after or before
    assert named is not None  # noqa: S101 - a key comes from one of the two
    old, new = (before.number if before else None), (after.number if after else None)
    return Difference(
        section=named.section,
        title=named.title,
        label=named.label,
        kind=named.kind,
        before=before.text if before else "",
        after=after.text if after else "",
        change=None if old is None or new is None else new - old,
    )


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the two texts as one, with what was taken out before what came in.

    Lines first, and words only within the lines that differ: the time does not grow with the square of a long text.
    """
    pieces: list[Piece] = []
    for op, old, new in _opcodes(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        pieces += _word_pieces("".join(old), "".join(new)) if op == "replace" else _pieces(op, old, new)
    return _joined(pieces)


def _word_pieces(old: str, new: str) -> list[Piece]:
    """Return the words that came and went; for two texts with little in common, the one and then the other."""
    before, after = _words(old), _words(new)
    kept = sum(len("".join(same)) for op, same, _new in _opcodes(before, after) if op == "equal")
    if kept < _IN_COMMON * max(len(old), len(new)):
        return [Piece("del", old), Piece("ins", new)]
    return [piece for codes in _opcodes(before, after) for piece in _pieces(*codes)]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(op, old[i1:i2], new[j1:j2]) for op, i1, i2, j1, j2 in codes]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _pieces(op: str, old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    if op == "equal":
        return [Piece("same", "".join(new))]
    found: list[Piece] = []
    if old:
        found.append(Piece("del", "".join(old)))
    if new:
        found.append(Piece("ins", "".join(new)))
    return found


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return neighbours of one kind as one piece."""
    return tuple(
        Piece(op, "".join(piece.text for piece in group)) for op, group in groupby(pieces, key=lambda piece: piece.op)
    )
