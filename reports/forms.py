"""Composing a note: what is typed, read as values."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.fields import DanishDateField, NoCprCharField, NoCprTextField
from projects.models import Breakdown, Meeting, OrgUnit, Project, User
from reports.actions import NoteValues, checked_case_number
from reports.facts.texts import HEADING, NARRATIVE, Paragraph
from reports.models import StatusNote


class NoteForm(forms.Form):
    title = NoCprCharField(label=_("Title"), max_length=200)
    case_number = NoCprCharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("As it stands in the case system. It must be there before the note is issued."),
    )
    case_officer = NoCprCharField(label=_("Case officer"), max_length=120)
    dated = DanishDateField(label=_("Date of the note"), help_text=_("For example 27.11.2017."))
    introduction = NoCprTextField(
        label=_("Introduction"),
        required=False,
        help_text=_("Stands before the projects. **bold**, - list, # heading and [^1] footnotes work."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_case_number(self) -> str:
        return checked_case_number(self.cleaned_data["case_number"])

    def values(
        self,
        projects: list[tuple[int, bool]],
        parts: list[tuple[int, bool]],
        lengths: tuple[tuple[int, str], ...] = (),
    ) -> NoteValues:
        """Return what a valid form holds, with the projects and the headings in their order."""
        return NoteValues(
            title=self.cleaned_data["title"],
            case_number=self.cleaned_data["case_number"],
            case_officer=self.cleaned_data["case_officer"],
            dated=self.cleaned_data["dated"],
            introduction=self.cleaned_data["introduction"],
            projects=tuple(projects),
            parts=tuple(parts),
            lengths=lengths,
        )

    @staticmethod
    def stored(note: StatusNote) -> dict[str, Any]:
        return {name: getattr(note, name) for name in NoteForm.base_fields}


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.committee.code} {meeting.date:%d.%m.%Y}"


class NoteCreateForm(NoteForm):
    meeting = MeetingChoice(
        label=_("Committee and meeting"), queryset=Meeting.objects.none(), empty_label=_("Choose a meeting")
    )
    field_order = ("meeting", "title", "case_number", "case_officer", "dated", "introduction")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Meeting.objects.filter(note__isnull=True).select_related("committee")
        self.fields["meeting"].queryset = free.order_by("committee__code", "-date")


class IssueForm(forms.Form):
    """`version` is the save that the one who issues has seen; the reason is asked for from the second issue on."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = NoCprCharField(
        label=_("Why is there a new version?"),
        max_length=300,
        required=False,
        help_text=_("Stands in the head of the note, so the committee can see what is new."),
    )


class LetterForm(forms.Form):
    """A letter's head and what stands before and after its answers."""

    title = NoCprCharField(label=_("Title"), max_length=200)
    recipient = NoCprCharField(label=_("To"), max_length=200)
    sender = NoCprCharField(
        label=_("From"),
        max_length=120,
        required=False,
        help_text=_("Empty: this municipality, with its logo. Another writes under its own name."),
    )
    sender_address = NoCprCharField(label=_("Sender's address"), max_length=200, required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=OrgUnit.objects.all())
    case_number = NoCprCharField(label=_("Case number"), max_length=60, required=False)
    dated = DanishDateField(label=_("Date"), required=False, help_text=_("Empty: the day it is issued."))
    introduction = NoCprTextField(label=_("Introduction"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    closing = NoCprTextField(label=_("Closing words"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(forms.Form):
    """One question, its answer, and the tables the answer rests on."""

    text = NoCprCharField(label=_("Question"), max_length=400)
    answer = NoCprTextField(
        label=_("Answer"),
        help_text=_("**bold**, - list, # heading and [^1] footnotes work as in the statuses."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    tables = forms.ModelMultipleChoiceField(
        label=_("Tables under the answer"),
        queryset=Breakdown.objects.none(),
        required=False,
        help_text=_("They are printed as the newest approved status fills them in, with totals."),
        widget=forms.CheckboxSelectMultiple,
    )
    caveat = NoCprTextField(
        label=_("Note on the figures"),
        required=False,
        help_text=_("Stands under the tables: what the figures do not say."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = Breakdown.objects.filter(project__in=Project.objects.for_user(user)).select_related("project")
        field = cast(forms.ModelMultipleChoiceField, self.fields["tables"])
        field.queryset = tables.order_by("project__name", "position")
        field.label_from_instance = lambda table: f"{table.project.name}: {table.name}"  # type: ignore[method-assign]


class ProjectTextForm(forms.Form):
    """What a project's page and its closing report say beside its figures."""

    NAMES = ("purpose", "target_group", "activities", "overlap", "contact")

    purpose = NoCprTextField(label=_("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    target_group = NoCprTextField(label=_("Target group"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    activities = NoCprTextField(
        label=_("Activities"),
        required=False,
        help_text=_("**bold**, - list, # heading and [^1] footnotes work as in the statuses."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    overlap = NoCprCharField(
        label=_("Who is counted under several targets?"),
        max_length=500,
        required=False,
        help_text=_("Stands under the table, for example: “A flexjob counts under both jobs and flexjobs.”"),
    )
    contact = NoCprTextField(
        label=_("Contact"),
        required=False,
        help_text=_("Printed only while the project runs."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PaperIssueForm(forms.Form):
    """Issuing any other paper than a note."""

    reason = NoCprCharField(
        label=_("Why is there a new version?"),
        max_length=300,
        required=False,
        help_text=_("Stands in the head of the paper, so that its readers can see what is new."),
    )


def suggested_title(month: str) -> str:
    return str(_("Status of the reinvestment projects, %(month)s") % {"month": month})


def suggested_date(today: date, meeting: date | None) -> date:
    """Return today; for a meeting that lies behind, the day a week before it."""
    return today if meeting is None or meeting >= today else date.fromordinal(meeting.toordinal() - 7)


class SavedViewForm(forms.Form):
    """A name for the choices in `query`, which came with the address."""

    name = NoCprCharField(label=_("Name"), max_length=80, help_text=_("For example: Red projects in Social."))
    is_shared = forms.BooleanField(
        label=_("Others may use it, too"),
        required=False,
        help_text=_("They see the same choices, of what they may see themselves."),
    )
    query = NoCprCharField(required=False, max_length=500, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """A heading and the text under it."""

    heading = NoCprCharField(label=_("Heading"), max_length=120, required=False)
    text = NoCprTextField(
        label=_("Text"),
        required=False,
        help_text=_("**bold**, - list, # heading and [^1] footnotes work as in the statuses."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class SectionForm(forms.Form):
    """How one project is told in the note. Besides these, a field per paragraph of its status."""

    text_length = forms.ChoiceField(label=_("Length of the text"), widget=forms.RadioSelect)
    decision = NoCprTextField(
        label=_("What the committee is asked to decide"),
        required=False,
        help_text=_("Only if it is to decide something about this project. It stands under the recommendation, too."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, paragraphs: Sequence[Paragraph], lengths: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_length"].choices = list(lengths)
        self.places = {}
        for one in paragraphs:
            self.places[f"text-{one.place}"] = one.place
            self.fields[f"text-{one.place}"] = _paragraph_field(one)

    def texts(self) -> dict[str, str]:
        """Return what a valid form holds by place."""
        return {place: self.cleaned_data[name] for name, place in self.places.items()}


def _paragraph_field(one: Paragraph) -> forms.Field:
    text = one.edit.text if one.edit else one.original
    if one.place == HEADING:
        return NoCprCharField(label=one.label, max_length=120, initial=text)
    rows = 14 if one.place == NARRATIVE else 2
    return NoCprTextField(label=one.label, required=False, initial=text, widget=forms.Textarea(attrs={"rows": rows}))
