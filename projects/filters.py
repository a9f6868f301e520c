"""What lists of proposals and projects can be narrowed to. Every choice stays in the address."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.enums import Light, ProjectState, ProposalState
from projects.models import Committee, ImportBatch, OrgUnit, Pool, Posting, Project, Proposal, StrategicGoal, User
from projects.models.projects import ProjectQuerySet
from projects.queries.rounds import open_rounds
from projects.queries.silence import silent_beside


class _Narrowing(django_filters.FilterSet):
    search = django_filters.CharFilter(label=_("Search"), method="containing")

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is chosen. What cannot be chosen is shown as an error and left out."""
        self.form.is_valid()
        return any(value not in (None, "") for value in self.form.cleaned_data.values())


class ProposalFilter(_Narrowing):
    """Filters for the proposals a user may see. Choices cost four queries."""

    pool = django_filters.ModelChoiceFilter(label=_("Pool"), queryset=Pool.objects.all(), empty_label=_("All pools"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProposalState.choices, empty_label=_("All states"))
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=OrgUnit.objects.none(), empty_label=_("All units")
    )
    goals = django_filters.ModelChoiceFilter(
        label=_("Strategic goal"), queryset=StrategicGoal.objects.all(), empty_label=_("All goals")
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, data: QueryDict, proposals: QuerySet[Proposal]) -> None:
        super().__init__(data, queryset=proposals)
        unit: Any = self.filters["unit"]
        unit.queryset = OrgUnit.objects.filter(pk__in=proposals.order_by().values("unit"))

    def containing(self, proposals: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Keep proposals with the words in title, short name or authors; a number is a proposal's number."""
        found = Q(title__icontains=value) | Q(short_name__icontains=value)
        found |= Q(author__first_name__icontains=value) | Q(author__last_name__icontains=value)
        shared = User.objects.filter(Q(first_name__icontains=value) | Q(last_name__icontains=value))
        found |= Q(pk__in=Proposal.co_authors.through.objects.filter(user__in=shared).values("proposal_id"))
        if value.isdecimal() and len(value) < 5:
            found |= Q(number=int(value))
        return proposals.filter(found)


class ProjectFilter(_Narrowing):
    """Filters for `listed_projects(user)`. Choices cost three queries, the unit filter one more."""

    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"), queryset=Committee.objects.all(), empty_label=_("All committees")
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=OrgUnit.objects.all(), method="below", empty_label=_("All units")
    )
    pool = django_filters.ModelChoiceFilter(label=_("Pool"), queryset=Pool.objects.all(), empty_label=_("All pools"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProjectState.choices, empty_label=_("All states"))
    light = django_filters.ChoiceFilter(
        label=_("Latest light"),
        choices=[*Light.choices, ("none", _("Not set"))],
        method="with_light",
        empty_label=_("All lights"),
    )
    told = django_filters.ChoiceFilter(
        label=_("Earlier months"),
        choices=[("silent", _("Status is missing"))],
        method="with_silence",
        empty_label=_("All"),
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, data: QueryDict, projects: ProjectQuerySet) -> None:
        super().__init__(data, queryset=projects)

    def containing(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        """Keep projects with the words in today's name, or in a name some paper gave them."""
        known_as = Project.objects.filter(aliases__name__icontains=value).values("pk")
        return projects.filter(Q(name__icontains=value) | Q(code__icontains=value) | Q(pk__in=known_as))

    def below(self, projects: ProjectQuerySet, name: str, value: OrgUnit) -> ProjectQuerySet:
        return projects.filter(unit__in=OrgUnit.objects.ids_below([value.pk]))

    def with_light(self, projects: ProjectQuerySet, name: str, value: str) -> Any:
        annotated: Any = projects
        if value == "none":
            return annotated.filter(Q(told_light__isnull=True) | Q(told_light=""))
        return annotated.filter(told_light=value)

    def with_silence(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        """Keep those the front page calls silent. One query more."""
        return projects.filter(pk__in=silent_beside(open_rounds(), Project.objects.all()).values("pk"))


class PostingFilter(_Narrowing):
    """Filters for postings of a pool, or (`pool` None) of one project. Choices cost one or two queries."""

    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=Project.objects.none(), empty_label=_("All projects")
    )
    batch = django_filters.ModelChoiceFilter(
        label=_("Load"), queryset=ImportBatch.objects.none(), empty_label=_("All loads")
    )
    year = django_filters.NumberFilter(label=_("Year"), field_name="posted_on", lookup_expr="year")
    month = django_filters.NumberFilter(label=_("Month, 1–12"), field_name="posted_on", lookup_expr="month")
    placed = django_filters.ChoiceFilter(
        label=_("Placed"),
        choices=[("yes", _("In a project")), ("no", _("Put aside"))],
        method="by_place",
        empty_label=_("All"),
    )

    class Meta:
        model = Posting
        fields: list[str] = []

    def __init__(
        self, data: QueryDict, postings: QuerySet[Posting], batches: QuerySet[ImportBatch], pool: Pool | None
    ) -> None:
        super().__init__(data, queryset=postings)
        batch: Any = self.filters["batch"]
        batch.queryset = batches
        if pool is None:
            del self.filters["project"], self.filters["placed"]
        else:
            project: Any = self.filters["project"]
            project.queryset = Project.objects.filter(pool=pool)

    def containing(self, postings: QuerySet[Posting], name: str, value: str) -> QuerySet[Posting]:
        """Keep rows with the words in their text, account, voucher or project number."""
        found = Q(text__icontains=value) | Q(account__icontains=value)
        return postings.filter(found | Q(voucher__icontains=value) | Q(project_key__icontains=value))

    def by_place(self, postings: QuerySet[Posting], name: str, value: str) -> QuerySet[Posting]:
        return postings.filter(project__isnull=value == "no")
