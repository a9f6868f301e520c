"""The committee's note: a draft that is composed, and versions that are issued and never change."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.enums import Role
from projects.models import Committee, Meeting, Project, StatusSnapshot, User
from reports.enums import Edition, PaperFormat, PaperKind, PartKind, RenderingKind, RenderingState, TextLength
from reports.models.papers import IssuedPaper


class NoteTemplate(models.Model):
    """The headings a committee's notes begin with. Without a committee: for all that have none of their own."""

    committee = models.OneToOneField(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="note_template",
        verbose_name=_("committee"),
        help_text=_("Leave it empty for the headings of every committee that has none of its own."),
    )

    class Meta:
        verbose_name = _("headings of a note")
        verbose_name_plural = _("headings of notes")
        ordering = ["committee__code"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("committee", 0),
                name="one_template_for_the_rest",
                violation_error_message=_("There are headings for these committees already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.committee) if self.committee else str(_("All other committees"))


class Part(models.Model):
    """A heading, the text under it, and what is made from the figures after the text."""

    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("after the text comes"), max_length=20, choices=PartKind.choices, default=PartKind.TEXT)
    heading = models.CharField(
        _("heading"), max_length=120, blank=True, help_text=_("Without one, the text stands on its own.")
    )
    text = models.TextField(_("text"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.heading or str(self.get_kind_display())


class TemplateHeading(Part):
    """A heading a note begins with, and its fixed text."""

    template = models.ForeignKey(NoteTemplate, models.CASCADE, related_name="headings", verbose_name=_("headings"))

    class Meta:
        verbose_name = _("heading")
        verbose_name_plural = _("headings")
        ordering = ["template", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "kind"],
                condition=~Q(kind=PartKind.TEXT),
                name="a_template_makes_each_kind_once",
                violation_error_message=_("What is made from the figures can stand in a note only once."),
            )
        ]


class NoteQuerySet(models.QuerySet["StatusNote"]):
    def for_user(self, user: User) -> "NoteQuerySet":
        """Return the notes the user may read: a secretary or administrator all, others those that were issued."""
        if user.role_set & {Role.SECRETARY, Role.ADMINISTRATOR}:
            return self
        if user.role_set & {Role.READER, Role.MANAGER, Role.CONTROLLER}:
            return self.filter(pk__in=NoteVersion.objects.values("note_id"))
        return self.none()


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def on_their_way(self) -> "RenderingQuerySet":
        return self.filter(state__in=[RenderingState.QUEUED, RenderingState.RENDERING])

    def silent_since(self, moment: datetime) -> "RenderingQuerySet":
        """Return those being made by a worker nobody has heard from since the moment."""
        return self.filter(state=RenderingState.RENDERING, seen_at__lt=moment)


class StatusNote(models.Model):
    """The note for one meeting while it is composed.

    `version` counts saves of its head and order, for two people on the same note; `saves` counts every save of
    anything in it, so that only what has been seen is issued.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="note", verbose_name=_("meeting"))
    title = models.CharField(_("title"), max_length=200)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    case_officer = models.CharField(_("case officer"), max_length=120)
    dated = models.DateField(_("date of the note"))
    introduction = models.TextField(_("introduction"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    saves = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-meeting__date"]

    def __str__(self) -> str:
        return self.title


class NotePart(Part):
    """A heading of one note, as it was taken from the committee's headings and changed since.

    `version` counts saves of it, for two people on the same part.
    """

    note = models.ForeignKey(StatusNote, models.CASCADE, related_name="parts", verbose_name=_("note"))
    is_included = models.BooleanField(_("in the note"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("heading of a note")
        verbose_name_plural = _("headings of a note")
        ordering = ["note", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "kind"], condition=~Q(kind=PartKind.TEXT), name="a_note_makes_each_kind_once"
            )
        ]


class NoteSection(models.Model):
    """One project's place in the note, chosen or left out, and how it is told there.

    `exhibits` is a list of [key, whether it is printed] in print order (reports.facts.exhibits); what it does not name
    is printed where it usually stands. `left_out` are the titles of the status's annexes that the note does without.
    `version` counts saves of the section, for two people on the same one.
    """

    note = models.ForeignKey(StatusNote, models.CASCADE, related_name="sections")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", verbose_name=_("project"))
    position = models.PositiveSmallIntegerField(_("order"))
    is_included = models.BooleanField(_("in the note"), default=True)
    text_length = models.CharField(
        _("length of the text"), max_length=20, choices=TextLength.choices, default=TextLength.FULL
    )
    decision = models.TextField(_("what the committee is asked to decide"), blank=True)
    exhibits = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["note", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["note", "project"], name="one_section_per_project")]

    def __str__(self) -> str:
        return f"{self.position}. {self.project}"


class NoteEdit(models.Model):
    """A paragraph the secretary wrote otherwise than the status says it; the status itself is not touched.

    `base` is what the status said then: when it says something else now, the edit has lapsed and is not printed.
    """

    section = models.ForeignKey(NoteSection, models.CASCADE, related_name="edits")
    place = models.CharField(max_length=40)
    text = models.TextField(_("text in the note"), blank=True)
    base = models.TextField(_("text in the status"), blank=True)

    class Meta:
        verbose_name = _("edited paragraph")
        verbose_name_plural = _("edited paragraphs")
        ordering = ["section", "place"]
        constraints = [models.UniqueConstraint(fields=["section", "place"], name="one_edit_per_place")]

    def __str__(self) -> str:
        return f"{self.section}: {self.place}"


class NoteDraft(models.Model):
    """The whole draft as it stood after a save (reports.facts.drafts), so that an earlier one can be taken back.

    Saves by the same person within a few minutes become one.
    """

    note = models.ForeignKey(StatusNote, models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField()
    content = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier draft")
        verbose_name_plural = _("earlier drafts")
        ordering = ["note", "-number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="one_draft_per_number")]

    def __str__(self) -> str:
        return f"{self.note} ({self.number})"


class NoteVersion(models.Model):
    """What was issued: the facts, the PDF's bytes and their checksums. The database refuses any change."""

    note = models.ForeignKey(StatusNote, models.PROTECT, related_name="versions", verbose_name=_("note"))
    number = models.PositiveSmallIntegerField(_("version"))
    facts = models.TextField(_("facts"), help_text=_("Canonical JSON of every value in the note."))
    facts_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField(_("pages"))
    reason = models.CharField(_("reason for a new version"), max_length=300, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    snapshots = models.ManyToManyField(StatusSnapshot, related_name="note_versions")

    class Meta:
        verbose_name = _("issued version")
        verbose_name_plural = _("issued versions")
        ordering = ["note", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_later_version_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.note} v{self.number}"


class NoteFile(models.Model):
    """Another shape of an issued version, made together with its PDF: Word, the archive's package.

    `edition` leaves room for a public one beside the full. The database refuses any change.
    """

    version = models.ForeignKey(NoteVersion, models.PROTECT, related_name="files", verbose_name=_("issued version"))
    edition = models.CharField(_("edition"), max_length=20, choices=Edition.choices, default=Edition.FULL)
    format = models.CharField(_("format"), max_length=10, choices=PaperFormat.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of an issued version")
        verbose_name_plural = _("files of issued versions")
        ordering = ["version", "edition", "format"]
        constraints = [
            models.UniqueConstraint(fields=["version", "edition", "format"], name="one_file_per_edition_and_format")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.edition} {self.format}"


class Rendering(models.Model):
    """A paper somebody asked for: a look at the draft, or the issue of a version. The worker makes it.

    It is of a note, or of another paper (`paper_kind` and `paper_of`, see IssuedPaper), which ends in `issued`.

    `facts_sha256` is what the note said when it was asked for. `seen_at` is when the worker that makes it was last
    heard from. `failure` is a Failure; `told` says more of it. A preview keeps its PDF here;
    an issue ends in a version.
    """

    note = models.ForeignKey(
        StatusNote, models.CASCADE, null=True, blank=True, related_name="renderings", verbose_name=_("note")
    )
    paper_kind = models.CharField(_("kind of paper"), max_length=20, choices=PaperKind.choices, blank=True)
    paper_of = models.CharField(_("about"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RenderingKind.choices)
    state = models.CharField(_("state"), max_length=10, choices=RenderingState.choices, default=RenderingState.QUEUED)
    facts_sha256 = models.CharField(max_length=64)
    reason = models.CharField(_("reason for a new version"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    worker = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    failure = models.CharField(_("why there is no paper"), max_length=10, blank=True)
    told = models.TextField(blank=True)
    version = models.ForeignKey(NoteVersion, models.PROTECT, null=True, blank=True, related_name="+")
    issued = models.ForeignKey(IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.BinaryField(null=True, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper that was asked for")
        verbose_name_plural = _("papers that were asked for")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "kind"],
                condition=Q(state__in=[RenderingState.QUEUED, RenderingState.RENDERING]),
                name="one_paper_of_a_kind_on_its_way",
            ),
            models.UniqueConstraint(
                fields=["paper_kind", "paper_of", "kind"],
                condition=Q(note__isnull=True, state__in=[RenderingState.QUEUED, RenderingState.RENDERING]),
                name="one_other_paper_of_a_kind_on_its_way",
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=False, paper_kind="") | (Q(note__isnull=True) & ~Q(paper_kind="")),
                name="a_rendering_is_of_a_note_or_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note or self.paper_of} {self.kind} {self.state}"
