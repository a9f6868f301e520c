"""Answering what a rule noticed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import Finding, Pool, Project, Proposal, StatusSnapshot, User
from projects.months import parse_month
from projects.rules.notices import Notice
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr

Target = tuple[Subject, int, Project | None]


@transaction.atomic
def answer_finding(*, subject: str, notice: Notice, answer: str, by: User) -> Finding:
    """Keep a person's answer for as long as the figures stand. A new answer takes the old one's place.

    Raises ValidationError: blocking (must be solved, not answered), reason_missing, cpr.
    """
    check_no_cpr(answer)
    text = check_reason(answer)
    before = keep_answer(subject=subject, notice=notice, answer=text, by=by)
    if before != text:
        summary = _("A finding was answered: %(message)s")
        _record(subject, notice, "answered", summary, before, text, by)
    return Finding.objects.get(subject=subject, fingerprint=notice.fingerprint)


@transaction.atomic
def withdraw_answer(*, subject: str, notice: Notice, by: User) -> None:
    """Take an answer back: the finding is open again. One that nobody has answered stays as it is."""
    before = keep_answer(subject=subject, notice=notice, answer="", by=by)
    if before:
        summary = _("An answer was taken back: %(message)s")
        _record(subject, notice, "answer_withdrawn", summary, before, "", by)


def keep_answer(*, subject: str, notice: Notice, answer: str, by: User) -> str:
    """Store the answer, or take it back when it is "". Return what stood there before. The caller tells of it.

    Raises ValidationError: blocking, reason_missing, cpr.
    """
    key: dict[str, Any] = {"subject": subject, "fingerprint": notice.fingerprint}
    stored = Finding.objects.select_for_update().filter(**key).first()
    before = stored.answer if stored else ""
    if not answer:
        Finding.objects.filter(**key).delete()
        return before
    if notice.is_blocking:
        raise ValidationError(_("This must be solved and cannot be answered away."), code="blocking")
    check_no_cpr(answer)
    text = check_reason(answer)
    if before != text:
        said = {"rule": notice.rule, "field": notice.field, "message": notice.message, "answer": text}
        Finding.objects.update_or_create(**key, defaults=said | {"answered_by": by, "answered_at": timezone.now()})
    return before


def _record(subject: str, notice: Notice, verb: str, summary: str, before: str, after: str, by: User) -> None:
    about, subject_id, project = _event_target(subject)
    record_event(
        subject=about,
        subject_id=subject_id,
        verb=verb,
        actor=by,
        summary=summary % {"message": notice.message[:200]},
        changes=[(notice.rule, before, after)],
        project=project,
    )


def _event_target(subject: str) -> Target:
    """Return what the event is about, from the key the answer is kept under. At most two queries."""
    kind, _slash, rest = subject.partition("/")
    code, _slash, last = rest.rpartition("/")
    if kind == "status":
        snapshots = StatusSnapshot.objects.filter(project__code=code, month=parse_month(last))
        snapshot = snapshots.select_related("project").latest("revision")
        return Subject.SNAPSHOT, snapshot.pk, snapshot.project
    if kind == "project":
        project = Project.objects.get(code=rest)
        return Subject.PROJECT, project.pk, project
    if kind == "proposal":
        return Subject.PROPOSAL, Proposal.objects.get(pool__code=code, number=last).pk, None
    if kind == "pool":
        return Subject.POOL, Pool.objects.get(code=rest).pk, None
    # A note belongs to the other app, which keeps its own story of it.
    return Subject.NOTE, 0, None
