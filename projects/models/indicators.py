"""What is counted: indicators with targets, and breakdowns of a count by nested categories."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import BreakdownKind, CountingRule, Direction
from projects.fields import MonthField
from projects.models.projects import Project


class Indicator(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators", verbose_name=_("project"))
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=40, help_text=_("What is counted, for example citizens."))
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.NEUTRAL)
    counting_rule = models.CharField(
        _("counting rule"), max_length=20, choices=CountingRule.choices, default=CountingRule.AT_DATE
    )
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(_("baseline date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    is_figure = models.BooleanField(_("shown as a figure in notes"), default=False)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["project", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="one_indicator_per_code")]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What an indicator is to reach by a date; one per date."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("indicator"))
    due_on = models.DateField(pgettext_lazy("a date", "by"))
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "due_on"], name="one_target_per_date"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="target_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class BreakdownQuerySet(models.QuerySet["Breakdown"]):
    def in_use(self, month: date) -> "BreakdownQuerySet":
        """Return the schemes that a status for the month fills in."""
        return self.filter(
            models.Q(from_month__isnull=True) | models.Q(from_month__lte=month),
            models.Q(to_month__isnull=True) | models.Q(to_month__gte=month),
        )


class Breakdown(models.Model):
    """A table a status fills in.

    A split or a cross-table that must sum to its indicator, in/out counts per row, or n out of N per row.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="breakdowns", verbose_name=_("project"))
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=BreakdownKind.choices, default=BreakdownKind.SPLIT)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="breakdowns", verbose_name=_("must sum to")
    )
    is_exclusive = models.BooleanField(
        _("each is counted once"), default=True, help_text=_("Clear this when one person may stand in several rows.")
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    from_month = models.DateField(_("from month"), null=True, blank=True)
    to_month = models.DateField(_("to month"), null=True, blank=True)
    is_figure = models.BooleanField(_("shown as a figure in notes"), default=False)

    objects = BreakdownQuerySet.as_manager()

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["project", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="one_breakdown_per_code")]

    def __str__(self) -> str:
        return self.name


class BreakdownCategory(models.Model):
    """A row, or a column of a cross-table.

    A total row is the sum of its children and is never typed; other parents are typed and checked. Columns lie flat.

    A row that statuses have filled in is ended with its last month, never deleted; one that came later has a first.
    """

    breakdown = models.ForeignKey(Breakdown, models.CASCADE, related_name="categories", verbose_name=_("breakdown"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("under")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    is_total = models.BooleanField(_("sum of the rows below"), default=False)
    is_column = models.BooleanField(_("column"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    from_month = MonthField(_("from month"), null=True, blank=True)
    to_month = MonthField(_("last month"), null=True, blank=True)

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["breakdown", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["breakdown", "code"], name="one_row_per_code")]

    def __str__(self) -> str:
        return self.name
