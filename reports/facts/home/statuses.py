"""What waits in the rounds: for the caseworker to write, the manager to approve, the secretary to gather."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.dates import format_date_long
from projects.enums import SnapshotState
from projects.models import Project, StatusRound, User
from projects.models.projects import ProjectQuerySet
from projects.months import format_month
from projects.permissions import managed_projects
from projects.queries.notices import status_notices
from projects.queries.round_statuses import (
    by_round,
    first_of_each,
    round_statuses,
    rows_at,
    states_by_month,
    states_by_round,
    with_gathering,
)
from projects.queries.rounds import MISSING, UNSENT, RoundRow, rows_of
from projects.queries.silence import months_of, silence_notices, silent_beside
from projects.queries.snapshots import snapshot_contents
from projects.queries.status_lines import LooseEnd, loose_ends, loose_ends_at, loose_statuses
from projects.rules.wording import number_word
from reports.facts.home.blocks import SHOWN, Block, Link, Task
from reports.facts.sentences import counts_sentence, days_late_words, in_days_words, sentence
from reports.models import StatusNote

# What the manager sent back comes before what is merely late.
_URGENCY = {SnapshotState.RETURNED: 0, MISSING: 1, SnapshotState.DRAFT: 2}

# Silence is of months that have gone: fewer of them, after what is asked for now.
SILENT_SHOWN = 3

# So many statuses of a round the rules read through while somebody waits for the front page.
READ_THROUGH = 300


def caseworker_blocks(user: User, rounds: Sequence[StatusRound]) -> list[Block]:
    """Return what the user is to write, a block per month, and what was returned outside them. At most six queries."""
    returned = [row for row in loose_ends(Project.objects.responsible(user)) if row.is_unsent]
    return [*_returned_blocks(returned), *_month_blocks(user, rounds, has_more=bool(returned))]


def _returned_blocks(returned: Sequence[LooseEnd]) -> list[Block]:
    if not returned:
        return []
    text = ngettext(
        "One status of an earlier month was returned.",
        "%(number)s statuses of earlier months were returned.",
        len(returned),
    )
    heading = sentence(text % {"number": number_word(len(returned))})
    return [Block("caseworker", heading, tasks=tuple(_write_task(row) for row in returned))]


def _month_blocks(user: User, rounds: Sequence[StatusRound], *, has_more: bool) -> list[Block]:
    rows = rows_of(rounds, Project.objects.responsible(user)) if rounds else []
    if has_more and not rows:
        return []
    if rows:
        return [_own_block(month, list(of_month)) for month, of_month in groupby(rows, key=lambda row: row.month)]
    if Project.objects.responsible(user).exists():
        return [
            Block(
                "caseworker",
                _("No statuses are asked for right now."),
                _("When the secretary opens a round, your projects stand here."),
                link=_own_projects(),
                is_calm=True,
            )
        ]
    return [
        Block(
            "caseworker",
            _("You have no projects yet."),
            _("Your manager puts you on the projects you write statuses for."),
            is_calm=True,
        )
    ]


def _own_projects() -> Link:
    return Link(reverse("projects:project-list"), _("See your projects"))


def _own_block(month: date, rows: list[RoundRow]) -> Block:
    unsent = sorted((row for row in rows if row.is_unsent), key=lambda row: _URGENCY.get(row.state, 3))  # type: ignore[call-overload]
    if not unsent:
        heading = _("Every status for %(month)s has been sent.") % {"month": format_month(month)}
        return Block("caseworker", heading, _sent_text(rows), link=_own_projects(), is_calm=True, is_done=True)
    return Block(
        "caseworker",
        missing_sentence(len(unsent), month),
        _sent_text(rows),
        tuple(_write_task(row) for row in unsent),
        more=_own_projects(),
    )


def missing_sentence(number: int, month: date) -> str:
    """Return "To statusser mangler for november 2017."."""
    text = ngettext("One status is missing for %(month)s.", "%(number)s statuses are missing for %(month)s.", number)
    return sentence(text % {"number": number_word(number), "month": format_month(month)})


def _sent_text(rows: Iterable[RoundRow]) -> str:
    waiting = sum(row.is_waiting for row in rows)
    done = sum(row.state == SnapshotState.APPROVED for row in rows)
    texts = []
    if waiting:
        texts.append(ngettext("One waits for the manager.", "%(number)s wait for the manager.", waiting))
    if done:
        texts.append(ngettext("One is approved.", "%(number)s are approved.", done))
    counts = [count for count in (waiting, done) if count]
    said = [text % {"number": number_word(count)} for text, count in zip(texts, counts, strict=True)]
    return " ".join(sentence(text) for text in said)


def _write_task(row: RoundRow | LooseEnd) -> Task:
    month = format_month(row.month)
    words = {
        SnapshotState.RETURNED: _("Correct and send again"),
        SnapshotState.DRAFT: _("Continue"),
    }
    return Task(
        title=row.project.name,
        note=_("To be sent by %(day)s.") % {"day": format_date_long(row.due)} if row.due else sentence(month),
        link=_status_link(row, words.get(row.state, _("Fill in"))),  # type: ignore[call-overload]
        quote=row.return_reason,
        state=row.state,
        state_label=state_label(row),
        late=days_late_words(row.days_late),
    )


def state_label(row: RoundRow | LooseEnd) -> str:
    return _("Not begun") if row.state == MISSING else str(SnapshotState(row.state).label)


def _status_link(row: RoundRow | LooseEnd, words: str) -> Link:
    return Link(reverse("projects:snapshot-edit", args=[row.project.code, row.month]), words)


def manager_blocks(user: User, rounds: Sequence[StatusRound]) -> list[Block]:
    """Return what waits for the user's approval, what is missing, and who is silent. At most 18 queries."""
    projects = managed_projects(user)
    statuses = round_statuses(rounds, projects)
    by_month = states_by_month(statuses) if rounds else {}
    waiting = _waiting_block(statuses, rounds, by_month, projects)
    unsent = {month: sum(states.get(state, 0) for state in UNSENT) for month, states in by_month.items()}
    first = rows_at(first_of_each(statuses.filter(status_state__in=UNSENT), "asked_month", SHOWN), rounds)
    missing = [
        _missing_block(month, number, [row for row in first if row.month == month])
        for month, number in unsent.items()
        if number
    ]
    return [waiting, *missing, *_silent_blocks(projects, rounds)]


def _silent_blocks(projects: ProjectQuerySet, rounds: Sequence[StatusRound]) -> list[Block]:
    """Return R20 of the projects: nobody is there to write, or earlier months were never told. Six queries."""
    # What is missing in the open rounds has a block of its own.
    elsewhere = months_of(rounds)
    silent = silent_beside(rounds, projects)
    first: Any = silent.annotate(number=Window(Count("pk"))).order_by("standing__name_key", "pk")[:SILENT_SHOWN]
    found = list(first)
    if not found:
        return []
    notices = silence_notices(found, except_for=elsewhere)
    number = found[0].number
    text = ngettext("One project is silent.", "%(number)s projects are silent.", number)
    whole = Link(f"{reverse('projects:project-list')}?told=silent", _("See the projects"))
    absence = Link(reverse("projects:absence-list"), _("Absence and stand-ins"))
    tasks = tuple(_silent_task(project, notices[project.pk].message) for project in found)
    heading = sentence(text % {"number": number_word(number)})
    return [Block("silent", heading, tasks=tasks, more=whole, link=absence, waiting=number)]


def _silent_task(project: Project, message: str) -> Task:
    return Task(project.name, message, Link(reverse("projects:project-detail", args=[project.code]), _("Open")))


def _waiting_block(
    statuses: Any, rounds: Sequence[StatusRound], by_month: Mapping[date, Mapping[str, int]], projects: ProjectQuerySet
) -> Block:
    """Return what waits for approval, in the rounds and outside them, the first of it as tasks. Six queries."""
    whole = Link(reverse("projects:status-list"), _("See the whole round"))
    loose = loose_statuses(projects).filter(state=SnapshotState.SUBMITTED)
    number = sum(states.get(SnapshotState.SUBMITTED, 0) for states in by_month.values()) + loose.count()
    if not number:
        return Block("manager", _("No statuses wait for your approval."), link=whole, is_calm=True, is_done=True)
    waiting = by_round(statuses.filter(status_state=SnapshotState.SUBMITTED))
    rows: list[RoundRow | LooseEnd] = [*rows_at(waiting[:SHOWN], rounds), *loose_ends_at(loose[:SHOWN])]
    text = ngettext("One status waits for your approval.", "%(number)s statuses wait for your approval.", number)
    heading = sentence(text % {"number": number_word(number)})
    return Block("manager", heading, tasks=tuple(map(_approve_task, rows[:SHOWN])), more=whole, waiting=number)


def _approve_task(row: RoundRow | LooseEnd) -> Task:
    snapshot = row.snapshot
    sent_at = snapshot.submitted_at if snapshot else None
    parts = [f"{sentence(format_month(row.month))}."]
    if snapshot and snapshot.submitted_by and sent_at:
        day = format_date_long(timezone.localtime(sent_at).date())
        parts.append(_("Sent by %(name)s on %(day)s.") % {"name": snapshot.submitted_by, "day": day})
    return Task(
        title=row.project.name,
        note=" ".join(parts),
        link=_status_link(row, _("Read and approve")),
        state=row.state,
        state_label=state_label(row),
        late=days_late_words(row.days_late),
    )


def _missing_block(month: date, number: int, first: Iterable[RoundRow]) -> Block:
    return Block(
        "missing",
        missing_sentence(number, month),
        tasks=tuple(_missing_task(row) for row in first),
        waiting=number,
        more=Link(reverse("projects:status-list"), _("See the whole round")),
    )


def _missing_task(row: RoundRow) -> Task:
    return Task(
        title=row.project.name,
        note=_("With %(names)s.") % {"names": ", ".join(row.caseworkers)} if row.caseworkers else _nobody(),
        link=_status_link(row, _("Open")),
        quote=row.return_reason,
        state=row.state,
        state_label=state_label(row),
        late=days_late_words(row.days_late),
    )


def secretary_blocks(rounds: Sequence[StatusRound]) -> list[Block]:
    """Return the meetings with an open round, the next first, and how far their projects are. At most 16 queries."""
    if not rounds:
        return [
            Block(
                "secretary",
                _("No round of statuses is open."),
                _("Open a round for the next meeting, and the projects are asked for their statuses."),
                link=Link(reverse("projects:round-list"), _("See meetings and rounds")),
                is_calm=True,
            )
        ]
    statuses = with_gathering(round_statuses(rounds, Project.objects.all()))
    states = states_by_round(statuses)
    blocked = _blocked(rounds, states)
    unfinished = statuses.filter(Q(is_approved=False) | Q(newest_id__in=blocked))
    first = rows_at(first_of_each(unfinished, "round_id", SHOWN), rounds)
    numbers = dict(unfinished.order_by().values_list("round_id").annotate(Count("pk")))
    notes = dict(StatusNote.objects.filter(meeting__rounds__in=rounds).values_list("meeting_id", "pk"))
    soonest = sorted(rounds, key=lambda item: (item.meeting.date if item.meeting else date.max, item.month))
    return [
        Block(
            "secretary",
            _meeting_heading(item),
            _gathered_text(item, states.get(item.pk, {}), sum(pk == item.pk for pk in blocked.values())),
            tuple(
                _gather_task(row, is_blocked=bool(row.snapshot and row.snapshot.pk in blocked))
                for row in first
                if row.round == item
            ),
            more=Link(reverse("projects:status-list"), _("See the whole round")),
            link=_note_link(item, notes.get(item.meeting_id or 0)),
            waiting=numbers.get(item.pk, 0),
        )
        for item in soonest
    ]


def _blocked(rounds: Sequence[StatusRound], states: Mapping[int, Mapping[str, int]]) -> dict[int, int]:
    """Return the statuses that something stops from being issued, and their rounds. At most 14 queries.

    The rules read every word of a status, so a round with very many is not read through here.
    """
    readable = [item for item in rounds if sum(states.get(item.pk, {}).values()) <= READ_THROUGH]
    rows = rows_of(readable, Project.objects.all()) if readable else []
    rounds_of = {row.snapshot.pk: row.round.pk for row in rows if row.snapshot}
    contents = snapshot_contents([row.snapshot for row in rows if row.snapshot]) if rounds_of else {}
    return {
        pk: rounds_of[pk]
        for pk, content in contents.items()
        for notice in status_notices(content)
        if notice.is_blocking
    }


def _gathered_text(round: StatusRound, states: Mapping[str, int], stopped: int) -> str:
    texts = [counts_sentence(states, round.month)]
    if sum(states.values()) > READ_THROUGH:
        texts.append(_("There are too many statuses to read through here. The note says itself what stops it."))
    if stopped:
        text = ngettext(
            "One has something that must be solved before the note can be issued.",
            "%(number)s have something that must be solved before the note can be issued.",
            stopped,
        )
        texts.append(sentence(text % {"number": number_word(stopped)}))
    return " ".join(filter(None, texts))


def _gather_task(row: RoundRow, *, is_blocked: bool) -> Task:
    who = _("With %(names)s.") % {"names": ", ".join(row.caseworkers)} if row.caseworkers else _nobody()
    stop = _("Something must be solved before the note can be issued.")
    return Task(
        title=row.project.name,
        note=f"{who} {stop}" if is_blocked else who,
        link=_status_link(row, _("Open")),
        state=row.state,
        state_label=state_label(row),
        late=days_late_words(row.days_late),
    )


def _nobody() -> str:
    return _("No caseworker is on the project.")


def _meeting_heading(round: StatusRound) -> str:
    if round.meeting is None:
        values = {"month": format_month(round.month), "committee": round.committee.code}
        return _("The round for %(month)s (%(committee)s) has no meeting yet.") % values
    day = round.meeting.date
    days = (day - timezone.localdate()).days
    text = _("%(committee)s meets on %(day)s, %(when)s.") if days >= 0 else _("%(committee)s met on %(day)s, %(when)s.")
    return text % {"committee": round.committee.name, "day": format_date_long(day), "when": in_days_words(days)}


def _note_link(round: StatusRound, note_id: int | None) -> Link:
    if note_id:
        return Link(reverse("reports:note-compose", args=[note_id]), _("Go on with the note"))
    if round.meeting_id:
        return Link(f"{reverse('reports:note-create')}?meeting={round.meeting_id}", _("Begin the note"))
    return Link(reverse("reports:note-list"), _("See the notes"))
