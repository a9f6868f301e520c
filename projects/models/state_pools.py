"""State pools: the terms money comes with, the decision to apply or not, and the efforts already running."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.enums import AmountReading, ApplicationDecision
from projects.fields import MoneyField
from projects.models.meetings import Meeting
from projects.models.people import OrgUnit
from projects.models.pools import Pool


class StatePoolTerms(models.Model):
    """What the state asks, and how far the municipality is with it. None everywhere means that nobody knows."""

    pool = models.OneToOneField(Pool, models.CASCADE, related_name="terms", verbose_name=_("pool"))
    issued_by = models.CharField(_("issued by"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    target_group = models.TextField(_("target group"), blank=True)
    method = models.TextField(_("method"), blank=True)
    source = models.CharField(_("where it stands"), max_length=250, blank=True)

    amount = MoneyField(_("the pool's amount"), null=True, blank=True)
    amount_reading = models.CharField(
        _("the amount is"), max_length=20, choices=AmountReading.choices, default=AmountReading.UNCLEAR
    )
    own_share_percent = models.DecimalField(
        _("own share in per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    municipalities = models.PositiveSmallIntegerField(_("municipalities in all"), null=True, blank=True)
    citizens = models.PositiveIntegerField(_("citizens in all"), null=True, blank=True)
    minimum_participants = models.PositiveIntegerField(
        _("fewest participants in each municipality"), null=True, blank=True
    )
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    application_deadline = models.DateField(_("application deadline"), null=True, blank=True)
    report_deadline = models.DateField(_("report deadline"), null=True, blank=True)
    needs_auditor_statement = models.BooleanField(_("an auditor's statement is required"), null=True, blank=True)

    own_participants = models.PositiveIntegerField(_("own citizens in the target group"), null=True, blank=True)
    planned_budget = MoneyField(_("budget for the whole effort"), null=True, blank=True)
    own_funding = MoneyField(_("own money set aside"), null=True, blank=True)
    planned_from = models.PositiveSmallIntegerField(_("planned from"), null=True, blank=True)
    planned_to = models.PositiveSmallIntegerField(_("planned to"), null=True, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    auditor_statement_on = models.DateField(_("auditor's statement from"), null=True, blank=True)

    decision = models.CharField(
        _("decision"), max_length=20, choices=ApplicationDecision.choices, default=ApplicationDecision.UNDECIDED
    )
    decision_reason = models.TextField(_("reason"), blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="state_pools", verbose_name=_("meeting")
    )
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("terms of a state pool")
        verbose_name_plural = _("terms of state pools")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(first_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="state_pool_years_in_order",
                violation_error_message=_("The last year lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(planned_to__isnull=True)
                | Q(planned_from__isnull=True)
                | Q(planned_to__gte=F("planned_from")),
                name="state_pool_plan_in_order",
                violation_error_message=_("The plan ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(decision=ApplicationDecision.UNDECIDED) | ~Q(decision_reason=""),
                name="state_pool_decision_has_a_reason",
                violation_error_message=_("A decision needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pool)


class Effort(models.Model):
    """Something already running, or lately ended, for the people a state pool is meant for."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="efforts", verbose_name=_("pool"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="efforts", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=200)
    partner = models.CharField(_("together with"), max_length=120, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    target_group = models.TextField(_("target group"), blank=True)
    method = models.TextField(_("method"), blank=True)
    goal = models.TextField(_("goal"), blank=True)
    participants_low = models.PositiveIntegerField(_("participants, at least"), null=True, blank=True)
    participants_high = models.PositiveIntegerField(_("participants, at most"), null=True, blank=True)
    overlap = models.TextField(_("overlap with others"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("running effort")
        verbose_name_plural = _("running efforts")
        ordering = ["pool", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "unit", "title"], name="one_effort_per_title_and_unit"),
            models.CheckConstraint(
                condition=Q(participants_high__isnull=True)
                | Q(participants_low__isnull=True)
                | Q(participants_high__gte=F("participants_low")),
                name="effort_participants_in_order",
                violation_error_message=_("“At most” is less than “at least”."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(first_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="effort_years_in_order",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
