"""Projects, the names papers have given them, who is on them, and what was granted."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import BudgetKind, ProjectState, Role
from projects.fields import MoneyField, MonthField
from projects.models.meetings import Committee, Meeting
from projects.models.people import DatedModel, OrgUnit, StandIn, User, dates_in_order, valid_on
from projects.models.pools import Pool, PoolYear
from projects.models.proposals import Proposal


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_user(self, user: User) -> "ProjectQuerySet":
        """Return the projects the user may see. At most one query more.

        Administrators, controllers and secretaries see all; a manager those of their units and below;
        a caseworker those they are on, or stand in for someone who is. Others none.
        """
        if user.role_set & {Role.ADMINISTRATOR, Role.CONTROLLER, Role.SECRETARY}:
            return self
        condition = Q(pk__in=[])
        if Role.CASEWORKER in user.role_set:
            condition |= Q(pk__in=responsible_project_ids(user, timezone.localdate()))
        if Role.MANAGER in user.role_set:
            units = user.unit_ids(Role.MANAGER)
            condition = Q() if units is None else condition | Q(unit__in=units)
        return self.filter(condition)

    def responsible(self, user: User) -> "ProjectQuerySet":
        """Return the projects the user works on today, as caseworker or as stand-in for one."""
        return self.filter(pk__in=responsible_project_ids(user, timezone.localdate()))

    def expecting_status(self, month: date) -> "ProjectQuerySet":
        """Return the projects that owe a status for the month: begun by its end, not ended before it began."""
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return self.filter(Q(starts_on__lt=following) & (Q(ends_on__isnull=True) | Q(ends_on__gte=month)))


class Project(models.Model):
    """A granted proposal, or a project without one. `name` is today's; papers' other names are aliases."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    pool = models.ForeignKey(
        Pool, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("pool")
    )
    other_funding = models.CharField(
        _("other funding"), max_length=200, blank=True, help_text=_("Where the money comes from, if not from a pool.")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="project", verbose_name=_("proposal")
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="projects", verbose_name=_("unit"))
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="projects", verbose_name=_("committee"))
    state = models.CharField(_("state"), max_length=20, choices=ProjectState.choices, default=ProjectState.RUNNING)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The project ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectAlias(models.Model):
    """A name some paper gave the project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="aliases", verbose_name=_("project"))
    name = models.CharField(_("name"), max_length=250)
    source = models.CharField(_("where it stands"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_alias_per_name_and_project")]

    def __str__(self) -> str:
        return self.name


class ProjectAssignment(DatedModel):
    """A caseworker's responsibility for a project's statuses, from a day until a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="assignments", verbose_name=_("project"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="project_assignments", verbose_name=_("caseworker")
    )

    class Meta:
        verbose_name = _("caseworker")
        verbose_name_plural = _("caseworkers")
        ordering = ["project", "valid_from"]
        constraints = [dates_in_order("project_assignment_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.project}: {self.user}"


def responsible_project_ids(user: User, day: date) -> models.QuerySet[ProjectAssignment, Any]:
    """Return a subquery of the projects the user is on that day, in their own right or standing in."""
    standing_in = StandIn.objects.filter(
        valid_on(day), Q(project__isnull=True) | Q(project=OuterRef("project")), stand_in=user, absent=OuterRef("user")
    )
    on_that_day = ProjectAssignment.objects.filter(valid_on(day))
    return on_that_day.filter(Q(user=user) | Exists(standing_in)).values("project_id")


class BudgetLine(models.Model):
    """One decided amount for one year, + is expense. Never edited: a correction is a new line with a reason."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="budget_lines", verbose_name=_("project"))
    pool_year = models.ForeignKey(
        PoolYear, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name=_("taken from")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=20, choices=BudgetKind.choices, default=BudgetKind.ORIGINAL)
    amount = MoneyField(_("amount"))
    price_level = models.PositiveSmallIntegerField(_("price level"))
    account = models.CharField(_("account"), max_length=40, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=300)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name=_("meeting")
    )
    item_number = models.CharField(_("item"), max_length=10, blank=True)
    # The line it was decided with, of which it is the other half: a transfer's giver, the year carried over from.
    counterpart = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="counterparts", verbose_name=_("other half")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="budget_lines")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["year", "created_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="budget_line_is_not_zero")]
        indexes = [
            models.Index(fields=["pool_year", "amount"], name="budget_by_pool_year"),
            models.Index(fields=["project", "year", "amount"], name="budget_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"


class DeviationReason(models.Model):
    """Why a project's forecast is not what was granted, as it was told for a month. A later one replaces it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="deviation_reasons", verbose_name=_("project"))
    month = MonthField(_("month"))
    text = models.CharField(_("reason"), max_length=500)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reason for a deviation")
        verbose_name_plural = _("reasons for deviations")
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["project", "month"], name="one_reason_per_month")]

    def __str__(self) -> str:
        return self.text
