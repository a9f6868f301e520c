"""A citizen's case, told so that nobody can be recognised."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.enums import StoryState
from projects.models.projects import Project


class CaseStory(models.Model):
    """An anonymised case story. Whatever is changed in it makes it a draft again, to be read anew.

    `return_reason` says why `returned_by` sent it back; it goes when the story is changed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="stories", verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=120)
    situation = models.TextField(_("situation"), blank=True)
    effort = models.TextField(_("effort"), blank=True)
    result = models.TextField(_("result"), blank=True)
    consent_note = models.TextField(_("consent"), blank=True)
    expires_on = models.DateField(_("may be told until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StoryState.choices, default=StoryState.DRAFT)
    example_note = models.CharField(_("example data"), max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(_("reason"), blank=True, default="")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("case story")
        verbose_name_plural = _("case stories")
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=StoryState.APPROVED)
                | models.Q(read_by__isnull=False, approved_by__isnull=False, expires_on__isnull=False),
                name="an_approved_story_was_read_and_expires",
            )
        ]

    def __str__(self) -> str:
        return self.title
