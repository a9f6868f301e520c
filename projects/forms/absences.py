"""Somebody is away: which days, and who acts for them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import AbsenceKind
from projects.forms.decisions import caseworkers
from projects.forms.fields import DanishDateField
from projects.models import Absence, Project, User

PROJECT = "project-"


class AbsenceForm(forms.Form):
    """The days, the kind, a stand-in for all projects, and another for any of them."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=AbsenceKind.choices, initial=AbsenceKind.HOLIDAY)
    valid_from = DanishDateField(label=gettext_lazy("First day away"))
    valid_to = DanishDateField(
        label=gettext_lazy("Last day away"),
        required=False,
        help_text=gettext_lazy("Leave it empty when the day is not known yet."),
    )
    stand_in = forms.ModelChoiceField(
        label=gettext_lazy("Stand-in on all projects"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args: Any, person: User, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = list(projects)
        others = caseworkers().exclude(pk=person.pk)
        self.fields["stand_in"].queryset = others
        self.fields["stand_in"].empty_label = _("Nobody yet")
        for project in self.projects:
            self.fields[f"{PROJECT}{project.pk}"] = forms.ModelChoiceField(
                label=project.name, queryset=others, required=False, empty_label=_("The same as on all projects")
            )

    @property
    def project_fields(self) -> list[BoundField]:
        return [self[f"{PROJECT}{project.pk}"] for project in self.projects]

    @property
    def stand_ins(self) -> dict[Project | None, User]:
        """Return who acts, by project; None: on all the others."""
        chosen: dict[Project | None, User | None] = {None: self.cleaned_data["stand_in"]}
        chosen |= {project: self.cleaned_data[f"{PROJECT}{project.pk}"] for project in self.projects}
        return {project: user for project, user in chosen.items() if user is not None}


def initial_of(absence: Absence) -> dict[str, Any]:
    """Return what the form shows of an absence that is stored. One query."""
    values: dict[str, Any] = {"kind": absence.kind, "valid_from": absence.valid_from, "valid_to": absence.valid_to}
    for row in absence.stand_ins.all():
        values[f"{PROJECT}{row.project_id}" if row.project_id else "stand_in"] = row.stand_in_id
    return values
