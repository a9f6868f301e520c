"""A table's rows and columns on the page where it is set up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from projects.enums import BreakdownKind
from projects.forms.breakdowns import COLUMNS, BreakdownForm, SchemeLines
from projects.rules.schemes import SchemeRow, Use


@dataclass
class Scheme:
    """A table's rows and columns as they stand on the page. Only a cross-table has columns."""

    lines: SchemeLines
    columns: SchemeLines

    @classmethod
    def opened(cls, rows: Sequence[SchemeRow], used: Mapping[str, Use]) -> "Scheme":
        return cls(SchemeLines.opened(rows, used), SchemeLines.opened(rows, used, COLUMNS))

    @classmethod
    def posted(cls, post: Any, stored: Sequence[SchemeRow], used: Mapping[str, Use]) -> "Scheme":
        scheme = cls(SchemeLines.posted(post, stored, used), SchemeLines.posted(post, stored, used, COLUMNS))
        if post.get("kind") == BreakdownKind.CROSS and not scheme.columns.lines:
            scheme.columns.apply("add-column", {})
        return scheme

    def read(self, form: BreakdownForm) -> bool:
        """Return whether every line can be read; all of them are, for drawing and storing ask for their values."""
        parts = [part.is_valid() for part in self._parts(form)]
        return all(parts)

    def apply(self, post: Any) -> None:
        for part in (self.lines, self.columns):
            part.apply(post["do"], post)

    def rows(self, form: BreakdownForm) -> list[SchemeRow]:
        return [row for part in self._parts(form) for row in part.rows]

    def removed(self, form: BreakdownForm) -> set[str]:
        gone = {line.key for line in self.columns.lines} if self.columns not in self._parts(form) else set()
        return gone | {key for part in self._parts(form) for key in part.removed}

    def add_errors(self, error: ValidationError) -> list[ValidationError]:
        rest = self.lines.add_errors(error)
        return self.columns.add_errors(ValidationError(rest)) if rest else rest

    @property
    def said(self) -> str:
        return self.columns.said or self.lines.said

    @property
    def asks_to_confirm(self) -> bool:
        return self.lines.has_error("row_renamed") or self.columns.has_error("row_renamed")

    @property
    def is_used(self) -> bool:
        return any(line.use for line in (*self.lines.lines, *self.columns.lines))

    def _parts(self, form: BreakdownForm) -> list[SchemeLines]:
        return [self.lines, self.columns] if form["kind"].value() == BreakdownKind.CROSS else [self.lines]
