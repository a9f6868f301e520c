"""Letters: their head, and their questions with answers and tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import Change, changed_fields, record_event
from projects.enums import Subject
from projects.models import Breakdown, User
from projects.rules.text import check_no_cpr
from reports.actions.drafts import TOGETHER
from reports.models import Letter, LetterQuestion
from reports.queries.letters import changes_of

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
    is_by_itself: bool = False,
) -> Letter:
    """Store a new letter, or another head and order of one; the same values change nothing.

    `order` are its questions' ids; those it does not name come last. `is_by_itself`: the page saves while somebody
    writes. Raises cpr, StaleLetterError.
    """
    _check(values[name] for name in HEAD)
    kept = Letter.objects.select_for_update().get(pk=letter.pk) if letter else Letter(example_note=example_note)
    wanted = {name: values[name] for name in HEAD}
    changes = changed_fields(kept, wanted) if letter else []
    moved = _moved_questions(kept, order) if letter else []
    # The very same once more is what was under way when a connection broke.
    if letter and not changes and not moved:
        return kept
    _check_fresh(kept, expected_saves)
    _store(kept, wanted)
    LetterQuestion.objects.bulk_update(moved, ["position"])
    words = _("The letter “%(title)s” was changed") if letter else _("The letter “%(title)s” was begun")
    _record(kept, words, by, changes, is_by_itself=is_by_itself)
    return kept


def _moved_questions(letter: Letter, order: Sequence[int]) -> list[LetterQuestion]:
    """Return the letter's questions with their new places, none when they stand in this order already."""
    questions = list(letter.questions.all())
    place = {pk: number for number, pk in enumerate(order)}
    ordered = sorted(questions, key=lambda question: place.get(question.pk, len(order)))
    if not order or ordered == questions:
        return []
    for number, question in enumerate(ordered, start=1):
        question.position = number
    return ordered


def _check_fresh(stored: Letter | LetterQuestion, expected_saves: int | None) -> None:
    if stored.pk and expected_saves is not None and stored.saves != expected_saves:
        raise StaleLetterError(stored)


def _store(row: Letter | LetterQuestion, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)
    row.saves += 1
    row.save()


@transaction.atomic
def save_question(
    *,
    letter: Letter,
    question: LetterQuestion | None,
    values: Mapping[str, Any],
    by: User,
    expected_saves: int | None = None,
    is_by_itself: bool = False,
) -> LetterQuestion:
    """Store a question with its answer and its tables (`tables`), last in the letter when it is new.

    The same values change nothing. Raises cpr, StaleLetterError.
    """
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    _check(values[name] for name in QUESTION)
    kept = locked.questions.get(pk=question.pk) if question else _new_question(locked)
    wanted = {name: values[name] for name in QUESTION}
    changes = _question_changes(kept, wanted, values["tables"])
    if question and not changes:
        return kept
    _check_fresh(kept, expected_saves)
    _store(kept, wanted)
    kept.tables.set(values["tables"])
    words = _("A question in the letter “%(title)s” was written")
    _record(locked, words, by, changes, is_by_itself=is_by_itself)
    return kept


def _new_question(letter: Letter) -> LetterQuestion:
    last = letter.questions.aggregate(last=Max("position"))["last"] or 0
    return LetterQuestion(letter=letter, position=max(last, letter.questions.count()) + 1)


def _question_changes(question: LetterQuestion, wanted: Mapping[str, Any], tables: Iterable[Breakdown]) -> list[Change]:
    """Return what is changed in the question, each field with the question's place in the letter."""
    changes = changed_fields(question, dict(wanted))
    before = {table.pk: str(table) for table in question.tables.all()} if question.pk else {}
    after = {table.pk: str(table) for table in tables}
    if set(before) != set(after):
        changes.append((_("Tables under the answer"), ", ".join(before.values()), ", ".join(after.values())))
    return [(f"{label} {question.position}", old, new) for label, old, new in changes]


@transaction.atomic
def delete_question(*, question: LetterQuestion, by: User) -> None:
    letter = Letter.objects.select_for_update().get(pk=question.letter_id)
    _record(letter, _("A question was taken out of the letter “%(title)s”"), by, [(_("Question"), question.text, "")])
    question.delete()


def _check(texts: Any) -> None:
    for text in texts:
        if isinstance(text, str):
            check_no_cpr(text)


def _record(letter: Letter, words: str, by: User, changes: list[Change], *, is_by_itself: bool = False) -> None:
    """Record what was changed.

    When the page saves by itself, each field is told once in a stretch of work: with what it said before, so that
    nothing that was written over is lost.
    """
    if is_by_itself:
        told = _told_in_this_stretch(letter, by)
        if told is not None:
            changes = [change for change in changes if str(change[0]) not in told]
            if not changes:
                return
    record_event(
        subject=Subject.PAPER,
        subject_id=letter.pk,
        verb="changed",
        actor=by,
        summary=words % {"title": letter.title},
        changes=changes,
    )


def _told_in_this_stretch(letter: Letter, by: User) -> set[str] | None:
    """Return the fields told of since somebody else, or a pause, came between. None when nothing is. One query."""
    told: set[str] | None = None
    since = timezone.now() - TOGETHER
    for event in changes_of(letter).filter(at__gt=since):
        if event.actor_id != by.pk:
            break
        told = (told or set()) | {label for label, _before, _after in event.changes}
    return told
