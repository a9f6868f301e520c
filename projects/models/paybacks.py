"""What an investment is expected to give back, and what it gave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.enums import ServiceFrame
from projects.fields import MoneyField
from projects.models.projects import Project
from projects.models.proposals import Proposal


class ExpectedReturn(models.Model):
    """What a proposal is expected to save in one year in one place. Kroner, + is saved."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="returns", verbose_name=_("proposal"))
    year = models.PositiveSmallIntegerField(_("year"))
    falls_in = models.CharField(_("where it falls"), max_length=120)
    service_frame = models.CharField(
        _("servicerammen"), max_length=20, choices=ServiceFrame.choices, default=ServiceFrame.UNKNOWN
    )
    low = MoneyField(_("low"), null=True, blank=True)
    expected = MoneyField(_("expected"))
    high = MoneyField(_("high"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("expected return")
        verbose_name_plural = _("expected returns")
        ordering = ["proposal", "year", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("expected")))
                & (Q(high__isnull=True) | Q(high__gte=F("expected"))),
                name="return_low_expected_high_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.falls_in}"


class RealisedReturn(models.Model):
    """What a project saved in one year in one place, as somebody found it afterwards. Kroner, + is saved."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="returns", verbose_name=_("project"))
    year = models.PositiveSmallIntegerField(_("year"))
    falls_in = models.CharField(_("where it falls"), max_length=120)
    service_frame = models.CharField(
        _("servicerammen"), max_length=20, choices=ServiceFrame.choices, default=ServiceFrame.UNKNOWN
    )
    amount = MoneyField(_("realised"))
    source = models.CharField(_("how it was found"), max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="returns")
    entered_at = models.DateTimeField(_("entered"), auto_now=True)

    class Meta:
        verbose_name = _("realised return")
        verbose_name_plural = _("realised returns")
        ordering = ["project", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "falls_in"],
                name="one_realised_return_per_year_and_place",
                violation_error_message=_("The year and the place stand there twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.falls_in}"
