"""Letters: their head, and their questions with answers and tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.enums import Subject
from projects.models import User
from projects.rules.text import check_no_cpr
from reports.models import Letter, LetterQuestion

HEAD = ("title", "recipient", "sender", "sender_address", "unit", "case_number", "dated", "introduction", "closing")
QUESTION = ("text", "answer", "caveat")


class StaleLetterError(ValidationError):
    """Somebody else saved `current` since the writer opened it."""

    def __init__(self, current: Letter | LetterQuestion) -> None:
        self.current = current
        message = _("Someone else has saved meanwhile. What you wrote is kept here, and what differs is shown.")
        super().__init__(message, code="stale")


@transaction.atomic
def save_letter(
    *,
    letter: Letter | None,
    values: Mapping[str, Any],
    by: User,
    example_note: str = "",
    order: Sequence[int] = (),
    expected_saves: int | None = None,
) -> Letter:
    """Store a new letter, or another head and order of one; the same values change nothing.

    `order` are its questions' ids; those it does not name come last. Raises cpr, StaleLetterError.
    """
    _check(values[name] for name in HEAD)
    kept = Letter.objects.select_for_update().get(pk=letter.pk) if letter else Letter(example_note=example_note)
    _check_fresh(kept, expected_saves)
    wanted = {name: values[name] for name in HEAD}
    changes = changed_fields(kept, wanted) if letter else []
    is_moved = bool(letter) and _put_in_order(kept, order)
    if letter and not changes and not is_moved:
        return kept
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.saves += 1
    kept.save()
    words = _("The letter “%(title)s” was changed") if letter else _("The letter “%(title)s” was begun")
    _record(kept, words, by, changes)
    return kept


def _put_in_order(letter: Letter, order: Sequence[int]) -> bool:
    """Give the questions their places. Returns whether any of them moved."""
    questions = list(letter.questions.all())
    if not order:
        return False
    place = {pk: number for number, pk in enumerate(order)}
    ordered = sorted(questions, key=lambda question: place.get(question.pk, len(order)))
    for number, question in enumerate(ordered, start=1):
        question.position = number
    LetterQuestion.objects.bulk_update(ordered, ["position"])
    return ordered != questions


def _check_fresh(stored: Letter | LetterQuestion, expected_saves: int | None) -> None:
    if stored.pk and expected_saves is not None and stored.saves != expected_saves:
        raise StaleLetterError(stored)


@transaction.atomic
def save_question(
    *,
    letter: Letter,
    question: LetterQuestion | None,
    values: Mapping[str, Any],
    by: User,
    expected_saves: int | None = None,
) -> LetterQuestion:
    """Store a question with its answer and its tables (`tables`), last in the letter when it is new.

    Raises cpr, StaleLetterError.
    """
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    _check(values[name] for name in QUESTION)
    last = locked.questions.aggregate(last=Max("position"))["last"] or 0
    kept = (
        locked.questions.get(pk=question.pk)
        if question
        else LetterQuestion(letter=locked, position=max(last, locked.questions.count()) + 1)
    )
    _check_fresh(kept, expected_saves)
    wanted = {name: values[name] for name in QUESTION}
    changes = changed_fields(kept, wanted)
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.saves += 1
    kept.save()
    kept.tables.set(values["tables"])
    _record(locked, _("A question in the letter “%(title)s” was written"), by, changes)
    return kept


@transaction.atomic
def delete_question(*, question: LetterQuestion, by: User) -> None:
    letter = Letter.objects.select_for_update().get(pk=question.letter_id)
    _record(letter, _("A question was taken out of the letter “%(title)s”"), by, [(_("Question"), question.text, "")])
    question.delete()


def _check(texts: Any) -> None:
    for text in texts:
        if isinstance(text, str):
            check_no_cpr(text)


def _record(letter: Letter, words: str, by: User, changes: list[Change]) -> None:
    record_event(
        subject=Subject.PAPER,
        subject_id=letter.pk,
        verb="changed",
        actor=by,
        summary=words % {"title": letter.title},
        changes=changes,
    )
