"""Sums and newest lights kept ready per project, so that lists of thousands are sorted and added up by an index.

Derived, never decided: every value can be computed anew from its rows (`check_rollups` proves that it is the same).
The actions that change a budget line, a posting or a status keep them (`actions.rollups.refresh_rollups`).
"""

from decimal import Decimal

from django.db import models

from projects.enums import Light
from projects.fields import MoneyField, MonthField
from projects.models.projects import Project

# Less than any amount: SQLite cannot keep an index with the unknown last, so what is unknown is given a place.
UNKNOWN = Decimal(-(10**15))


class MoneyColumns(models.Model):
    """`queries.money.ProjectMoney` as columns; null is unknown, as there."""

    granted = MoneyField(null=True)
    spent = MoneyField(default=0)
    committed = MoneyField(default=0)
    rest = MoneyField(null=True)
    forecast = MoneyField(null=True)
    forecast_month = MonthField(null=True)
    expected = MoneyField(null=True)
    deviation = MoneyField(null=True)

    class Meta:
        abstract = True


class ProjectStanding(MoneyColumns):
    """One project's money of all years and its newest lights: of what was sent, and of what was approved.

    `name_key` puts names in Danish order on every database. `deviation_key` is the deviation, UNKNOWN where it is null.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="standing")
    name_key = models.CharField(max_length=250)
    deviation_key = MoneyField(default=UNKNOWN)
    light_sent = models.CharField(max_length=10, choices=Light.choices, blank=True)
    light_approved = models.CharField(max_length=10, choices=Light.choices, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_key", "project"], name="standing_by_name"),
            models.Index(fields=["-deviation_key", "name_key"], name="standing_by_deviation"),
            models.Index(fields=["light_sent", "-deviation_key", "name_key"], name="standing_by_light_sent"),
            models.Index(fields=["light_approved", "-deviation_key", "name_key"], name="standing_by_approved"),
        ]

    def __str__(self) -> str:
        return self.name_key


class ProjectYear(MoneyColumns):
    """One project's money in one year; a row for every year with a budget line, a posting or a forecast.

    `forecast` is the year's newest, `expected` and `deviation` are of all years until then.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="money_years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="one_rollup_per_project_and_year")]
        indexes = [models.Index(fields=["year", "project", "granted", "spent"], name="rollup_by_year")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year}"
