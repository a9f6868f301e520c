"""Money, caseworkers and the end of a project."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import BudgetKind
from projects.forms.decisions import MeetingForm, caseworkers
from projects.forms.fields import DanishDateField, KronerField, NoCprCharField
from projects.forms.reasons import ShortReasonForm
from projects.forms.years import YearField
from projects.models import Committee, PoolYear, User
from projects.money import format_kroner
from projects.queries.pools import YearRow

ELSEWHERE = "elsewhere"
CHOOSE = gettext_lazy("Choose")


class BudgetLineForm(MeetingForm):
    """One decided amount. From a frame, or from elsewhere and then for a year of its own."""

    field_order = ("source", "year", "kind", "amount", "account", "reason", "meeting", "item_number")

    source = forms.ChoiceField(label=gettext_lazy("Where the money comes from"))
    year = YearField(
        label=gettext_lazy("Year"),
        required=False,
        help_text=gettext_lazy("Only for money from elsewhere. A frame has its own year."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            choice for choice in BudgetKind.choices if choice[0] not in (BudgetKind.TRANSFER, BudgetKind.CARRY_OVER)
        ],
        initial=BudgetKind.SUPPLEMENTARY,
    )
    amount = KronerField(
        label=gettext_lazy("Amount"),
        help_text=gettext_lazy("Write a minus in front to take money back, for example −50.000."),
    )
    account = NoCprCharField(
        label=gettext_lazy("Account"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example 5.68.98. Held against the chart of accounts, when one is loaded."),
    )
    reason = ShortReasonForm.base_fields["reason"]

    def __init__(self, *args: Any, committee: Committee, frames: Sequence[YearRow], **kwargs: Any) -> None:
        super().__init__(*args, committee=committee, **kwargs)
        self.frames = {str(row.pool_year.pk): row.pool_year for row in frames}
        self.fields["source"].choices = [*map(_choice, frames), (ELSEWHERE, _("Elsewhere than from a pool"))]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_elsewhere = values.get("source") == ELSEWHERE
        if is_elsewhere and not values.get("year") and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Which year is the money for?"), code="required"))
        return values

    @property
    def pool_year(self) -> PoolYear | None:
        return self.frames.get(self.cleaned_data["source"])

    @property
    def line(self) -> dict[str, Any]:
        """Return the action's values."""
        frame = self.pool_year
        year = frame.year if frame else self.cleaned_data["year"]
        return {
            "pool_year": frame,
            "year": year,
            "price_level": frame.price_level if frame else year,
            "kind": self.cleaned_data["kind"],
            "amount": self.cleaned_data["amount"],
            "account": self.cleaned_data["account"],
            **self.decision,
        }


def _choice(row: YearRow) -> tuple[str, str]:
    words = _("%(pool)s, frame for %(year)s – %(rest)s left") % {
        "pool": row.pool_year.pool.name,
        "year": row.pool_year.year,
        "rest": format_kroner(row.sums.rest_after_granted),
    }
    return str(row.pool_year.pk), words


class AssignForm(forms.Form):
    """A colleague, and the first day they write the project's statuses."""

    user = forms.ModelChoiceField(label=gettext_lazy("Caseworker"), queryset=User.objects.none(), empty_label=CHOOSE)
    valid_from = DanishDateField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = caseworkers()


class EndForm(forms.Form):
    """The last day of something."""

    valid_to = DanishDateField(label=gettext_lazy("Last day"))


class CloseForm(forms.Form):
    ends_on = DanishDateField(label=gettext_lazy("Last day"), help_text=gettext_lazy("For example 31.12.2017."))
    reason = NoCprCharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Why the project ends, for example that its grant has run out."),
        error_messages={"required": gettext_lazy("Write the reason, so the others understand why.")},
    )
