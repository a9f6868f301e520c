"""Handing over a ledger file, saying how it is read, and placing what matches no project."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import LedgerColumn, LedgerDecimal, LedgerDelimiter, LedgerEncoding, PlacementKind
from projects.forms.fields import KronerField, NoCprCharField
from projects.forms.years import YearField
from projects.ledger_files import Layout
from projects.ledger_files.layout import REQUIRED
from projects.models import LedgerMapping, Pool, Project
from projects.queries.ledger import LAYOUT_FIELDS

EXTENSIONS = (".csv", ".txt", ".xlsx")
NOT_THERE = gettext_lazy("– not in the file –")
GONE = gettext_lazy("The file has no such column when it is read this way. Choose another.")


class UploadForm(forms.Form):
    """A file, its year, and how it is read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (xlsx), as your finance system exports postings."),
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    year = YearField(label=gettext_lazy("Fiscal year"))
    mapping = forms.ModelChoiceField(
        label=gettext_lazy("Saved mapping"),
        queryset=LedgerMapping.objects.all(),
        required=False,
        empty_label=gettext_lazy("None: find the columns by their heads"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(EXTENSIONS):
            raise ValidationError(
                _("“%(name)s” is no ledger file. Choose a CSV, text or Excel file (xlsx)."),
                code="file_type",
                params={"name": file.name[:80]},
            )
        return file


class ChartForm(forms.Form):
    """A chart of accounts."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel with the columns Konto, Navn, Gælder fra and Gælder til."),
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


class LayoutForm(forms.Form):
    """How the file is read. `heads` are the texts its columns can be chosen by."""

    year = YearField(label=gettext_lazy("Fiscal year"))
    system = NoCprCharField(
        label=gettext_lazy("Finance system"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example Opus. Vouchers of one system are known again, whatever file they come in."),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Character set"), choices=LedgerEncoding.choices)
    delimiter = forms.ChoiceField(label=gettext_lazy("Separator"), choices=LedgerDelimiter.choices)
    decimal = forms.ChoiceField(label=gettext_lazy("Decimal sign"), choices=LedgerDecimal.choices)
    has_total = forms.BooleanField(label=gettext_lazy("The file ends with a total"), required=False)
    is_reversed = forms.BooleanField(label=gettext_lazy("Expenses are written with a minus"), required=False)
    control_total = KronerField(
        label=gettext_lazy("Control total"),
        required=False,
        help_text=gettext_lazy("What the finance system says the postings make. Held against the rows before loading."),
    )
    save_as = NoCprCharField(
        label=gettext_lazy("Save the mapping as"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Then it can be chosen next time. A name in use is given the new meaning."),
    )

    def __init__(self, *args: Any, heads: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", NOT_THERE), *((head, head) for head in heads)]
        for column in LedgerColumn:
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column in REQUIRED,
                error_messages={"required": _("Choose the column that holds it."), "invalid_choice": GONE},
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{column}"] for column in LedgerColumn]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("save_as") and not values.get("system"):
            self.add_error("system", ValidationError(_("Which finance system is the mapping for?"), code="required"))
        return values

    @property
    def layout_values(self) -> dict[str, Any]:
        """Return `Layout`'s and `LedgerMapping`'s fields, ready for JSON."""
        columns = {column.value: self.cleaned_data[f"column_{column}"] for column in LedgerColumn}
        values = {name: self.cleaned_data[name] for name in LAYOUT_FIELDS if name != "columns"}
        return {"columns": {name: head for name, head in columns.items() if head}, **values}


def layout_from(values: dict[str, Any]) -> Layout:
    """Return the layout kept with an upload."""
    return Layout(**{name: values[name] for name in LAYOUT_FIELDS if name in values})


def initial_layout(values: dict[str, Any], columns: dict[str, str], year: int) -> dict[str, Any]:
    """Return the form's first values: what was kept, and the columns as they were found."""
    usual = Layout()
    kept = {name: values.get(name, getattr(usual, name)) for name in LAYOUT_FIELDS if name != "columns"}
    found = {f"column_{name}": head for name, head in columns.items()}
    return {"year": year, "system": values.get("system", ""), **kept, **found}


class PlaceForm(forms.Form):
    """Rows that were put aside, and the project they belong to."""

    rows = forms.TypedMultipleChoiceField(label=gettext_lazy("Rows"), coerce=int, widget=forms.CheckboxSelectMultiple)
    project = forms.ModelChoiceField(
        label=gettext_lazy("Project"),
        queryset=Project.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the project the rows belong to.")},
    )
    remember = forms.ChoiceField(
        label=gettext_lazy("Remember it"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("No, only these rows")),
            (PlacementKind.PROJECT_KEY, gettext_lazy("Yes, for rows with the same project number")),
            (PlacementKind.ACCOUNT, gettext_lazy("Yes, for rows with the same account")),
        ],
    )

    def __init__(self, *args: Any, pool: Pool, rows: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.filter(pool=pool)
        self.fields["rows"].choices = [(pk, str(pk)) for pk in rows]
        self.fields["rows"].error_messages["required"] = _("Choose at least one row that is still put aside.")
