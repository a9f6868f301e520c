"""Notes while they are composed, what was issued of them, and the papers on their way."""

from reports.models.additions import NoteAnnex, NoteReference
from reports.models.notes import (
    NoteDraft,
    NoteEdit,
    NoteFile,
    NotePart,
    NoteQuerySet,
    NoteSection,
    NoteTemplate,
    NoteVersion,
    Part,
    Rendering,
    RenderingQuerySet,
    StatusNote,
    TemplateHeading,
)
from reports.models.papers import IssuedPaper, Letter, LetterQuestion, PaperFile, ProjectText
from reports.models.public import ProjectPage, PublicApproval, PublicEdition, PublicPaper, PublicPaperApproval
from reports.models.views import SavedView

__all__ = [
    "IssuedPaper",
    "Letter",
    "LetterQuestion",
    "NoteAnnex",
    "NoteDraft",
    "NoteEdit",
    "NoteFile",
    "NotePart",
    "NoteQuerySet",
    "NoteReference",
    "NoteSection",
    "NoteTemplate",
    "NoteVersion",
    "PaperFile",
    "Part",
    "ProjectPage",
    "ProjectText",
    "PublicApproval",
    "PublicEdition",
    "PublicPaper",
    "PublicPaperApproval",
    "Rendering",
    "RenderingQuerySet",
    "SavedView",
    "StatusNote",
    "TemplateHeading",
]
