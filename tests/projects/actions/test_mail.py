"""The queue of mails: each is sent once, whatever breaks, and what cannot be known is never sent again."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from projects.actions.mail import MOST_ATTEMPTS, Delivery, claim_mail, deliver_mail, pause_after, queue_mail
from projects.enums import MailKind, MailState
from projects.models import MailMessage
from tests.factories import MOMENT, MailMessageFactory, UserFactory
from tests.mail_servers import TAKEN_FILE, Server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_taken():
    Server.taken.clear()


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def server(settings):
    def use(name):
        settings.EMAIL_BACKEND = f"tests.mail_servers.{name}"

    return use


def states():
    return list(MailMessage.objects.order_by("pk").values_list("state", "attempts"))


def test_a_mail_is_sent_once_with_its_text(now):
    message = MailMessageFactory()
    assert deliver_mail() == Delivery(sent=1)
    assert deliver_mail() == Delivery()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([message.address], message.subject, message.body)
    assert sent.extra_headers["Message-ID"] == f"<{message.key.replace('/', '.')}@127.0.0.1>"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.sent_at) == (MailState.SENT, 1, MOMENT)


def test_the_same_mail_is_queued_once(now):
    user = UserFactory()
    values = {"key": "digest/2017-11-27/1", "kind": MailKind.DIGEST, "recipient": user, "body": "Kære"}
    assert queue_mail(subject="En\nting", **values) is True
    assert queue_mail(subject="To ting", **values) is False
    assert [(row.subject, row.address) for row in MailMessage.objects.all()] == [("En ting", user.email)]


@pytest.mark.parametrize("values", [{"email": ""}, {"is_active": False}])
def test_nothing_is_queued_for_those_who_cannot_get_it(values):
    assert not queue_mail(key="k", kind=MailKind.DIGEST, recipient=UserFactory(**values), subject="s", body="b")
    assert states() == []


def test_an_unreachable_server_costs_a_pause_and_no_mail(server, now):
    MailMessageFactory()
    server("Unreachable")
    with pytest.raises(CommandError, match=r"Mailserveren kan ikke nås \(.*refused\)"):
        call_command("send_mail_queue")
    assert states() == [(MailState.WAITING, 1)]
    server("Server")
    assert deliver_mail() == Delivery()
    now.shift(timedelta(minutes=6))
    assert (deliver_mail(), len(Server.taken)) == (Delivery(sent=1), 1)


def test_a_refused_mail_is_tried_again_with_growing_pauses_and_given_up_at_last(server, now):
    MailMessageFactory()
    server("Busy")
    pauses = []
    for _number in range(MOST_ATTEMPTS - 1):
        assert deliver_mail() == Delivery(postponed=1)
        due = MailMessage.objects.get().due_at
        pauses.append(due - MOMENT - sum(pauses, timedelta()))
        now.move_to(due - timedelta(seconds=1))
        assert deliver_mail() == Delivery()
        now.move_to(due)
    assert [pause.total_seconds() / 60 for pause in pauses] == [5, 10, 20, 40, 80, 160, 320]
    assert deliver_mail() == Delivery(failed=1)
    assert (states(), Server.taken) == ([(MailState.FAILED, MOST_ATTEMPTS)], [])
    assert "try again later" in MailMessage.objects.get().last_error


def test_one_refused_address_does_not_hold_the_others(server, now):
    MailMessageFactory(address="ukendt@example.com")
    other = MailMessageFactory()
    server("NoSuchAddress")
    assert deliver_mail() == Delivery(sent=1, postponed=1)
    assert [address for address, _id in Server.taken] == [other.address]


def test_a_mail_that_was_perhaps_taken_is_never_sent_again(server, now):
    MailMessageFactory()
    server("HangsUp")
    assert deliver_mail() == Delivery(unclear=1)
    now.shift(timedelta(days=1))
    assert (deliver_mail(), len(Server.taken), states()) == (Delivery(), 1, [(MailState.UNCLEAR, 1)])


def test_a_mail_that_cannot_be_written_is_given_up(now):
    MailMessageFactory(subject="To\nlinjer")
    other = MailMessageFactory()
    assert deliver_mail() == Delivery(sent=1, failed=1)
    assert [sent.to for sent in mail.outbox] == [[other.address]]


def test_pauses_double():
    assert [pause_after(attempts) for attempts in (1, 2, 3)] == [timedelta(minutes=m) for m in (5, 10, 20)]


def run_killed(server, taken):
    """Run the queue in a process of its own on the tests' database, and see it killed."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{values['NAME']}"
    else:
        url = f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    code = (
        "import django; django.setup(); from django.conf import settings; "
        f"settings.EMAIL_BACKEND = 'tests.mail_servers.{server}'; "
        "from projects.actions.mail import deliver_mail; deliver_mail()"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        TAKEN_FILE: str(taken),
    }
    return subprocess.run([sys.executable, "-c", code], env=environment, check=False, timeout=60).returncode


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_with_a_mail_in_its_hands_sends_it_once_and_the_rest_later(tmp_path):
    first, second = MailMessageFactory(), MailMessageFactory()
    taken = tmp_path / "taken"
    assert run_killed("KilledAfterwards", taken) == -signal.SIGKILL
    assert taken.read_text() == f"{first.address}\n"
    assert states() == [(MailState.SENDING, 1), (MailState.WAITING, 0)]
    assert deliver_mail() == Delivery(sent=1)
    with time_machine.travel(MailMessage.objects.get(pk=first.pk).claimed_at + timedelta(minutes=16), tick=False):
        assert deliver_mail() == Delivery(unclear=1)
    assert [sent.to for sent in mail.outbox] == [[second.address]]
    assert states() == [(MailState.UNCLEAR, 1), (MailState.SENT, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_before_it_took_a_mail_loses_none(tmp_path):
    message = MailMessageFactory()
    assert run_killed("KilledBefore", tmp_path / "taken") == -signal.SIGKILL
    assert states() == [(MailState.WAITING, 0)]
    assert deliver_mail() == Delivery(sent=1)
    assert [sent.to for sent in mail.outbox] == [[message.address]]


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_take_the_same_mail():
    for _number in range(12):
        MailMessageFactory()
    start, taken = threading.Barrier(4), []

    def take():
        try:
            start.wait(timeout=60)
            while (message := claim_mail()) is not None:
                taken.append(message.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(taken) == sorted(MailMessage.objects.values_list("pk", flat=True))


def test_the_command_tells_what_it_did(server, now, capsys):
    MailMessageFactory()
    call_command("send_mail_queue", "--json")
    assert json.loads(capsys.readouterr().out) == {"sent": 1, "postponed": 0, "failed": 0, "unclear": 0}
    call_command("send_mail_queue")
    assert capsys.readouterr().out == "Ingen mail venter.\n"
    MailMessageFactory()
    call_command("send_mail_queue")
    assert capsys.readouterr().out == "1 sendt.\n"


def test_mail_printed_on_the_console_stays_out_of_the_commands_answer(settings, now, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    MailMessageFactory()
    call_command("send_mail_queue", "--json")
    printed = capsys.readouterr()
    assert json.loads(printed.out)["sent"] == 1
    assert "Kære kollega" in printed.err
