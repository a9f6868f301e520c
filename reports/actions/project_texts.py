"""What a project's report says beside its figures."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import changed_fields, record_event
from projects.enums import Subject
from projects.models import Project, User
from projects.rules.text import check_no_cpr
from reports.models import ProjectText

TEXTS = ("purpose", "target_group", "activities", "overlap", "contact")


@transaction.atomic
def save_project_text(*, project: Project, values: Mapping[str, str], by: User, example_note: str = "") -> ProjectText:
    """Store the texts; the same texts change nothing. Raises cpr."""
    Project.objects.select_for_update().get(pk=project.pk)
    text = ProjectText.objects.filter(project=project).first() or ProjectText(project=project)
    wanted = {name: values[name].strip() for name in TEXTS}
    for value in wanted.values():
        check_no_cpr(value)
    changes = changed_fields(text, wanted)
    if not changes:
        return text
    for name, value in wanted.items():
        setattr(text, name, value)
    text.example_note = example_note
    text.save()
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb="changed",
        actor=by,
        summary=_("The text of the report on “%(project)s” was changed") % {"project": project.name},
        changes=changes,
        project=project,
    )
    return text
