"""The way from what a rule noticed to the field where it is mended, for pages that only show it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.enums import Role
from projects.forms.field_places import form_anchors, shown_anchor
from projects.models import Project, StatusSnapshot, User
from projects.permissions import can_edit_snapshot, covers_unit
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshots import SnapshotContent


def status_ways(notices: Iterable[AnsweredNotice], content: SnapshotContent, *, can_mend: bool) -> list[AnsweredNotice]:
    """Return the notices with the way to the form's field, or to what is said on the page for those who only read."""
    anchors = form_anchors(content)
    form = reverse("projects:snapshot-edit", args=[content.project.code, content.month])
    found = []
    for item in notices:
        place = item.notice.field
        if can_mend and (way := source_way(item, content)):
            found.append(replace(item, way=way, way_words=_("Write the source")))
        elif can_mend and place in anchors:
            found.append(replace(item, way=f"{form}#{anchors[place]}", way_words=_("Correct")))
        else:
            anchor = shown_anchor(content, place)
            found.append(replace(item, way=f"#{anchor}", way_words=_("See it")) if anchor else item)
    return found


def source_way(item: AnsweredNotice, content: SnapshotContent) -> str:
    """Return where a figure's missing source is written, which is not in the month; "" for any other notice."""
    if item.rule != "R11":
        return ""
    ids = {f"indicator.{fact.code}": fact.indicator_id for fact in content.indicators}
    pk = ids.get(item.notice.field)
    return reverse("projects:indicator-edit", args=[content.project.code, pk]) + "#id_source" if pk else ""


def project_ways(notices: Iterable[AnsweredNotice], project: Project, user: User) -> list[AnsweredNotice]:
    """Return the notices with the way to where the project is mended, for those who may. At most one query."""
    return [replace(item, way=way, way_words=words) for item in notices for way, words in [_way(item, project, user)]]


def _way(item: AnsweredNotice, project: Project, user: User) -> tuple[str, str]:
    if item.rule == "R15" and Role.ADMINISTRATOR in user.role_set:
        return reverse("admin:projects_project_change", args=[project.pk]) + "#id_pool", _("Correct")
    if item.rule == "R16":
        return _way_to_results(item, project)
    if item.rule == "R20":
        return _way_to_a_writer(item, project, user)
    if item.rule == "R22":
        return "#money", _("See the money")
    return "", ""


def _way_to_results(item: AnsweredNotice, project: Project) -> tuple[str, str]:
    """Return the newest status, whose figures are the results; the targets, where there are none."""
    months = StatusSnapshot.objects.filter(project=project).order_by("-month").values_list("month", flat=True)
    newest = months.first() if item.notice.figures else None
    if newest is None:
        return reverse("projects:indicator-list", args=[project.code]), _("See the indicators")
    return reverse("projects:snapshot-show", args=[project.code, newest]), _("See the newest status")


def _way_to_a_writer(item: AnsweredNotice, project: Project, user: User) -> tuple[str, str]:
    """Return the oldest month without a status, for who writes it; else the absences, for who finds a stand-in."""
    missing = next((figure for figure in item.notice.figures if isinstance(figure, date)), None)
    if missing is not None and can_edit_snapshot(user, project):
        return reverse("projects:snapshot-edit", args=[project.code, missing]), _("Write it")
    if Role.ADMINISTRATOR in user.role_set or covers_unit(user, Role.MANAGER, project.unit_id):
        return reverse("projects:absence-list"), _("See who is away")
    return "", ""
