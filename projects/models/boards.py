"""The prioritisation of a pool's proposals: criteria with weights, scores, and alternatives that can be adopted."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.fields import MoneyField
from projects.models.meetings import Meeting
from projects.models.pools import Pool, PoolYear
from projects.models.proposals import Proposal
from projects.rules.boards import HIGHEST_SCORE, HIGHEST_WEIGHT


class Criterion(models.Model):
    """What a pool's proposals are weighed by. The weight counts against the other criteria's."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="criteria", verbose_name=_("pool"))
    name = models.CharField(_("criterion"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_WEIGHT)]
    )
    description = models.CharField(_("what counts"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["pool", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "name"],
                name="one_criterion_per_name_and_pool",
                violation_error_message=_("The criterion stands there twice."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class CriterionScore(models.Model):
    """How well a proposal meets a criterion. No row: not judged yet, which is not nought."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores", verbose_name=_("criterion"))
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="scores", verbose_name=_("proposal"))
    score = models.PositiveSmallIntegerField(_("score"), validators=[MaxValueValidator(HIGHEST_SCORE)])

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "proposal"], name="one_score_per_criterion_and_proposal"),
            models.CheckConstraint(condition=Q(score__lte=HIGHEST_SCORE), name="score_is_within_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class Scenario(models.Model):
    """A named order of the pool's proposals with what each is to have. Adopted once, and from then on unchanged.

    `version` counts saves, for two people on the same alternative.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="scenarios", verbose_name=_("pool"))
    name = models.CharField(_("name"), max_length=120)
    reason = models.TextField(_("reason for the order"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="scenarios")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="adopted_scenarios"
    )
    adopted_at = models.DateTimeField(_("adopted"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="scenarios", verbose_name=_("meeting")
    )
    item_number = models.CharField(_("item"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "name"],
                name="one_scenario_per_name_and_pool",
                violation_error_message=_("Another alternative has this name."),
            ),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | (Q(adopted_by__isnull=False) & ~Q(reason="")),
                name="adopted_scenario_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioLine(models.Model):
    """A proposal's place in an alternative, and whether it is in."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="lines", verbose_name=_("alternative"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="scenario_lines", verbose_name=_("proposal"))
    position = models.PositiveSmallIntegerField()
    is_included = models.BooleanField(_("in"), default=True)

    class Meta:
        verbose_name = _("line in an alternative")
        verbose_name_plural = _("lines in an alternative")
        ordering = ["scenario", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "proposal"], name="one_line_per_proposal_and_scenario")
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.proposal}"


class ScenarioAmount(models.Model):
    """What a proposal is tried with from one frame. No row: nothing written, which counts as nothing taken."""

    line = models.ForeignKey(ScenarioLine, models.CASCADE, related_name="amounts", verbose_name=_("line"))
    pool_year = models.ForeignKey(PoolYear, models.PROTECT, related_name="tried", verbose_name=_("frame"))
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("amount tried")
        verbose_name_plural = _("amounts tried")
        constraints = [
            models.UniqueConstraint(fields=["line", "pool_year"], name="one_amount_per_line_and_frame"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="amount_tried_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.pool_year}"
