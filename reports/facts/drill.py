"""From a figure to the rows that make it: addresses with the filters that lead there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.facts.overview import Grouping, OverviewFacts
from reports.queries.overview_sums import GroupSums, MoneySums, YearSums

OVERVIEW, LINES, POSTINGS = "reports:overview", "reports:overview-lines", "reports:overview-postings"


def address(page: str, query: QueryDict, changes: Mapping[str, object] | None = None) -> str:
    """Return the page with the address' choices, some of them changed. A new list begins at its first row."""
    chosen = query.copy()
    for name in [name for name, value in chosen.items() if not value or name in {"page", "sort", "within"}]:
        del chosen[name]
    for name, value in (changes or {}).items():
        chosen[name] = str(value)
    return f"{reverse(page)}?{chosen.urlencode()}" if chosen else reverse(page)


@dataclass(frozen=True)
class GroupRow:
    """A group with the way to its projects, budget lines and postings; "" where there is none to narrow by."""

    name: str
    sums: MoneySums
    url: str
    lines_url: str
    postings_url: str


@dataclass(frozen=True)
class GroupTable:
    head: str
    rows: tuple[GroupRow, ...]
    overlaps: bool


def group_tables(facts: OverviewFacts, query: QueryDict) -> list[GroupTable]:
    """Return the groupings that tell anything apart, with links."""
    return [_table(each, query) for each in facts.groupings if len(each.groups) > 1 or each.overlaps]


def _table(grouping: Grouping, query: QueryDict) -> GroupTable:
    rows = tuple(_row(grouping.parameter, group, query) for group in grouping.groups)
    return GroupTable(grouping.head, rows, grouping.overlaps)


def _row(parameter: str, group: GroupSums, query: QueryDict) -> GroupRow:
    if group.pk is None:
        return GroupRow(_("None"), group.sums, "", "", "")
    # A unit's own projects and those below it: the row is of its own, so that rows add up.
    chosen = {parameter: group.pk} | ({"own": 1} if parameter == "unit" else {})
    urls = (address(page, query, chosen) for page in (OVERVIEW, LINES, POSTINGS))
    return GroupRow(group.name, group.sums, *urls)


def money_links(query: QueryDict, month: date) -> dict[str, str]:
    """Return the way from the page's own figures, by what they are called in the template."""
    key = f"{month:%Y-%m}"
    return {
        "lines": address(LINES, query),
        "postings": address(POSTINGS, query),
        "late": address(OVERVIEW, query, {"state": "late"}),
        "worse": address(OVERVIEW, query, {"trend": "worse"}),
        "better": address(OVERVIEW, query, {"trend": "better"}),
        "month_lines": address(LINES, query, {"within": key}),
        "month_postings": address(POSTINGS, query, {"within": key}),
    }


@dataclass(frozen=True)
class YearRow:
    sums: YearSums
    url: str
    lines_url: str
    postings_url: str


def year_rows(facts: OverviewFacts, query: QueryDict) -> list[YearRow]:
    return [
        YearRow(each, *(address(page, query, {"year": each.year}) for page in (OVERVIEW, LINES, POSTINGS)))
        for each in facts.by_year
    ]
