"""Model fields for the two values everything rests on: an amount and a month."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

ORE = 100


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """Kroner as `Decimal` in Python, whole øre in the database.

    Sums and comparisons in SQL are exact on every database; SQLite would add a DecimalField as floats.
    None is unknown, which is not zero. More than two decimals are refused, never rounded.
    Arithmetic between two columns needs `output_field=MoneyField()`: Django would take the result for an integer.
    """

    description = _("Amount in kroner, stored as øre")
    if TYPE_CHECKING:
        # What the type checker sees a column of this kind hold.
        _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Decimal  # type: ignore[assignment]
        _pyi_lookup_exact_type: Decimal | int  # type: ignore[assignment]
    default_error_messages = {"invalid": _("“%(value)s” is not an amount in kroner and øre.")}

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(value) / ORE

    def to_python(self, value: object) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, float):
            raise self._invalid(value)
        try:
            amount = Decimal(str(value))
        except ArithmeticError:
            raise self._invalid(value) from None
        if not amount.is_finite() or amount != round(amount, 2):
            raise self._invalid(value)
        return amount

    def get_prep_value(self, value: object) -> int | None:
        if hasattr(value, "resolve_expression"):
            return value  # type: ignore[return-value]
        amount = self.to_python(value)
        return None if amount is None else int(amount * ORE)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        if "form_class" not in kwargs:
            kwargs |= {"form_class": forms.DecimalField, "decimal_places": 2, "localize": True}
        return models.Field.formfield(self, **kwargs)

    @property
    def validators(self) -> list[Callable[[Any], None]]:
        # BigIntegerField's own limits are in øre, the value here is in kroner.
        return []

    def _invalid(self, value: object) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})


class MonthField(models.DateField):  # type: ignore[type-arg]
    """A month as the first of the month; another day is refused, never moved."""

    description = _("Month")
    default_error_messages = {"not_first": _("A month is stored as its first day.")}

    def get_prep_value(self, value: object) -> object:
        day = super().get_prep_value(value)
        if isinstance(day, date) and day.day != 1:
            raise ValidationError(self.error_messages["not_first"], code="not_first")
        return day
