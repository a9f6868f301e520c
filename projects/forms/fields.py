"""Form fields that read what Danes type and show values the same way.

An empty field is None (unknown), never zero. What cannot be read in one way is refused with the parser's sentence,
and the typed text stays in the field.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from projects.counts import format_count, format_index, parse_count, parse_index, parse_measure
from projects.dates import format_date, parse_date
from projects.money import format_amount, parse_kroner
from projects.months import format_month, parse_month
from projects.rules.lengths import LONGEST_TEXT, check_length
from projects.rules.text import check_no_cpr


class ParsedField(forms.Field):
    """A text input whose value one parser reads; subclasses say which, and how a value is shown again."""

    widget = forms.TextInput
    parse: ClassVar[Callable[[str], Any]]
    show: ClassVar[Callable[[Any], str]]
    input_attrs: ClassVar[dict[str, str]] = {}
    suffix = ""

    def to_python(self, value: Any) -> Any:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return value
        return type(self).parse(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a value in Danish, and typed text as it was typed."""
        return value if value is None or isinstance(value, str) else type(self).show(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"autocomplete": "off", **self.input_attrs} if isinstance(widget, forms.TextInput) else {}


class KronerField(ParsedField):
    """Kroner as Decimal. `allow_negative=False` where an amount below zero makes no sense."""

    parse = staticmethod(parse_kroner)
    input_attrs: ClassVar[dict[str, str]] = {"inputmode": "decimal", "class": "num"}
    suffix = "kr."

    def __init__(self, *, allow_negative: bool = True, **kwargs: Any) -> None:
        self.allow_negative = allow_negative
        super().__init__(**kwargs)

    @staticmethod
    def show(value: Decimal) -> str:
        return format_amount(value, 0 if value == value.to_integral_value() else 2)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value < 0 and not self.allow_negative:
            raise ValidationError(_("The amount cannot be negative. Write 0 or more."), code="negative")


class CountField(ParsedField):
    """A whole number from 0 and up."""

    parse = staticmethod(parse_count)
    show = staticmethod(format_count)
    input_attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "class": "num"}


class MeasureField(ParsedField):
    """A Decimal from 0 and up, with at most two decimals."""

    parse = staticmethod(parse_measure)
    show = staticmethod(format_count)
    input_attrs: ClassVar[dict[str, str]] = {"inputmode": "decimal", "class": "num"}


class IndexField(ParsedField):
    """A price index as Decimal, more than zero, with at most three decimals."""

    parse = staticmethod(parse_index)
    show = staticmethod(format_index)
    input_attrs: ClassVar[dict[str, str]] = {"inputmode": "decimal", "class": "num"}


class DanishDateField(ParsedField):
    """A day: "27.11.2017", "30/5-2016", "27. november 2017"."""

    parse = staticmethod(parse_date)
    show = staticmethod(format_date)
    input_attrs: ClassVar[dict[str, str]] = {"class": "form-input-date"}

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        return found if found is None else date(found.year, found.month, found.day)


class MonthField(ParsedField):
    """A month as its first day: "november 2017", "11/2017", "2017-11"."""

    parse = staticmethod(parse_month)
    show = staticmethod(format_month)
    input_attrs: ClassVar[dict[str, str]] = {"class": "form-input-month"}


class _Room(MaxLengthValidator):
    def __call__(self, value: Any) -> None:
        check_length(value, self.limit_value)


class _TypedText(forms.CharField):
    """Text whose length is told in words. What is too long comes back whole."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.validators = [one for one in self.validators if not isinstance(one, MaxLengthValidator)]
        if max_length is not None:
            self.validators.append(_Room(max_length))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # With a limit of its own the browser would cut off the end of what is pasted, and say nothing.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class NoCprCharField(_TypedText):
    """Free text in which a CPR number is refused, in words that do not repeat it."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        check_no_cpr(text)
        return str(text)


class NoCprSlugField(_TypedText, forms.SlugField):
    """A code, which stands in addresses, with the same refusal."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        check_no_cpr(text)
        return str(text)


class NoCprTextField(NoCprCharField):
    """The same over several lines. Line ends are stored as \\n, whatever the browser sends."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
