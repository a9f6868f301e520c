"""Papers that are issued beside the committees' notes: of a pool, a project or a letter."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Breakdown, OrgUnit, Project
from reports.enums import Edition, PaperFormat, PaperKind


class IssuedPaper(models.Model):
    """One version of a paper, with its facts and the bytes of its files. The database refuses any change.

    `of` is the code of what the paper is about, within its kind.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    of = models.CharField(_("about"), max_length=60)
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=250)
    facts = models.TextField(_("facts"), help_text=_("Canonical JSON of every value in the paper."))
    facts_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    word = models.BinaryField()
    word_sha256 = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField(_("pages"))
    reason = models.CharField(_("reason for a new version"), max_length=300, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "of", "number"], name="one_paper_per_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_later_paper_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class PaperFile(models.Model):
    """Another shape of an issued paper: the archive's package, and those of its public edition. Never changed."""

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, related_name="files", verbose_name=_("issued paper"))
    edition = models.CharField(_("edition"), max_length=20, choices=Edition.choices, default=Edition.FULL)
    format = models.CharField(_("format"), max_length=10, choices=PaperFormat.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of an issued paper")
        verbose_name_plural = _("files of issued papers")
        ordering = ["paper", "edition", "format"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "edition", "format"], name="one_paper_file_per_edition_and_format")
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.edition} {self.format}"


class ProjectText(models.Model):
    """What a project's page and its closing report say beside its figures. Markdown, but for the contact's lines."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="+", verbose_name=_("project"))
    purpose = models.TextField(_("purpose"), blank=True)
    target_group = models.TextField(_("target group"), blank=True)
    activities = models.TextField(_("activities"), blank=True)
    overlap = models.CharField(_("who is counted under several targets"), max_length=500, blank=True)
    contact = models.TextField(_("contact"), blank=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("text of a project's report")
        verbose_name_plural = _("texts of projects' reports")

    def __str__(self) -> str:
        return str(self.project)


class Letter(models.Model):
    """A letter with numbered questions and their answers. `dated` None: the day it is issued.

    `sender` "" is this municipality; another writes under its own name and address. `saves` counts changes of its
    head and its order, for two people at once.
    """

    title = models.CharField(_("title"), max_length=200)
    recipient = models.CharField(_("to"), max_length=200)
    sender = models.CharField(_("sender"), max_length=120, blank=True)
    sender_address = models.CharField(_("sender's address"), max_length=200, blank=True)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    dated = models.DateField(_("date of the letter"), null=True, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    closing = models.TextField(_("closing words"), blank=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class LetterQuestion(models.Model):
    """A question of a letter. Its tables are printed as the newest approved status fills them in.

    `position` 0: from before a letter had an order, then they stand as they were written.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="questions", verbose_name=_("letter"))
    text = models.CharField(_("question"), max_length=400)
    answer = models.TextField(_("answer"), blank=True)
    caveat = models.TextField(_("note on the figures"), blank=True)
    tables = models.ManyToManyField(Breakdown, blank=True, related_name="letter_questions", verbose_name=_("tables"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["letter", "position", "pk"]

    def __str__(self) -> str:
        return self.text
