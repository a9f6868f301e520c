"""The committee's questions and decisions: asked, answered and closed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import FollowUp, Meeting, Project, User
from projects.rules.text import check_no_cpr


@transaction.atomic
def ask_follow_up(
    *,
    project: Project,
    meeting: Meeting,
    kind: str,
    text: str,
    responsible: User | None,
    due_on: date | None,
    by: User,
    example_note: str = "",
) -> FollowUp:
    """Store what the committee asked or decided about the project. Raises foreign_meeting, and by field cpr."""
    if meeting.committee_id != project.committee_id:
        raise ValidationError(_("The meeting belongs to another committee than the project."), code="foreign_meeting")
    _check("text", text)
    follow_up = FollowUp(
        project=project,
        meeting=meeting,
        kind=kind,
        text=text,
        responsible=responsible,
        due_on=due_on,
        example_note=example_note,
        created_by=by,
    )
    follow_up.full_clean()
    follow_up.save(force_insert=True)
    _record(follow_up, "created", by, _("The committee asked or decided: %(text)s"), text)
    return follow_up


@transaction.atomic
def answer_follow_up(*, follow_up: FollowUp, answer: str, by: User) -> FollowUp:
    """Store the answer; a new one takes the old one's place until the question is closed. Raises closed, cpr."""
    follow_up = _locked(follow_up)
    _check("answer", answer)
    if not answer.strip():
        raise ValidationError({"answer": ValidationError(_("Write the answer."), code="required")})
    if follow_up.answer == answer:
        return follow_up
    before = follow_up.answer
    follow_up.answer, follow_up.answered_by, follow_up.answered_at = answer, by, timezone.now()
    follow_up.save(update_fields=["answer", "answered_by", "answered_at"])
    _record(follow_up, "answered", by, _("The committee's question was answered: %(text)s"), answer, before)
    return follow_up


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Close an answered question: it stands in no note from here on. Raises closed, not_answered."""
    follow_up = _locked(follow_up)
    if follow_up.answered_at is None:
        raise ValidationError(_("It has not been answered yet."), code="not_answered")
    follow_up.closed_by, follow_up.closed_at = by, timezone.now()
    follow_up.save(update_fields=["closed_by", "closed_at"])
    _record(follow_up, "closed", by, _("The committee's question was closed: %(text)s"), follow_up.text)
    return follow_up


def _locked(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("project")
    follow_up = rows.get(pk=follow_up.pk)
    if not follow_up.is_open:
        raise ValidationError(_("It has been closed already."), code="closed")
    return follow_up


def _check(name: str, text: str) -> None:
    try:
        check_no_cpr(text)
    except ValidationError as error:
        raise ValidationError({name: error}) from None


def _record(follow_up: FollowUp, verb: str, by: User, summary: str, text: str, before: str = "") -> None:
    record_event(
        subject=Subject.PROJECT,
        subject_id=follow_up.project_id,
        verb=verb,
        actor=by,
        summary=(summary % {"text": text})[:250],
        changes=[(_("Answer"), before, text)] if verb == "answered" else (),
        project=follow_up.project,
    )
