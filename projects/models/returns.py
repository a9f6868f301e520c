"""What a manager sent back in a status, section by section, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.snapshots import StatusSnapshot


class SnapshotReturn(models.Model):
    """One time a status was handed back. `said` is all it said then, so that what changed since can be shown.

    `reason` is the reason for the whole, "" when the sections' own reasons say it all.
    """

    snapshot = models.ForeignKey(StatusSnapshot, models.CASCADE, related_name="returns")
    reason = models.TextField(_("reason"), blank=True)
    said = models.JSONField(default=list, editable=False)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(_("returned"))

    class Meta:
        verbose_name = _("returned status")
        verbose_name_plural = _("returned statuses")
        ordering = ["snapshot", "-returned_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.snapshot} ({self.returned_at:%Y-%m-%d})"


class ReturnedSection(models.Model):
    """One section with its reason. `section` is its place on the form, `title` what it was called then."""

    returned = models.ForeignKey(SnapshotReturn, models.CASCADE, related_name="sections")
    section = models.CharField(max_length=40)
    title = models.CharField(_("section"), max_length=200)
    reason = models.TextField(_("reason"))
    position = models.PositiveSmallIntegerField(default=0)
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    mended_at = models.DateTimeField(_("mended"), null=True, blank=True)

    class Meta:
        verbose_name = _("returned section")
        verbose_name_plural = _("returned sections")
        ordering = ["returned", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["returned", "section"], name="one_reason_per_returned_section")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_mended(self) -> bool:
        return self.mended_at is not None
