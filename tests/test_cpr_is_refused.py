"""No form of the product takes a CPR number as text: every form class is walked, and every page of the administration.

What a ledger says of its postings is read from the municipality's own file and is not typed (projects.ledger_files).
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory

import projects.forms
from projects.admin.site import site
from projects.enums import Role
from tests.factories import UserFactory

CPR = "010190-1234"
# Not stored: who logs in, and the marks of what was on the page when a board was adopted or a year carried over.
NOT_STORED = {
    *{("LoginForm", "username"), ("LoginForm", "password")},
    *{("AdoptForm", "seen"), ("CarryOverForm", "seen"), ("UndoForm", "moves")},
}
# Stored as nothing that can be read again.
SECRET = (forms.PasswordInput,)


def modules() -> list[str]:
    own = [f"projects.forms.{module.name}" for module in pkgutil.iter_modules(projects.forms.__path__)]
    return [*own, "reports.forms", "reports.public_forms"]


def takes_cpr(field: forms.Field) -> bool:
    if isinstance(field, forms.BooleanField | forms.FileField) or isinstance(field.widget, SECRET):
        return False
    try:
        field.clean([CPR] if isinstance(field, forms.MultipleChoiceField) else CPR)
    except ValidationError:
        return False
    return True


def form_classes(name: str) -> Iterator[type[forms.BaseForm]]:
    module = importlib.import_module(name)
    for _name, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, forms.BaseForm) and found.__module__ == name:
            yield found


def test_no_form_takes_a_cpr_number(db):
    classes = [form for name in modules() for form in form_classes(name)]
    taken = {(form.__name__, name) for form in classes for name, field in form.base_fields.items() if takes_cpr(field)}
    assert taken - NOT_STORED == set()
    assert len(classes) > 40, "the forms have moved, and this test walks past them"


@pytest.mark.django_db
def test_no_page_of_the_administration_takes_a_cpr_number():
    request = RequestFactory().get("/")
    request.user = UserFactory(roles=[Role.ADMINISTRATOR])
    taken, walked = set(), 0
    for page in site._registry.values():
        if not page.has_change_permission(request):
            continue
        shown = [page.get_form(request, change=is_change) for is_change in (False, True)]
        shown += [inline.get_formset(request).form for inline in page.get_inline_instances(request)]
        for form in shown:
            walked += 1
            taken |= {
                (form.__name__, type(page).__name__, name)
                for name, field in form.base_fields.items()
                if takes_cpr(field)
            }
    assert taken == set()
    assert walked > 20


def test_the_walk_can_fail():
    assert takes_cpr(forms.CharField())
