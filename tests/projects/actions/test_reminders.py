import json
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from projects.actions.mail import deliver_mail
from projects.actions.reminders import (
    Queued,
    choose_reminders,
    digest_for,
    queue_reminders,
    renew_calendar_key,
    revoke_calendar_key,
    token_hash,
)
from projects.enums import ReminderChoice, Role, SnapshotState
from projects.models import CalendarKey, Event, MailMessage
from projects.queries.duties import duties_by_person
from tests.factories import (
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BEFORE, DUE, AFTER = date(2017, 11, 20), date(2017, 11, 22), date(2017, 11, 23)


@pytest.fixture
def november():
    """Statuses are due on the 22nd, approvals on the 24th."""
    return StatusRoundFactory()


@pytest.fixture
def caseworker(november):
    user = UserFactory(username="asta", first_name="Asta", roles=[Role.CASEWORKER])
    for name in ("Mentor", "Integration"):
        project = ProjectFactory(pool=None, committee=november.committee, name=name, code=name.lower())
        ProjectAssignmentFactory(project=project, user=user)
    return user


def run(day):
    with time_machine.travel(f"{day}T08:00+01:00", tick=False):
        return queue_reminders(day=day)


def queued():
    return [(row.recipient.username, row.subject) for row in MailMessage.objects.order_by("pk")]


def test_one_digest_a_day_holds_everything_the_person_owes(caseworker, november):
    returned = StatusSnapshotFactory(
        project__code="retur",
        project__name="Retur",
        project__pool=None,
        project__committee=november.committee,
        state=SnapshotState.RETURNED,
        return_reason="Tallet mangler; se & ret.",
    )
    ProjectAssignmentFactory(project=returned.project, user=caseworker)
    assert run(AFTER) == Queued(1, 0, ())
    assert run(AFTER) == Queued(0, 1, ())
    assert queued() == [("asta", "Tre frister er overskredet")]
    body = MailMessage.objects.get().body
    assert body == (
        "Kære Asta\n\nDu skal skrive:\n\n"
        "- Integration, november 2017 – sendes senest onsdag 22. november 2017 (én dag forsinket)\n"
        "  http://127.0.0.1:8000/projekter/integration/status/2017-11/\n\n"
        "- Mentor, november 2017 – sendes senest onsdag 22. november 2017 (én dag forsinket)\n"
        "  http://127.0.0.1:8000/projekter/mentor/status/2017-11/\n\n"
        "- Retur, november 2017 – returneret, sendes igen senest onsdag 22. november 2017 (én dag forsinket)\n"
        "  Lederen skriver: Tallet mangler; se & ret.\n"
        "  http://127.0.0.1:8000/projekter/retur/status/2017-11/\n\n"
        "Alt, der venter på dig:\nhttp://127.0.0.1:8000/\n\n"
        "Du vælger selv, hvornår du bliver mindet om det:\nhttp://127.0.0.1:8000/konto/paamindelser/\n"
    )


@pytest.mark.parametrize(
    ("choice", "days"),
    [
        (ReminderChoice.BEFORE_AND_AFTER, [BEFORE, AFTER]),
        (ReminderChoice.ON_THE_DAY, [DUE]),
        (ReminderChoice.NONE, []),
    ],
)
def test_everybody_is_reminded_on_the_days_they_chose(caseworker, choice, days):
    caseworker.reminders = choice
    caseworker.save()
    asked = [BEFORE, date(2017, 11, 21), DUE, AFTER, date(2017, 11, 24), date(2017, 11, 25)]
    assert [day for day in asked if run(day).queued] == days


def test_a_manager_is_reminded_of_what_waits_and_nobody_else(caseworker, november):
    UserFactory(roles=[Role.SECRETARY])
    UserFactory(roles=[Role.READER])
    manager = UserFactory(username="leder", first_name="Lise", roles=[Role.MANAGER])
    caseworker.project_assignments.first().delete()
    project = caseworker.project_assignments.get().project
    StatusSnapshotFactory(project=project, state=SnapshotState.SUBMITTED)
    assert run(date(2017, 11, 22)) == Queued(1, 0, ())
    assert queued() == [(manager.username, "Én ting venter på dig")]
    body = MailMessage.objects.get().body
    assert "Venter på din godkendelse:\n\n" in body
    assert f"- {project.name}, november 2017 – godkendes senest fredag 24. november 2017\n" in body


def test_a_link_is_to_the_site_people_reach(caseworker, settings):
    settings.SITE_URL = "https://geninvestering.example"
    run(BEFORE)
    assert "https://geninvestering.example/projekter/mentor/status/2017-11/" in MailMessage.objects.get().body


def test_those_without_an_address_are_named(caseworker):
    caseworker.email = ""
    caseworker.save()
    assert run(BEFORE) == Queued(0, 0, ("asta",))
    assert queued() == []


def test_queued_and_delivered_by_the_two_commands(caseworker, capsys):
    with time_machine.travel("2017-11-20T08:00+01:00", tick=False):
        call_command("send_reminders", "--json")
        assert json.loads(capsys.readouterr().out) == {"queued": 1, "already": 0, "without_address": []}
        call_command("send_reminders")
        assert capsys.readouterr().out == "0 påmindelser lagt i kø. 1 lå der allerede.\n"
        deliver_mail()
        deliver_mail()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["asta@example.com"], "To ting venter på dig")]


def test_a_preview_says_whether_it_belongs_to_the_day(caseworker):
    with time_machine.travel("2017-11-21T08:00+01:00", tick=False):
        duties = duties_by_person()[caseworker]
        due = [digest_for(caseworker, duties, day).is_due for day in (BEFORE, date(2017, 11, 21))]
    assert due == [True, False]


@pytest.mark.parametrize("people", [1, 3])
def test_query_count_grows_only_with_the_mails_themselves(people, november, django_assert_num_queries):
    project = ProjectFactory(pool=None, committee=november.committee)
    for _number in range(people):
        ProjectAssignmentFactory(project=project)
    run(BEFORE)
    # A savepoint, the nine of the duties, and one per mail to see that it is there.
    with time_machine.travel("2017-11-20T09:00+01:00", tick=False), django_assert_num_queries(10 + people):
        assert queue_reminders(day=BEFORE).already == people


def test_a_choice_is_stored_and_recorded_once(caseworker):
    for _turn in range(2):
        choose_reminders(user=caseworker, choice=ReminderChoice.NONE)
    caseworker.refresh_from_db()
    assert caseworker.reminders == ReminderChoice.NONE
    (event,) = Event.objects.all()
    assert (event.actor, event.changes) == (
        caseworker,
        [["Påmindelser", "Før fristen, og når den er overskredet", "Ingen påmindelser"]],
    )


def test_a_new_calendar_address_closes_the_old_one_and_the_token_is_nowhere_stored(caseworker):
    first = renew_calendar_key(user=caseworker)
    second = renew_calendar_key(user=caseworker)
    assert first != second
    assert len(second) >= 43
    (key,) = CalendarKey.objects.all()
    assert (key.user, key.token_hash) == (caseworker, token_hash(second))
    assert second not in str(list(CalendarKey.objects.values())) + str(list(Event.objects.values()))
    revoke_calendar_key(user=caseworker)
    revoke_calendar_key(user=caseworker)
    assert (CalendarKey.objects.count(), Event.objects.count()) == (0, 3)
