"""Writing a letter: its head, and its questions one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.enums import Role
from projects.models import User
from projects.permissions import covers_unit, roles_required
from reports.actions.letters import (
    HEAD,
    QUESTION,
    StaleLetterError,
    delete_question,
    save_letter,
    save_question,
)
from reports.compose_entry import moved_keys
from reports.enums import PaperKind
from reports.forms import LetterForm, QuestionForm
from reports.models import Letter, LetterQuestion
from reports.queries.issued_papers import can_issue_paper, letters_for


@dataclass(frozen=True)
class Difference:
    """What somebody else saved in a field, beside what was typed."""

    label: str
    theirs: str
    mine: str


WRITERS = (Role.MANAGER, Role.SECRETARY)


@roles_required(*WRITERS)
def letter_write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Begin a letter, or change the head and the order of one."""
    user = cast(User, request.user)
    letter = _letter(user, pk) if pk else None
    form = LetterForm(request.POST or None, initial=_head(letter))
    if request.method != "POST" or not form.is_valid():
        return _letter_page(request, letter, form)
    if not _writes_for(user, form.cleaned_data["unit"].pk):
        form.add_error("unit", _("You may only write for your own unit."))
        return _letter_page(request, letter, form)
    move = request.POST.get("move", "")
    order = [int(key) for key in moved_keys(request.POST.getlist("order"), move) if key.isdecimal()]
    try:
        saved = save_letter(
            letter=letter, values=form.cleaned_data, by=user, order=order, expected_saves=form.cleaned_data["saves"]
        )
    except StaleLetterError as error:
        return _letter_page(request, letter, _kept_form(form, error), found=_found_differences(form, error, HEAD))
    if not move:
        messages.success(request, _("The letter is saved."))
    return redirect("reports:letter-edit", pk=saved.pk)


def _head(letter: Letter | None) -> dict[str, object] | None:
    return {name: getattr(letter, name) for name in (*HEAD, "saves")} if letter else None


def _letter_page(
    request: HttpRequest, letter: Letter | None, form: LetterForm, found: Sequence[Difference] = ()
) -> HttpResponse:
    questions = _questions(letter)
    context = {"form": form, "letter": letter, "kind": PaperKind.LETTER, "questions": questions, "differences": found}
    return render(request, "reports/papers/letter_form.html", context, status=_status(request, found))


def _status(request: HttpRequest, found: Sequence[Difference]) -> int:
    if request.method != "POST":
        return 200
    return 409 if found else 422


def _kept_form(form: forms.Form, error: StaleLetterError) -> Any:
    """Return the form as it was typed, ready to be saved over what somebody else saved."""
    typed = cast(QueryDict, form.data).copy()
    typed["saves"] = str(error.current.saves)
    form.data = typed
    form.add_error(None, error)
    return form


def _found_differences(form: forms.Form, error: StaleLetterError, names: Sequence[str]) -> list[Difference]:
    """Return where what was typed differs from what somebody else saved."""
    pairs = [(form.fields[name].label, getattr(error.current, name), form.cleaned_data[name]) for name in names]
    return [
        Difference(str(label), str(theirs or "–"), str(mine or "–"))
        for label, theirs, mine in pairs
        if (theirs or "") != (mine or "")
    ] or [Difference(_("The order of the questions"), "", "")]


@roles_required(*WRITERS)
def question_write(request: HttpRequest, pk: int, question: int | None = None) -> HttpResponse:
    user = cast(User, request.user)
    letter = _letter(user, pk)
    stored = get_object_or_404(LetterQuestion, pk=question, letter=letter) if question else None
    form = QuestionForm(request.POST or None, user=user, initial=_opened(stored))
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        values, saves = form.cleaned_data, form.cleaned_data["saves"]
        try:
            save_question(letter=letter, question=stored, values=values, by=user, expected_saves=saves)
        except StaleLetterError as error:
            found = _found_differences(form, error, QUESTION)
            form = _kept_form(form, error)
        else:
            messages.success(request, _("The question is saved."))
            return redirect("reports:letter-edit", pk=pk)
    context = {"form": form, "letter": letter, "question": stored, "differences": found}
    return render(request, "reports/papers/question_form.html", context, status=_status(request, found))


@roles_required(*WRITERS)
@require_POST
def question_delete(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    user = cast(User, request.user)
    stored = get_object_or_404(LetterQuestion, pk=question, letter=_letter(user, pk))
    delete_question(question=stored, by=user)
    messages.success(request, _("The question is taken out."))
    return redirect("reports:letter-edit", pk=pk)


def _opened(question: LetterQuestion | None) -> dict[str, object] | None:
    if question is None:
        return None
    texts = {name: getattr(question, name) for name in (*QUESTION, "saves")}
    return {**texts, "tables": list(question.tables.values_list("pk", flat=True))}


def _questions(letter: Letter | None) -> list[LetterQuestion]:
    return list(letter.questions.all()) if letter else []


def _writes_for(user: User, unit_id: int) -> bool:
    return bool(user.role_set & {Role.SECRETARY, Role.ADMINISTRATOR}) or covers_unit(user, Role.MANAGER, unit_id)


def _letter(user: User, pk: int) -> Letter:
    letter = get_object_or_404(letters_for(user), pk=pk)
    if not can_issue_paper(user, PaperKind.LETTER, letter):
        raise PermissionDenied
    return letter
