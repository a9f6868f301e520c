"""Programs that work in the background, and when each was last heard from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A background program that says every few seconds that it is alive. Its row goes when it is stopped in order."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last heard from"), db_index=True)

    class Meta:
        verbose_name = _("background program")
        verbose_name_plural = _("background programs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
