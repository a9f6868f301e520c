"""What stands on the page of a letter or of one of its questions: as it is stored, or as somebody has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.forms.field_entry import FieldDifference, base_of, chosen_theirs, field_differences, number_of
from reports.compose_entry import moved_keys
from reports.models import LetterQuestion

Make = Callable[..., forms.Form]
ORDER = "order"


@dataclass(frozen=True)
class LetterEntry:
    """The page as somebody has it. `stored` are its fields as text; `order` are the letter's questions, by id."""

    form: forms.Form
    stored: Mapping[str, str]
    order: Sequence[int] = ()
    base: str = ""
    version: str = ""

    @classmethod
    def opened(cls, make: Make, values: Mapping[str, Any], saves: int, order: Sequence[int] = ()) -> "LetterEntry":
        """Return the page as it is stored; `make` makes its form."""
        stored = _texts(values, order)
        return cls(make(initial=dict(values)), stored, order, base_of(stored), str(saves))

    @classmethod
    def posted(cls, make: Make, values: Mapping[str, Any], data: QueryDict, order: Sequence[int] = ()) -> "LetterEntry":
        """Return what was posted, with the stored value of each field where the person chose it."""
        stored, typed, theirs = _texts(values, order), data.copy(), chosen_theirs(data)
        for name in theirs & set(values):
            typed.setlist(name, stored[name].split() if isinstance(values[name], list) else [stored[name]])
        keys = moved_keys(list(dict.fromkeys(data.getlist(ORDER))), data.get("move", ""))
        asked = [int(key) for key in keys if key.isdecimal()]
        return cls(
            form=make(typed),
            stored=stored,
            order=order if ORDER in theirs or not asked else asked,
            base=data.get("base", ""),
            version=data.get("version", ""),
        )

    @property
    def expected_saves(self) -> int:
        return number_of(self.version)

    def on_top_of(self, saves: int) -> "LetterEntry":
        """Return the same page, to be saved over what somebody else has saved."""
        return replace(self, version=str(saves))

    def differences(self) -> list[FieldDifference]:
        """Return where what is stored and the page differ. A query for each field of choices, and two for its names."""
        self.form.full_clean()
        typed = {name: value for name, value in self.form.cleaned_data.items() if name in self.stored}
        mine = _texts(typed, self.order if ORDER in self.stored else ())
        return field_differences(self.stored, mine, self.base, label=self._label, shown=self._shown)

    def _label(self, name: str) -> str:
        return _("The order of the questions") if name == ORDER else str(self.form.fields[name].label)

    def _shown(self, name: str, text: str) -> str:
        """Return the text as a person reads it: names for numbers."""
        if name == ORDER:
            names = LetterQuestion.objects.in_bulk(text.split())
            return ", ".join(str(names[int(pk)]) for pk in text.split() if int(pk) in names)
        field = self.form.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            return text
        rows = cast("QuerySet[Model]", field.queryset).filter(pk__in=text.split())
        return ", ".join(str(field.label_from_instance(row)) for row in rows)


def _texts(values: Mapping[str, Any], order: Sequence[int]) -> dict[str, str]:
    texts = {name: _text(value) for name, value in values.items()}
    return texts | ({ORDER: " ".join(str(pk) for pk in order)} if order else {})


def _text(value: Any) -> str:
    """Return a field's value as the page posts it."""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | QuerySet):
        return " ".join(sorted(str(getattr(row, "pk", row)) for row in value))
    return str(value or "")
