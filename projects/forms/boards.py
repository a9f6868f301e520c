"""What is tried on the board, its criteria and scores, and the adoption."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.actions.boards import CriterionValue, TriedLine
from projects.forms.decisions import MeetingForm
from projects.forms.field_entry import number_of
from projects.forms.fields import DanishDateField, KronerField, NoCprCharField, NoCprTextField
from projects.models import Criterion, PoolYear, Proposal
from projects.queries.boards import Amounts, Board
from projects.rules.boards import HIGHEST_SCORE, HIGHEST_WEIGHT

_KRONER = KronerField(required=False, allow_negative=False)


class ScenarioForm(forms.Form):
    """The alternative's name, and the reason for its order."""

    name = NoCprCharField(
        label=gettext_lazy("Name of the alternative"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give the alternative a name.")},
    )
    reason = NoCprTextField(
        label=gettext_lazy("Reason for the order"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input-short", "lang": "da"}),
    )


@dataclass
class TriedBoard:
    """A board as somebody tries it. `typed` and `errors` by (proposal id, frame id): nothing typed is lost."""

    board: Board
    typed: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def tried(self) -> list[TriedLine]:
        return [
            TriedLine(
                row.proposal.pk,
                row.is_included,
                {
                    frame.pk: amount
                    for frame, amount in zip(self.board.frames, row.amounts, strict=True)
                    if amount is not None
                },
            )
            for row in self.board.rows
        ]

    def shown(self, proposal: Proposal, frame: PoolYear, amount: Decimal | None) -> str:
        """Return what stands in the field: what was typed, else the amount."""
        return self.typed.get((proposal.pk, frame.pk), "" if amount is None else _KRONER.prepare_value(amount))


def amount_name(proposal_id: int, frame_id: int) -> str:
    return f"amount_{proposal_id}_{frame_id}"


def tried_board(board: Board, data: QueryDict) -> TriedBoard:
    """Return the board with the order, the choices and the amounts that were posted; what is decided stays."""
    if "order" not in data:
        return TriedBoard(board)
    order = _moved(_numbers(data.getlist("order")), data)
    typed: dict[tuple[int, int], str] = {}
    errors: dict[tuple[int, int], str] = {}
    amounts: dict[int, Amounts] = {}
    for row in board.rows:
        read = []
        for frame, stored in zip(board.frames, row.amounts, strict=True):
            key, name = (row.proposal.pk, frame.pk), amount_name(row.proposal.pk, frame.pk)
            if not row.is_open or name not in data:
                read.append(stored)
                continue
            typed[key] = data[name]
            try:
                read.append(_KRONER.clean(data[name]))
            except ValidationError as error:
                errors[key] = error.messages[0]
                read.append(None)
        amounts[row.proposal.pk] = tuple(read)
    return TriedBoard(board.arranged(order, set(_numbers(data.getlist("include"))), amounts), typed, errors)


def _numbers(texts: list[str]) -> list[int]:
    return [number for text in texts if (number := number_of(text))]


def _moved(order: list[int], data: Mapping[str, Any]) -> list[int]:
    """Return the order after the places that were typed, and after the arrow that was pressed."""
    for key in list(order):
        place = str(data.get(f"place_{key}", "")).strip()
        # No place, or one that is no number, leaves it where it is.
        wanted = number_of(place) or (1 if place == "0" else order.index(key) + 1)
        if wanted not in (order.index(key) + 1, _first_place(key, data)):
            order.remove(key)
            order.insert(wanted - 1, key)
    way, _dash, key_text = str(data.get("move", "")).partition("-")
    if number_of(key_text) in order:
        number = order.index(number_of(key_text))
        target = number + (1 if way == "down" else -1)
        if 0 <= target < len(order):
            order.insert(target, order.pop(number))
    return order


def _first_place(key: int, data: Mapping[str, Any]) -> int:
    """Return where the row stood when the page was made: an untouched place moves nothing."""
    orders = data.getlist("order") if isinstance(data, QueryDict) else []
    return orders.index(str(key)) + 1 if str(key) in orders else 0


WEIGH = gettext_lazy("Write how much it weighs, from 1 to 100.")


class CriterionRow(forms.Form):
    """One criterion. An empty row is no criterion."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = NoCprCharField(label=gettext_lazy("Criterion"), required=False, max_length=120)
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"),
        required=False,
        validators=[MinValueValidator(1, WEIGH), MaxValueValidator(HIGHEST_WEIGHT, WEIGH)],
        error_messages={"invalid": WEIGH},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "autocomplete": "off"}),
    )
    description = NoCprCharField(label=gettext_lazy("What counts"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_written = any(values.get(name) for name in ("name", "weight", "description"))
        if is_written and not values.get("name") and "name" not in self.errors:
            self.add_error("name", ValidationError(_("What is it called?"), code="required"))
        if values.get("name") and not values.get("weight") and "weight" not in self.errors:
            self.add_error("weight", ValidationError(WEIGH, code="required"))
        return values


class BaseCriterionRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        names: set[str] = set()
        for form in self.forms:
            name = (form.cleaned_data.get("name") or "").casefold() if form.is_valid() else ""
            if name and name in names:
                form.add_error("name", ValidationError(_("The criterion stands there twice."), code="twice"))
            names.add(name)

    @property
    def criteria(self) -> list[CriterionValue]:
        rows = [form.cleaned_data for form in self.forms]
        return [
            CriterionValue(row["name"], row["weight"], row["description"], row["pk"]) for row in rows if row.get("name")
        ]


CriterionRows: Any = forms.formset_factory(
    CriterionRow, formset=BaseCriterionRows, extra=2, max_num=20, absolute_max=40
)


class ScoreForm(forms.Form):
    """A proposal's score for each criterion, from 0 to 5, or not judged."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        choices = [("", _("Not judged")), *((str(score), str(score)) for score in range(HIGHEST_SCORE + 1))]
        for criterion in criteria:
            self.fields[f"score_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    @property
    def scores(self) -> dict[Criterion, int | None]:
        return {criterion: self.cleaned_data[f"score_{criterion.pk}"] for criterion in self.criteria}


class AdoptForm(MeetingForm):
    """Why, where and from when. `seen` is what the page showed; an adoption of something else is refused."""

    starts_on = DanishDateField(
        label=gettext_lazy("The projects begin"),
        help_text=gettext_lazy("For example 01.04.2016. Each project's own page can change it."),
        error_messages={"required": gettext_lazy("Write the projects' first day.")},
    )
    rejects_rest = forms.BooleanField(
        label=gettext_lazy("Reject what is not in, with the same reason"),
        required=False,
        help_text=gettext_lazy("Otherwise those proposals go on waiting for a decision."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
