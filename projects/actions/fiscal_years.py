"""Fiscal years: open until they are closed, and closed years that nothing more is decided in."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import FiscalYear, User
from projects.rules.projects import check_year_open
from projects.rules.snapshots import check_reason

# Those who decide an amount in a year share it with each other, and only whoever closes it has it alone. SQLite's one
# writer has everything alone already.
_LOOK = "SELECT closed_at FROM projects_fiscalyear WHERE year = %s"
_LOOK_SHARED = "SELECT closed_at FROM projects_fiscalyear WHERE year = %s FOR SHARE"


def lock_open_year(year: int) -> None:
    """Keep the year open until the transaction ends. Called first, so that locks come in one order.

    Raises year_closed.
    """
    FiscalYear.objects.get_or_create(year=year)
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_SHARED if connection.vendor == "postgresql" else _LOOK, [year])
        (closed_at,) = cursor.fetchone()
    check_year_open(year=year, is_closed=closed_at is not None)


@transaction.atomic
def close_year(*, year: int, reason: str, by: User) -> FiscalYear:
    """Close the year for budget lines and ledgers. Raises year_closed, reason_missing."""
    return _set(year, is_closed=True, reason=check_reason(reason), by=by)


@transaction.atomic
def reopen_year(*, year: int, reason: str, by: User) -> FiscalYear:
    """Open the year again; an open one stays open. Raises reason_missing."""
    return _set(year, is_closed=False, reason=check_reason(reason), by=by)


def _set(year: int, *, is_closed: bool, reason: str, by: User) -> FiscalYear:
    row, _created = FiscalYear.objects.select_for_update().get_or_create(year=year)
    if is_closed:
        check_year_open(year=year, is_closed=row.closed_at is not None)
    row.closed_at, row.closed_by = (timezone.now(), by) if is_closed else (None, None)
    row.save(update_fields=["closed_at", "closed_by"])
    summary = _("The fiscal year %(year)s was closed") if is_closed else _("The fiscal year %(year)s was opened again")
    record_event(
        subject=Subject.FISCAL_YEAR,
        subject_id=row.pk,
        verb="closed" if is_closed else "reopened",
        actor=by,
        summary=summary % {"year": year},
        reason=reason,
    )
    return row
