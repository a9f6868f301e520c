"""A state pool's terms, and one effort of its inventory."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from projects.enums import AmountReading, ApplicationDecision
from projects.forms.fields import (
    CountField,
    DanishDateField,
    KronerField,
    MeasureField,
    NoCprCharField,
    NoCprTextField,
)
from projects.forms.years import YearField
from projects.models import Effort, Meeting, OrgUnit, Pool, StatePoolTerms


def _words(label: Any, rows: int = 3, help_text: Any = "") -> NoCprTextField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-input-short", "lang": "da"})
    return NoCprTextField(label=label, help_text=help_text, required=False, max_length=5000, widget=widget)


def _day(label: Any, help_text: Any = "") -> DanishDateField:
    return DanishDateField(label=label, help_text=help_text, required=False)


class TermsForm(forms.Form):
    """What the state asks, what the municipality has, and what is decided. An empty field is not known."""

    issued_by = NoCprCharField(label=_("Issued by"), required=False, max_length=200)
    source = NoCprCharField(label=_("Where it stands"), required=False, max_length=250)
    purpose = _words(_("Purpose"))
    target_group = _words(_("Target group"))
    method = _words(_("Method"), 2)
    amount = KronerField(label=_("The pool's amount"), required=False, allow_negative=False)
    amount_reading = forms.ChoiceField(label=_("The amount is"), choices=AmountReading.choices)
    own_share_percent = MeasureField(
        label=_("Own share in per cent"),
        required=False,
        validators=[MaxValueValidator(100, _("At most 100 per cent."))],
    )
    municipalities = CountField(
        label=_("Municipalities in all"),
        required=False,
        validators=[MaxValueValidator(98, _("There are 98 municipalities in Denmark."))],
    )
    citizens = CountField(label=_("Citizens in all"), required=False)
    minimum_participants = CountField(label=_("Fewest participants in each municipality"), required=False)
    first_year = YearField(label=_("First year"), required=False)
    last_year = YearField(label=_("Last year"), required=False)
    application_deadline = _day(_("Application deadline"))
    report_deadline = _day(_("Report deadline"))
    needs_auditor_statement = forms.TypedChoiceField(
        label=_("Auditor's statement"),
        choices=[("", _("Not known")), ("yes", _("Required")), ("no", _("Not required"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )

    own_participants = CountField(
        label=_("Own citizens in the target group"), required=False, help_text=_("About how many can belong to it.")
    )
    planned_budget = KronerField(label=_("Budget for the whole effort"), required=False, allow_negative=False)
    own_funding = KronerField(label=_("Own money set aside"), required=False, allow_negative=False)
    planned_from = YearField(label=_("Planned from"), required=False)
    planned_to = YearField(label=_("Planned to"), required=False)
    applied_on = _day(_("Applied on"))
    reported_on = _day(_("Reported on"))
    auditor_statement_on = _day(_("Auditor's statement from"))

    decision = forms.ChoiceField(label=_("Decision"), choices=ApplicationDecision.choices)
    decision_reason = _words(_("Reason"), 5, _("Needed when it is decided to apply or not."))
    decided_by = NoCprCharField(label=_("Decided by"), required=False, max_length=200)
    decided_on = _day(_("Decided on"))
    meeting = forms.ModelChoiceField(
        label=_("Decided at the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Not at a meeting"),
    )

    SECTIONS = (
        (
            _("What the pool asks"),
            (
                *("issued_by", "source", "purpose", "target_group", "method", "amount", "amount_reading"),
                *("own_share_percent", "municipalities", "citizens", "minimum_participants", "first_year"),
                *("last_year", "application_deadline", "report_deadline", "needs_auditor_statement"),
            ),
        ),
        (
            _("What the municipality has"),
            (
                *("own_participants", "planned_budget", "own_funding", "planned_from", "planned_to"),
                *("applied_on", "reported_on", "auditor_statement_on"),
            ),
        ),
        (_("The decision"), ("decision", "decision_reason", "decided_by", "decided_on", "meeting")),
    )

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = pool.committee.meetings.select_related("committee")

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]


def opened_terms(terms: StatePoolTerms) -> dict[str, Any]:
    values = {name: getattr(terms, name) for name in TermsForm.base_fields}
    needed = terms.needs_auditor_statement
    return {**values, "needs_auditor_statement": "" if needed is None else ("yes" if needed else "no")}


class EffortForm(forms.Form):
    """One running effort of a unit."""

    title = NoCprCharField(label=_("Title"), max_length=200)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=OrgUnit.objects.none(), empty_label=_("Choose a unit"))
    partner = NoCprCharField(
        label=_("Together with"), required=False, max_length=120, help_text=_("For example an agency.")
    )
    first_year = YearField(label=_("First year"), required=False)
    last_year = YearField(label=_("Last year"), required=False)
    target_group = _words(_("Target group"))
    method = _words(_("Method"))
    goal = _words(_("Goal"))
    participants_low = CountField(label=_("Participants, at least"), required=False)
    participants_high = CountField(label=_("Participants, at most"), required=False)
    overlap = _words(_("Overlap with others"), 2, _("Who is also in another effort?"))

    def __init__(self, *args: Any, units: Iterable[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


def opened_effort(effort: Effort) -> dict[str, Any]:
    return {name: getattr(effort, name) for name in EffortForm.base_fields} | {"unit": effort.unit_id}
