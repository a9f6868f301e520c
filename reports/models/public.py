"""The public edition of an issued version: what was decided of it, and the two people who answer for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.notes import NoteVersion


class PublicEdition(models.Model):
    """An issued version as the public may read it. Its papers are files of the version (`NoteFile`), made once.

    `facts` are empty while it is worked out; `hidden` names the counts that are left out, and `audit` says of each
    why. `texts` replace the note's own by their keys, "" leaves one out. `saves` counts changes, for two people at
    once. `problem` is why it could not be worked out. What was issued is refused any change by the database.
    """

    version = models.OneToOneField(
        NoteVersion, models.PROTECT, related_name="public_edition", verbose_name=_("issued version")
    )
    threshold = models.PositiveSmallIntegerField(_("protect counts below"))
    shows_zeros = models.BooleanField(_("show noughts"), default=True)
    removes_contacts = models.BooleanField(_("take contact details out"), default=True)
    texts = models.JSONField(default=dict, blank=True)
    facts = models.TextField(blank=True)
    facts_sha256 = models.CharField(max_length=64, blank=True)
    hidden = models.JSONField(default=list, blank=True)
    audit = models.JSONField(default=list, blank=True)
    problem = models.TextField(blank=True)
    saves = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)

    class Meta:
        verbose_name = _("public edition")
        verbose_name_plural = _("public editions")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} public"

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def is_worked_out(self) -> bool:
        return bool(self.facts)


class PublicApproval(models.Model):
    """Somebody answers for what the public edition says, as it stood with these facts."""

    edition = models.ForeignKey(PublicEdition, models.CASCADE, related_name="approvals")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"))
    facts_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("approval of a public edition")
        verbose_name_plural = _("approvals of public editions")
        ordering = ["approved_at"]
        constraints = [models.UniqueConstraint(fields=["edition", "approved_by"], name="one_public_approval_each")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.approved_by}"
