"""Writing a letter: its head, and its questions one by one."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.enums import Role
from projects.models import User
from projects.permissions import covers_unit, roles_required
from reports.actions.letters import HEAD, delete_question, save_letter, save_question
from reports.enums import PaperKind
from reports.forms import LetterForm, QuestionForm
from reports.models import Letter, LetterQuestion
from reports.queries.issued_papers import can_issue_paper, letters_for

WRITERS = (Role.MANAGER, Role.SECRETARY)


@roles_required(*WRITERS)
def letter_write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Begin a letter, or change the head of one and see its questions."""
    user = cast(User, request.user)
    letter = _letter(user, pk) if pk else None
    form = LetterForm(request.POST or None, initial={name: getattr(letter, name) for name in HEAD} if letter else None)
    if request.method == "POST" and form.is_valid():
        if not _writes_for(user, form.cleaned_data["unit"].pk):
            form.add_error("unit", _("You may only write for your own unit."))
        else:
            saved = save_letter(letter=letter, values=form.cleaned_data, by=user)
            messages.success(request, _("The letter is saved."))
            return redirect("reports:letter-edit", pk=saved.pk)
    context = {"form": form, "letter": letter, "kind": PaperKind.LETTER, "questions": _questions(letter)}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/papers/letter_form.html", context, status=status)


@roles_required(*WRITERS)
def question_write(request: HttpRequest, pk: int, question: int | None = None) -> HttpResponse:
    user = cast(User, request.user)
    letter = _letter(user, pk)
    stored = get_object_or_404(LetterQuestion, pk=question, letter=letter) if question else None
    form = QuestionForm(request.POST or None, user=user, initial=_opened(stored))
    if request.method == "POST" and form.is_valid():
        save_question(letter=letter, question=stored, values=form.cleaned_data, by=user)
        messages.success(request, _("The question is saved."))
        return redirect("reports:letter-edit", pk=pk)
    context = {"form": form, "letter": letter, "question": stored}
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/papers/question_form.html", context, status=status)


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
    texts = {"text": question.text, "answer": question.answer, "caveat": question.caveat}
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
