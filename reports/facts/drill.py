"""From a figure to the rows that make it: addresses with the filters that lead there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.facts.overview import Grouping, OverviewFacts, PoolFact
from reports.facts.overview_rows import ProjectFact
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
class PoolUse:
    """A frame with the way to its budget lines and postings; "" for who does not see all the pool's projects."""

    pool: PoolFact
    lines_url: str = ""
    postings_url: str = ""
    elsewhere: tuple[tuple[int, Decimal, str], ...] = ()


def pool_uses(facts: OverviewFacts, query: QueryDict, *, seen_whole: Collection[int]) -> list[PoolUse]:
    """Return the frames; a frame is one for all, so only the month of the other choices is kept."""
    return [_pool_use(pool, query, pool.pool_id in seen_whole) for pool in facts.pools]


def _pool_use(pool: PoolFact, query: QueryDict, is_whole: bool) -> PoolUse:
    def way(page: str, **more: object) -> str:
        return address(page, month, {"pool": pool.pool_id, **more}) if is_whole else ""

    month = QueryDict(mutable=True)
    if chosen := query.get("month"):
        month["month"] = str(chosen)
    elsewhere = tuple((year, amount, way(POSTINGS, year=year)) for year, amount in pool.use.elsewhere)
    return PoolUse(pool, way(LINES, year=pool.year), way(POSTINGS, year=pool.year, aside=1), elsewhere)


@dataclass(frozen=True)
class ProjectRow:
    """A project in sight with the way to its budget lines and postings."""

    fact: ProjectFact
    lines_url: str
    postings_url: str


def project_rows(facts: OverviewFacts, query: QueryDict) -> list[ProjectRow]:
    return [
        ProjectRow(fact, *(address(page, query, {"project": fact.project.code}) for page in (LINES, POSTINGS)))
        for fact in facts.projects
    ]


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
