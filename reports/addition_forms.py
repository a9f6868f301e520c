"""Adding references and annexes to a note: what is typed, read as values."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import DanishDateField, NoCprCharField
from projects.models import Meeting
from projects.rules.attachments import check_attachment, check_size
from reports.actions.additions import AnnexValues, ReferenceValues
from reports.forms import MeetingChoice
from reports.models import NoteSection, StatusNote


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, section: NoteSection) -> str:
        return section.project.name


class AdditionForm(forms.Form):
    section = PlaceChoice(
        label=_("Belongs to"), queryset=NoteSection.objects.none(), required=False, empty_label=_("The whole note")
    )

    def __init__(self, note: StatusNote, *args: Any, **kwargs: Any) -> None:
        # Two of them stand on one page.
        kwargs["auto_id"] = f"{type(self).__name__}_%s"
        super().__init__(*args, **kwargs)
        sections = NoteSection.objects.filter(note=note, is_included=True).select_related("project")
        cast(Any, self.fields["section"]).queryset = sections


class NoteReferenceForm(AdditionForm):
    """A meeting is picked, or its committee and date are typed."""

    title = NoCprCharField(label=_("What the reference is to"), max_length=250)
    meeting = MeetingChoice(
        label=_("Meeting"), queryset=Meeting.objects.none(), required=False, empty_label=_("Not in the list")
    )
    committee = NoCprCharField(
        label=_("Committee"),
        max_length=120,
        required=False,
        help_text=_("Only when the meeting is not in the list."),
    )
    meeting_date = DanishDateField(label=_("Meeting date"), required=False, help_text=_("For example 27.11.2017."))
    item_number = NoCprCharField(label=_("Item"), max_length=10, required=False)
    field_order = ("title", "meeting", "committee", "meeting_date", "item_number", "section")

    def __init__(self, note: StatusNote, *args: Any, **kwargs: Any) -> None:
        super().__init__(note, *args, **kwargs)
        meetings = Meeting.objects.filter(date__lte=note.meeting.date).select_related("committee")
        cast(Any, self.fields["meeting"]).queryset = meetings.order_by("committee__code", "-date")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("meeting") and (values.get("committee") or values.get("meeting_date")):
            self.add_error("meeting", _("Choose a meeting, or type its committee and date: not both."))
        return values

    def values(self) -> ReferenceValues:
        data = self.cleaned_data
        meeting = data["meeting"]
        return ReferenceValues(
            section=data["section"],
            title=data["title"],
            committee=meeting.committee.name if meeting else data["committee"],
            meeting_date=meeting.date if meeting else data["meeting_date"],
            item_number=data["item_number"],
        )


class NoteAnnexForm(AdditionForm):
    title = NoCprCharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, help_text=_("PDF, Word, Excel, CSV, PNG or JPEG, at most 10 MB.")
    )
    source = NoCprCharField(label=_("Source"), max_length=200, required=False)
    dated = DanishDateField(label=_("Date"), required=False, help_text=_("For example 27.11.2017."))
    may_be_published = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("Without it, the annex stands in the committee's note only."),
    )
    field_order = ("title", "file", "source", "dated", "section", "may_be_published")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_size(name=file.name, size=file.size)
        check_attachment(name=file.name, data=file.read())
        file.seek(0)
        return file

    def values(self) -> AnnexValues:
        return AnnexValues(**{name: value for name, value in self.cleaned_data.items() if name != "file"})
