"""What the overview can be narrowed to. Every choice stays in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import Light, SnapshotState
from projects.models import Committee, OrgUnit, Pool, Project, ProjectYear, StrategicGoal, TargetGroup, Track
from projects.models.projects import ProjectQuerySet
from projects.months import format_month
from projects.queries.rounds import MISSING
from reports.queries.overview import BETTER, LATE, WORSE, UnitChoice, light_moved, money_years, unit_choices

# Chosen between less often, and folded away.
MORE = ("own", "trend", "goal", "track", "target_group")
_INDENT = "\u00a0\u00a0\u00a0"


class OverviewFilter(django_filters.FilterSet):
    """Filters for `overview_projects(user, month)`. Choices cost eight queries, the unit filter one more.

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
        choices=[(LATE, _("Overdue")), (MISSING, _("Missing")), *SnapshotState.choices],
        method="with_state",
        empty_label=_("All states"),
    )
    own = django_filters.ChoiceFilter(
        label=_("Units below"),
        choices=[("1", _("Only the unit itself"))],
        method="unchanged",
        empty_label=_("Count with it"),
    )
    trend = django_filters.ChoiceFilter(
        label=_("Since last month"),
        choices=[(WORSE, _("Worse light")), (BETTER, _("Better light"))],
        method="with_trend",
        empty_label=_("All"),
    )
    goal = django_filters.ModelChoiceFilter(
        label=_("Strategic goal"),
        queryset=StrategicGoal.objects.all(),
        field_name="proposal__goals",
        empty_label=_("All goals"),
    )
    track = django_filters.ModelChoiceFilter(
        label=_("Track"), queryset=Track.objects.all(), field_name="proposal__tracks", empty_label=_("All tracks")
    )
    target_group = django_filters.ModelChoiceFilter(
        label=_("Target group"),
        queryset=TargetGroup.objects.all(),
        field_name="proposal__target_groups",
        empty_label=_("All target groups"),
    )

    # Only in addresses: the way from a project's figures to their rows.
    project = django_filters.CharFilter(label=_("Project"), field_name="code")

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

    @property
    def first_fields(self) -> list[BoundField]:
        return [self.form[name] for name in self.form.fields if name not in {*MORE, "project"}]

    @property
    def more_fields(self) -> list[BoundField]:
        return [self.form[name] for name in MORE]

    @property
    def has_more(self) -> bool:
        """Return whether anything is chosen among the fields that are folded away."""
        return any(self.chosen.get(name) for name in MORE)

    def below(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        if self.chosen.get("own"):
            return projects.filter(unit=int(value))
        return projects.filter(unit__in=self._units_below(value))

    def running_in(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        """Keep the projects that run in the year, or have money in it."""
        year = int(value)
        runs = Q(starts_on__lte=date(year, 12, 31)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=date(year, 1, 1)))
        with_money = ProjectYear.objects.filter(year=year).values("project")
        return projects.filter(runs | Q(pk__in=with_money))

    def with_light(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        if value == "none":
            return projects.filter(Q(told_light__isnull=True) | Q(told_light=""))
        return projects.filter(told_light=value)

    def with_state(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects.filter(is_late=True) if value == LATE else projects.filter(state_now=value)

    def with_trend(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects.filter(light_moved(value))

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
