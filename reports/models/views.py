"""Choices on the overview that somebody keeps under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A named choice of filters on the overview. `query` is the address' part after the question mark.

    It holds no figures: whoever opens a shared view sees what they may see.
    """

    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("others may use it, too"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_view_per_name_and_owner")]

    def __str__(self) -> str:
        return self.name
