"""What a project has ordered or promised and not yet been posted."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import CommitmentEnd
from projects.fields import MoneyField
from projects.models.projects import Project


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def bound(self) -> "CommitmentQuerySet":
        """Return those that are neither posted nor released."""
        return self.filter(end="")

    def bound_by(self, day: date) -> "CommitmentQuerySet":
        """Return those of the day's year and before it that were still bound when the day ended."""
        return self.filter(Q(end="") | Q(ended_at__date__gt=day), expected_on__lte=date(day.year, 12, 31))


class Commitment(models.Model):
    """An amount in kroner that is bound until it is posted or released; it counts in the year of `expected_on`."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="commitments", verbose_name=_("project"))
    amount = MoneyField(_("amount"))
    text = models.CharField(_("text"), max_length=200)
    expected_on = models.DateField(_("expected to be posted"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    end = models.CharField(_("what became of it"), max_length=10, choices=CommitmentEnd.choices, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["expected_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_is_positive")]
        indexes = [
            models.Index(fields=["project", "expected_on", "amount"], condition=Q(end=""), name="commitment_open")
        ]

    def __str__(self) -> str:
        return self.text
