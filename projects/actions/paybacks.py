"""What an investment is expected to give back, written with the proposal, and what it gave, entered afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import ServiceFrame, Subject
from projects.models import ExpectedReturn, Project, Proposal, RealisedReturn, User
from projects.money import format_kroner
from projects.rules.paybacks import check_expectation
from projects.rules.proposals import check_editable


@dataclass(frozen=True)
class ReturnValue:
    """One line of an expected return, kroner, + is saved. None: nobody has said."""

    year: int
    falls_in: str
    expected: Decimal
    service_frame: str = ServiceFrame.UNKNOWN
    low: Decimal | None = None
    high: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True)
class RealisedValue:
    year: int
    falls_in: str
    amount: Decimal
    source: str
    service_frame: str = ServiceFrame.UNKNOWN


@transaction.atomic
def set_expected_returns(*, proposal: Proposal, returns: Sequence[ReturnValue], by: User) -> list[ExpectedReturn]:
    """Store the proposal's expected returns instead of those it had.

    Raises not_editable, and the lines' own by field.
    """
    current = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_editable(current.state)
    before = _words((row.year, row.falls_in, row.expected) for row in current.returns.all())
    current.returns.all().delete()
    rows = [ExpectedReturn(proposal=current, position=n, **vars(value)) for n, value in enumerate(returns, start=1)]
    for row in rows:
        check_expectation(low=row.low, expected=row.expected, high=row.high)
        row.full_clean()
    ExpectedReturn.objects.bulk_create(rows)
    after = _words((row.year, row.falls_in, row.expected) for row in rows)
    if before != after:
        current.version += 1
        current.save(update_fields=["version", "updated_at"])
        _record(Subject.PROPOSAL, current.pk, by, _("The expected return was changed"), before, after)
    return rows


@transaction.atomic
def set_realised_returns(*, project: Project, returns: Sequence[RealisedValue], by: User) -> list[RealisedReturn]:
    """Store what the project gave back instead of what was entered before; the history keeps that.

    Raises ValidationError twice (the same year and place), and the lines' own by field.
    """
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    keys = [(value.year, value.falls_in.casefold()) for value in returns]
    if len(keys) != len(set(keys)):
        raise ValidationError(_("The year and the place stand there twice."), code="twice")
    before = _words((row.year, row.falls_in, row.amount) for row in current.returns.all())
    current.returns.all().delete()
    rows = [RealisedReturn(project=current, entered_by=by, **vars(value)) for value in returns]
    for row in rows:
        row.full_clean()
        row.save(force_insert=True)
    after = _words((row.year, row.falls_in, row.amount) for row in rows)
    if before != after:
        _record(Subject.PROJECT, current.pk, by, _("The realised return was entered"), before, after, project=current)
    return rows


def _words(lines: Iterable[tuple[int, str, Decimal]]) -> str:
    return "; ".join(f"{year} {place}: {format_kroner(amount)}" for year, place, amount in lines)


def _record(subject: Subject, subject_id: int, by: User, summary: str, before: str, after: str, **more: Any) -> None:
    record_event(
        subject=subject,
        subject_id=subject_id,
        verb="returns_set",
        actor=by,
        summary=summary,
        changes=[(_("Return"), before, after)],
        **more,
    )
