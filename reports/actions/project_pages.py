"""A project's page that anyone may read: opened with a public edition, and closed again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import Subject
from projects.models import Project, User
from reports.enums import PaperKind
from reports.models import ProjectPage, PublicPaper


@transaction.atomic
def open_project_page(*, edition: PublicPaper, by: User) -> ProjectPage:
    """Show the edition on the project's public page, in place of the one that is shown now. Raises not_issued."""
    paper = edition.paper
    if not edition.is_issued or paper.kind != PaperKind.CLOSING:
        message = _("Only an issued public edition of a project's report can be shown to everybody.")
        raise ValidationError(message, code="not_issued")
    project = Project.objects.select_for_update(of=("self",)).get(code=paper.of)
    shown = {"edition": edition, "opened_by": by, "opened_at": timezone.now()}
    page, _is_new = ProjectPage.objects.update_or_create(project=project, defaults=shown)
    words = {"number": paper.number}
    _record(project, "page_opened", by, _("The public page shows version %(number)s of the report") % words)
    return page


@transaction.atomic
def close_project_page(*, project: Project, by: User) -> None:
    """Take the page down; nothing happens to one that is not there."""
    deleted, _rows = ProjectPage.objects.filter(project=project).delete()
    if deleted:
        _record(project, "page_closed", by, _("The public page was taken down"))


def _record(project: Project, verb: str, by: User, summary: str) -> None:
    record_event(subject=Subject.PROJECT, subject_id=project.pk, verb=verb, actor=by, summary=summary)
