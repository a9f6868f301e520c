"""Pools and their frame per fiscal year."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.enums import CarryOver, PoolKind, ProposalVariant, ServiceFrame
from projects.fields import MoneyField
from projects.models.meetings import Committee
from projects.models.people import OrgUnit


def _percent(label: Any) -> Any:
    """Return a field for per cent, None where nobody has decided."""
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class Pool(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=PoolKind.choices, default=PoolKind.REINVESTMENT)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="pools", verbose_name=_("committee"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="pools", verbose_name=_("responsible unit"))
    description = models.TextField(_("description"), blank=True)
    opens_on = models.DateField(_("open for proposals from"), null=True, blank=True)
    closes_on = models.DateField(_("open for proposals to and including"), null=True, blank=True)
    form_variant = models.CharField(
        _("form of new proposals"), max_length=10, choices=ProposalVariant.choices, default=ProposalVariant.LONG
    )
    service_frame = models.CharField(
        _("servicerammen"), max_length=20, choices=ServiceFrame.choices, default=ServiceFrame.UNKNOWN
    )
    carry_over = models.CharField(_("carry-over"), max_length=20, choices=CarryOver.choices, default=CarryOver.NONE)
    carry_over_percent = _percent(_("at most, in per cent of the frame"))
    discount_rate = _percent(_("discount rate in per cent a year"))
    discount_rate_basis = models.CharField(_("what the discount rate rests on"), max_length=250, blank=True)
    returned_percent = _percent(_("share of the return that goes back to the pool, in per cent"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="pool_closes_after_it_opens",
                violation_error_message=_("The pool closes before it opens."),
            ),
        ]
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        ordering = ["-code"]

    def __str__(self) -> str:
        return self.name


class PoolYear(models.Model):
    """A pool's frame for one fiscal year (a calendar year). The row two managers lock before they grant."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="years", verbose_name=_("pool"))
    year = models.PositiveSmallIntegerField(_("year"))
    frame = MoneyField(_("frame"))
    price_level = models.PositiveSmallIntegerField(_("price level"), help_text=_("The year whose prices are used."))

    class Meta:
        verbose_name = _("frame")
        verbose_name_plural = _("frames")
        ordering = ["pool", "year"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "year"], name="one_frame_per_pool_and_year"),
            models.CheckConstraint(condition=Q(frame__gte=0), name="frame_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.pool.code} {self.year}"


class PriceIndex(models.Model):
    """How prices and wages stand in a year, against 100 in any year one likes; only the ratio counts."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    index = models.DecimalField(_("index"), max_digits=8, decimal_places=3)
    source = models.CharField(_("where it stands"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("price and wage index")
        verbose_name_plural = _("price and wage indexes")
        ordering = ["-year"]
        constraints = [models.CheckConstraint(condition=Q(index__gt=0), name="price_index_is_positive")]

    def __str__(self) -> str:
        return str(self.year)


class FiscalYear(models.Model):
    """A calendar year of the accounts. Once it is closed, nothing more is decided or booked in it.

    A year without a row is open. The row is also the lock between closing a year and deciding an amount in it.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("fiscal year")
        verbose_name_plural = _("fiscal years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)
