"""The ten-field form of a proposal, and the rows of its economy."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.actions.proposal_money import CostValue
from projects.enums import ProposalVariant, Role
from projects.forms.fields import KronerField, MeasureField, NoCprCharField, NoCprTextField
from projects.forms.years import YearField
from projects.models import OrgUnit, Pool, Proposal, ProposalCost, StrategicGoal, TargetGroup, Track, User
from projects.models.people import valid_on
from projects.rules.proposal_forms import LEFT_OUT

LONGEST_TEXT = 20_000
NEEDED = "is-needed"
# There is room for three digits before the comma.
MOST_FTE = 999


def _words(label: Any, help_text: Any = "", rows: int = 5, is_needed: bool = False) -> NoCprTextField:
    """Return a field for free text. A needed one may be empty in a draft, but is not called optional."""
    field = NoCprTextField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "lang": "da", "spellcheck": "true"}),
    )
    field.group_class = NEEDED if is_needed else ""  # type: ignore[attr-defined]
    return field


def _codes(label: Any, model: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=model.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choice-columns"}),
    )


class ProposalForm(forms.Form):
    """A draft needs a title, a pool and a unit. What else is missing is asked for when the proposal is sent."""

    title = NoCprCharField(
        label=gettext_lazy("Title"),
        max_length=250,
        error_messages={"required": gettext_lazy("Give the proposal a title.")},
    )
    short_name = NoCprCharField(
        label=gettext_lazy("Short name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Used in lists. Left empty, it becomes the beginning of the title."),
    )
    pool = forms.ModelChoiceField(
        label=gettext_lazy("Pool"),
        queryset=Pool.objects.all(),
        empty_label=gettext_lazy("Choose a pool"),
        error_messages={"required": gettext_lazy("Choose the pool that is to pay.")},
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=OrgUnit.objects.all(),
        empty_label=gettext_lazy("Choose a unit"),
        error_messages={"required": gettext_lazy("Choose the unit the proposal comes from.")},
    )
    variant = forms.TypedChoiceField(
        label=gettext_lazy("Form"),
        choices=ProposalVariant.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The pool suggests one; you can choose the other."),
    )
    variant.group_class = NEEDED  # type: ignore[attr-defined]
    co_responsible = _words(gettext_lazy("Others responsible"), gettext_lazy("Colleagues who answer for it too."), 2)
    target_groups = _codes(gettext_lazy("Target groups"), TargetGroup)
    target_group_text = _words(gettext_lazy("The target group in words"), rows=3)
    challenge = _words(gettext_lazy("Which challenge is to be solved?"), is_needed=True)
    intervention = _words(
        gettext_lazy("Description of the effort"), gettext_lazy("What will you do, and with whom?"), is_needed=True
    )
    schedule = _words(gettext_lazy("Schedule"), gettext_lazy("When does it begin, and what happens when?"), 3)
    contributors = _words(gettext_lazy("Who must contribute across units?"), rows=3)
    expected_results = _words(
        gettext_lazy("Expected results"),
        gettext_lazy("What will be different, for how many, and when will it show?"),
        is_needed=True,
    )
    economy = _words(
        gettext_lazy("Expected investment and return"),
        gettext_lazy("In employment and elsewhere. If the cost is not known yet, write why."),
    )
    motivation = _words(
        gettext_lazy("Motivation"),
        gettext_lazy("Core task, the citizen's movement, strategy, and how it can go on afterwards."),
        is_needed=True,
    )
    goals = _codes(gettext_lazy("Strategic goals"), StrategicGoal)
    tracks = _codes(gettext_lazy("Tracks"), Track)
    related = _codes(gettext_lazy("Seen together with"), Proposal)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, proposal: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        for name in ("target_groups", "goals", "tracks"):
            field = self.fields[name]
            field.queryset = _valid_codes(field.queryset.model, proposal, name)
        for name in LEFT_OUT[ProposalVariant.SHORT]:
            # A placeholder of nothing lets the style sheet know whether something is written there.
            self.fields[name].widget.attrs["placeholder"] = " "
        others = Proposal.objects.for_user(user).exclude(pk=proposal.pk if proposal else None)
        self.fields["related"].queryset = others.order_by("pool", "number")
        if not others.exists():
            del self.fields["related"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("variant") and values.get("pool"):
            values["variant"] = values["pool"].form_variant
        return values

    @property
    def pool_variants(self) -> dict[str, str]:
        """Return the form each pool suggests, for a page where the pool is chosen. One query."""
        return {str(pk): variant for pk, variant in Pool.objects.values_list("pk", "form_variant")}

    @property
    def values(self) -> dict[str, Any]:
        """Return the proposal's own fields; the pool and the version go their own way."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"pool", "version"}}


class CoAuthorForm(forms.Form):
    """A colleague who writes proposals today, and not this one."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Add a co-author"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the colleague who is to write it with you.")},
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = valid_on(timezone.localdate(), "role_assignments__")
        writers = User.objects.filter(held, role_assignments__role__in=(Role.PROPOSER, Role.MANAGER), is_active=True)
        there = [proposal.author_id, *(user.pk for user in proposal.co_authors.all())]
        self.fields["user"].queryset = writers.exclude(pk__in=there).distinct()


def _valid_codes(model: Any, proposal: Proposal | None, name: str) -> Any:
    """Return the codes that hold today, and those the proposal was given when they did."""
    chosen = Q(pk__in=getattr(proposal, name).values("pk")) if proposal else Q(pk__in=[])
    return model.objects.filter(valid_on(timezone.localdate()) | chosen)


def opened(proposal: Proposal) -> dict[str, Any]:
    """Return the form's first values. Four queries."""
    names = [name for name in ProposalForm.base_fields if hasattr(proposal, name)]
    lists = ("target_groups", "goals", "tracks", "related")
    plain = {name: getattr(proposal, name) for name in names if name not in {*lists, "pool", "unit"}}
    chosen = {name: list(getattr(proposal, name).values_list("pk", flat=True)) for name in lists}
    return {**plain, **chosen, "pool": proposal.pool_id, "unit": proposal.unit_id}


class CostRow(forms.Form):
    """One line of the economy: full-time equivalents, or an amount with its basis. An empty row is no line.

    A draft keeps a line whose size is not known yet; sending asks for it.
    """

    label = NoCprCharField(label=gettext_lazy("What for"), required=False, max_length=200)
    year = YearField(label=gettext_lazy("Year"), required=False)
    year.widget.attrs["data-row-default"] = ""
    fte = MeasureField(
        label=gettext_lazy("Full-time equivalents"),
        required=False,
        validators=[MaxValueValidator(MOST_FTE, gettext_lazy("At most 999 full-time equivalents. Check the digits."))],
    )
    amount = KronerField(label=gettext_lazy("or amount"), required=False, allow_negative=False)
    basis = NoCprCharField(label=gettext_lazy("How the amount was found"), required=False, max_length=300)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing but the suggested year stands in the row."""
        return not any(str(self[name].value() or "").strip() for name in ("label", "fte", "amount", "basis"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.is_empty:
            return {}
        if not values.get("label") and "label" not in self.errors:
            self.add_error("label", ValidationError(_("What is the money for?"), code="required"))
        if not values.get("year") and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Which year?"), code="required"))
        self._check_size(values)
        return values

    def _check_size(self, values: dict[str, Any]) -> None:
        if "fte" not in self.errors and values.get("fte") == 0:
            self.add_error("fte", ValidationError(_("Full-time equivalents must be more than zero."), code="zero"))


class BaseCostRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def tell_unsized(self) -> None:
        """Say at each line without full-time equivalents and amount that one of them is needed."""
        message = _("Write full-time equivalents or an amount, or remove the line.")
        for row in self.forms:
            if row.cleaned_data and row.cleaned_data["fte"] is None and row.cleaned_data["amount"] is None:
                row.add_error("amount", ValidationError(message, code="unsized"))

    @property
    def costs(self) -> list[CostValue]:
        rows = [form.cleaned_data for form in self.forms]
        return [CostValue(**row) for row in rows if row]


CostRows: Any = forms.formset_factory(CostRow, formset=BaseCostRows, extra=2, max_num=60, absolute_max=100)


def opened_costs(costs: Iterable[ProposalCost], year: int) -> list[dict[str, Any]]:
    """Return the rows' first values."""
    return [
        {"label": row.label, "year": row.year, "fte": row.fte, "amount": row.amount, "basis": row.basis}
        for row in costs
    ] or [{"year": year}]
