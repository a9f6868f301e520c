"""From a figure to the rows that make it: addresses with the filters that lead there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.facts.overview import Grouping, OverviewFacts, PoolFact
from reports.facts.overview_rows import ProjectFact
from reports.queries.overview_sums import GroupSums, MoneySums, YearSums

OVERVIEW, LINES, POSTINGS = "reports:overview", "reports:overview-lines", "reports:overview-postings"
COMMITMENTS, REST, EXPECTED = "reports:overview-commitments", "reports:overview-rest", "reports:overview-expected"
# What narrows the rows behind a figure, and not the projects.
_OF_ROWS = {"page", "sort", "within", "until", "aside"}


def address(page: str, query: QueryDict, changes: Mapping[str, object] | None = None) -> str:
    """Return the page with the address' choices, some of them changed. A new list begins at its first row."""
    chosen = query.copy()
    for name in [name for name, value in chosen.items() if not value or name in _OF_ROWS]:
        del chosen[name]
    for name, value in (changes or {}).items():
        chosen[name] = str(value)
    return f"{reverse(page)}?{chosen.urlencode()}" if chosen else reverse(page)


@dataclass(frozen=True)
class Ways:
    """The way from each figure to the rows or the terms it is made of; "" where there is none to narrow by."""

    lines: str = ""
    postings: str = ""
    commitments: str = ""
    rest: str = ""
    expected: str = ""


NOWHERE = Ways()


def ways(query: QueryDict, changes: Mapping[str, object] | None = None) -> Ways:
    return Ways(*(address(page, query, changes) for page in (LINES, POSTINGS, COMMITMENTS, REST, EXPECTED)))


@dataclass(frozen=True)
class GroupRow:
    """A group with the way to its projects, "" where there is none to narrow by, and from its figures."""

    name: str
    sums: MoneySums
    url: str
    ways: Ways


@dataclass(frozen=True)
class GroupTable:
    head: str
    rows: tuple[GroupRow, ...]
    overlaps: bool


def group_tables(facts: OverviewFacts, query: QueryDict) -> list[GroupTable]:
    """Return the groupings that tell anything apart, with links.

    Where one goal is chosen already, another's row would be of the projects that have both, which no choice can show.
    """
    return [_table(each, query) for each in facts.groupings if _tells_apart(each, query)]


def _tells_apart(grouping: Grouping, query: QueryDict) -> bool:
    if not grouping.overlaps:
        return len(grouping.groups) > 1
    return query.get(grouping.parameter) not in {str(group.pk) for group in grouping.groups}


def _table(grouping: Grouping, query: QueryDict) -> GroupTable:
    rows = tuple(_row(grouping.parameter, group, query) for group in grouping.groups)
    return GroupTable(grouping.head, rows, grouping.overlaps)


def _row(parameter: str, group: GroupSums, query: QueryDict) -> GroupRow:
    if group.pk is None:
        return GroupRow(_("None"), group.sums, "", NOWHERE)
    # A unit's own projects and those below it: the row is of its own, so that rows add up.
    chosen = {parameter: group.pk} | ({"own": 1} if parameter == "unit" else {})
    return GroupRow(group.name, group.sums, address(OVERVIEW, query, chosen), ways(query, chosen))


def month_links(query: QueryDict, month: date) -> dict[str, str]:
    """Return the way from what the month brought, by what it is called in the template."""
    key = f"{month:%Y-%m}"
    return {
        "late": address(OVERVIEW, query, {"state": "late"}),
        "worse": address(OVERVIEW, query, {"trend": "worse"}),
        "better": address(OVERVIEW, query, {"trend": "better"}),
        "month_lines": address(LINES, query, {"within": key}),
        "month_postings": address(POSTINGS, query, {"within": key}),
    }


@dataclass(frozen=True)
class PoolUse:
    """A frame with the way from its figures; nowhere for who does not see all the pool's projects.

    `frame_url`: where the frame, its economy list and what is left of it stand, which all who see the pool may read.
    """

    pool: PoolFact
    frame_url: str
    ways: Ways = NOWHERE
    elsewhere: tuple[tuple[int, Decimal, str], ...] = ()


def pool_uses(facts: OverviewFacts, query: QueryDict, *, seen_whole: Collection[int]) -> list[PoolUse]:
    """Return the frames; a frame is one for all, so only the month of the other choices is kept."""
    return [_pool_use(pool, query, pool.pool_id in seen_whole) for pool in facts.pools]


def _pool_use(pool: PoolFact, query: QueryDict, is_whole: bool) -> PoolUse:
    month = QueryDict(mutable=True)
    if chosen := query.get("month"):
        month["month"] = str(chosen)
    own: dict[str, object] = {"pool": pool.pool_id}

    def way(year: int) -> str:
        return address(POSTINGS, month, own | {"year": year}) if is_whole else ""

    elsewhere = tuple((year, amount, way(year)) for year, amount in pool.use.elsewhere)
    frame_url = f"{reverse('projects:pool-detail', args=[pool.code])}#year-{pool.year}"
    if not is_whole:
        return PoolUse(pool, frame_url, NOWHERE, elsewhere)
    of_year = ways(month, own | {"year": pool.year})
    with_aside = address(POSTINGS, month, own | {"year": pool.year, "aside": 1})
    return PoolUse(pool, frame_url, replace(of_year, postings=with_aside), elsewhere)


@dataclass(frozen=True)
class ProjectRow:
    """A project in sight with the way from its figures."""

    fact: ProjectFact
    ways: Ways


def project_rows(facts: OverviewFacts, query: QueryDict) -> list[ProjectRow]:
    return [ProjectRow(fact, ways(query, {"project": fact.project.code})) for fact in facts.projects]


@dataclass(frozen=True)
class YearRow:
    sums: YearSums
    url: str
    ways: Ways


def year_rows(facts: OverviewFacts, query: QueryDict) -> list[YearRow]:
    return [
        YearRow(each, address(OVERVIEW, query, {"year": each.year}), ways(query, {"year": each.year}))
        for each in facts.by_year
    ]
