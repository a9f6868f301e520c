"""Everything the next caseworker must know of a project, on one page."""

from dataclasses import dataclass

from projects.models import Project, SnapshotReturn, StatusSnapshot
from projects.queries.findings import contents_notices
from projects.queries.money import NO_MONEY, ProjectMoney, project_money
from projects.queries.notices import AnsweredNotice
from projects.queries.projects import Person, people_on
from projects.queries.rounds import RoundRow, open_rounds, rows_of
from projects.queries.silence import silence_notices
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from projects.queries.status_lines import LooseEnd, loose_ends
from projects.rules.notices import Notice


@dataclass(frozen=True)
class Handover:
    """`duties` are the statuses nobody has sent or that wait, `months` each month's newest revision, newest first.

    `findings` are the open ones of the unfinished and newest statuses, `silence` is R20, `returns` the newest returns.
    """

    people: list[Person]
    duties: list[RoundRow | LooseEnd]
    months: list[StatusSnapshot]
    findings: list[AnsweredNotice]
    silence: Notice | None
    returns: list[SnapshotReturn]
    newest: SnapshotContent | None
    money: ProjectMoney


def handover_of(project: Project) -> Handover:
    """Return what is to be handed over. About 37 queries, however long the project has run."""
    months = _newest_revisions(project)
    unfinished = [row for row in months if row.state != "approved"]
    read = list({row.pk: row for row in [*months[:1], *unfinished]}.values())
    contents = snapshot_contents(read) if read else {}
    own = Project.objects.filter(pk=project.pk)
    rows: list[RoundRow | LooseEnd] = [row for row in rows_of(open_rounds(), own) if row.due]
    returned = SnapshotReturn.objects.filter(snapshot__project=project).select_related("snapshot", "returned_by")
    return Handover(
        people=people_on(project),
        duties=[*rows, *loose_ends(own)],
        months=months,
        findings=[item for item in contents_notices(contents.values()) if item.is_open],
        silence=silence_notices([project]).get(project.pk),
        returns=list(returned.prefetch_related("sections").order_by("-returned_at")[:10]),
        newest=contents[months[0].pk] if months else None,
        money=project_money([project.pk]).get(project.pk, NO_MONEY),
    )


def _newest_revisions(project: Project) -> list[StatusSnapshot]:
    """Return each month's newest revision, newest month first. One query."""
    found: dict[object, StatusSnapshot] = {}
    rows = StatusSnapshot.objects.filter(project=project).select_related("updated_by", "approved_by")
    for row in rows.order_by("-month", "-revision"):
        found.setdefault(row.month, row)
    return list(found.values())
