"""A public edition from its choices to its frozen papers."""

import io
import zipfile
from datetime import date

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from projects.actions.findings import answer_finding
from projects.enums import Role
from projects.models import Attachment, Event, Project
from reports.actions.composing import add_headings
from reports.actions.issuing import issue_note
from reports.actions.public import (
    StaleEditionError,
    approve_public_edition,
    begin_public_edition,
    change_public_texts,
    discard_public_edition,
    is_ready,
    issue_public_edition,
    work_out,
)
from reports.disclosure.collecting import Published
from reports.disclosure.edition import text_places
from reports.disclosure.stored import open_notices, published_annexes, published_before, text_notices
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.models import NoteFile, PublicApproval, PublicEdition
from reports.papers import Papers
from tests import pdf
from tests.factories import FollowUpFactory, MeetingFactory, UserFactory
from tests.factories import approved as make_approved
from tests.reports.disclosure.papers import weakest
from tests.reports.note_cases import NoteCase, note_case

pytestmark = pytest.mark.django_db


def papers(facts, stamp, annexes) -> Papers:
    """Stand in for the PDF library where a test is not about the paper."""
    return Papers(b"%PDF-1.7 public", 3)


@pytest.fixture
def case() -> NoteCase:
    return note_case()


@pytest.fixture
def version(case):
    return issue_note(note=case.note, by=case.secretary, make=papers)


@pytest.fixture
def manager():
    return UserFactory(username="leder", roles=[Role.MANAGER])


@pytest.fixture
def edition(version, case) -> PublicEdition:
    return worked_out(version, case)


def worked_out(version, case, **choices) -> PublicEdition:
    values = {"threshold": 5, "shows_zeros": True, "removes_contacts": True, **choices}
    return work_out(edition=begin_public_edition(issued=version, by=case.secretary, **values))


def answered(edition, by) -> PublicEdition:
    for item in open_notices(edition):
        answer_finding(subject=item.subject, notice=item.notice, answer="Ingen kan genkendes.", by=by)
    return edition


def approved(edition, *people) -> PublicEdition:
    answered(edition, people[0])
    for person in people:
        approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=person)
    return edition


def public_facts(edition) -> NoteFacts:
    return from_json(NoteFacts, edition.facts)


def test_it_is_worked_out_from_what_was_issued(version, edition):
    full, public = from_json(NoteFacts, version.facts), public_facts(edition)
    assert (public.edition, public.case_officer) == ("public", "")
    assert {section.approved_by for section in public.sections} == {""}
    assert [row.label for row in public.sections[0].tables[0].rows] == ["Syrien", "Øvrige"]
    assert weakest([(full, public)], enough=5)[0] == 5
    assert {line["row"] for line in edition.audit} >= {"Kuwait", "§ 85, ud"}


def test_only_annexes_that_may_be_published_are_named(case):
    attachment = case.snapshots["raadgiver"].attachments.get()
    version = issue_note(note=case.note, by=case.secretary, make=papers)
    public = public_facts(worked_out(version, case))
    assert not attachment.may_be_published
    assert public.annexes == ()
    assert {line.annex for section in public.sections for line in section.references} == {None}


@pytest.mark.parametrize("threshold", [1, 4, 20])
def test_a_threshold_that_is_not_offered_is_refused(version, case, threshold):
    with pytest.raises(ValidationError) as refusal:
        begin_public_edition(
            issued=version, threshold=threshold, shows_zeros=True, removes_contacts=True, by=case.secretary
        )
    assert refusal.value.code == "threshold"
    assert not PublicEdition.objects.exists()


def test_texts_are_replaced_or_left_out_and_the_note_keeps_its_own(version, edition, case):
    before = version.facts
    texts = {"introduction": "", "projekt-integration": "En kort tekst til alle."}
    changed = work_out(
        edition=change_public_texts(edition=edition, expected_saves=edition.saves, texts=texts, by=case.secretary)
    )
    public = public_facts(changed)
    assert (public.introduction, public.sections[0].narrative) == ("", "En kort tekst til alle.")
    version.refresh_from_db()
    assert version.facts == before
    event = Event.objects.get(verb="public_texts")
    assert ["projekt-integration", "", "En kort tekst til alle."] in [list(change) for change in event.changes]


def test_a_cpr_number_is_refused_in_a_public_text(edition, case):
    with pytest.raises(ValidationError) as refusal:
        change_public_texts(
            edition=edition, expected_saves=edition.saves, texts={"introduction": "010190-1234"}, by=case.secretary
        )
    assert refusal.value.code == "cpr"
    edition.refresh_from_db()
    assert edition.texts == {}


def test_two_secretaries_do_not_write_over_each_other(edition, case):
    change_public_texts(
        edition=edition, expected_saves=edition.saves, texts={"introduction": "Min."}, by=case.secretary
    )
    with pytest.raises(StaleEditionError):
        change_public_texts(
            edition=edition, expected_saves=edition.saves, texts={"introduction": "Din."}, by=case.secretary
        )
    edition.refresh_from_db()
    assert edition.texts == {"introduction": "Min."}


def test_what_was_noticed_must_be_answered_before_anyone_approves(edition, case, manager):
    edition = work_out(
        edition=change_public_texts(
            edition=edition,
            expected_saves=edition.saves,
            texts={"introduction": "Elleve borgere er ude, og to familier er flyttet."},
            by=case.secretary,
        )
    )
    figures = {item.notice.figures for item in text_notices(edition)}
    assert figures >= {("to familier",)}
    with pytest.raises(ValidationError) as refusal:
        approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=manager)
    assert refusal.value.code == "open_notices"
    assert not PublicApproval.objects.exists()


def test_a_citizens_name_and_a_telephone_cannot_be_answered_away(version, case):
    edition = worked_out(version, case, removes_contacts=False)
    edition = work_out(
        edition=change_public_texts(
            edition=edition,
            expected_saves=edition.saves,
            texts={"introduction": "Spørg Mette Hansen på 4046 7428."},
            by=case.secretary,
        )
    )
    blocking = {item.notice.figures[0] for item in open_notices(edition) if item.is_blocking}
    assert blocking == {"mette hansen", "4046 7428"}


def test_contact_details_of_staff_are_taken_out(version, case):
    edition = worked_out(version, case)
    texts = {"introduction": "Ring på 4046 7428."}
    changed = change_public_texts(edition=edition, expected_saves=edition.saves, texts=texts, by=case.secretary)
    assert public_facts(work_out(edition=changed)).introduction == "Ring på [kontaktoplysning fjernet]."


def test_what_is_said_of_the_day_a_row_is_counted_from_is_a_text_like_the_others(version, edition, case):
    def since(edition: PublicEdition) -> list[str]:
        return [row.since_text for s in public_facts(edition).sections for table in s.tables for row in table.rows]

    words = "siden sidste registrering"
    place = next(each for each in text_places(public_facts(edition)) if each.text == words)
    assert (place.label, since(edition).count(words)) == ("Housing First, § 110", 1)
    texts = {place.key: "siden 2016"}
    changed = change_public_texts(edition=edition, expected_saves=edition.saves, texts=texts, by=case.secretary)
    told = [text.replace(words, "siden 2016") for text in since(edition)]
    assert since(work_out(edition=changed)) == told


def test_one_persons_two_approvals_are_one(edition, case):
    approved(edition, case.secretary)
    with pytest.raises(ValidationError) as refusal:
        approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=case.secretary)
    assert refusal.value.code == "approved_already"
    assert not is_ready(edition)
    with pytest.raises(ValidationError) as refusal:
        issue_public_edition(edition=edition, by=case.secretary, make=papers)
    assert refusal.value.code == "not_approved"
    assert not NoteFile.objects.exists()


def test_what_was_not_seen_is_not_approved(edition, manager):
    with pytest.raises(StaleEditionError):
        approve_public_edition(edition=edition, facts_sha256="0" * 64, by=manager)


def test_an_approval_lapses_when_the_edition_changes(edition, case, manager):
    approved(edition, case.secretary, manager)
    assert is_ready(edition)
    changed = work_out(
        edition=change_public_texts(
            edition=edition, expected_saves=edition.saves, texts={"introduction": "Ny."}, by=case.secretary
        )
    )
    assert not is_ready(changed)
    assert not PublicApproval.objects.exists()


def test_two_peoples_approval_freezes_it(edition, case, manager):
    approved(edition, case.secretary, manager)
    issued = issue_public_edition(edition=edition, by=manager, make=papers)
    files = {file.format: bytes(file.content) for file in NoteFile.objects.filter(edition="public")}
    assert files == {"pdf": b"%PDF-1.7 public", "json": edition.facts.encode()}
    assert issue_public_edition(edition=issued, by=manager, make=papers).issued_at == issued.issued_at
    for change in (
        lambda: begin_public_edition(
            issued=issued.version, threshold=3, shows_zeros=True, removes_contacts=True, by=case.secretary
        ),
        lambda: discard_public_edition(edition=issued, by=case.secretary),
    ):
        with pytest.raises(ValidationError) as refusal:
            change()
        assert refusal.value.code == "issued"


@pytest.mark.parametrize("table", ["reports_publicedition", "reports_publicapproval"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_what_was_issued(edition, case, manager, table, change):
    approved(edition, case.secretary, manager)
    issue_public_edition(edition=edition, by=manager, make=papers)
    with pytest.raises(DatabaseError, match="frozen row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table=table))


def test_a_discarded_edition_leaves_the_note_as_it_was(edition, version, case):
    discard_public_edition(edition=edition, by=case.secretary)
    assert not PublicEdition.objects.exists()
    assert version.note.versions.count() == 1


def test_no_file_of_the_edition_tells_more_than_the_edition(edition, case, manager):
    """The real files, whole: PDF with its enclosed data, Word, JSON and the package with all of them again."""
    approved(edition, case.secretary, manager)
    issue_public_edition(edition=edition, by=manager)
    files = {file.format: bytes(file.content) for file in NoteFile.objects.filter(edition="public")}
    assert set(files) == {"pdf", "json", "docx", "zip"}
    text = pdf.text_of(files["pdf"])
    for told in ("offentlig udgave", "skjult", "Øvrige"):
        assert told in text
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        data = {name: spec.get_file().read_bytes().decode("utf-8-sig") for name, spec in document.attachments.items()}
    nationality = next(content for name, content in data.items() if "nationalitet" in name)
    assert nationality.splitlines()[1:] == ["Syrien;22", "Øvrige;19", "I alt;41"]
    whole = {"pdf": text, "json": files["json"].decode(), **data, **texts_in(files["docx"]), **texts_in(files["zip"])}
    assert len(whole) > 20
    told = [(name, word) for name, content in whole.items() for word in NOWHERE if word in content]
    assert told == []


# Rows that are merged or left out, and a person who is not named in public.
NOWHERE = ("Kuwait", "Somalia", "Fagkonsulenten", "Repatrieret", "Fleksjob")


def texts_in(archive: bytes) -> dict[str, str]:
    """Return what every file of the ZIP says, those of a ZIP or Word file within it too."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            content = opened.read(name)
            if content.startswith(b"PK"):
                found |= texts_in(content)
            else:
                found[name] = pdf.text_of(content) if name.endswith(".pdf") else content.decode("utf-8", "ignore")
    return found


def test_the_next_notes_readers_have_this_one(edition, case, manager):
    approved(edition, case.secretary, manager)
    issue_public_edition(edition=edition, by=manager, make=papers)
    again = issue_note(note=_retitled(case), by=case.secretary, reason="Ny titel", make=papers)
    later = worked_out(again, case)
    (told,) = published_before(later)
    assert (told.threshold, told.hidden) == (5, frozenset(edition.hidden))
    assert set(later.hidden) == set(edition.hidden), "the same month again hides what it hid"


def test_why_a_version_was_issued_is_not_told_in_public(case, version, manager):
    """It was written for the committee, and nobody has gone through it."""
    again = issue_note(note=_retitled(case), by=case.secretary, reason="Én borger fra Kuwait er flyttet", make=papers)
    edition = approved(worked_out(again, case), case.secretary, manager)
    issue_public_edition(edition=edition, by=manager)
    package = again.files.get(edition="public", format="zip").content
    told = texts_in(bytes(package))
    assert not [name for name, text in told.items() if "Kuwait" in text]


def test_an_annex_is_found_when_its_project_is_renamed_after_the_note():
    case = note_case(is_approved=False)
    Attachment.objects.filter(snapshot=case.snapshots["raadgiver"]).update(may_be_published=True)
    for snapshot in case.snapshots.values():
        make_approved(snapshot)
    version = issue_note(note=case.note, by=case.secretary, make=papers)
    Project.objects.filter(code="raadgiver").update(name="Rådgiveren")
    attachment = case.snapshots["raadgiver"].attachments.get()
    assert list(published_annexes(version, from_json(NoteFacts, version.facts))) == [("status", attachment.pk)]


def _retitled(case: NoteCase):
    case.note.title = "Status på geninvestering"
    case.note.save(update_fields=["title"])
    return case.note


def test_the_committees_questions_are_gone_through_too(case):
    FollowUpFactory(
        project=case.projects["integration"],
        meeting=MeetingFactory(committee=case.meeting.committee, date=date(2017, 11, 6)),
        text="Hvorfor er to borgere flyttet?",
    )
    add_headings(note=case.note, by=case.secretary)
    version = issue_note(note=case.note, by=case.secretary, make=papers)
    edition = worked_out(version, case)
    assert "to borgere" in {item.notice.figures[0] for item in text_notices(edition)}
    changed = change_public_texts(
        edition=edition,
        expected_saves=edition.saves,
        texts={"follow-up/0": "Hvorfor flytter nogen?"},
        by=case.secretary,
    )
    assert [fact.text for fact in public_facts(work_out(edition=changed)).follow_ups] == ["Hvorfor flytter nogen?"]


def test_every_text_of_the_note_has_its_own_key(version):
    places = text_places(from_json(NoteFacts, version.facts))
    assert len({place.key for place in places}) == len(places)


def told_before(version, monkeypatch, *hidden: str) -> None:
    full = from_json(NoteFacts, version.facts)
    told = Published(full, frozenset(hidden), 5, shows_zeros=True)
    monkeypatch.setattr("reports.actions.public.published_before", lambda edition: [told])


def test_what_is_told_already_is_not_hidden_again(version, case, monkeypatch):
    told_before(version, monkeypatch)
    edition = worked_out(version, case)
    assert (edition.problem, edition.hidden) == ("", [])
    assert edition.is_worked_out


def test_when_earlier_notes_have_told_too_much_it_says_which(version, case, monkeypatch):
    """The earlier note hid one row and told the others and the total."""
    told_before(version, monkeypatch, "integration|Nationalitet, borgere|Kuwait@2017-11")
    edition = worked_out(version, case)
    assert "Nationalitet, borgere, Kuwait" in edition.problem
    assert not edition.is_worked_out
