"""What an administrator keeps: people and rights, units, code lists, meetings, and what a project's status fills in.

One way to store and one to delete, so that every change leaves an event: who, when, from, to.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects import models as m
from projects.actions.events import Change, record_event
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import Subject
from projects.fields import MoneyField, MonthField
from projects.money import format_kroner
from projects.months import format_month
from projects.queries.catalogue import protecting_uses

# Where a record's history is read: the subject, and the attribute that holds the id of the object with that history.
HISTORY: dict[type[models.Model], tuple[Subject, str]] = {
    m.User: (Subject.USER, "pk"),
    m.RoleAssignment: (Subject.USER, "user_id"),
    m.StandIn: (Subject.USER, "absent_id"),
    m.OrgUnit: (Subject.UNIT, "pk"),
    m.Committee: (Subject.COMMITTEE, "pk"),
    m.Meeting: (Subject.MEETING, "pk"),
    m.AgendaItem: (Subject.MEETING, "meeting_id"),
    m.StatusRound: (Subject.ROUND, "pk"),
    m.StrategicGoal: (Subject.GOAL, "pk"),
    m.Track: (Subject.TRACK, "pk"),
    m.TargetGroup: (Subject.TARGET_GROUP, "pk"),
    m.LegalBasis: (Subject.LEGAL_BASIS, "pk"),
    m.Benefit: (Subject.BENEFIT, "pk"),
    m.FteRate: (Subject.FTE_RATE, "pk"),
    m.PriceIndex: (Subject.PRICE_INDEX, "pk"),
    m.ProjectAssignment: (Subject.PROJECT, "project_id"),
    m.ProjectAlias: (Subject.PROJECT, "project_id"),
    m.Indicator: (Subject.PROJECT, "project_id"),
    m.Target: (Subject.PROJECT, "indicator.project_id"),
    m.Breakdown: (Subject.PROJECT, "project_id"),
    m.BreakdownCategory: (Subject.PROJECT, "breakdown.project_id"),
}
# Kept by the program itself, or said in another way.
_UNSAID = {"id", "sort_key", "last_login", "date_joined", "password", "is_staff"}


@transaction.atomic
def save_record(*, record: models.Model, by: m.User | None, reason: str = "") -> bool:
    """Store a new or changed record; return whether anything was different from what is stored.

    Raises ValidationError when a field, a constraint or a date does not hold. `by` None: the system itself.
    """
    stored = type(record)._default_manager.filter(pk=record.pk).first() if record.pk else None
    changes = list(_changes(stored, record))
    if stored is not None and not changes:
        return False
    record.full_clean()
    record.save()
    _record(record, verb="changed" if stored else "created", changes=changes, by=by, reason=reason)
    return True


@transaction.atomic
def delete_record(*, record: models.Model, by: m.User | None, reason: str = "") -> None:
    """Delete a record that nothing uses. Raises ProtectedError, naming what uses it."""
    uses = protecting_uses(record)
    if uses:
        raise models.ProtectedError(_("The record is in use."), set(uses))
    changes = [(label, shown, None) for label, _before, shown in _changes(None, record)]
    _record(record, verb="deleted", changes=changes, by=by, reason=reason)
    record.delete()


@transaction.atomic
def record_password_change(*, user: m.User, by: m.User) -> None:
    """Record that an administrator set or took away a password. The password itself is never recorded."""
    after = _("changed") if user.has_usable_password() else _("removed")
    record_event(
        subject=Subject.USER,
        subject_id=user.pk,
        verb="changed",
        actor=by,
        summary=_sentence(user, "changed"),
        changes=[(_("Password"), "", after)],
    )


def _record(record: models.Model, *, verb: str, changes: list[Change], by: m.User | None, reason: str) -> None:
    subject, attribute = HISTORY[type(record)]
    subject_id = _follow(record, attribute)
    record_event(
        subject=subject,
        subject_id=subject_id,
        verb=verb,
        actor=by,
        summary=_sentence(record, verb),
        changes=changes,
        reason=reason,
        project=m.Project.objects.get(pk=subject_id) if subject == Subject.PROJECT else None,
    )


def _follow(record: models.Model, attribute: str) -> Any:
    value: Any = record
    for name in attribute.split("."):
        value = getattr(value, name)
    return value


def _sentence(record: models.Model, verb: str) -> str:
    sentences = {
        "created": _("%(kind)s created: %(record)s"),
        "changed": _("%(kind)s changed: %(record)s"),
        "deleted": _("%(kind)s deleted: %(record)s"),
    }
    return (sentences[verb] % {"kind": capfirst(record._meta.verbose_name), "record": record})[:250]


def _changes(stored: models.Model | None, record: models.Model) -> Iterator[Change]:
    """Yield (label, before, after) in words for every field that differs; for a new record those that say something."""
    for field in record._meta.concrete_fields:
        if field.name in _UNSAID:
            continue
        after = getattr(record, field.attname)
        before = getattr(stored, field.attname) if stored else None
        if before != after and (stored or after not in (None, "", False)):
            yield str(capfirst(field.verbose_name)), _in_words(field, stored), _in_words(field, record)
    if isinstance(record, m.User) and isinstance(stored, m.User) and stored.password != record.password:
        yield _("Password"), "", _("changed")


def _in_words(field: "models.Field[Any, Any]", record: models.Model | None) -> str | None:
    if record is None:
        return None
    value = getattr(record, field.name)
    if value is None:
        return None
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _value_in_words(field, value)


def _value_in_words(field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, MoneyField):
        return format_kroner(Decimal(value))
    if isinstance(field, MonthField):
        return format_month(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H.%M}"
    if isinstance(value, date):
        return format_date(value)
    return format_count(value) if isinstance(value, Decimal) else str(value)
