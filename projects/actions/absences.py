"""Absences with their stand-ins: entered, changed, taken back."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.actions.mail import mail_text, queue_mail
from projects.dates import format_date
from projects.enums import AbsenceKind, MailKind, Role, Subject
from projects.models import Absence, Project, StandIn, User
from projects.models.people import valid_on
from projects.queries.absences import may_keep_absence, projects_during
from projects.rules.absences import Period, check_absence, check_stand_in

StandIns = Mapping[Project | None, User]


@transaction.atomic
def store_absence(
    *,
    user: User,
    kind: AbsenceKind | str,
    valid_from: date,
    valid_to: date | None,
    stand_ins: StandIns,
    by: User,
    absence: Absence | None = None,
) -> Absence:
    """Store a new absence, or other days and stand-ins of one. `stand_ins` by project; None: on all the others.

    Each new stand-in gets a mail. The same absence again changes nothing. Raises ValidationError: dates_in_order,
    absent_twice, self_stand_in, not_a_caseworker, stand_in_away; PermissionDenied.
    """
    # The person is the lock: two who enter the same holiday make one absence.
    absent = User.objects.select_for_update().get(pk=user.pk)
    if not may_keep_absence(by, absent):
        raise PermissionDenied
    period = Period(valid_from, valid_to)
    check_absence(period, others=_periods(absent, except_for=absence))
    for acting in set(stand_ins.values()):
        _check_stand_in(acting, absent, period)
    before = _facts(absence) if absence is not None else []
    told = set() if absence is None else {row.stand_in_id for row in absence.stand_ins.all()}
    stored = absence or Absence(user=absent)
    stored.kind, stored.valid_from, stored.valid_to = kind, valid_from, valid_to
    if absence is not None and before == _facts_of(stored, stand_ins):
        return stored
    stored.save()
    stored.stand_ins.all().delete()
    StandIn.objects.bulk_create(
        StandIn(
            absent=absent, stand_in=acting, project=project, absence=stored, valid_from=valid_from, valid_to=valid_to
        )
        for project, acting in stand_ins.items()
    )
    _record(stored, "absence_changed" if absence else "absence_added", by, before, _facts_of(stored, stand_ins))
    for acting in sorted(set(stand_ins.values()), key=lambda person: person.pk):
        if acting.pk not in told:
            _tell(stored, acting, stand_ins, by)
    return stored


@transaction.atomic
def remove_absence(*, absence: Absence, by: User) -> None:
    """Take an absence back with its stand-ins, as if it had never been. Raises PermissionDenied."""
    if not may_keep_absence(by, absence.user):
        raise PermissionDenied
    _record(absence, "absence_removed", by, _facts(absence), [])
    absence.delete()


def _periods(user: User, *, except_for: Absence | None = None) -> list[Period]:
    rows = user.absences.exclude(pk=except_for.pk) if except_for else user.absences.all()
    return [Period(row.valid_from, row.valid_to) for row in rows]


def _check_stand_in(acting: User, absent: User, period: Period) -> None:
    # Who is asked to act from a day that is past acts from today.
    day = max(period.first, timezone.localdate()) if period.last is None else period.first
    check_stand_in(
        name=str(acting),
        is_the_absent=acting == absent,
        is_caseworker=acting.role_assignments.filter(valid_on(day), role=Role.CASEWORKER).exists(),
        period=period,
        away=_periods(acting),
    )


def _facts(absence: Absence) -> list[tuple[str, str]]:
    rows = absence.stand_ins.select_related("project", "stand_in")
    return _facts_of(absence, {row.project: row.stand_in for row in rows})


def _facts_of(absence: Absence, stand_ins: StandIns) -> list[tuple[str, str]]:
    """Return what an event says of it: (label, value), in one order."""
    facts = [
        (_("Kind"), str(AbsenceKind(absence.kind).label)),
        (_("From"), format_date(absence.valid_from)),
        (_("To and including"), format_date(absence.valid_to) if absence.valid_to else _("until further notice")),
    ]
    named = sorted(((project.name if project else ""), str(user)) for project, user in stand_ins.items())
    for project, name in named:
        facts.append((_("Stand-in on %(project)s") % {"project": project} if project else _("Stand-in"), name))
    return facts


def _record(absence: Absence, verb: str, by: User, before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    old, new = dict(before), dict(after)
    changes: list[Change] = [
        (label, old.get(label), new.get(label)) for label in {**old, **new} if old.get(label) != new.get(label)
    ]
    words = {
        "absence_added": _("%(name)s is away %(period)s"),
        "absence_changed": _("The absence of %(name)s was changed: %(period)s"),
        "absence_removed": _("The absence of %(name)s %(period)s was taken back"),
    }
    period = Period(absence.valid_from, absence.valid_to)
    summary = words[verb] % {"name": absence.user, "period": period.in_words}
    record_event(
        subject=Subject.USER, subject_id=absence.user_id, verb=verb, actor=by, summary=summary, changes=changes
    )
    # A project's story tells who acted, not what kind of leave it was.
    said = [change for change in changes if change[0] != _("Kind")]
    for project in projects_during(absence.user, absence.valid_from, absence.valid_to):
        record_event(
            subject=Subject.PROJECT,
            subject_id=project.pk,
            verb=verb,
            actor=by,
            summary=summary,
            changes=said,
            project=project,
        )


def _tell(absence: Absence, acting: User, stand_ins: StandIns, by: User) -> None:
    others = {project for project in stand_ins if project is not None}
    everywhere = stand_ins.get(None) == acting
    projects = [
        project
        for project in projects_during(absence.user, absence.valid_from, absence.valid_to)
        if stand_ins.get(project) == acting or (everywhere and project not in others)
    ]
    context = {
        "user": acting,
        "absent": absence.user,
        "period": Period(absence.valid_from, absence.valid_to).in_words,
        "projects": projects,
        "by": by,
        "home": settings.SITE_URL + reverse("reports:home"),
    }
    queue_mail(
        key=f"{MailKind.STAND_IN.value}/{absence.pk}/{acting.pk}",
        kind=MailKind.STAND_IN,
        recipient=acting,
        subject=_("You stand in for %(name)s") % {"name": absence.user},
        body=mail_text("mail/stand_in.txt", context),
    )
