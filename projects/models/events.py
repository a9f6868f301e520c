"""The record of what was done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.enums import Subject


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: Subject, pk: int) -> "EventQuerySet":
        """Return what happened to one object, newest first, with the names of those who did it. One query."""
        return self.filter(subject=subject, subject_id=pk).select_related("actor")


class Event(models.Model):
    """Who did what, when, from what, to what, and why. Rows are only ever added (triggers refuse the rest).

    `changes` is a list of [label key, before, after] as text; `project` gathers a project's whole story.
    """

    subject = models.CharField(_("about"), max_length=20, choices=Subject.choices)
    subject_id = models.BigIntegerField()
    project = models.ForeignKey("projects.Project", models.PROTECT, null=True, blank=True, related_name="events")
    verb = models.CharField(_("what"), max_length=40)
    summary = models.CharField(max_length=250, blank=True)
    changes = models.JSONField(default=list, blank=True)
    reason = models.TextField(_("why"), blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-at"], name="event_by_subject"),
            models.Index(fields=["project", "-at"], name="event_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.verb}"
