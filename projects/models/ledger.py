"""Actual spend: loaded files, their postings, and what is remembered of how to read and place them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import BatchKind, LedgerDecimal, LedgerDelimiter, LedgerEncoding, PlacementKind
from projects.fields import MoneyField
from projects.models.pools import Pool
from projects.models.projects import Project


class LedgerMapping(models.Model):
    """How one finance system's files are read, saved so that nobody says it twice.

    `columns` is {LedgerColumn: the head it stands under}. `system` names whose vouchers they are: two mappings of
    the same system know each other's rows again.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    system = models.CharField(_("finance system"), max_length=40)
    encoding = models.CharField(
        _("character set"), max_length=12, choices=LedgerEncoding.choices, default=LedgerEncoding.AUTO
    )
    delimiter = models.CharField(
        _("separator"), max_length=12, choices=LedgerDelimiter.choices, default=LedgerDelimiter.AUTO
    )
    decimal = models.CharField(
        _("decimal sign"), max_length=12, choices=LedgerDecimal.choices, default=LedgerDecimal.COMMA
    )
    columns = models.JSONField(default=dict)
    has_total = models.BooleanField(_("ends with a total"), default=False)
    is_reversed = models.BooleanField(_("expenses are negative"), default=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("ledger mapping")
        verbose_name_plural = _("ledger mappings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LedgerUpload(models.Model):
    """A file on its way into the ledger: between being handed over and being loaded or given up, a day at most.

    Ledgers hold names, so the file is not kept: the batch remembers its name, its checksum and every row's line.
    `layout` is what the person has said so far of how to read it, as `LedgerMapping`'s fields.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="ledger_uploads")
    file = models.FileField(upload_to="posteringer/")
    name = models.CharField(_("file"), max_length=250)
    year = models.PositiveSmallIntegerField(_("year"))
    layout = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_uploads")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ledger file")
        verbose_name_plural = _("ledger files")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class PlacementRule(models.Model):
    """What a person has said once: in this pool, rows with this value belong to this project."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="placement_rules", verbose_name=_("pool"))
    kind = models.CharField(pgettext_lazy("remembered by", "by"), max_length=12, choices=PlacementKind.choices)
    value = models.CharField(_("value"), max_length=60)
    project = models.ForeignKey(Project, models.CASCADE, related_name="placement_rules", verbose_name=_("project"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("remembered placement")
        verbose_name_plural = _("remembered placements")
        ordering = ["pool", "kind", "value"]
        constraints = [models.UniqueConstraint(fields=["pool", "kind", "value"], name="one_placement_per_value")]

    def __str__(self) -> str:
        return f"{self.value} → {self.project}"


class ImportBatch(models.Model):
    """One loaded file, or the reversal of one. `sha256` is of the file as it was.

    `row_count` and `control_total` are the rows in the file; `imported_count` those that were new, `skipped_count`
    those that were there already, `corrected_count` those that stood otherwise before. A reversal points to what it
    `reverses`, and its `reason` says why.
    """

    pool = models.ForeignKey(
        Pool, models.PROTECT, null=True, blank=True, related_name="import_batches", verbose_name=_("pool")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=BatchKind.choices, default=BatchKind.FILE)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    system = models.CharField(_("finance system"), max_length=40, blank=True)
    file_name = models.CharField(_("file"), max_length=250)
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField(_("rows"))
    imported_count = models.PositiveIntegerField(_("imported"), default=0)
    skipped_count = models.PositiveIntegerField(_("already there"), default=0)
    corrected_count = models.PositiveIntegerField(_("corrected"), default=0)
    control_total = MoneyField(_("control total"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches")
    created_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="batch_by_file")]

    def __str__(self) -> str:
        return self.file_name


class Posting(models.Model):
    """One row of the ledger in kroner, + is expense. Rows are only added (triggers refuse the rest).

    Without a project it is put aside until a person places it, which is the one change a row can still take: it
    counts in the pool, and in no project. What was wrong is taken back by a row with `sign` -1 that `reverses` it,
    so the sum over all rows is always what holds. `row_key` says which posting it is and `content_key` what it said,
    so that a row met again is known, and one that says something else is a correction.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="postings", verbose_name=_("import"))
    line_number = models.PositiveIntegerField(_("line"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("project")
    )
    posted_on = models.DateField(_("date"))
    account = models.CharField(_("account"), max_length=40, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    amount = MoneyField(_("amount"))
    project_key = models.CharField(_("project number"), max_length=60, blank=True)
    voucher = models.CharField(_("voucher"), max_length=40, blank=True)
    row_key = models.BigIntegerField(default=0)
    content_key = models.BigIntegerField(default=0)
    sign = models.SmallIntegerField(default=1)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="reversed_by"
    )

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["posted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line_number", "sign"], name="one_posting_per_line_and_sign"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="a_posting_is_reversed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "posted_on", "amount"], name="posting_by_project"),
            models.Index(fields=["row_key", "content_key", "sign"], name="posting_by_key"),
            models.Index(fields=["batch"], condition=Q(project__isnull=True), name="posting_put_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.posted_on} {self.text}"
