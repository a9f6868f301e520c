"""Pools and their frame per fiscal year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import PoolKind
from projects.fields import MoneyField
from projects.models.meetings import Committee
from projects.models.people import OrgUnit


class Pool(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=PoolKind.choices, default=PoolKind.REINVESTMENT)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="pools", verbose_name=_("committee"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="pools", verbose_name=_("responsible unit"))
    description = models.TextField(_("description"), blank=True)

    class Meta:
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
