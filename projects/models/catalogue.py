"""Code lists. The law changes under them, so every code has the days it holds."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.fields import MoneyField
from projects.models.people import DatedModel, dates_in_order, valid_on


class CodeQuerySet(models.QuerySet["Code"]):
    def valid_on(self, day: date) -> "CodeQuerySet":
        return self.filter(valid_on(day))


class Code(DatedModel):
    """A code in a list. "2.12" is a code, not a decimal: `sort_key` orders 2.9 before 2.12."""

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=60, editable=False, db_index=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "valid_from"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        super().clean()
        self.sort_key = sort_key(self.code)

    def save(self, *args: object, **kwargs: object) -> None:
        # A derived column, not a rule: kept here so that no way of storing a code forgets it.
        self.sort_key = sort_key(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def sort_key(code: str) -> str:
    return ".".join(part.zfill(6) if part.isdigit() else part for part in code.split("."))


def code_constraints(prefix: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["code", "valid_from"], name=f"{prefix}_one_version_per_day"),
        dates_in_order(f"{prefix}_dates_in_order"),
    ]


class StrategicGoal(Code):
    class Meta(Code.Meta):
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        constraints = code_constraints("goal")


class Track(Code):
    class Meta(Code.Meta):
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        constraints = code_constraints("track")


class LegalBasis(Code):
    """A paragraph, keyed like SEL-85 or LAB-2; `name` is how papers write it."""

    class Meta(Code.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = code_constraints("legal_basis")


class Benefit(Code):
    """A benefit as people call it. Its first day is what "over fem år" is held against."""

    class Meta(Code.Meta):
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        constraints = code_constraints("benefit")


class TargetGroup(Code):
    legal_basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="target_groups", verbose_name=_("legal basis")
    )

    class Meta(Code.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        constraints = code_constraints("target_group")


class FteRate(models.Model):
    """What one full-time equivalent costs in a year, in kroner at that year's prices."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    amount = MoneyField(_("kroner per full-time equivalent"))

    class Meta:
        verbose_name = _("full-time rate")
        verbose_name_plural = _("full-time rates")
        ordering = ["-year"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="fte_rate_is_positive")]

    def __str__(self) -> str:
        return str(self.year)
