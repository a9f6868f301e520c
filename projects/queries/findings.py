"""Every rule over everything, with the answers people have given."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from projects.enums import ProjectState, SnapshotState
from projects.models import Finding, Pool, Project, StatusSnapshot
from projects.queries.drift import newest_drift_notices
from projects.queries.notices import (
    AnsweredNotice,
    Found,
    project_notices,
    status_label,
    status_notices,
    status_subject,
)
from projects.queries.pool_notices import pools_found
from projects.queries.silence import silence_notices
from projects.queries.snapshots import SnapshotContent, snapshot_content, snapshot_contents

# By subject and by the fingerprint of the figures that were answered for.
Answers = Mapping[tuple[str, str], Finding]


def with_answers(found: Iterable[Found]) -> list[AnsweredNotice]:
    """Return the notices with the answers that still stand. One query, none when nothing was found."""
    found = list(found)
    return answered(found, answers_about({subject for subject, _label, _notice in found}) if found else {})


def answers_about(subjects: Collection[str]) -> Answers:
    """Return what people have answered about the subjects. One query."""
    rows = Finding.objects.filter(subject__in=subjects).select_related("answered_by")
    return {(row.subject, row.fingerprint): row for row in rows}


def answered(found: Iterable[Found], answers: Answers) -> list[AnsweredNotice]:
    """Return the notices, each with its answer where there is one."""
    return [_answered(item, answers.get((item[0], item[2].fingerprint))) for item in found]


def snapshot_notices(content: SnapshotContent) -> list[AnsweredNotice]:
    """Return what the rules notice in one status, with answers. At most six queries."""
    return contents_notices([content])


def contents_notices(contents: Iterable[SnapshotContent]) -> list[AnsweredNotice]:
    """Return what the rules notice in statuses that were read together, with answers. At most six queries."""
    return with_answers(found for content in contents for found in _status_found(content))


def pool_notices(pools: Sequence[Pool]) -> list[AnsweredNotice]:
    """Return what the rules notice in pools, their proposals and their economy lists. At most seven queries."""
    return with_answers(pools_found(pools))


def one_project_notices(project: Project) -> list[AnsweredNotice]:
    """Return what the rules notice of the project itself: R15, R16, R20, R22. The pool must be loaded.

    At most eight queries, eleven more for a closed project, whose results are read.
    """
    newest = None
    if project.state == ProjectState.CLOSED:
        newest = StatusSnapshot.objects.filter(project=project).order_by("-month", "-revision").first()
    indicators = snapshot_content(newest).indicators if newest else ()
    found: list[Found] = [
        (f"project/{project.code}", project.name, notice) for notice in project_notices(project, indicators)
    ]
    return with_answers([*found, *_drift_found([project]), *_missing_found([project])])


def portfolio_notices() -> list[AnsweredNotice]:
    """Run every rule over every pool, proposal, project and status. At most 30 queries, whatever the
    size, and one for each month the ledgers end in.

    Of a project's statuses, the newest revision of the newest month and those not yet approved are read; what was
    approved before that is frozen and can no longer be mended.
    """
    projects = list(Project.objects.select_related("pool"))
    contents = list(snapshot_contents(_open_and_newest()).values())
    newest = _newest_content(contents)
    found: list[Found] = list(pools_found(list(Pool.objects.all())))
    for project in projects:
        content = newest.get(project.pk)
        for notice in project_notices(project, content.indicators if content else ()):
            found.append((f"project/{project.code}", project.name, notice))
    found += _drift_found(projects)
    found += _missing_found(projects)
    for content in sorted(contents, key=lambda content: (content.project.name, content.month)):
        found += _status_found(content)
    return with_answers(found)


def _answered(item: Found, answer: Finding | None) -> AnsweredNotice:
    subject, label, notice = item
    if answer is None:
        return AnsweredNotice(notice, subject, label)
    return AnsweredNotice(notice, subject, label, answer.answer, answer.answered_by, answer.answered_at)


def _status_found(content: SnapshotContent) -> Iterable[Found]:
    subject, label = status_subject(content.project, content.month), status_label(content.project, content.month)
    for notice in status_notices(content):
        yield subject, label, notice


def _open_and_newest() -> list[StatusSnapshot]:
    """Return the statuses still in the making and each project's newest. Two queries."""
    keys = StatusSnapshot.objects.order_by("project_id", "month", "revision")
    newest = dict(keys.values_list("project_id", "pk"))  # the last one stands
    return list(StatusSnapshot.objects.filter(Q(pk__in=newest.values()) | ~Q(state=SnapshotState.APPROVED)))


def _newest_content(contents: Iterable[SnapshotContent]) -> dict[int, SnapshotContent]:
    return {content.project.pk: content for content in sorted(contents, key=lambda content: content.month)}


def _drift_found(projects: Sequence[Project]) -> Iterable[Found]:
    """Yield R22 at the newest month of each project's ledger. As many queries as `newest_drift_notices`."""
    notices = newest_drift_notices(projects)
    for project in projects:
        if project.pk in notices:
            yield f"project/{project.code}", project.name, notices[project.pk]


def _missing_found(projects: Sequence[Project]) -> Iterable[Found]:
    """Yield R20 for projects nobody has told of or nobody is there to tell of. Five queries."""
    notices = silence_notices(projects)
    for project in projects:
        if project.pk in notices:
            yield f"project/{project.code}", project.name, notices[project.pk]
