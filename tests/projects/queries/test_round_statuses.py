"""What the database says of rounds, silence and stand-ins is what the code says of each project by itself."""

from datetime import date
from random import Random

import pytest
import time_machine
from django.utils import timezone

from projects.enums import ProjectState, Role, SnapshotState
from projects.forms.status_list import StatusFilterForm
from projects.models import Project, StatusSnapshot
from projects.queries.absences import Attendance, done_by
from projects.queries.round_statuses import (
    by_round,
    counted_states,
    first_of_each,
    round_statuses,
    rows_at,
    states_by_month,
    states_by_round,
    with_gathering,
)
from projects.queries.rounds import caseworkers_on, open_rounds, round_counts, rows_of
from projects.queries.silence import silence_notices, silent_projects
from projects.queries.status_lines import attended, loose_statuses, remindable_by, status_choices, status_lines
from tests import factories

MONTHS = [date(2017, 9, 1), date(2017, 10, 1), date(2017, 11, 1)]
TODAY = date(2017, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 2])
def muddle(request):
    """Projects of two committees in every state and with every kind of absence, in open and closed rounds."""
    chance = Random(request.param)
    committees = [factories.CommitteeFactory(), factories.CommitteeFactory()]
    users = [factories.UserFactory(roles=[Role.CASEWORKER]) for _n in range(5)]
    for committee in committees:
        for month in MONTHS:
            closed = chance.random() < 0.4
            factories.StatusRoundFactory(
                committee=committee,
                month=month,
                caseworker_due=month.replace(day=chance.choice([22, 26])),
                manager_due=month.replace(day=chance.choice([26, 27])),
                secretary_due=month.replace(day=28),
                closed_at="2017-11-23T12:00Z" if closed else None,
            )
    projects = [_project(chance, committees, users) for _n in range(24)]
    for user in chance.sample(users, 3):
        factories.AbsenceFactory(user=user)
    for _n in range(6):
        absent, stand_in = chance.sample(users, 2)
        factories.StandInFactory(absent=absent, stand_in=stand_in, project=chance.choice([None, *projects[:6]]))
    with time_machine.travel(TODAY, tick=False):
        yield users


def _project(chance, committees, users) -> Project:
    project = factories.ProjectFactory(
        pool=None,
        committee=chance.choice(committees),
        state=chance.choice([*ProjectState.values, ProjectState.RUNNING]),
        starts_on=chance.choice([date(2016, 1, 1), date(2017, 10, 31), date(2017, 11, 1)]),
        ends_on=chance.choice([None, date(2017, 11, 1), date(2017, 11, 30)]),
    )
    for user in chance.sample(users, chance.randint(0, 2)):
        factories.ProjectAssignmentFactory(project=project, user=user)
    for month in MONTHS:
        for revision in range(1, chance.randint(0, 2) + 1):
            reason = {"correction_reason": "Tallet var forkert."} if revision > 1 else {}
            snapshot = factories.StatusSnapshotFactory(project=project, month=month, revision=revision, **reason)
            state = chance.choice(SnapshotState.values)
            if state == SnapshotState.APPROVED:
                factories.approved(snapshot)
            else:
                StatusSnapshot.objects.filter(pk=snapshot.pk).update(state=state)
                break
    return project


def said(rows) -> list:
    return sorted((row.month, row.project.pk, row.state, row.days_late > 0, row.is_approved) for row in rows)


def test_the_database_finds_and_counts_the_statuses_that_are_in_the_rounds(muddle):
    rounds, projects = open_rounds(), Project.objects.all()
    rows, statuses = rows_of(rounds, projects), with_gathering(round_statuses(rounds, projects))
    assert rows
    assert said(rows_at(by_round(statuses), rounds)) == said(rows)
    assert list(statuses.order_by("asked_month", "pk").values_list("asked_month", "pk", "is_approved")) == [
        (month, pk, is_approved) for month, pk, _state, _late, is_approved in said(rows)
    ]
    assert set(statuses.values_list("newest_id", flat=True)) == {row.snapshot and row.snapshot.pk for row in rows}
    assert counted_states(statuses) == round_counts(rows)
    assert sum(map(sum, (states.values() for states in states_by_month(statuses).values()))) == len(rows)
    for round_id, states in states_by_round(statuses).items():
        own = [row.state for row in rows if row.round.pk == round_id]
        assert states == {state: own.count(state) for state in set(own)}
    first = rows_at(first_of_each(statuses, "round_id", 2), rounds)
    assert [row.round for row in first] == [item for item in rounds for _n in range(2)]


def test_the_database_knows_who_does_whose_work(muddle):
    attendance, people = Attendance(TODAY), caseworkers_on(Project.objects.values_list("pk", flat=True), TODAY)
    doing = {pk: attendance.doing(users, pk) for pk, users in people.items()}
    for user in muddle:
        assert set(done_by(TODAY, user.pk).values_list("project", flat=True)) == {
            pk for pk, users in doing.items() if user in users
        }
    assert set(done_by(TODAY).values_list("project", flat=True)) == {pk for pk, users in doing.items() if users}


@pytest.mark.parametrize("fewest", [1, 2])
def test_the_database_finds_the_projects_that_are_silent(muddle, settings, fewest):
    settings.MONTHS_WITHOUT_STATUS = fewest
    projects = Project.objects.all()
    for elsewhere in ((), {(item.committee_id, item.month) for item in open_rounds()}):
        notices = silence_notices(projects, except_for=elsewhere)
        assert set(silent_projects(projects, except_for=elsewhere)) == {row for row in projects if row.pk in notices}


def test_each_filter_lets_through_what_the_lines_say(muddle):
    user = factories.UserFactory(roles=[Role.SECRETARY])
    rounds, projects = open_rounds(), Project.objects.all()
    lines = status_lines(rows_of(rounds, projects), user)
    statuses, loose = round_statuses(rounds, projects), loose_statuses(projects)
    offered = status_choices(statuses, loose)
    for data, is_meant in [
        ({"state": "not_sent"}, lambda line: line.row.is_unsent),
        ({"state": "submitted", "late": "on"}, lambda line: line.row.is_waiting and line.row.is_overdue),
        *(({"person": str(each.pk)}, lambda line, who=each: who in (*line.row.people, *line.doers)) for each in muddle),
        ({"person": "0", "state": "nonsense"}, lambda line: True),
    ]:
        found = StatusFilterForm(data, offered).narrowed(statuses)
        assert said(rows_at(by_round(found), rounds)) == said(line.row for line in lines if is_meant(line)), data
    late = [line for line in lines if line.may_remind and line.row.is_overdue]
    assert remindable_by(statuses, user).count() == len(late)
    assert attended(remindable_by(statuses, user)).count() == sum(bool(line.doers) for line in late)
    assert timezone.localdate() == TODAY
