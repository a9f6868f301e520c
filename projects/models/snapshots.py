"""The monthly status: what was said of one project for one month, and everything filled in with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import Dimension, Light, Role, SnapshotState
from projects.fields import MoneyField, MonthField
from projects.models.indicators import BreakdownCategory, Indicator
from projects.models.meetings import Committee
from projects.models.people import User
from projects.models.projects import Project

# What waits for somebody.
WAITING = (SnapshotState.SUBMITTED, SnapshotState.RETURNED)


class _Waits(models.Func):
    """Whether a state is one that waits, written out: SQLite takes the index below only for words it can read."""

    template = "%(expressions)s IN ({})".format(", ".join(f"'{state.value}'" for state in WAITING))
    output_field = models.BooleanField()


class SnapshotQuerySet(models.QuerySet["StatusSnapshot"]):
    def for_user(self, user: User) -> "SnapshotQuerySet":
        """Return the statuses of the projects the user may see; to those with no part in making them, the approved."""
        visible = self.filter(project__in=Project.objects.for_user(user))
        if user.role_set & {Role.CASEWORKER, Role.MANAGER, Role.ADMINISTRATOR, Role.SECRETARY}:
            return visible
        return visible.filter(state=SnapshotState.APPROVED)

    def waiting(self) -> "SnapshotQuerySet":
        """Return what waits for somebody, found without reading what is approved."""
        return self.filter(_Waits("state"))


class StatusSnapshot(models.Model):
    """One project's status for one month in one revision.

    Approved rows are frozen by database triggers; a correction is the next revision, with a reason.
    `version` counts saves, for two people on the same month. `unparsed` keeps, per form field, what was typed
    in a draft and could not be read as a value, so that nothing typed is lost. `untold` holds what a person's page has
    saved by itself and no event tells of yet: whose it is, and the changes so far.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="snapshots", verbose_name=_("project"))
    month = MonthField(_("month"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=20, choices=SnapshotState.choices, default=SnapshotState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    as_of = models.DateField(_("status date"), null=True, blank=True)

    light_overall = models.CharField(_("overall"), max_length=10, choices=Light.choices, blank=True)
    light_economy = models.CharField(_("economy"), max_length=10, choices=Light.choices, blank=True)
    light_schedule = models.CharField(_("schedule"), max_length=10, choices=Light.choices, blank=True)
    light_results = models.CharField(_("results"), max_length=10, choices=Light.choices, blank=True)
    comment_overall = models.TextField(_("comment on overall"), blank=True)
    comment_economy = models.TextField(_("comment on economy"), blank=True)
    comment_schedule = models.TextField(_("comment on schedule"), blank=True)
    comment_results = models.TextField(_("comment on results"), blank=True)

    forecast = MoneyField(_("forecast for the year"), null=True, blank=True)
    narrative = models.TextField(_("status in words"), blank=True)
    summary_manager = models.TextField(_("the manager's summary"), blank=True)
    summary_short = models.TextField(_("three lines for politicians"), blank=True)
    unparsed = models.JSONField(default=dict, blank=True, editable=False)
    untold = models.JSONField(default=dict, blank=True, editable=False)

    correction_reason = models.TextField(_("reason for the correction"), blank=True)
    return_reason = models.TextField(_("reason for returning"), blank=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly status")
        verbose_name_plural = _("monthly statuses")
        ordering = ["project", "-month", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "revision"], name="one_snapshot_per_project_month_revision"
            ),
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=~Q(state=SnapshotState.APPROVED),
                name="one_open_snapshot_per_project_month",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(correction_reason=""), name="a_later_revision_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=SnapshotState.APPROVED) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approval_has_a_name_and_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["month", "state", "project"], name="snapshot_by_month"),
            # Nearly all are approved. One over every state would be taken for that of a project by SQLite.
            models.Index(fields=["month"], name="snapshot_that_waits", condition=Q(state__in=WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month:%Y-%m} r{self.revision}"

    def light(self, dimension: str) -> str:
        return str(getattr(self, f"light_{Dimension(dimension)}"))

    def comment(self, dimension: str) -> str:
        return str(getattr(self, f"comment_{Dimension(dimension)}"))

    @property
    def is_editable(self) -> bool:
        return self.state in {SnapshotState.DRAFT, SnapshotState.RETURNED}


class Measurement(models.Model):
    """An indicator's value in a status. `unit` is the unit as it was then; a null value is unknown, not zero."""

    snapshot = models.ForeignKey(StatusSnapshot, models.CASCADE, related_name="measurements")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["snapshot", "indicator__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "indicator"], name="one_measurement_per_indicator"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="measurement_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class BreakdownValue(models.Model):
    """A row's count in a status. In a flow, `count` came in, `count_out` went out again, since the day `since`.

    `since_text` is how the paper says it when it gives no day. `out_of` is the N of "n out of N". In a cross-table a
    cell has its `column`, and a column's total, as the source states it, is the column's own count.
    """

    snapshot = models.ForeignKey(StatusSnapshot, models.CASCADE, related_name="breakdown_values")
    category = models.ForeignKey(BreakdownCategory, models.PROTECT, related_name="values")
    column = models.ForeignKey(BreakdownCategory, models.PROTECT, null=True, blank=True, related_name="column_values")
    count = models.IntegerField(_("count"), null=True, blank=True)
    count_out = models.IntegerField(_("out"), null=True, blank=True)
    out_of = models.IntegerField(_("out of"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    since_text = models.CharField(_("since, in words"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("count in a breakdown")
        verbose_name_plural = _("counts in a breakdown")
        ordering = ["snapshot", "category__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "category"], condition=Q(column__isnull=True), name="one_count_per_row"
            ),
            models.UniqueConstraint(fields=["snapshot", "category", "column"], name="one_count_per_cell"),
            models.CheckConstraint(condition=Q(count__isnull=True) | Q(count__gte=0), name="count_is_not_negative"),
            models.CheckConstraint(
                condition=Q(count_out__isnull=True) | Q(count_out__gte=0), name="count_out_is_not_negative"
            ),
            models.CheckConstraint(condition=Q(out_of__isnull=True) | Q(out_of__gte=0), name="out_of_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.count}"


class Attachment(models.Model):
    """An annex (bilag) to a status. The file lies outside the web root."""

    snapshot = models.ForeignKey(StatusSnapshot, models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="bilag/%Y/%m/", blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    may_be_published = models.BooleanField(_("may be published"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["snapshot", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class SnapshotReference(models.Model):
    """A reference to an earlier meeting or an annex. A missing date or item is kept as missing, and noticed."""

    snapshot = models.ForeignKey(StatusSnapshot, models.CASCADE, related_name="references")
    title = models.CharField(_("title"), max_length=250)
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("committee")
    )
    meeting_date = models.DateField(_("meeting date"), null=True, blank=True)
    item_number = models.CharField(_("item"), max_length=10, blank=True)
    attachment = models.ForeignKey(
        Attachment, models.SET_NULL, null=True, blank=True, related_name="references", verbose_name=_("annex")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["snapshot", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """A person's answer to what a rule noticed.

    Notices themselves are computed from today's values. An answer belongs to an object (`subject`), a rule, a place
    and the figures it was given for: when the figures change, the fingerprint no longer matches and the answer lapses.
    """

    subject = models.CharField(max_length=120)
    rule = models.CharField(_("rule"), max_length=20)
    field = models.CharField(max_length=120, blank=True)
    fingerprint = models.CharField(max_length=32)
    message = models.TextField(_("message"))
    answer = models.TextField(_("answer"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-answered_at"]
        constraints = [models.UniqueConstraint(fields=["subject", "fingerprint"], name="one_answer_per_finding")]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"
