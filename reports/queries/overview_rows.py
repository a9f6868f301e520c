"""The rows that the overview's figures are made of."""

from datetime import date

from django.db.models import Q, QuerySet

from projects.models import BudgetLine, Commitment, Pool, Posting
from projects.models.projects import ProjectQuerySet
from projects.months import last_day
from reports.queries.overview_sums import lines_of_month, narrowed


def budget_line_rows(
    projects: ProjectQuerySet, *, year: int | None, within: date | None = None, until: int | None = None
) -> QuerySet[BudgetLine]:
    """Return the projects' budget lines, of a year, until a year has ended, or decided within a month. No query."""
    lines = BudgetLine.objects.filter(project__in=narrowed(projects))
    if within is not None:
        lines = lines_of_month(lines, within)
    elif until is not None:
        lines = lines.filter(year__lte=until)
    elif year is not None:
        lines = lines.filter(year=year)
    lines = lines.select_related("project__unit", "pool_year__pool", "meeting__committee")
    return lines.order_by("project__standing__name_key", "project", "year", "created_at", "pk")


def posting_rows(
    projects: ProjectQuerySet,
    *,
    year: int | None,
    within: date | None = None,
    until: int | None = None,
    aside_of: Pool | None = None,
) -> QuerySet[Posting]:
    """Return the projects' postings, of a year, until a year has ended, or of a month, the newest first. No query.

    `aside_of`: with those of that pool that are put aside until somebody says whose they are.
    """
    wanted = Q(project__in=narrowed(projects))
    if aside_of is not None:
        wanted |= Q(project__isnull=True, batch__pool=aside_of)
    postings = Posting.objects.filter(wanted)
    if within is not None:
        postings = postings.filter(posted_on__gte=within, posted_on__lte=last_day(within))
    elif until is not None:
        postings = postings.filter(posted_on__lte=date(until, 12, 31))
    elif year is not None:
        postings = postings.filter(posted_on__gte=date(year, 1, 1), posted_on__lte=date(year, 12, 31))
    return postings.select_related("project__unit", "batch").order_by("-posted_on", "-pk")


def commitment_rows(projects: ProjectQuerySet, *, year: int | None) -> QuerySet[Commitment]:
    """Return what the projects have bound, of a year or of all, the first expected first. No query of its own."""
    bound = Commitment.objects.bound().filter(project__in=narrowed(projects))
    if year is not None:
        bound = bound.filter(expected_on__gte=date(year, 1, 1), expected_on__lte=date(year, 12, 31))
    return bound.select_related("project__unit", "created_by").order_by("expected_on", "pk")
