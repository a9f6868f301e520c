"""A ledger file's rows as postings, one at a time, with everything that is wrong told by its line."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.enums import LedgerColumn
from projects.ledger_files.layout import (
    REQUIRED,
    Layout,
    LedgerRow,
    Problem,
    UnreadableFileError,
    guess_columns,
    same_head,
)
from projects.ledger_files.tables import MAX_TEXT, NumberedRow, Table
from projects.ledger_files.values import Amounts, Cell, Days, code_text, plain_text, without_cpr
from projects.money import format_kroner, from_ore

LINES_BEFORE_HEAD = 60
MOST_PROBLEMS = 100
LONGEST_TEXT = 200
# A place no row is wide enough to have.
NOWHERE = 1_000_000
# The codes of a row in the order of a LedgerRow, and how long each may be.
_CODES = (
    (LedgerColumn.ACCOUNT, 40),
    (LedgerColumn.PROJECT_KEY, 60),
    (LedgerColumn.VOUCHER, 40),
    (LedgerColumn.VOUCHER_LINE, 40),
)

_TOTAL = re.compile(
    r"\W*(?:i alt|ialt|total|sum|saldo|samlet|subtotal|mellemsum|hovedtotal|grand total)\b", re.IGNORECASE
)


class LedgerReader:
    """Reads one file. After `rows` is used up, the attributes tell what was found.

    `problems` holds the first hundred of `problem_count`. `total` is the file's own total in øre (None: it has none),
    `sum` and `count` are of the rows, `ignored` counts titles, repeated heads and subtotals between them. `blotted`
    counts texts in which a CPR number was blotted out.
    """

    def __init__(self, path: Path, layout: Layout, *, year: int | None = None, max_bytes: int = MAX_TEXT) -> None:
        """Raise UnreadableFileError for a file that is no table, or in which the head is not found."""
        self.layout = layout
        self.table = Table(path, layout.encoding, layout.delimiter, max_bytes)
        self.problems: list[Problem] = []
        self.problem_count = self.count = self.sum = self.ignored = self.blotted = 0
        self.total: int | None = None
        self.columns, self.head_line, self.head = self._find_head()
        self._places = {LedgerColumn(name): self._place(head) for name, head in self.columns.items()}
        self._codes_at = [(self._places.get(column, NOWHERE), longest, column) for column, longest in _CODES]
        self._text_at = self._places.get(LedgerColumn.TEXT, NOWHERE)
        self._credit_at = self._places.get(LedgerColumn.CREDIT)
        self._amounts = Amounts(layout.decimal, layout.is_reversed)
        self._days = Days(year)
        self._subtotal = 0
        self._last_width = len(self.head)

    def rows(self) -> Iterator[LedgerRow]:
        """Yield the postings; lines that cannot be read are among `problems` instead."""
        date_at, amount_at = self._places[LedgerColumn.DATE], self._places[LedgerColumn.AMOUNT]
        last = max(date_at, amount_at)
        for line, cells in self._body():
            if len(cells) > last and cells[date_at] not in ("", None) and not _is_total_word(cells[date_at]):
                row = self._row(line, cells, date_at, amount_at)
            else:
                row = self._other(line, cells)
            if row is not None:
                self.count += 1
                self.sum += row.amount
                self._last_width = len(cells)
                yield row
        self._check_end()

    def sample(self, most: int) -> list[tuple[int, Sequence[Cell], LedgerRow | None, str]]:
        """Return the first rows below the head: line, cells, what they are read as (None), and what is wrong ("")."""
        found: list[tuple[int, Sequence[Cell], LedgerRow | None, str]] = []
        date_at, amount_at = self._places[LedgerColumn.DATE], self._places[LedgerColumn.AMOUNT]
        for line, cells in islice(self._body(), most):
            before = self.problem_count
            is_row = len(cells) > max(date_at, amount_at) and cells[date_at] not in ("", None)
            row = (
                self._row(line, cells, date_at, amount_at)
                if is_row and not _is_total_word(cells[date_at])
                else self._other(line, cells)
            )
            self.sum += row.amount if row else 0
            wrong = self.problems[-1].message if self.problem_count > before and self.problems else ""
            found.append((line, cells, row, wrong))
        return found

    # The head ------------------------------------------------------------

    def _find_head(self) -> tuple[dict[str, str], int, list[str]]:
        """Return the columns, and the line and texts of the first row that has all of them."""
        wanted = {name: head for name, head in self.layout.columns.items() if head}
        best: tuple[int, list[str]] = (0, [])
        for line, cells in islice(self.table.rows(), LINES_BEFORE_HEAD):
            texts = ["" if cell is None else str(cell).strip() for cell in cells]
            columns = wanted or guess_columns(texts)
            heads = {same_head(text) for text in texts}
            found = [head for head in columns.values() if same_head(head) in heads]
            if len(found) == len(columns) and all(name in columns for name in REQUIRED):
                return columns, line, texts
            best = max(best, (len(found), found), key=lambda pair: pair[0])
        raise UnreadableFileError(self._missing(wanted, best[1]))

    def _missing(self, wanted: dict[str, str], found: list[str]) -> str:
        if wanted:
            missing = [head for head in wanted.values() if head not in found]
            return _("Columns are missing in the first %(lines)s lines: %(columns)s.") % {
                "lines": LINES_BEFORE_HEAD,
                "columns": ", ".join(f"“{head}”" for head in missing),
            }
        return _("No line with the heads of a date and an amount is found. Say which columns hold what.")

    def _place(self, head: str) -> int:
        return next(place for place, text in enumerate(self.head) if same_head(text) == same_head(head))

    def _body(self) -> Iterator[NumberedRow]:
        """Yield the rows below the head that hold anything, without repeated heads."""
        head, first = self.head, self.head_line
        for line, cells in self.table.rows():
            if line <= first or not any(cells):
                continue
            if cells[0] == head[0] and _texts(cells) == head:
                self.ignored += 1
                continue
            yield line, cells

    # A row ---------------------------------------------------------------

    def _row(self, line: int, cells: Sequence[Cell], date_at: int, amount_at: int) -> LedgerRow | None:
        try:
            amount = self._amount(cells, amount_at)
            day = self._days.read(cells[date_at])
            return LedgerRow(line, day, amount, *self._details(cells))
        except ValidationError as error:
            self._problem(line, " ".join(error.messages))
        return None

    def _amount(self, cells: Sequence[Cell], amount_at: int) -> int:
        credit_at = self._credit_at
        if credit_at is None:
            return self._amounts.read(cells[amount_at])
        both = (cells[amount_at], cells[credit_at] if credit_at < len(cells) else "")
        if both[0] in ("", None) and both[1] in ("", None):
            return self._amounts.read("")
        debit, credit = (0 if cell in ("", None) else self._amounts.read(cell) for cell in both)
        return debit - credit

    def _details(self, cells: Sequence[Cell]) -> tuple[str, str, str, str, str]:
        width = len(cells)
        account, key, voucher, voucher_line = [
            code_text(cells[place], longest, column) if place < width else ""
            for place, longest, column in self._codes_at
        ]
        text = ""
        if self._text_at < width:
            shown = plain_text(cells[self._text_at], LONGEST_TEXT)
            text = without_cpr(shown)
            self.blotted += text is not shown
        return account, text, key, voucher, voucher_line

    def _other(self, line: int, cells: Sequence[Cell]) -> LedgerRow | None:
        """Take a row without a date: a total, a subtotal, or a title. A row of money without a date is a problem."""
        amount_at = self._places[LedgerColumn.AMOUNT]
        has_amount = amount_at < len(cells) and cells[amount_at] not in ("", None)
        if not has_amount and len(cells) < len(self.head) and self._looks_cut(cells):
            self._last_width = len(cells)
            return None
        if not has_amount:
            self.ignored += 1
            return None
        others = [cell for place, cell in enumerate(cells) if place != amount_at and cell not in ("", None)]
        if others and not any(_is_total_word(cell) for cell in others):
            self._problem(line, _("The date is missing."))
            return None
        try:
            self._take_total(line, self._amount(cells, amount_at))
        except ValidationError as error:
            self._problem(line, " ".join(error.messages))
        return None

    def _looks_cut(self, cells: Sequence[Cell]) -> bool:
        return not self.table.ends_whole and any(_texts(cells))

    def _take_total(self, line: int, amount: int) -> None:
        """Take the row for a total of everything so far, or of the rows since the last one."""
        # With lines that could not be read the sum says nothing.
        if not self.problem_count and amount not in (self.sum, self.sum - self._subtotal):
            self._problem(
                line,
                _("The total says %(total)s, but the rows above it make %(sum)s together.")
                % {"total": _kroner(amount), "sum": _kroner(self.sum)},
            )
        self.ignored += 1
        self._subtotal = self.sum
        self.total = amount if amount == self.sum else self.total

    # The end -------------------------------------------------------------

    def _check_end(self) -> None:
        if self.total != self.sum:
            # Rows came after it, so it was a subtotal.
            self.total = None
        if self._last_width < len(self.head) and not self.table.ends_whole:
            self._problem(None, _("The file ends in the middle of a line, so the rest is missing. Export it again."))
        elif self.layout.has_total and self.total is None and not self.problem_count:
            self._problem(
                None, _("The total that should end the file is missing, so the file may be cut. Export it again.")
            )
        if not self.count and not self.problem_count:
            self._problem(None, _("The file has no rows below its head."))
        self._tell_other_year()

    def _tell_other_year(self) -> None:
        """Say once, before the lines, that it is the year that is wrong and not each of them."""
        elsewhere = self._days.elsewhere
        if self.count or len(elsewhere) != 1 or not 1 < elsewhere.total() == self.problem_count:
            return
        message = _("All %(count)s rows are from %(found)s, but %(year)s is chosen. Choose %(found)s, or another file.")
        words = {"count": elsewhere.total(), "found": next(iter(elsewhere)), "year": self._days.year}
        self.problems.insert(0, Problem(None, message % words))

    @property
    def may_be_cut(self) -> bool:
        """Return whether nothing but a control total can tell that the last line is whole."""
        return not self.table.ends_whole and self.total is None

    def _problem(self, line: int | None, message: str) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, message))


def _texts(cells: Sequence[Cell]) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in cells]


def _is_total_word(cell: Cell) -> bool:
    return isinstance(cell, str) and _TOTAL.match(cell) is not None


def _kroner(ore: int) -> str:
    return format_kroner(from_ore(ore), 2)
