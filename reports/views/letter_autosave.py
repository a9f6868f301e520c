"""A letter and its questions save themselves: the same actions as the buttons, answered as `autosaving` says."""

from typing import cast

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.models import User
from projects.views.autosaving import in_the_way, lines_of, refused, saved_words, stopped
from reports.actions.letters import StaleLetterError
from reports.letter_entry import LetterEntry
from reports.models import Letter
from reports.queries.letters import last_writer
from reports.views.letters import (
    is_valid_head,
    letter_or_404,
    opened_head,
    opened_question,
    posted_head,
    posted_question,
    save_head,
    save_written,
)


@require_POST
def letter_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    stop = stopped(request, reverse("reports:letter-edit", args=[pk]))
    if stop:
        return stop
    user = cast(User, request.user)
    letter = letter_or_404(user, pk)
    entry = posted_head(letter, request.POST)
    if not is_valid_head(user, entry):
        return refused(lines_of(entry.form))
    try:
        return _saved(opened_head(save_head(letter, entry, user, is_by_itself=True)))
    except StaleLetterError:
        return _conflict(letter)


@require_POST
def question_autosave(request: HttpRequest, pk: int, question: int) -> JsonResponse:
    stop = stopped(request, reverse("reports:question-edit", args=[pk, question]))
    if stop:
        return stop
    user = cast(User, request.user)
    letter = letter_or_404(user, pk)
    stored = get_object_or_404(letter.questions.all(), pk=question)
    entry = posted_question(stored, request.POST, user)
    if not entry.form.is_valid():
        return refused(lines_of(entry.form))
    try:
        return _saved(opened_question(save_written(letter, stored, entry, user, is_by_itself=True), user))
    except StaleLetterError:
        return _conflict(letter)


def _saved(now: LetterEntry) -> JsonResponse:
    return JsonResponse({"version": now.version, "base": now.base, "saved": saved_words()})


def _conflict(letter: Letter) -> JsonResponse:
    words = _("%(name)s has saved the letter meanwhile. Nothing of yours is lost.")
    return in_the_way("conflict", words % {"name": last_writer(letter)})
