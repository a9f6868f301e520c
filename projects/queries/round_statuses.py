"""The statuses of rounds as rows of the database: counted, narrowed, put in order and paged there.

`rounds.rows_of` says the same of a handful of projects, with everything loaded; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from projects.enums import ProjectState, SnapshotState
from projects.models import StatusRound, StatusSnapshot
from projects.models.projects import ProjectQuerySet
from projects.queries.rounds import MISSING, UNSENT, RoundCounts, RoundRow, filled_rows


class FirstOfMonth(Func):
    """The first day of a date's month. Django's own truncation calls Python for every row on SQLite."""

    output_field = DateField()
    template = "CAST(date_trunc('month', %(expressions)s) AS date)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, 'start of month')", **context)


def round_statuses(rounds: Sequence[StatusRound], projects: ProjectQuerySet) -> Any:
    """Return a row for every project and round it is in. No query of its own.

    Annotated: `round_id`, `asked_month`, `newest_state` (None: nobody has begun), `status_state` (then "missing") and
    `is_late`, whether its next step was due before today.
    """
    # An empty list of rounds would make the join impossible to write, and there is nothing to find.
    found = projects if rounds else projects.none()
    wanted = Q(committee__rounds__in=[item.pk for item in rounds] or [0])
    joined = found.annotate(asked=FilteredRelation("committee__rounds", condition=wanted)).filter(asked__isnull=False)
    # Columns first, conditions on them afterwards: a condition on the relation itself would join it a second time.
    rows = joined.annotate(
        round_id=F("asked__pk"),
        asked_month=F("asked__month"),
        asked_of=F("asked__committee__code"),
        statuses_due=F("asked__caseworker_due"),
        approvals_due=F("asked__manager_due"),
    ).annotate(newest_state=Subquery(_revisions().values("state")[:1]))
    runs = Q(ends_on__isnull=True) | Q(ends_on__gte=F("asked_month"))
    owes = runs & Q(asked_month__gte=FirstOfMonth("starts_on")) & ~Q(state=ProjectState.CLOSED)
    today = timezone.localdate()
    return rows.filter(owes | Q(newest_state__isnull=False)).annotate(
        status_state=Coalesce("newest_state", Value(MISSING)),
        is_late=Case(
            When(newest_state=SnapshotState.SUBMITTED, then=Q(approvals_due__lt=today)),
            When(newest_state=SnapshotState.APPROVED, then=Value(False)),
            default=Q(statuses_due__lt=today),
        ),
    )


def _revisions() -> Any:
    revisions = StatusSnapshot.objects.filter(project=OuterRef("pk"), month=OuterRef("asked_month"))
    return revisions.order_by("-revision")


def with_gathering(statuses: Any) -> Any:
    """Return them with `newest_id` of the newest revision, and `is_approved`: there is an approved one. No query."""
    approved = _revisions().filter(state=SnapshotState.APPROVED)
    return statuses.annotate(newest_id=Subquery(_revisions().values("pk")[:1]), is_approved=Exists(approved))


def by_round(statuses: Any, *within: Any) -> Any:
    """Return them as the rounds are listed, newest month first, then `within` each and by name."""
    return statuses.order_by("-asked_month", "asked_of", *within, "standing__name_key", "pk")


def first_of_each(statuses: Any, column: str, number: int) -> Any:
    """Return the first of the `round_statuses` within each month, round or whatever the column says. No query."""
    order = ["-asked_month", "asked_of", "standing__name_key", "pk"]
    place = Window(RowNumber(), partition_by=F(column), order_by=order)
    return by_round(statuses.annotate(place=place).filter(place__lte=number))


def rows_at(statuses: Any, rounds: Iterable[StatusRound]) -> list[RoundRow]:
    """Return the `round_statuses` (sliced, usually) with what belongs to them, in the order given. Three queries."""
    by_id = {item.pk: item for item in rounds}
    found = list(statuses.select_related("unit", "committee", "pool"))
    return filled_rows([(by_id[project.round_id], project) for project in found])


def counted_states(statuses: Any) -> RoundCounts:
    """Return how many of the statuses have come how far. One query."""
    groups = list(statuses.order_by().values_list("status_state", "is_late").annotate(Count("pk")))
    of = {state: sum(count for each, _late, count in groups if each == state) for state, _late, _count in groups}
    unsent = sum(of.get(state, 0) for state in UNSENT)
    overdue = sum(count for state, is_late, count in groups if is_late and state in UNSENT)
    return RoundCounts(
        due=unsent - overdue,
        overdue=overdue,
        returned=of.get(SnapshotState.RETURNED, 0),
        submitted=of.get(SnapshotState.SUBMITTED, 0),
        approved=of.get(SnapshotState.APPROVED, 0),
    )


def states_by_month(statuses: Any) -> dict[date, dict[str, int]]:
    """Return how many statuses stand in each state, month by month, newest first. One query."""
    return _states_by(statuses.order_by("-asked_month"), "asked_month")


def states_by_round(statuses: Any) -> dict[int, dict[str, int]]:
    """Return how many statuses stand in each state, by the round's id. One query."""
    return _states_by(statuses.order_by(), "round_id")


def _states_by(statuses: Any, column: str) -> dict[Any, dict[str, int]]:
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for key, state, count in statuses.values_list(column, "status_state").annotate(Count("pk")):
        found[key][state] = count
    return found
