"""Kinds of what a note is made of. Stored values are English and permanent; labels are what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartKind(TextChoices):
    """What stands under a heading of a note: a text of its own, or something made from the figures."""

    TEXT = "text", _("Only text")
    OVERVIEW = "overview", _("All projects at a glance")
    CHANGES = "changes", _("Changed since the last note")
    PROJECTS = "projects", _("The projects' statuses")
    ECONOMY = "economy", _("The economy of the pools")
    HISTORY = "history", _("Earlier notes to the committee")
    DECISIONS = "decisions", _("What the committee is to decide")
    ANNEXES = "annexes", _("List of annexes")
