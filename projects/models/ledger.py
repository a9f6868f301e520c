"""Actual spend: postings, each with the file and line it came from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.fields import MoneyField
from projects.models.projects import Project


class ImportBatch(models.Model):
    """One loaded file. `sha256` is of the file as it was, so that the same file is known again."""

    file_name = models.CharField(_("file"), max_length=250)
    sha256 = models.CharField(max_length=64, unique=True)
    row_count = models.PositiveIntegerField(_("rows"))
    control_total = MoneyField(_("control total"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches")
    created_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class Posting(models.Model):
    """One row of the ledger in kroner, + is expense."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="postings", verbose_name=_("import"))
    line_number = models.PositiveIntegerField(_("line"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="postings", verbose_name=_("project"))
    posted_on = models.DateField(_("date"))
    account = models.CharField(_("account"), max_length=40, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["posted_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "line_number"], name="one_posting_per_line")]
        indexes = [models.Index(fields=["project", "posted_on", "amount"], name="posting_by_project")]

    def __str__(self) -> str:
        return f"{self.posted_on} {self.text}"
