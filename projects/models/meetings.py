"""Committees, their dated meetings, and the round of statuses each meeting asks for."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.fields import MonthField
from projects.rules.calendar import MOST_WORKING_DAYS, Offsets


def _days(label: Any, default: int) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MaxValueValidator(MOST_WORKING_DAYS)],
        help_text=_("Counted back from the meeting, without weekends, holidays and closing days."),
    )


class Committee(models.Model):
    """A political committee. Its `…_days` are working days before a meeting, from which deadlines are computed."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    caseworker_days = _days(_("working days for caseworkers"), 6)
    manager_days = _days(_("working days for managers"), 5)
    secretary_days = _days(_("working days for the secretary"), 4)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(caseworker_days__gte=models.F("manager_days"))
                & models.Q(manager_days__gte=models.F("secretary_days")),
                name="deadlines_follow_one_another",
                violation_error_message=_(
                    "The caseworkers' deadline comes first, then the managers', then the secretary's."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def offsets(self) -> Offsets:
        return Offsets(self.caseworker_days, self.manager_days, self.secretary_days)


class Meeting(models.Model):
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    date = models.DateField(_("date"))

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-date"]
        constraints = [models.UniqueConstraint(fields=["committee", "date"], name="one_meeting_per_committee_and_day")]

    def __str__(self) -> str:
        return f"{self.committee.code} {self.date:%d.%m.%Y}"


class AgendaItem(models.Model):
    """An item on a meeting's agenda: papers refer to a meeting's date and this number."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("meeting"))
    number = models.CharField(_("item"), max_length=10)
    title = models.CharField(_("title"), max_length=250)
    is_open = models.BooleanField(_("open to the public"), default=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_item_per_number")]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.number}"


class StatusRound(models.Model):
    """A month for which a committee's projects owe a status. Open until `closed_at` is set.

    Deadlines that were computed follow the meeting when it is moved; those set by hand stay.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="rounds", verbose_name=_("committee"))
    month = MonthField(_("month"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("meeting")
    )
    caseworker_due = models.DateField(_("statuses due"))
    manager_due = models.DateField(_("approvals due"))
    secretary_due = models.DateField(_("note due"))
    follows_meeting = models.BooleanField(_("the deadlines follow the meeting"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("status round")
        verbose_name_plural = _("status rounds")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "month"], name="one_round_per_committee_and_month"),
            models.CheckConstraint(
                condition=models.Q(manager_due__gte=models.F("caseworker_due")),
                name="approval_is_due_after_the_status",
                violation_error_message=_("Approvals cannot be due before the statuses."),
            ),
            models.CheckConstraint(
                condition=models.Q(secretary_due__gte=models.F("manager_due")),
                name="note_is_due_after_the_approval",
                violation_error_message=_("The note cannot be due before the approvals."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.code} {self.month:%Y-%m}"
