"""Money that is bound before it is posted: written down, and let go when the posting has come or nothing came of it."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.rollups import refresh_rollups
from projects.enums import CommitmentEnd, Subject
from projects.models import Commitment, Project, User
from projects.money import format_kroner


@transaction.atomic
def add_commitment(
    *, project: Project, amount: Decimal, text: str, expected_on: date, by: User, example_note: str = ""
) -> Commitment:
    """Bind kroner of the project until they are posted or released. Raises year_closed, amount_not_positive."""
    lock_open_year(expected_on.year)
    if amount <= 0:
        raise ValidationError(_("Write an amount above zero."), code="amount_not_positive")
    values = {"amount": amount, "text": text, "expected_on": expected_on, "example_note": example_note}
    commitment = Commitment(project=project, created_by=by, **values)
    commitment.full_clean()
    commitment.save(force_insert=True)
    _record(commitment, "committed", _("%(amount)s was committed: %(text)s"), by)
    refresh_rollups([project.pk])
    return commitment


@transaction.atomic
def end_commitment(*, commitment: Commitment, end: str, by: User) -> Commitment:
    """Let a commitment go, because it was posted or because it is released. Raises already_ended."""
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if commitment.end:
        raise ValidationError(_("The commitment has been let go already."), code="already_ended")
    commitment.end, commitment.ended_by, commitment.ended_at = end, by, timezone.now()
    commitment.full_clean()
    commitment.save(update_fields=["end", "ended_by", "ended_at"])
    words = {
        CommitmentEnd.POSTED: _("A commitment of %(amount)s was posted: %(text)s"),
        CommitmentEnd.RELEASED: _("A commitment of %(amount)s was released: %(text)s"),
    }
    _record(commitment, "commitment_ended", words[CommitmentEnd(end)], by)
    refresh_rollups([commitment.project_id])
    return commitment


def _record(commitment: Commitment, verb: str, summary: str, by: User) -> None:
    words = {"amount": format_kroner(commitment.amount), "text": commitment.text[:150]}
    record_event(
        subject=Subject.PROJECT,
        subject_id=commitment.project_id,
        verb=verb,
        actor=by,
        summary=summary % words,
        project=commitment.project,
    )
