"""The answers typed beside the findings, and which of them have been changed since the page was opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.forms.snapshot_texts import Texts, mark_of
from projects.queries.notices import AnsweredNotice
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr

ANSWER, PLACE, BEFORE, TAKE_BACK = "answer-", "place-", "before-", "take-back"


@dataclass(frozen=True)
class TypedAnswer:
    """What was typed at the finding with the fingerprint `key`; "" takes the answer back.

    `place` is the finding's rule and place, `before` the mark of the answer that stood there, `error` why the text
    cannot be stored.
    """

    key: str
    text: str
    place: str = ""
    before: str = ""
    error: str = ""

    @property
    def is_change(self) -> bool:
        return mark_of(self.text) != self.before


def place_of(item: AnsweredNotice) -> str:
    return f"{item.notice.rule}|{item.notice.field}"


def typed_answers(typed: Mapping[str, str]) -> dict[str, TypedAnswer]:
    """Return the answers that say something else than when the page was opened, by the finding's fingerprint."""
    taken_back = {f"{ANSWER}{typed[TAKE_BACK]}": ""} if typed.get(TAKE_BACK) else {}
    found = [
        TypedAnswer(
            key=key,
            text=text.strip(),
            place=typed.get(f"{PLACE}{key}", ""),
            before=typed.get(f"{BEFORE}{key}") or mark_of(""),
            error=_error(text),
        )
        for name, text in ({**typed, **taken_back}).items()
        if name.startswith(ANSWER)
        for key in [name.removeprefix(ANSWER)]
    ]
    return {answer.key: answer for answer in found if answer.is_change}


def answer_to(item: AnsweredNotice, answers: Mapping[str, TypedAnswer]) -> TypedAnswer | None:
    """Return what was typed at the finding: with the figures it was read with, else by its rule and place."""
    moved = (answer for answer in answers.values() if answer.text and answer.place == place_of(item))
    return answers.get(item.notice.fingerprint) or next(moved, None)


def is_somebody_elses(item: AnsweredNotice, answer: TypedAnswer) -> bool:
    """Return whether another answer was stored since the page was opened, and not the same one."""
    read_with_these_figures = answer.key == item.notice.fingerprint
    return read_with_these_figures and answer.text != item.answer and mark_of(item.answer) != answer.before


def answered_meanwhile(item: AnsweredNotice) -> str:
    if not item.answer:
        return _("The answer was taken back meanwhile.")
    return _("%(name)s has answered meanwhile: “%(answer)s”.") % {"name": item.answered_by, "answer": item.answer}


def errors_of(answers: Iterable[TypedAnswer]) -> Texts:
    return {answer.key: answer.error for answer in answers if answer.error}


def _error(text: str) -> str:
    if not text.strip():
        return ""
    try:
        check_no_cpr(text)
        check_reason(text)
    except ValidationError as error:
        return error.messages[0]
    return ""
