"""R22: projects whose spend and time drift apart. The same warning on the month-end, the project, the overview and in
`check_portfolio`: only the month it is given for differs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum

from projects.enums import ProjectState
from projects.fields import MoneyField
from projects.models import BudgetLine, Posting, Project
from projects.months import first_of_month, last_day
from projects.rules.month_end import drift_notice, elapsed_share
from projects.rules.notices import Notice


def drift_of(project: Project, month: date, *, spent: Decimal, budget: Decimal | None) -> Notice | None:
    """Return the warning for one project at the end of the month. No query.

    `spent` is all that was posted by then, `budget` all that was decided up to and including the year. A project that
    is closed has no time left to be warned of.
    """
    if project.state == ProjectState.CLOSED:
        return None
    return drift_notice(
        project=project.name,
        year=month.year,
        spent=spent,
        budget=budget,
        elapsed=elapsed_share(month=month, starts_on=project.starts_on, ends_on=project.ends_on, this_year=False),
        least=Decimal(settings.DEVIATION_KRONER),
    )


def drift_notices(projects: Iterable[Project], month: date) -> dict[int, Notice]:
    """Return R22 by project id, at the end of the month. One query, however many projects."""
    asked = {project.pk: project for project in projects}
    budget = BudgetLine.objects.filter(project=OuterRef("pk"), year__lte=month.year)
    spent = Posting.objects.filter(project=OuterRef("pk"), posted_on__lte=last_day(month))
    # Subqueries, not joins: joining budget lines to postings would count every amount once per posting.
    sums = Project.objects.filter(pk__in=asked).values_list("pk", summed(budget), summed(spent))
    found = {pk: drift_of(asked[pk], month, spent=posted or Decimal(0), budget=decided) for pk, decided, posted in sums}
    return {pk: notice for pk, notice in found.items() if notice is not None}


def newest_drift_notices(projects: Collection[Project]) -> dict[int, Notice]:
    """Return R22 by project id, each at the end of the newest month its pool's ledger has a posting in.

    One query, and one per month among the pools'. Where nothing is posted there is nothing to hold the time against.
    """
    newest = newest_months({project.pool_id for project in projects if project.pool_id is not None})
    by_month: dict[date, list[Project]] = defaultdict(list)
    for project in projects:
        if project.pool_id in newest:
            by_month[newest[project.pool_id]].append(project)
    return {pk: notice for month, some in by_month.items() for pk, notice in drift_notices(some, month).items()}


def newest_months(pool_ids: Iterable[int]) -> dict[int, date]:
    """Return, by pool id, the month of the newest posting in any of its projects. One query."""
    # A look into the index per project, where the largest of all postings would read every one of them.
    own = Posting.objects.filter(project=OuterRef("pk")).order_by("-posted_on").values("posted_on")[:1]
    rows = Project.objects.filter(pool__in=set(pool_ids)).annotate(newest=Subquery(own)).order_by().values_list("pool")
    return {pool: first_of_month(day) for pool, day in rows.annotate(Max("newest")) if day is not None}


def summed(rows: QuerySet) -> Subquery:  # type: ignore[type-arg]
    """Return the sum of a project's rows as a subquery."""
    total = rows.order_by().values("project").annotate(total=Sum("amount")).values("total")
    return Subquery(total, output_field=MoneyField())
