"""State pools: the terms as they become known, the decision to apply or not, and the inventory of efforts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from projects.actions.events import changed_fields, record_event
from projects.dates import format_date
from projects.enums import PoolKind, Subject
from projects.fields import MoneyField
from projects.models import Effort, Pool, StatePoolTerms, User
from projects.money import format_kroner
from projects.rules.snapshots import check_reason
from projects.rules.state_pools import check_application_decision


@transaction.atomic
def set_terms(*, pool: Pool, values: Mapping[str, Any], by: User) -> StatePoolTerms:
    """Store what is known of a state pool's terms; the same values change nothing.

    Raises ValidationError: not_a_state_pool, reason_missing at decision_reason, and the fields' own.
    """
    pool = Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    if pool.kind != PoolKind.STATE_POOL:
        raise ValidationError(_("Only a state pool has such terms."), code="not_a_state_pool")
    terms = StatePoolTerms.objects.filter(pool=pool).first() or StatePoolTerms(pool=pool)
    changes = [
        (label, _in_words(terms, name, before), _in_words(terms, name, after))
        for name, value in values.items()
        for label, before, after in changed_fields(terms, {name: value})
    ]
    if terms.pk and not changes:
        return terms
    for name, value in values.items():
        setattr(terms, name, value)
    check_application_decision(decision=terms.decision, reason=terms.decision_reason)
    terms.full_clean()
    terms.save()
    record_event(
        subject=Subject.POOL,
        subject_id=pool.pk,
        verb="terms_set",
        actor=by,
        summary=_("The pool's terms were written"),
        changes=changes,
    )
    return terms


@transaction.atomic
def save_effort(*, pool: Pool, values: Mapping[str, Any], by: User, effort: Effort | None = None) -> Effort:
    """Store an effort of the inventory, a new one last. Raises ValidationError from its fields and constraints."""
    # The pool is the lock of its inventory: two new efforts must not get the same place.
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    is_new = effort is None
    effort = effort or Effort(pool=pool, position=_next_position(pool))
    changes = [] if is_new else changed_fields(effort, dict(values))
    for name, value in values.items():
        setattr(effort, name, value)
    effort.full_clean()
    if is_new or changes:
        effort.save()
        summary = _("“%(title)s” was added to the running efforts") if is_new else _("“%(title)s” was changed")
        _record_effort(effort, "effort_added" if is_new else "effort_changed", by, summary, changes=changes)
    return effort


@transaction.atomic
def remove_effort(*, effort: Effort, reason: str, by: User) -> None:
    """Take an effort out of the inventory. Raises reason_missing."""
    reason = check_reason(reason)
    summary = _("“%(title)s” was taken out of the running efforts")
    _record_effort(effort, "effort_removed", by, summary, reason=reason)
    effort.delete()


def _next_position(pool: Pool) -> int:
    return (Effort.objects.filter(pool=pool).aggregate(last=Max("position"))["last"] or 0) + 1


def _record_effort(
    effort: Effort,
    verb: str,
    by: User,
    summary: str,
    *,
    reason: str = "",
    changes: list[tuple[str, Any, Any]] | None = None,
) -> None:
    record_event(
        subject=Subject.POOL,
        subject_id=effort.pool_id,
        verb=verb,
        actor=by,
        summary=summary % {"title": effort.title},
        reason=reason,
        changes=changes or [],
    )


def _in_words(terms: StatePoolTerms, name: str, value: Any) -> object:
    field = terms._meta.get_field(name)
    if isinstance(field, MoneyField):
        return format_kroner(value)
    if value is True or value is False:
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return format_date(value)
    return dict(getattr(field, "flatchoices", ())).get(value, value)
