"""Papers that are asked for and made by the worker: what is stored, what is told, and what a killed one leaves."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import OperationalError

from projects.actions.workers import record_beat
from reports.actions import renderings
from reports.actions.issuing import NoteBlockedError
from reports.actions.renderings import ask_again, ask_for_issue, ask_for_preview, fail_silent, fail_those_of
from reports.enums import Failure, RenderingKind
from reports.facts.note import PaperError
from reports.models import NoteFile, NoteVersion, Rendering, StatusNote
from tests import pdf
from tests.papers import quick_papers, states, work_off
from tests.reports.note_cases import corrected, note_case, small_note
from tests.reports.test_note_views import address, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")]
NOON = datetime(2017, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    return client_of(case.secretary)


@pytest.fixture
def quick(monkeypatch):
    """Papers that take no time to make, in a real child all the same."""
    monkeypatch.setattr(renderings, "make_papers", quick_papers)
    monkeypatch.setattr(renderings, "make_preview", quick_papers)


def nothing_is_issued():
    return (NoteVersion.objects.count(), NoteFile.objects.count()) == (0, 0)


def killed(*parts):
    os.kill(os.getpid(), signal.SIGKILL)


def shown(client, order):
    return client.get(address("note-paper", order.note_id, order.pk))


class TestPreview:
    def test_it_is_a_marked_draft_and_issues_nothing(self):
        case = note_case(is_approved=False)
        client = client_of(case.secretary)
        asked = client.post(address("note-preview", case.note.pk))
        assert "Udkastet laves" in client.get(asked.url).text
        assert work_off() == ["done"]
        response = client.get(asked.url, follow=True)
        assert (response["Content-Type"], response["Content-Disposition"][:6]) == ("application/pdf", "inline")
        text = pdf.text_of(response.content)
        assert "UDKAST – ikke udsendt" in text
        assert text.count("ikke godkendt") == 3
        assert nothing_is_issued()

    def test_the_same_draft_is_made_once(self, case, quick):
        first = ask_for_preview(note=case.note, by=case.secretary)
        assert ask_for_preview(note=case.note, by=case.secretary) == first
        work_off()
        assert ask_for_preview(note=case.note, by=case.secretary) == first

    def test_a_draft_that_has_changed_is_made_anew(self, case, quick):
        first = ask_for_preview(note=case.note, by=case.secretary)
        work_off()
        StatusNote.objects.update(title="En anden titel")
        second = ask_for_preview(note=case.note, by=case.secretary)
        assert second != first
        work_off()
        assert states([Rendering.objects.get(pk=second.pk)]) == [("done", "")]

    def test_old_drafts_are_thrown_away_when_a_new_one_is_made(self, case, quick):
        with time_machine.travel(NOON):
            old = ask_for_preview(note=case.note, by=case.secretary)
            work_off()
        with time_machine.travel(NOON + timedelta(days=1)):
            new = ask_for_preview(note=case.note, by=case.secretary)
            work_off()
        assert list(Rendering.objects.all()) == [new] != [old]

    def test_one_that_is_not_made_yet_is_no_file(self, client, case):
        order = ask_for_preview(note=case.note, by=case.secretary)
        assert client.get(address("note-paper-file", case.note.pk, order.pk)).status_code == 404


class TestIssue:
    def test_the_version_belongs_to_the_one_who_asked(self, client, case):
        order = ask_for_issue(note=case.note, by=case.secretary)
        assert nothing_is_issued()
        assert work_off() == ["done"]
        order.refresh_from_db()
        assert (order.version.number, order.version.issued_by) == (1, case.secretary)
        response = client.get(address("note-paper", case.note.pk, order.pk), follow=True)
        assert "Notatet er udsendt som version 1" in response.text

    def test_what_stands_in_the_way_is_refused_at_once(self, case):
        StatusNote.objects.update(introduction="TODO")
        with pytest.raises(NoteBlockedError):
            ask_for_issue(note=case.note, by=case.secretary)
        assert Rendering.objects.count() == 0

    def test_figures_that_changed_after_the_click_are_not_issued(self, client, case):
        order = ask_for_issue(note=case.note, by=case.secretary)
        corrected(case.snapshots["projekt-1"])
        assert work_off() == ["failed"]
        assert nothing_is_issued()
        text = shown(client, order).text
        assert "Tallene ændrede sig" in text
        assert address("note-paper-again", case.note.pk, order.pk) not in text

    def test_an_order_that_was_carried_out_is_not_carried_out_again(self, case, quick):
        order = ask_for_issue(note=case.note, by=case.secretary)
        work_off()
        assert renderings.carry_out(order.pk, worker="en anden") == ""
        assert NoteVersion.objects.count() == 1


@pytest.mark.usefixtures("quick")
class TestFailure:
    """Each ends in a sentence, with the draft as it was and nothing issued; and then it can be done again."""

    @pytest.mark.parametrize(
        ("happens", "failure", "words"),
        [
            (killed, Failure.CRASHED, "stoppede midt i det"),
            (lambda *parts: [][0], Failure.CRASHED, "stoppede midt i det"),
            (lambda *parts: bytes(1 << 40), Failure.MEMORY, "mere hukommelse"),
            (lambda *parts: renderings.apart(lambda: None), Failure.CRASHED, "stoppede midt i det"),
        ],
    )
    def test_in_the_child(self, client, case, monkeypatch, happens, failure, words):
        with monkeypatch.context() as patch:
            patch.setattr(renderings, "make_papers", happens)
            order = ask_for_issue(note=case.note, by=case.secretary)
            assert work_off() == ["failed"]
        assert states([Rendering.objects.get()]) == [("failed", failure)]
        self.nothing_is_lost_and_it_can_be_done_again(client, case, order, words)

    def test_of_time(self, client, case, settings):
        settings.PAPER_SECONDS = 0
        order = ask_for_issue(note=case.note, by=case.secretary)
        assert work_off() == ["failed"]
        settings.PAPER_SECONDS = 180
        self.nothing_is_lost_and_it_can_be_done_again(client, case, order, "ikke færdigt i den tid")

    def test_of_a_full_disk(self, client, case, monkeypatch):
        def full(*args, **kwargs):
            raise OperationalError("database or disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(NoteFile.objects, "bulk_create", full)
            order = ask_for_issue(note=case.note, by=case.secretary)
            assert work_off() == ["failed"]
        self.nothing_is_lost_and_it_can_be_done_again(client, case, order, "ikke mere plads på serverens disk")

    def test_of_a_worker_that_was_killed_is_seen_at_once_by_the_one_that_looks_after_it(self, client, case):
        order = ask_for_issue(note=case.note, by=case.secretary)
        renderings._taken(order.pk, "vært-1-0")
        fail_those_of(["vært-1-0"])
        self.nothing_is_lost_and_it_can_be_done_again(client, case, order, "blev standset")

    def test_of_a_worker_nobody_hears_from_is_seen_on_the_page(self, client, case):
        with time_machine.travel(NOON, tick=False):
            order = ask_for_issue(note=case.note, by=case.secretary)
            renderings._taken(order.pk, "vært-1-0")
            assert "Papirerne laves" in shown(client, order).text
        with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
            self.nothing_is_lost_and_it_can_be_done_again(client, case, order, "blev standset")
            assert states([Rendering.objects.get(pk=order.pk)]) == [("failed", Failure.LOST)]

    def nothing_is_lost_and_it_can_be_done_again(self, client, case, order, words):
        text = shown(client, order).text
        assert words in text
        assert "Intet er udsendt" in text
        assert nothing_is_issued()
        before = StatusNote.objects.values().get()
        again = client.post(address("note-paper-again", case.note.pk, order.pk))
        assert work_off() == ["done"]
        assert client.get(again.url).url == address("note-version-show", case.note.pk, 1)
        assert StatusNote.objects.values().get() == before

    def test_an_issue_is_not_tried_again_with_other_figures(self, case):
        order = ask_for_issue(note=case.note, by=case.secretary)
        Rendering.objects.update(state="failed", failure=Failure.CRASHED)
        order.refresh_from_db()
        corrected(case.snapshots["projekt-1"])
        with pytest.raises(ValidationError) as refused:
            ask_again(order=order, by=case.secretary)
        assert refused.value.code == "changed_meanwhile"
        assert Rendering.objects.on_their_way().count() == 0

    def test_a_preview_is_tried_again_too(self, client, case, monkeypatch):
        def fail(*parts):
            raise PaperError("et billede")

        with monkeypatch.context() as patch:
            patch.setattr(renderings, "make_preview", fail)
            order = ask_for_preview(note=case.note, by=case.secretary)
            work_off()
        assert "kunne ikke sættes på papir" in shown(client, order).text
        client.post(address("note-paper-again", case.note.pk, order.pk))
        assert work_off() == ["done"]


class TestProgress:
    def test_nothing_is_said_again_while_nothing_is_new(self, client, case):
        record_beat(name="vært-1", now=datetime.now(UTC))
        order = ask_for_preview(note=case.note, by=case.secretary)
        url = address("note-paper", case.note.pk, order.pk)
        asked = {"headers": {"HX-Request": "true"}}
        assert client.get(f"{url}?seen=queued", **asked).status_code == 204
        renderings._taken(order.pk, "vært-1-0")
        news = client.get(f"{url}?seen=queued", **asked)
        assert news.text.lstrip().startswith('<section class="panel paper-progress"')
        assert "?seen=rendering" in news.text
        Rendering.objects.update(state="done")
        gone = client.get(f"{url}?seen=rendering", **asked)
        assert gone["HX-Redirect"] == address("note-paper-file", case.note.pk, order.pk)

    def test_a_queue_nobody_works_off_is_told(self, client, case):
        order = ask_for_preview(note=case.note, by=case.secretary)
        assert "kører ikke lige nu" in shown(client, order).text
        record_beat(name="vært-1", now=datetime.now(UTC))
        assert "kører ikke" not in shown(client, order).text

    def test_the_supervisor_gives_up_what_is_silent_and_nothing_else(self, case):
        with time_machine.travel(NOON, tick=False):
            order = ask_for_issue(note=case.note, by=case.secretary)
            renderings._taken(order.pk, "vært-1-0")
            fail_silent(Rendering.objects.all())
            assert states(Rendering.objects.all()) == [("rendering", "")]
        with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
            fail_silent(Rendering.objects.all())
        assert states(Rendering.objects.filter(kind=RenderingKind.ISSUE)) == [("failed", Failure.LOST)]
