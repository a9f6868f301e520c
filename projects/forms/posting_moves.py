"""Moving one posting to another project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from projects.forms.reasons import ShortReasonForm
from projects.models import Posting, Project


class PostingMoveForm(ShortReasonForm):
    """The project of the same pool that the posting belongs to, and why."""

    field_order = ("project", "reason")

    project = forms.ModelChoiceField(
        label=gettext_lazy("Belongs to the project"),
        queryset=Project.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the project the posting belongs to.")},
    )

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Project.objects.filter(pool=posting.batch.pool_id).exclude(pk=posting.project_id)
        self.fields["project"].queryset = others.order_by("name")
