"""Kinds of what a note is made of, and of papers on their way.

Stored values are English and permanent; labels are what people read.
"""

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
    FOLLOW_UP = "follow_up", _("The committee's questions and their answers")
    ANNEXES = "annexes", _("List of annexes")


class Edition(TextChoices):
    FULL = "full", _("Full edition")
    PUBLIC = "public", _("Public edition")


class PaperFormat(TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    FACTS = "json", "JSON"
    PACKAGE = "zip", _("Archive package")


class PaperKind(TextChoices):
    """Papers beside the committees' notes. The value is part of what is stored; the address has its own word."""

    CATALOGUE = "catalogue", _("Proposal catalogue")
    CLOSING = "closing", _("Project report")
    LETTER = "letter", _("Letter with answers")
    ORIENTATION = "orientation", _("Orientation on a state pool")


class RenderingKind(TextChoices):
    PREVIEW = "preview", _("Preview")
    ISSUE = "issue", _("Issue")
    PUBLIC_DRAFT = "public_draft", _("Working out the public edition")
    PUBLIC = "public", _("Issue of the public edition")


class RenderingState(TextChoices):
    QUEUED = "queued", _("In the queue")
    RENDERING = "rendering", _("Being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not made")


class Failure(TextChoices):
    """Why there is no paper, as it is told to the one who asked for it."""

    TIME = (
        "time",
        _(
            "The paper was not finished in the time set aside for it. A very long text or table may be the reason: "
            "shorten it, or put it in an annex."
        ),
    )
    MEMORY = (
        "memory",
        _(
            "The paper needed more memory than is set aside for it. A very long text or table may be the reason: "
            "shorten it, or put it in an annex."
        ),
    )
    CRASHED = "crashed", _("The program that makes the paper stopped in the middle of it.")
    LOST = (
        "lost",
        _("The program that makes papers was stopped while it made this one, perhaps because the server restarted."),
    )
    DISK = "disk", _("There is no room left on the server's disk. Tell the administrator.")
    PAPER = "paper", _("Something in the note could not be put on paper. Tell the administrator.")
    ANNEX = "annex", _("The file of an annex is not where it was stored. Tell the administrator, or upload it again.")
    REFUSED = "refused", _("The note could not be issued.")


class TextLength(TextChoices):
    """Which of a status's three texts the note prints; the values are the status's own fields."""

    FULL = "narrative", _("The whole text")
    MANAGER = "summary_manager", _("The summary")
    SHORT = "summary_short", _("Three lines")
