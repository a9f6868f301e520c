"""`issue_note`: its options, its exit codes, its one object on standard output."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document

from projects.enums import Role
from projects.models import Event
from reports.models import NoteVersion, StatusNote
from tests import pdf
from tests.factories import StatusRoundFactory, UserFactory
from tests.reports.note_cases import corrected, included, small_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    UserFactory(username="administrator", roles=[Role.ADMINISTRATOR])
    return small_note(2)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "notat.pdf"


def issue(out, *options):
    told = StringIO()
    call_command(
        "issue_note", "--committee", "UFB", "--meeting", "2017-12-04", "--out", str(out), *options, stdout=told
    )
    return told.getvalue()


def test_the_file_is_the_stored_paper_and_the_summary_is_danish(case, out):
    told = issue(out)
    version = NoteVersion.objects.get()
    assert out.read_bytes() == bytes(version.pdf)
    assert told.startswith("Udsendt som version 1")
    assert version.issued_by.username == "administrator"


def test_json_is_one_object(case, out):
    told = json.loads(issue(out, "--json"))
    version = NoteVersion.objects.get()
    assert told == {
        "issued": True,
        "new": True,
        "note": case.note.title,
        "version": 1,
        "pages": version.page_count,
        "sha256": version.pdf_sha256,
        "facts_sha256": version.facts_sha256,
        "file": str(out),
    }


def test_facts_can_be_written_as_json(case, out):
    issue(out, "--format", "json")
    assert out.read_text() == NoteVersion.objects.get().facts


def test_running_it_twice_issues_once_and_writes_the_same_file(case, out):
    issue(out)
    before = out.read_bytes()
    told = json.loads(issue(out, "--json"))
    assert (told["new"], told["version"], out.read_bytes()) == (False, 1, before)
    assert NoteVersion.objects.count() == 1


def test_a_later_version_needs_a_reason(case, out):
    issue(out)
    corrected(case.snapshots["projekt-1"])
    with pytest.raises(CommandError, match="begrundelse"):
        issue(out)
    assert json.loads(issue(out, "--json", "--reason", "Projekt 1 er rettet."))["version"] == 2


def test_a_draft_is_marked_and_nothing_is_frozen(case, out):
    StatusNote.objects.update(case_number="")
    told = json.loads(issue(out, "--draft", "--json"))
    assert (told["issued"], told["draft"], told["blocking"]) == (False, True, 1)
    assert "UDKAST – ikke udsendt" in pdf.text_of(out.read_bytes())
    assert NoteVersion.objects.count() == 0


def test_a_refusal_lists_what_stands_in_the_way_and_stores_nothing(case, out):
    StatusNote.objects.update(case_number="", introduction="TODO")
    with pytest.raises(CommandError) as refused:
        issue(out)
    lines = str(refused.value).splitlines()
    assert lines[0] == "Notatet blev ikke udsendt. 2 ting står i vejen:"
    assert [line.split()[0] for line in lines[1:]] == ["CASE", "R9"]
    assert (NoteVersion.objects.count(), out.exists()) == (0, False)


def test_a_refusal_as_json_is_one_object(case, out, capsys):
    StatusNote.objects.update(case_number="")
    with pytest.raises(CommandError):
        call_command("issue_note", "--committee=UFB", "--meeting=2017-12-04", f"--out={out}", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["issued"] is False
    assert [(item["rule"], item["field"], item["severity"]) for item in told["findings"]] == [
        ("CASE", "case_number", "blocking")
    ]


def test_a_note_nobody_has_begun_is_composed_of_what_owes_a_status(case, out):
    meeting, number = case.meeting, case.note.case_number
    StatusNote.objects.all().delete()
    StatusRoundFactory(committee=meeting.committee, meeting=meeting)
    told = json.loads(issue(out, "--draft", "--json"))
    assert told["note"] == "Status for geninvesteringsprojekterne, november 2017"
    assert StatusNote.objects.count() == 0, number
    with pytest.raises(CommandError, match="sagsnummer"):
        issue(out)
    assert (StatusNote.objects.count(), Event.objects.count()) == (0, 0)


def test_the_one_named_issues(case, out):
    issue(out, "--by", "udvalgssekretaer")
    assert NoteVersion.objects.get().issued_by == case.secretary
    assert included(case.note) == ["projekt-1", "projekt-2"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--edition", "public"], "offentlig udgave"),
        (["--by", "ingen"], "“ingen”"),
        (["--committee", "XYZ"], "XYZ"),
        (["--meeting", "2017-12-05"], "2017-12-05"),
        (["--out", "/findes/ikke/notat.pdf"], "/findes/ikke"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(case, out, options, words):
    with pytest.raises(CommandError) as refused:
        issue(out, *options)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (NoteVersion.objects.count(), out.exists()) == (0, False)


def test_somebody_who_may_not_issue_does_not(case, out):
    UserFactory(username="laeser", roles=[Role.READER])
    with pytest.raises(CommandError, match="laeser"):
        issue(out, "--by", "laeser")
    assert NoteVersion.objects.count() == 0


def test_a_file_that_cannot_be_written_leaves_no_half_file(case, tmp_path):
    (tmp_path / "notat.pdf").mkdir()
    with pytest.raises(CommandError, match=r"notat\.pdf"):
        issue(tmp_path / "notat.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["notat.pdf"]


def test_a_wrong_option_ends_with_exit_code_2():
    command = [sys.executable, "manage.py", "issue_note", "--committee=UFB", "--meeting=i-morgen", "--out=x.pdf"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


def test_word_is_the_stored_file_and_a_draft_is_marked(case, out):
    issue(out, "--format", "docx", "--draft")
    assert "UDKAST" in Document(str(out)).sections[0].header.paragraphs[0].text
    assert NoteVersion.objects.count() == 0
    issue(out, "--format", "docx")
    assert out.read_bytes() == bytes(NoteVersion.objects.get().files.get(format="docx").content)
