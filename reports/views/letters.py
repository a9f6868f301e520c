"""Writing a letter: its head, and its questions one by one."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.enums import Role
from projects.forms.entry_checks import save_texts
from projects.forms.field_entry import FieldDifference
from projects.models import User
from projects.permissions import covers_unit, has_role, roles_required
from projects.views.kept_forms import forget, keeps_typed_text, kept
from reports.actions.letters import HEAD, QUESTION, StaleLetterError, delete_question, save_letter, save_question
from reports.enums import PaperKind
from reports.forms import LetterForm, QuestionForm
from reports.letter_entry import LetterEntry
from reports.models import Letter, LetterQuestion
from reports.queries.issued_papers import can_issue_paper, letters_for
from reports.queries.letters import last_writer

WRITERS = (Role.MANAGER, Role.SECRETARY)
Differences = Sequence[FieldDifference] | None


@keeps_typed_text
@roles_required(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def letter_write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Begin a letter, or change the head and the order of one."""
    user = cast(User, request.user)
    letter = letter_or_404(user, pk) if pk else None
    typed = request.POST if request.method == "POST" else kept(request)
    if typed is None:
        return _letter_page(request, letter, opened_head(letter), is_stored=letter is not None)
    entry = posted_head(letter, typed)
    if request.method != "POST" or not is_valid_head(user, entry):
        return _letter_page(request, letter, entry)
    try:
        saved = save_head(letter, entry, user)
    except StaleLetterError as error:
        letter = cast(Letter, error.current)
        entry = posted_head(letter, typed).on_top_of(letter.saves)
        return _letter_page(request, letter, entry, entry.differences())
    forget(request, request.path)
    if not typed.get("move"):
        messages.success(request, _("The letter is saved."))
    return redirect("reports:letter-edit", pk=saved.pk)


def opened_head(letter: Letter | None) -> LetterEntry:
    return LetterEntry.opened(LetterForm, _head(letter), letter.saves if letter else 0, _order(letter))


def posted_head(letter: Letter | None, data: QueryDict) -> LetterEntry:
    return LetterEntry.posted(LetterForm, _head(letter), data, _order(letter))


def is_valid_head(user: User, entry: LetterEntry) -> bool:
    """Return whether the letter can be saved by the user; what stands in the way is told at its field."""
    form = entry.form
    if form.is_valid() and not _writes_for(user, form.cleaned_data["unit"].pk):
        form.add_error("unit", _("You may only write for your own unit."))
    return form.is_valid()


def save_head(letter: Letter | None, entry: LetterEntry, by: User, *, is_by_itself: bool = False) -> Letter:
    return save_letter(
        letter=letter,
        values=entry.form.cleaned_data,
        by=by,
        order=entry.order,
        expected_saves=entry.expected_saves,
        is_by_itself=is_by_itself,
    )


def _letter_page(
    request: HttpRequest,
    letter: Letter | None,
    entry: LetterEntry,
    found: Differences = None,
    *,
    is_stored: bool = False,
) -> HttpResponse:
    questions = {question.pk: question for question in letter.questions.all()} if letter else {}
    context = {
        **_shown(letter, entry, found, is_stored=is_stored),
        "kind": PaperKind.LETTER,
        "questions": [questions[pk] for pk in [*entry.order, *(set(questions) - set(entry.order))] if pk in questions],
    }
    return render(request, "reports/papers/letter_form.html", context, status=_status(request, found))


def _shown(letter: Letter | None, entry: LetterEntry, found: Differences, *, is_stored: bool) -> dict[str, object]:
    """Return what both pages show: the form, and what static/js/status-save.js needs."""
    return {
        "letter": letter,
        "form": entry.form,
        "version": entry.version,
        "base": entry.base,
        "is_stored": is_stored,
        "differences": found,
        "saved_by": last_writer(letter) if letter and found is not None else "",
        "save_texts": save_texts(),
    }


def _status(request: HttpRequest, found: Differences) -> int:
    if request.method != "POST":
        return 200
    return 422 if found is None else 409


@keeps_typed_text
@roles_required(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question_write(request: HttpRequest, pk: int, question: int | None = None) -> HttpResponse:
    user = cast(User, request.user)
    letter = letter_or_404(user, pk)
    stored = get_object_or_404(LetterQuestion, pk=question, letter=letter) if question else None
    typed = request.POST if request.method == "POST" else kept(request)
    if typed is None:
        entry = opened_question(stored, user)
        return _question_page(request, letter, stored, entry, is_stored=stored is not None)
    entry = posted_question(stored, typed, user)
    if request.method != "POST" or not entry.form.is_valid():
        return _question_page(request, letter, stored, entry)
    try:
        save_written(letter, stored, entry, user)
    except StaleLetterError as error:
        stored = cast(LetterQuestion, error.current)
        entry = posted_question(stored, typed, user).on_top_of(stored.saves)
        return _question_page(request, letter, stored, entry, entry.differences())
    forget(request, request.path)
    messages.success(request, _("The question is saved."))
    return redirect("reports:letter-edit", pk=pk)


def opened_question(question: LetterQuestion | None, user: User) -> LetterEntry:
    return LetterEntry.opened(partial(QuestionForm, user=user), _words(question), question.saves if question else 0)


def posted_question(question: LetterQuestion | None, data: QueryDict, user: User) -> LetterEntry:
    return LetterEntry.posted(partial(QuestionForm, user=user), _words(question), data)


def save_written(
    letter: Letter, question: LetterQuestion | None, entry: LetterEntry, by: User, *, is_by_itself: bool = False
) -> LetterQuestion:
    return save_question(
        letter=letter,
        question=question,
        values=entry.form.cleaned_data,
        by=by,
        expected_saves=entry.expected_saves,
        is_by_itself=is_by_itself,
    )


def _question_page(
    request: HttpRequest,
    letter: Letter,
    question: LetterQuestion | None,
    entry: LetterEntry,
    found: Differences = None,
    *,
    is_stored: bool = False,
) -> HttpResponse:
    context = {**_shown(letter, entry, found, is_stored=is_stored), "question": question}
    return render(request, "reports/papers/question_form.html", context, status=_status(request, found))


@roles_required(*WRITERS)
@require_POST
def question_delete(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    user = cast(User, request.user)
    stored = get_object_or_404(LetterQuestion, pk=question, letter=letter_or_404(user, pk))
    delete_question(question=stored, by=user)
    messages.success(request, _("The question is taken out."))
    return redirect("reports:letter-edit", pk=pk)


def _head(letter: Letter | None) -> dict[str, object]:
    return {name: getattr(letter, name) for name in HEAD} if letter else {}


def _order(letter: Letter | None) -> list[int]:
    return list(letter.questions.values_list("pk", flat=True)) if letter else []


def _words(question: LetterQuestion | None) -> dict[str, object]:
    if question is None:
        return {}
    texts = {name: getattr(question, name) for name in QUESTION}
    return {**texts, "tables": list(question.tables.values_list("pk", flat=True))}


def _writes_for(user: User, unit_id: int) -> bool:
    return bool(user.role_set & {Role.SECRETARY, Role.ADMINISTRATOR}) or covers_unit(user, Role.MANAGER, unit_id)


def letter_or_404(user: User, pk: int) -> Letter:
    """Return a letter for those who write it. Raises Http404, PermissionDenied."""
    if not has_role(user, *WRITERS):
        raise PermissionDenied
    letter = get_object_or_404(letters_for(user), pk=pk)
    if not can_issue_paper(user, PaperKind.LETTER, letter):
        raise PermissionDenied
    return letter
