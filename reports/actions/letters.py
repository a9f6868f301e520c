"""Letters: their head, and their questions with answers and tables."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.enums import Subject
from projects.models import User
from projects.rules.text import check_no_cpr
from reports.models import Letter, LetterQuestion

HEAD = ("title", "recipient", "unit", "case_number", "dated", "introduction", "closing")
QUESTION = ("text", "answer", "caveat")


@transaction.atomic
def save_letter(*, letter: Letter | None, values: Mapping[str, Any], by: User, example_note: str = "") -> Letter:
    """Store a new letter, or another head of one; the same values change nothing. Raises cpr."""
    _check(values[name] for name in HEAD)
    kept = Letter.objects.select_for_update().get(pk=letter.pk) if letter else Letter(example_note=example_note)
    wanted = {name: values[name] for name in HEAD}
    changes = changed_fields(kept, wanted) if letter else []
    if letter and not changes:
        return kept
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.save()
    words = _("The letter “%(title)s” was changed") if letter else _("The letter “%(title)s” was begun")
    _record(kept, words, by, changes)
    return kept


@transaction.atomic
def save_question(
    *, letter: Letter, question: LetterQuestion | None, values: Mapping[str, Any], by: User
) -> LetterQuestion:
    """Store a question with its answer and its tables (`tables`), last in the letter when it is new. Raises cpr."""
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    _check(values[name] for name in QUESTION)
    kept = question or LetterQuestion(letter=locked)
    wanted = {name: values[name] for name in QUESTION}
    changes = changed_fields(kept, wanted)
    for name, value in wanted.items():
        setattr(kept, name, value)
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
