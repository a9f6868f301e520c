"""What the overview can be narrowed to. Every choice stays in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import Light, ProjectState, SnapshotState
from projects.models import Committee, OrgUnit, Pool, Project, StatusRound
from projects.models.projects import ProjectQuerySet
from projects.months import format_month
from projects.queries.rounds import MISSING
from reports.queries.overview import UnitChoice, money_years, unit_choices

_INDENT = "\u00a0\u00a0\u00a0"


class OverviewFilter(django_filters.FilterSet):
    """Filters for `overview_projects(user, month)`. Choices cost five queries, the unit filter one more.

    The month is chosen in the same form; the projects given are already those of that month.
    """

    month = django_filters.ChoiceFilter(label=_("Month"), method="unchanged", empty_label=None)
    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"), queryset=Committee.objects.all(), empty_label=_("All committees")
    )
    unit = django_filters.ChoiceFilter(label=_("Unit with those below"), method="below", empty_label=_("All units"))
    pool = django_filters.ModelChoiceFilter(label=_("Pool"), queryset=Pool.objects.none(), empty_label=_("All pools"))
    year = django_filters.ChoiceFilter(label=_("Money in"), method="running_in", empty_label=_("All years"))
    light = django_filters.ChoiceFilter(
        label=_("Overall light"),
        choices=[*Light.choices, ("none", pgettext_lazy("light", "Not set"))],
        method="with_light",
        empty_label=_("All lights"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Monthly status"),
        choices=[(MISSING, _("Missing")), *SnapshotState.choices],
        method="with_state",
        empty_label=_("All states"),
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(
        self, data: QueryDict, projects: ProjectQuerySet, *, pools: QuerySet[Pool], months: Sequence[date], month: date
    ) -> None:
        super().__init__(_with_month(data, month), queryset=projects)
        self._shown_month = month
        self.filters["month"].extra["choices"] = [(month_key(one), format_month(one)) for one in months]
        self.filters["pool"].queryset = pools
        self.filters["unit"].extra["choices"] = [(str(one.unit_id), _indented(one)) for one in unit_choices(projects)]
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in money_years()]

    @property
    def is_narrowed(self) -> bool:
        return any(value not in (None, "") for name, value in self.chosen.items() if name != "month")

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was chosen and makes sense; an unknown choice is left out and shown as an error."""
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def money_year(self) -> int | None:
        chosen = self.chosen.get("year")
        return int(chosen) if chosen else None

    def pools(self, pools: QuerySet[Pool]) -> QuerySet[Pool]:
        """Return the pools that the choices leave: the committee's, the one chosen, those that touch the unit."""
        if committee := self.chosen.get("committee"):
            pools = pools.filter(committee=committee)
        if pool := self.chosen.get("pool"):
            pools = pools.filter(pk=pool.pk)
        if unit := self.chosen.get("unit"):
            ids = self._units_below(unit)
            used = Project.objects.filter(unit__in=ids, pool__isnull=False)
            pools = pools.filter(Q(unit__in=ids) | Q(pk__in=used.values("pool")))
        return pools

    def unchanged(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects

    def below(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects.filter(unit__in=self._units_below(value))

    def running_in(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        """Keep the projects that run in the year, or have money in it."""
        year = int(value)
        runs = Q(starts_on__lte=date(year, 12, 31)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=date(year, 1, 1)))
        granted = Project.objects.filter(budget_lines__year=year).values("pk")
        return projects.filter(runs | Q(pk__in=granted))

    def with_light(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        if value == "none":
            return projects.filter(Q(told_light__isnull=True) | Q(told_light=""))
        return projects.filter(told_light=value)

    def with_state(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        if value != MISSING:
            return projects.filter(month_state=value)
        asked = StatusRound.objects.filter(month=self._shown_month, committee=OuterRef("committee"))
        running = projects.expecting_status(self._shown_month).exclude(state=ProjectState.CLOSED)
        return running.filter(Exists(asked), month_state__isnull=True)

    def _units_below(self, value: str) -> set[int]:
        if not hasattr(self, "_below"):
            self._below = OrgUnit.objects.ids_below([int(value)])
        return self._below


def month_key(month: date) -> str:
    return f"{month:%Y-%m}"


def _with_month(data: QueryDict, month: date) -> QueryDict:
    filled = data.copy()
    filled["month"] = month_key(month)
    return filled


def _indented(choice: UnitChoice) -> str:
    return f"{_INDENT * choice.depth}{choice.name}"
