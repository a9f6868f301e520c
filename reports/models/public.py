"""Public editions of what was issued: what was decided of each, and the two people who answer for it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from reports.models.notes import NoteVersion
from reports.models.papers import IssuedPaper

Issued = NoteVersion | IssuedPaper


class PublicationQuerySet(models.QuerySet[Any]):
    def of(self, issued: Issued) -> Self:
        return self.filter(**{self.model.made_of: issued})

    def with_issued(self) -> Self:
        """Read what was issued along with its edition."""
        return self.select_related(*self.model.read_along)


class Publication(models.Model):
    """Something issued as the public may read it. Its papers are files of what was issued, made once.

    `made_of` is the field that leads to what was issued. `texts` replace its own by their keys, "" leaves one out.

    `facts` are empty while it is worked out; `hidden` names the counts that are left out, and `audit` says of each
    why. `saves` counts changes, for two people at once. `problem` is why it could not be worked out. `told_before` is
    the checksum of what was public when it was worked out: one that came later may change what can be told. What was
    issued is refused any change by the database.
    """

    threshold = models.PositiveSmallIntegerField(_("protect counts below"))
    shows_zeros = models.BooleanField(_("show noughts"), default=True)
    removes_contacts = models.BooleanField(_("take contact details out"), default=True)
    texts = models.JSONField(default=dict, blank=True)
    facts = models.TextField(blank=True)
    facts_sha256 = models.CharField(max_length=64, blank=True)
    hidden = models.JSONField(default=list, blank=True)
    audit = models.JSONField(default=list, blank=True)
    problem = models.TextField(blank=True)
    told_before = models.CharField(max_length=64, blank=True)
    saves = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)

    made_of: ClassVar[str]
    read_along: ClassVar[tuple[str, ...]]
    objects = PublicationQuerySet.as_manager()
    if TYPE_CHECKING:
        approvals: Any

    class Meta:
        abstract = True

    @property
    def issued(self) -> Issued:
        issued: Issued = getattr(self, self.made_of)
        return issued

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def is_worked_out(self) -> bool:
        return bool(self.facts)


class Approval(models.Model):
    """Somebody answers for what the public edition says, as it stood with these facts."""

    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"))
    facts_sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True


class PublicEdition(Publication):
    version = models.OneToOneField(
        NoteVersion, models.PROTECT, related_name="public_edition", verbose_name=_("issued version")
    )

    made_of = "version"
    read_along = ("version__note__meeting__committee",)

    class Meta:
        verbose_name = _("public edition")
        verbose_name_plural = _("public editions")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} public"


class PublicApproval(Approval):
    edition = models.ForeignKey(PublicEdition, models.CASCADE, related_name="approvals")

    class Meta:
        verbose_name = _("approval of a public edition")
        verbose_name_plural = _("approvals of public editions")
        ordering = ["approved_at"]
        constraints = [models.UniqueConstraint(fields=["edition", "approved_by"], name="one_public_approval_each")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.approved_by}"


class PublicPaper(Publication):
    """The public edition of a paper that is not a note."""

    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, related_name="public_edition", verbose_name=_("issued paper")
    )

    made_of = "paper"
    read_along = ("paper",)

    class Meta:
        verbose_name = _("public edition of a paper")
        verbose_name_plural = _("public editions of papers")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.paper} public"


class PublicPaperApproval(Approval):
    edition = models.ForeignKey(PublicPaper, models.CASCADE, related_name="approvals")

    class Meta:
        verbose_name = _("approval of a paper's public edition")
        verbose_name_plural = _("approvals of papers' public editions")
        ordering = ["approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "approved_by"], name="one_public_paper_approval_each")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.approved_by}"


class ProjectPage(models.Model):
    """A project's page that anyone may read without logging in: the public edition that is shown on it."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="+", verbose_name=_("project"))
    edition = models.ForeignKey(PublicPaper, models.PROTECT, related_name="pages", verbose_name=_("public edition"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("project's public page")
        verbose_name_plural = _("projects' public pages")

    def __str__(self) -> str:
        return str(self.project)


def editions_of(issued: Issued) -> PublicationQuerySet:
    """Return the public edition of what was issued, if there is one, with what it was made of."""
    model: type[Publication] = PublicEdition if isinstance(issued, NoteVersion) else PublicPaper
    return model.objects.of(issued).with_issued()
