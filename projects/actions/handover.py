"""A project changes hands with everything that is open in it."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.mail import mail_text, queue_mail
from projects.dates import format_date
from projects.enums import MailKind, ProjectState, Role, Subject
from projects.models import Event, Project, ProjectAssignment, User
from projects.models.people import valid_on
from projects.rules.handover import check_handover, last_day_of_giver


@transaction.atomic
def hand_over(
    *, project: Project, giver: User | None, receiver: User, on: date, note: str, by: User
) -> ProjectAssignment:
    """Let the receiver have the project from a day on, and the giver (None: nobody had it) until the day before.

    What is open in the project is open to the receiver: duties follow the assignment. The receiver gets a mail.
    Raises ValidationError: project_closed, same_person, not_a_caseworker, reason_missing, cpr.
    """
    # The project is the lock: two managers who hand it over at once do so one after the other.
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    note = check_handover(
        giver=str(giver or ""),
        receiver=str(receiver),
        is_same=giver == receiver,
        is_caseworker=receiver.role_assignments.filter(valid_on(on), role=Role.CASEWORKER).exists(),
        is_closed=current.state == ProjectState.CLOSED,
        note=note,
    )
    open_from_then = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    for assignment in current.assignments.filter(open_from_then, user=giver) if giver else ():
        _end(assignment, on)
    mine = current.assignments.filter(open_from_then, user=receiver, valid_from__lte=on).first()
    assignment = mine or ProjectAssignment.objects.create(project=current, user=receiver, valid_from=on)
    if assignment.valid_to is not None:
        # Who helped for a while now has it until further notice; else nobody would have it afterwards.
        assignment.valid_to = None
        assignment.save(update_fields=["valid_to"])
    words = {"project": current.name, "name": receiver, "giver": giver, "day": format_date(on)}
    summary = (
        _("The project was handed over from %(giver)s to %(name)s on %(day)s")
        if giver
        else _("The project was handed over to %(name)s on %(day)s")
    )
    event = record_event(
        subject=Subject.PROJECT,
        subject_id=current.pk,
        verb="handed_over",
        actor=by,
        summary=summary % words,
        changes=[(_("Caseworker"), giver, receiver)],
        reason=note,
        project=current,
    )
    _tell(event, current, receiver, giver, on, note, by)
    return assignment


def _end(assignment: ProjectAssignment, on: date) -> None:
    last = last_day_of_giver(valid_from=assignment.valid_from, on=on)
    if last is None:
        assignment.delete()
        return
    assignment.valid_to = last
    assignment.save(update_fields=["valid_to"])


def _tell(event: Event, project: Project, receiver: User, giver: User | None, on: date, note: str, by: User) -> None:
    link = settings.SITE_URL + reverse("projects:project-handover", args=[project.code])
    context = {"user": receiver, "project": project, "giver": giver, "on": on, "note": note, "by": by, "link": link}
    queue_mail(
        key=f"{MailKind.HANDOVER.value}/{event.pk}/{receiver.pk}",
        kind=MailKind.HANDOVER,
        recipient=receiver,
        subject=_("You take over “%(project)s”") % {"project": project.name},
        body=mail_text("mail/handover.txt", context),
    )
