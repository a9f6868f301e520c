"""The answers that come with a status while somebody writes it."""

from collections.abc import Iterable

from django.db import transaction

from projects.actions.findings import answer_finding, keep_answer, withdraw_answer
from projects.actions.snapshot_steps import locked, tell
from projects.actions.untold import add_untold, is_untold_by_another
from projects.models import StatusSnapshot, User
from projects.queries.notices import status_subject
from projects.rules.notices import Notice


@transaction.atomic
def answer_findings(
    *, snapshot: StatusSnapshot, answers: Iterable[tuple[Notice, str]], by: User, is_by_itself: bool = False
) -> None:
    """Store the answers; "" takes one back. Raises ValidationError like `answer_finding`.

    `is_by_itself`: the page saves while the person types, and the answers are told of together with what else is
    typed, in one event.
    """
    subject = status_subject(snapshot.project, snapshot.month)
    if is_by_itself:
        _answer_untold(snapshot, subject, answers, by)
        return
    for notice, text in answers:
        if text:
            answer_finding(subject=subject, notice=notice, answer=text, by=by)
        else:
            withdraw_answer(subject=subject, notice=notice, by=by)


def _answer_untold(snapshot: StatusSnapshot, subject: str, answers: Iterable[tuple[Notice, str]], by: User) -> None:
    status = locked(snapshot)
    if is_untold_by_another(status, by):
        tell(status)
    changes = []
    for notice, text in answers:
        before = keep_answer(subject=subject, notice=notice, answer=text, by=by)
        if before != text:
            changes.append((f"{notice.rule}: {notice.message[:200]}", before, text))
    add_untold(status, changes, by)
    status.save(update_fields=["untold"])
