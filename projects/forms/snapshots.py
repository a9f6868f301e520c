"""The form of one status: its fields follow the project's indicators and breakdowns."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import Dimension, Light
from projects.forms.fields import (
    DanishDateField,
    KronerField,
    MeasureField,
    NoCprCharField,
    NoCprTextField,
)
from projects.forms.snapshot_texts import indicator_field
from projects.forms.table_fields import table_fields
from projects.models import Committee
from projects.queries.snapshots import SnapshotContent
from projects.rules.attachments import check_attachment, check_size
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import comment_field, light_field
from projects.rules.text import find_cpr

LONGEST_COMMENT = 4_000


class SnapshotForm(forms.Form):
    """All fields are optional: a draft may be half done. What is missing is asked for when it is sent."""

    as_of = DanishDateField(label=gettext_lazy("Counted at"), required=False)
    narrative = NoCprTextField(label=gettext_lazy("What the committee should know"), required=False, strip=False)
    summary_manager = NoCprTextField(label=gettext_lazy("For the manager"), required=False, strip=False)
    summary_short = NoCprTextField(label=gettext_lazy("Three lines for politicians"), required=False, strip=False)
    forecast = KronerField(label=gettext_lazy("Expected spend for the whole year"), required=False)

    def __init__(self, content: SnapshotContent, texts: Mapping[str, str]) -> None:
        super().__init__(data=texts)
        self.content = content
        # Screen readers and dictionaries need to know, and the browser must not suggest English corrections.
        for name, rows in zip(LENGTHS, (16, 6, 4), strict=True):
            attrs = {"rows": rows, "lang": "da", "spellcheck": "true", "aria-describedby": f"measure-{name}"}
            self.fields[name].widget.attrs |= attrs
        for fact in content.indicators:
            self.fields[indicator_field(fact.indicator_id)] = MeasureField(label=fact.name, required=False)
        for breakdown in content.breakdowns:
            self.fields |= table_fields(breakdown)
        for key in Dimension:
            self.fields[light_field(key)] = forms.ChoiceField(
                label=key.label, choices=Light.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[comment_field(key)] = NoCprTextField(
                label=_("Comment on %(dimension)s") % {"dimension": key.label.lower()},
                required=False,
                max_length=LONGEST_COMMENT,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-input-short", "lang": "da"}),
            )
        self._order_as_on_the_page()

    def _order_as_on_the_page(self) -> None:
        figures = [name for name in self.fields if name.startswith("indicator_")]
        words = (*LENGTHS, "forecast", *(name for name in self.fields if name.startswith(("light_", "comment_"))))
        rows = [name for name in self.fields if name not in {*figures, *words, "as_of"}]
        self.order_fields([*figures, "as_of", *rows, *LENGTHS, *words[len(LENGTHS) + 1 :], "forecast"])

    def clean(self) -> dict[str, Any]:
        # A number that cannot be read is kept as typed, so it is looked through like any other text.
        for name in list(self.errors):
            if name in self.fields and find_cpr(self.data.get(name, "")) and not self.has_error(name, "cpr"):
                self.add_error(name, _cpr_error())
        return self.cleaned_data

    @property
    def has_cpr(self) -> bool:
        return any(self.has_error(name, "cpr") for name in self.errors)


def _cpr_error() -> ValidationError:
    return ValidationError(
        _("CPR numbers must not be written here. Remove the number, and write so that nobody can be recognised."),
        code="cpr",
    )


class ReferenceForm(forms.Form):
    """A reference to an earlier meeting or an annex. An empty row is no reference."""

    title = NoCprCharField(label=gettext_lazy("What the reference is to"), required=False, max_length=250)
    committee = forms.ChoiceField(label=gettext_lazy("Committee"), required=False)
    meeting_date = DanishDateField(label=gettext_lazy("Meeting date"), required=False)
    item_number = NoCprCharField(label=gettext_lazy("Item"), required=False, max_length=10)
    attachment_title = forms.ChoiceField(label=gettext_lazy("Annex"), required=False)

    def __init__(
        self, *args: Any, committees: Iterable[Committee] = (), annexes: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting_date"].widget.attrs["list"] = "known-meetings"
        self.fields["item_number"].widget.attrs["list"] = "known-items"
        self.fields["committee"].choices = [("", "–"), *((str(row.pk), row.code) for row in committees)]
        titles = list(dict.fromkeys(title for title in annexes if title))
        if titles:
            self.fields["attachment_title"].choices = [("", "–"), *((title, title) for title in titles)]
        else:
            del self.fields["attachment_title"]

    @property
    def is_empty(self) -> bool:
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)


class AttachmentForm(forms.Form):
    """An annex: a file, or only its title when the file lies elsewhere. An empty row is no annex."""

    attachment_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = NoCprCharField(label=gettext_lazy("Title"), required=False, max_length=200)
    source = NoCprCharField(label=gettext_lazy("Source"), required=False, max_length=200)
    dated = DanishDateField(label=gettext_lazy("Date"), required=False)
    file = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True)
    may_be_published = forms.BooleanField(label=gettext_lazy("May be published"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove the annex"), required=False)

    def __init__(self, *args: Any, has_file: Mapping[int, bool] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_file = has_file or {}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            check_size(name=file.name, size=file.size)
            check_attachment(name=file.name, data=file.read())
            file.seek(0)
        return file

    @property
    def stored_id(self) -> int | None:
        text = self.data.get(self.add_prefix("attachment_id"), "")
        return int(text) if text.isdecimal() and int(text) in self._has_file else None

    @property
    def has_stored_file(self) -> bool:
        return self._has_file.get(self.stored_id or 0, False)

    @property
    def is_empty(self) -> bool:
        typed = any(self.data.get(self.add_prefix(name), "").strip() for name in ("title", "source", "dated"))
        return not typed and self.stored_id is None and not self.files.get(self.add_prefix("file"))


ReferenceFormSet = forms.formset_factory(ReferenceForm, extra=0, max_num=60)
AttachmentFormSet = forms.formset_factory(AttachmentForm, extra=0, max_num=60)
