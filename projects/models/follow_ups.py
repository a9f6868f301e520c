"""What a committee asked or decided in a meeting, as a task on a project."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import FollowUpKind
from projects.models.meetings import Meeting
from projects.models.people import User
from projects.models.projects import Project


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> "FollowUpQuerySet":
        return self.filter(closed_at__isnull=True)

    def owed_by(self, user: User) -> "FollowUpQuerySet":
        """Return what waits for the user's answer: named for it, or on the project where nobody is named."""
        unnamed = Q(responsible__isnull=True, project__in=Project.objects.responsible(user))
        return self.open().filter(Q(responsible=user) | unnamed, answered_at__isnull=True)


class FollowUp(models.Model):
    """A question or a decision of a meeting. Its answer stands in the committee's notes until it is closed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="follow_ups", verbose_name=_("project"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("meeting"))
    kind = models.CharField(
        _("question or decision"), max_length=10, choices=FollowUpKind.choices, default=FollowUpKind.QUESTION
    )
    text = models.TextField(_("what the committee said"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who answers")
    )
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee's question")
        verbose_name_plural = _("committee's questions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="an_answered_question_has_its_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
