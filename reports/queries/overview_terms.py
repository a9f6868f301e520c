"""The terms of what is put together from other figures: what is left, and what is expected.

They are read where the figures on the overview are read, so a table of terms adds up to the figure to the øre.
"""

from typing import Any

from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum

from projects.fields import MoneyField
from projects.models import Project, StatusSnapshot
from projects.models.projects import ProjectQuerySet
from projects.queries.snapshots import SENT
from reports.queries.overview_sums import narrowed, with_money


def rest_rows(projects: ProjectQuerySet, year: int | None) -> Any:
    """Return the projects that have a rest, by name: it is granted less spent less committed. No query of its own."""
    return _named(projects, year).filter(money_rest__isnull=False).select_related("unit")


def rest_sums(rows: Any) -> dict[str, Any]:
    """Return the sums of `rest_rows`, and how many there are. One query."""
    return _summed(rows, ("granted", "spent", "committed", "rest"))


def spent_without_grant(projects: ProjectQuerySet, year: int | None) -> dict[str, Any]:
    """Return how many projects have money spent or committed and nothing granted to take it from. One query."""
    rows = _named(projects, year).filter(money_rest__isnull=True)
    rows = rows.filter(~Q(money_spent=0) | ~Q(money_committed=0))
    return _summed(rows, ("spent", "committed"))


def expected_rows(projects: ProjectQuerySet, year: int | None) -> Any:
    """Return the projects that have given a forecast, by name. No query of its own.

    `money_before` is what was spent in the years before the forecast's, `money_by_then` all that was granted up to and
    including it, None where nothing was. `given_revision` and `given_state` tell the status that gave the forecast.
    """
    given = StatusSnapshot.objects.filter(
        project=OuterRef("pk"), month=OuterRef("money_forecast_month"), state__in=SENT, forecast__isnull=False
    ).order_by("-revision")
    rows = _named(projects, year).filter(money_forecast__isnull=False).select_related("unit")
    return rows.annotate(
        money_before=_less("money_expected", "money_forecast"),
        money_by_then=_less("money_expected", "money_deviation"),
        given_revision=Subquery(given.values("revision")[:1]),
        given_state=Subquery(given.values("state")[:1]),
    )


def expected_sums(rows: Any) -> dict[str, Any]:
    """Return the sums of `expected_rows`, and how many there are. One query.

    `by_then` and `deviation` are of those that have a grant to hold the forecast against.
    """
    return _summed(rows, ("before", "forecast", "expected", "by_then", "deviation"))


def _less(name: str, other: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(name) - F(other), output_field=MoneyField())


def _named(projects: ProjectQuerySet, year: int | None) -> Any:
    return with_money(Project.objects.filter(pk__in=narrowed(projects)), year).order_by("standing__name_key", "pk")


def _summed(rows: Any, names: tuple[str, ...]) -> dict[str, Any]:
    sums: dict[str, Any] = rows.order_by().aggregate(
        count=Count("pk"), **{name: Sum(f"money_{name}") for name in names}
    )
    return sums
