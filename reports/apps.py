from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Notes")

    def ready(self) -> None:
        """Tell the administration where the history of our own records is read."""
        from projects.actions.catalogue import HISTORY
        from projects.enums import Subject
        from reports.models import NoteTemplate, TemplateHeading

        HISTORY[NoteTemplate] = (Subject.NOTE_TEMPLATE, "pk")
        HISTORY[TemplateHeading] = (Subject.NOTE_TEMPLATE, "template_id")
