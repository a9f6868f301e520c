"""Proposals: the ten fields, their economy per year, the pool's economy list, and decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import DecisionOutcome, ProposalState, ProposalVariant
from projects.fields import MoneyField
from projects.models.catalogue import StrategicGoal, TargetGroup, Track
from projects.models.meetings import Meeting
from projects.models.people import OrgUnit, User
from projects.models.pools import Pool, PoolYear


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def for_user(self, user: User) -> "ProposalQuerySet":
        """Return the proposals the user may read: those sent in their units or to their units' pools, and their own.

        At most one query more.
        """
        from projects.enums import Role

        if user.role_set & {Role.ADMINISTRATOR, Role.CONTROLLER, Role.SECRETARY}:
            return self
        if Role.MANAGER not in user.role_set:
            return self.written_by(user) if Role.PROPOSER in user.role_set else self.none()
        units = user.unit_ids(Role.MANAGER)
        if units is None:
            return self
        sent_here = (Q(unit__in=units) | Q(pool__unit__in=units)) & ~Q(state=ProposalState.DRAFT)
        return self.filter(sent_here | _written_by(user))

    def written_by(self, user: User) -> "ProposalQuerySet":
        """Return those the user is the author or a co-author of."""
        return self.filter(_written_by(user))


def _written_by(user: User) -> Q:
    # A subquery, not a join: a proposal with three co-authors would come three times.
    shared = Proposal.co_authors.through.objects.filter(user=user)
    return Q(author=user) | Q(pk__in=shared.values("proposal_id"))


class Proposal(models.Model):
    """The municipality's ten-field form. `version` counts saves, for two people on the same proposal.

    `untold` holds what a person's page has saved by itself and no event tells of yet: whose it is, and the changes.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="proposals", verbose_name=_("pool"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=80)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="proposals", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=20, choices=ProposalState.choices, default=ProposalState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    untold = models.JSONField(default=dict, blank=True, editable=False)
    variant = models.CharField(_("form"), max_length=10, choices=ProposalVariant.choices, default=ProposalVariant.LONG)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("described by")
    )
    co_authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="shared_proposals", verbose_name=_("co-authors")
    )
    co_responsible = models.TextField(_("others responsible"), blank=True)
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="proposals", verbose_name=_("target groups")
    )
    target_group_text = models.TextField(_("target group in words"), blank=True)
    challenge = models.TextField(_("challenge"), blank=True)
    intervention = models.TextField(_("intervention"), blank=True)
    schedule = models.TextField(_("schedule"), blank=True)
    contributors = models.TextField(_("contributors across units"), blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    economy = models.TextField(_("expected investment and return"), blank=True)
    motivation = models.TextField(_("motivation"), blank=True)

    goals = models.ManyToManyField(
        StrategicGoal, blank=True, related_name="proposals", verbose_name=_("strategic goals")
    )
    tracks = models.ManyToManyField(Track, blank=True, related_name="proposals", verbose_name=_("tracks"))
    related = models.ManyToManyField("self", blank=True, verbose_name=_("seen together with"))

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["pool", "number"]
        constraints = [models.UniqueConstraint(fields=["pool", "number"], name="one_proposal_per_number_in_pool")]

    def __str__(self) -> str:
        return self.short_name or self.title

    @property
    def authors(self) -> str:
        """Return the author and the co-authors by name. One query, none with the co-authors prefetched."""
        return ", ".join(str(user) for user in (self.author, *self.co_authors.all()))


class ProposalComment(models.Model):
    """What is said about a proposal while it is written and weighed, between its author and those who decide."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments", verbose_name=_("proposal"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("by"))
    text = models.TextField(_("comment"))
    at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class ProposalVersion(models.Model):
    """The proposal as it was when it was sent: `said` is all it said, to be held against another version."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions", verbose_name=_("proposal"))
    number = models.PositiveSmallIntegerField(_("number"))
    said = models.JSONField(default=list, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ["proposal", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_proposal_version_per_number")]

    def __str__(self) -> str:
        return f"{self.proposal} ({self.number})"


class ProposalCost(models.Model):
    """One line of the form's economy for one year: full-time equivalents × the year's rate, or an amount with basis.

    A draft may name what it needs before anybody knows how much.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="costs", verbose_name=_("proposal"))
    year = models.PositiveSmallIntegerField(_("year"))
    label = models.CharField(_("what for"), max_length=200)
    fte = models.DecimalField(_("full-time equivalents"), max_digits=6, decimal_places=3, null=True, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["proposal", "year", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__isnull=True) | Q(fte__gt=0),
                name="fte_is_positive",
                violation_error_message=_("Full-time equivalents must be more than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.label}"


class EstimateLine(models.Model):
    """A line of the pool's economy list: what a proposal is expected to take of one year's frame."""

    pool_year = models.ForeignKey(PoolYear, models.PROTECT, related_name="estimates", verbose_name=_("frame"))
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="estimates", verbose_name=_("proposal")
    )
    label = models.CharField(_("name in the list"), max_length=200)
    amount = MoneyField(_("amount"))
    note = models.CharField(_("remark"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line in the economy list")
        verbose_name_plural = _("economy list")
        ordering = ["pool_year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pool_year", "proposal"], name="one_estimate_per_proposal_and_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="estimate_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label


class ProposalDecision(models.Model):
    """What was decided of a proposal, by whom and why. Never edited: a new decision is a new row."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions", verbose_name=_("proposal"))
    outcome = models.CharField(_("decision"), max_length=20, choices=DecisionOutcome.choices)
    reason = models.TextField(_("reason"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("meeting")
    )
    item_number = models.CharField(_("item"), max_length=10, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(_("decided"))
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_outcome_display()}"
