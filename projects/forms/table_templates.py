"""Tables to begin with: the shapes that come back from project to project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from projects.enums import BreakdownKind
from projects.rules.schemes import SchemeRow


@dataclass(frozen=True)
class TableTemplate:
    """A table to begin with. `key` stands in the address; `first` are the form's first values."""

    key: str
    title: str
    text: str
    first: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[SchemeRow, ...] = ()


def table_templates() -> list[TableTemplate]:
    return [
        TableTemplate(
            "nationalitet",
            _("Nationality"),
            _("One row per country. Each citizen is counted once, so the rows must sum to the indicator."),
            {"name": _("Nationality")},
            _blank(5),
        ),
        TableTemplate(
            "udfald",
            _("Outcome: ended and active"),
            _("Two totals that are added up by themselves, with the rows you choose beneath them."),
            {"name": _("Where are they now?")},
            _outcomes(),
        ),
        TableTemplate(
            "ind-ud",
            _("Paragraph: in and out"),
            _("Per paragraph how many came in and went out again, how many remain, and since which day."),
            {"name": _("In and out per paragraph"), "kind": BreakdownKind.FLOW},
            _blank(3),
        ),
        TableTemplate(
            "ydelse-indsats",
            _("Benefit by intervention"),
            _("Which intervention those on each benefit are in: a count per place, and totals both ways."),
            {"name": _("Benefit and intervention"), "kind": BreakdownKind.CROSS},
            _benefits(),
        ),
        TableTemplate(
            "n-ud-af-n",
            _("n out of N"),
            _("How many out of how many, per row, for example 78 out of 369. The percentage comes by itself."),
            {"name": _("Part of all on the benefit"), "kind": BreakdownKind.SHARE},
            _benefit_rows(),
        ),
        TableTemplate("blank", _("Blank"), _("You write the rows yourself."), {}, _blank(3)),
    ]


def chosen_template(key: str) -> TableTemplate:
    """Return the template of that key, the blank one for any other."""
    templates = table_templates()
    return next((template for template in templates if template.key == key), templates[-1])


def _blank(count: int) -> tuple[SchemeRow, ...]:
    return tuple(SchemeRow(f"n{number}", "") for number in range(1, count + 1))


def _outcomes() -> tuple[SchemeRow, ...]:
    return (
        SchemeRow("n1", _("Ended"), is_total=True),
        SchemeRow("n2", _("Ordinary work"), "n1"),
        SchemeRow("n3", _("Education"), "n1"),
        SchemeRow("n4", _("Other reason"), "n1"),
        SchemeRow("n5", _("Active"), is_total=True),
        SchemeRow("n6", _("Mentor"), "n5"),
        SchemeRow("n7", _("Work placement"), "n5"),
        SchemeRow("n8", _("Waiting for an offer"), "n5"),
    )


def _benefit_rows() -> tuple[SchemeRow, ...]:
    names = (_("Education benefit"), _("Cash benefit"), _("Integration benefit"))
    return tuple(SchemeRow(f"n{number}", name) for number, name in enumerate(names, start=1))


def _benefits() -> tuple[SchemeRow, ...]:
    """Return interventions down and benefits across: there are few benefits, and a phone is narrow."""
    interventions = (
        _("Guidance and qualification"),
        _("Work placement"),
        _("Wage subsidy"),
        _("Mentor"),
        _("Another intervention"),
        _("No intervention"),
    )
    rows = tuple(SchemeRow(f"n{number}", name) for number, name in enumerate(interventions, start=1))
    columns = (SchemeRow(f"k{row.key[1:]}", row.name, is_column=True) for row in _benefit_rows())
    return rows + tuple(columns)
