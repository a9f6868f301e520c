"""Committees, their dated meetings, and the round of statuses each meeting asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.fields import MonthField


class Committee(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


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
    """A month for which a committee's projects owe a status. Open until `closed_at` is set."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="rounds", verbose_name=_("committee"))
    month = MonthField(_("month"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("meeting")
    )
    caseworker_due = models.DateField(_("statuses due"))
    manager_due = models.DateField(_("approvals due"))
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
        ]

    def __str__(self) -> str:
        return f"{self.committee.code} {self.month:%Y-%m}"
