"""The form of a table: what it is, and its rows, which can be moved, added, ended and pasted before they are stored."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import BreakdownKind
from projects.forms.fields import MonthField, NoCprCharField
from projects.models import Breakdown, Indicator
from projects.months import format_month
from projects.rules.schemes import SchemeRow, Use

MOST_ROWS = 120
LONGEST_NAME = 200
KINDS = (
    (BreakdownKind.SPLIT, gettext_lazy("Split: one count per row, with a total")),
    (BreakdownKind.FLOW, gettext_lazy("In, out and remaining: two counts per row, and since when")),
    (BreakdownKind.CROSS, gettext_lazy("Rows by columns: one count per place, with totals both ways")),
    (BreakdownKind.SHARE, gettext_lazy("Part of a whole: n out of N per row, with the percentage")),
)
EXCLUSIVE = (
    ("yes", gettext_lazy("Each is counted once: the rows must sum to the total")),
    ("no", gettext_lazy("The rows overlap: one may stand in several, so the sum may be larger")),
)


class BreakdownForm(forms.Form):
    """`confirm_renames` is asked for only when a row with counts gets another name.

    A table of in and out is not asked what it sums to: the page leaves those fields out.
    """

    name = NoCprCharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("The heading over the table in the status.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=KINDS, widget=forms.RadioSelect, initial=BreakdownKind.SPLIT
    )
    indicator = forms.ModelChoiceField(
        label=gettext_lazy("Must sum to"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing: the table stands alone"),
        help_text=gettext_lazy("Then the status says at once when somebody is missing or counted twice."),
    )
    is_exclusive = forms.ChoiceField(
        label=gettext_lazy("How the rows count"),
        choices=EXCLUSIVE,
        widget=forms.RadioSelect,
        initial="yes",
    )
    unit = NoCprCharField(
        label=gettext_lazy("Unit"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Left empty, it is the unit of the indicator."),
    )
    from_month = MonthField(
        label=gettext_lazy("First month"), required=False, help_text=gettext_lazy("For example november 2017.")
    )
    to_month = MonthField(
        label=gettext_lazy("Last month"),
        required=False,
        help_text=gettext_lazy("Earlier months keep the table."),
    )
    is_figure = forms.BooleanField(label=gettext_lazy("Show the table as a figure in the note"), required=False)
    confirm_renames = forms.BooleanField(label=gettext_lazy("Yes, the row means the same as before"), required=False)

    def __init__(self, *args: Any, indicators: Iterable[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [indicator.pk for indicator in indicators]
        self.fields["is_exclusive"].required = self.data.get("kind") != BreakdownKind.FLOW
        self.fields["indicator"].queryset = Indicator.objects.filter(pk__in=pks).order_by("position", "pk")

    def clean_is_exclusive(self) -> bool:
        return bool(self.cleaned_data["is_exclusive"] != "no")

    @property
    def values(self) -> dict[str, Any]:
        """Return the table's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirm_renames"}

    def drawn(self) -> dict[str, Any]:
        """Return what can be read of a half-typed table, to draw it."""
        self.is_valid()
        read = {"name": "", "kind": BreakdownKind.SPLIT, "is_exclusive": True, "unit": "", "indicator": None}
        return {name: self.cleaned_data.get(name, otherwise) for name, otherwise in read.items()}


def opened_table(table: Breakdown) -> dict[str, Any]:
    """Return the form's first values."""
    names = ("name", "kind", "indicator", "unit", "from_month", "to_month", "is_figure")
    return {name: getattr(table, name) for name in names} | {"is_exclusive": "yes" if table.is_exclusive else "no"}


class RowForm(forms.Form):
    name = NoCprCharField(label=gettext_lazy("Row"), required=False, max_length=LONGEST_NAME)
    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    is_total = forms.BooleanField(label=gettext_lazy("Sum of the rows below"), required=False)
    to_month = MonthField(label=gettext_lazy("Last month"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    def __init__(self, *args: Any, parents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("– on its own –")), *parents]


@dataclass
class Line:
    """A row as it stands on the page. `texts` are the fields' raw texts, `use` is None where nothing is counted."""

    key: str
    texts: dict[str, str]
    use: Use | None = None
    begins: str = ""
    depth: int = 0
    is_first: bool = False
    is_last: bool = False
    is_new: bool = False
    form: Any = None

    @property
    def parent(self) -> str:
        return self.texts.get("parent", "")

    @property
    def label(self) -> str:
        return self.texts.get("name", "").strip() or _("Row without a name")

    @property
    def used_until(self) -> str:
        return format_month(self.use.last) if self.use else ""

    @property
    def is_blank(self) -> bool:
        return not self.key.isdigit() and not self.texts.get("name", "").strip()


@dataclass(frozen=True)
class Axis:
    """Which way lines go. `name` is the list they are posted in, `letter` begins the key of a new one."""

    name: str
    letter: str

    @property
    def is_columns(self) -> bool:
        return self.name == "column"


ROWS, COLUMNS = Axis("row", "n"), Axis("column", "k")


@dataclass
class SchemeLines:
    """The rows (or columns) of a table as typed, in the order they stand. `said` tells what the last button did."""

    lines: list[Line] = field(default_factory=list)
    said: str = ""
    axis: Axis = ROWS

    @classmethod
    def opened(cls, rows: Iterable[SchemeRow], used: Mapping[str, Use], axis: Axis = ROWS) -> "SchemeLines":
        lines = [_line(row, used.get(row.key)) for row in rows if row.is_column == axis.is_columns]
        return cls(lines, axis=axis)._arranged()

    @classmethod
    def posted(
        cls, post: Any, stored: Iterable[SchemeRow], used: Mapping[str, Use], axis: Axis = ROWS
    ) -> "SchemeLines":
        known = {row.key: row for row in stored if row.is_column == axis.is_columns}
        lines = []
        for key in list(dict.fromkeys(post.getlist(axis.name)))[:MOST_ROWS]:
            if key in known or re.fullmatch(rf"{axis.letter}\d{{1,4}}", key):
                texts = {name: post.get(f"{key}-{name}", "") for name in RowForm.base_fields}
                begins = _begins(known[key]) if key in known else ""
                lines.append(Line(key, texts, used.get(key), begins))
        return cls(lines, axis=axis)._arranged()

    def apply(self, command: str, post: Mapping[str, str]) -> None:
        """Do what a button of the page says; one that is not about these lines only arranges them.

        "up:<key>", "down:<key>", and for rows "add" and "paste", for columns "add-column" and "paste-column".
        """
        verb, _colon, key = command.partition(":")
        own = "-column" if self.axis.is_columns else ""
        if verb in {"up", "down"}:
            self._move(key, -1 if verb == "up" else 1)
        elif verb == f"add{own}":
            self._add([("", 0)], "")
        elif verb == f"paste{own}":
            pasted = _pasted(post.get(f"paste{own}", ""))
            self._add([(name, 0) for name, _depth in pasted] if own else pasted, post.get("paste_under", ""))
        self._arranged()

    @property
    def rows(self) -> list[SchemeRow]:
        """Return what is to be stored, in order; blank new rows and removed ones are none. Read `is_valid` first."""
        return [
            SchemeRow(
                key=line.key,
                name=" ".join(line.texts["name"].split()),
                parent=line.parent or None,
                is_total=bool(line.texts.get("is_total")),
                to_month=line.form.cleaned_data.get("to_month") if line.form.is_bound else None,
                is_column=self.axis.is_columns,
            )
            for line in self.lines
            if not line.texts.get("remove") and (not line.is_blank or self._children(line.key))
        ]

    @property
    def removed(self) -> set[str]:
        return {line.key for line in self.lines if line.texts.get("remove")}

    def is_valid(self) -> bool:
        # Every row is read, also after one that cannot be: what is drawn and stored asks for their values.
        read = [line.form.is_valid() for line in self.lines]
        return all(read)

    def add_errors(self, error: ValidationError) -> list[ValidationError]:
        """Put each error at its row; return those that belong to none."""
        by_key = {line.key: line for line in self.lines}
        rest = []
        for each in error.error_list:
            params = each.params or {}
            line = by_key.get(params.get("row", ""))
            if line is None:
                rest.append(each)
            else:
                line.form.add_error(params["field"], each)
        return rest

    @property
    def has_errors(self) -> bool:
        return any(line.form.errors for line in self.lines)

    def has_error(self, code: str) -> bool:
        return any(line.form.has_error(name, code) for line in self.lines for name in line.form.errors)

    @property
    def parents(self) -> list[tuple[str, str]]:
        """Return the rows others may stand under, indented as on the page."""
        return [(line.key, "\u2003" * line.depth + line.label) for line in self.lines if not line.is_blank]

    def _children(self, key: str) -> list[Line]:
        return [line for line in self.lines if line.parent == key]

    def _move(self, key: str, step: int) -> None:
        line = next((line for line in self.lines if line.key == key), None)
        if line is None:
            return
        siblings = [each for each in self.lines if each.parent == line.parent]
        place = siblings.index(line)
        target = place + step
        if 0 <= target < len(siblings):
            other = siblings[target]
            here, there = self.lines.index(line), self.lines.index(other)
            self.lines[here], self.lines[there] = other, line
            place = target
        self.said = _("“%(name)s” is number %(place)s of %(count)s") % {
            "name": line.label,
            "place": place + 1,
            "count": len(siblings),
        }

    def _add(self, names: list[tuple[str, int]], under: str) -> None:
        """Add rows by (name, 0 or 1): a 1 stands under the last 0."""
        under = under if under in {line.key for line in self.lines} else ""
        letter = self.axis.letter
        number = 1 + max((int(line.key[1:]) for line in self.lines if line.key.startswith(letter)), default=0)
        above = under
        for offset, (name, depth) in enumerate(names[: MOST_ROWS - len(self.lines)]):
            key = f"{letter}{number + offset}"
            parent = above if depth else under
            self.lines.append(Line(key, {"name": name, "parent": parent}, is_new=offset == 0))
            if not depth:
                above = key
        self.said = self._added_words(len(names))

    def _added_words(self, count: int) -> str:
        if self.axis.is_columns:
            one = _("A column is added. It is stored when you save.")
            more = _("%(count)s columns are added. They are stored when you save.")
        else:
            one = _("A row is added. It is stored when you save.")
            more = _("%(count)s rows are added. They are stored when you save.")
        return one if count == 1 else more % {"count": count}

    def _arranged(self) -> "SchemeLines":
        """Put each row after the one it stands under, and say how deep; rows in a ring come last."""
        ordered: list[Line] = []
        keys = {line.key for line in self.lines}

        def place(parent: str, depth: int) -> None:
            level = [line for line in self.lines if line.parent == parent and line not in ordered]
            for number, line in enumerate(level):
                line.depth, line.is_first, line.is_last = depth, number == 0, number == len(level) - 1
                ordered.append(line)
                place(line.key, depth + 1)

        for line in self.lines:
            if line.parent not in keys:
                line.texts["parent"] = ""
        place("", 0)
        self.lines = ordered + [line for line in self.lines if line not in ordered]
        for line in self.lines:
            others = [(key, label) for key, label in self.parents if key != line.key]
            data = {f"{line.key}-{name}": text for name, text in line.texts.items()}
            line.form = RowForm(data, prefix=line.key, parents=others)
            _say_whose(line, self.axis)
        return self


def _say_whose(line: Line, axis: Axis) -> None:
    """Give each field of the row a name of its own for those who hear the page."""
    words = _("Name of the column") if axis.is_columns else _("Name of the row")
    line.form.fields["name"].widget.attrs |= {"aria-label": words, "autocomplete": "off"}
    if line.is_new:
        line.form.fields["name"].widget.attrs["autofocus"] = True
    labels = {
        "parent": _("Which row “%(name)s” stands under"),
        "is_total": _("“%(name)s” is the sum of the rows below"),
        "to_month": _("Last month of “%(name)s”"),
        "remove": _("Remove “%(name)s”"),
    }
    for name, label in labels.items():
        line.form.fields[name].widget.attrs["aria-label"] = label % {"name": line.label}


def _line(row: SchemeRow, use: Use | None) -> Line:
    texts = {
        "name": row.name,
        "parent": row.parent or "",
        "is_total": "on" if row.is_total else "",
        "to_month": format_month(row.to_month) if row.to_month else "",
    }
    return Line(row.key, texts, use, _begins(row))


def _begins(row: SchemeRow) -> str:
    return format_month(row.from_month) if row.from_month else ""


def _pasted(text: str) -> list[tuple[str, int]]:
    """Return (name, 0 or 1) per line that says something: 1 for a line that begins with a tab or two spaces."""
    found: list[tuple[str, int]] = []
    for line in text.splitlines():
        name = " ".join(re.sub(r"^\s*[-–•*·]\s+", "", line).split())[:LONGEST_NAME]
        if name:
            found.append((name, 1 if found and re.match(r"\t| {2,}", line) else 0))
    return found
