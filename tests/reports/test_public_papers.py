"""Public editions of a project's report and of a letter, and the page anyone may read."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from projects.actions.snapshots import save_snapshot
from projects.enums import ProjectState, Role, StoryState
from projects.models import CaseStory, Project
from reports.actions.issued_papers import issue_paper
from reports.actions.project_pages import close_project_page, open_project_page
from reports.actions.project_texts import TEXTS, save_project_text
from reports.actions.public import (
    StaleEditionError,
    approve_public_edition,
    begin_public_edition,
    change_public_texts,
    issue_public_edition,
    work_out,
)
from reports.disclosure.collecting import Published
from reports.disclosure.edition import Choices, ReplacedText
from reports.disclosure.papers import Counts, counts_of, paper_texts, public_paper
from reports.disclosure.stored import published_before
from reports.enums import PaperKind
from reports.facts.papers.kinds import frozen_facts
from reports.models import PaperFile, ProjectPage, PublicPaper, PublicPaperApproval
from reports.papers import Papers
from tests import factories, pdf
from tests.cross_tables import cross_world
from tests.papers import work_off
from tests.reports.disclosure.attacker import HIDDEN, Attacker
from tests.reports.note_cases import AS_OF
from tests.reports.test_public_actions import texts_in

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")]
DAY = date(2017, 11, 27)
CLOSING = PaperKind.CLOSING
CHOICES = {"threshold": "5", "removes_contacts": "", "shows_zeros": "on"}
RESULTS = {"I job": 41, "I uddannelse": 3, "I praktik": 12}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def secretary():
    return factories.UserFactory(username="sekretaer", roles=[Role.SECRETARY])


@pytest.fixture
def project(secretary):
    """A running project with a result of three people, whom to ask, and a story that may be told for a month."""
    found = factories.ProjectFactory(code="rum", name="Rum til os", state=ProjectState.RUNNING)
    snapshot = factories.StatusSnapshotFactory(project=found, as_of=AS_OF, narrative="Godt i gang.")
    for number, (name, value) in enumerate(RESULTS.items()):
        measure = factories.IndicatorFactory(project=found, code=f"m{number}", name=name, unit="borgere")
        factories.TargetFactory(indicator=measure, value=Decimal(20))
        factories.MeasurementFactory(snapshot=snapshot, indicator=measure, value=Decimal(value))
    factories.approved(snapshot)
    factories.CaseStoryFactory(
        project=found,
        title="Tilbage på arbejde",
        situation="Lang tid uden arbejde.",
        effort="Mentor og praktik.",
        result="Ordinært job.",
        state=StoryState.APPROVED,
        read_by=secretary,
        approved_by=secretary,
        expires_on=DAY + timedelta(days=30),
    )
    texts = dict.fromkeys(TEXTS, "") | {"contact": "Ungeenheden", "purpose": "Flere i job."}
    save_project_text(project=found, values=texts, by=secretary)
    return found


def quick(*parts):
    return Papers(pdf=b"%PDF-1.7", page_count=1, others={"docx": b"PK"})


def worked_out(project, by, **choices) -> PublicPaper:
    paper = issue_paper(kind=CLOSING, of=project.code, by=by, make=quick)
    values = {"threshold": 5, "shows_zeros": True, "removes_contacts": False, **choices}
    return work_out(edition=begin_public_edition(issued=paper, by=by, **values))


def changed(edition, texts, by) -> PublicPaper:
    return work_out(edition=change_public_texts(edition=edition, expected_saves=edition.saves, texts=texts, by=by))


def published(project, by) -> PublicPaper:
    edition = worked_out(project, by)
    for person in (by, factories.UserFactory(roles=[Role.SECRETARY])):
        approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=person)
    return issue_public_edition(edition=edition, by=by, make=quick)


def page_of(project):
    return reverse("reports:public-project", args=[project.code])


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestTheWay:
    def test_two_people_and_the_worker_make_it_public(self, project, secretary):
        first, second = client_of(secretary), client_of(factories.UserFactory(roles=[Role.SECRETARY]))
        paper = issue_paper(kind=CLOSING, of=project.code, by=secretary, make=quick)
        where = [CLOSING, project.code, 1]
        here = reverse("reports:paper-public", args=where)
        assert first.post(reverse("reports:paper-public-begin", args=where), CHOICES)["Location"] == here
        assert work_off() == ["done"]
        assert "skjult" in first.get(here).text
        for client in (first, second):
            seen = {"facts_sha256": PublicPaper.objects.get().facts_sha256}
            assert client.post(reverse("reports:paper-public-approve", args=where), seen)["Location"] == here
            assert Client().get(page_of(project)).status_code == 404
        assert work_off() == ["done"]
        assert first.post(reverse("reports:paper-page-open", args=where))["Location"] == here
        stored = bytes(paper.files.get(edition="public", format="pdf").content)
        fetched = Client().get(reverse("reports:public-project-pdf", args=[project.code]))
        assert fetched.content == stored
        text = pdf.text_of(stored)
        assert "offentlig udgave" in text
        assert "20 41" in text
        assert "I uddannelse borgere 20 skjult" in text
        first.post(reverse("reports:paper-page-close", args=where))
        assert Client().get(page_of(project)).status_code == 404

    def test_one_person_twice_is_not_two(self, project, secretary):
        edition = worked_out(project, secretary)
        approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=secretary)
        with pytest.raises(ValidationError) as refusal:
            approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=secretary)
        assert refusal.value.code == "approved_already"
        with pytest.raises(ValidationError) as refusal:
            issue_public_edition(edition=edition, by=secretary, make=quick)
        assert refusal.value.code == "not_approved"
        assert not PaperFile.objects.filter(edition="public").exists()

    def test_what_was_not_seen_is_not_approved(self, project, secretary):
        with pytest.raises(StaleEditionError):
            approve_public_edition(edition=worked_out(project, secretary), facts_sha256="0" * 64, by=secretary)

    def test_a_citizens_name_in_a_text_stands_in_the_way(self, project, secretary):
        texts = dict.fromkeys(TEXTS, "") | {"purpose": "Mette Hansen kom i job."}
        save_project_text(project=project, values=texts, by=secretary)
        edition = worked_out(project, secretary)
        with pytest.raises(ValidationError) as refusal:
            approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=secretary)
        assert refusal.value.code == "open_notices"
        assert not PublicPaperApproval.objects.exists()

    def test_a_text_is_mended_and_the_papers_print_it(self, project, secretary):
        texts = dict.fromkeys(TEXTS, "") | {"purpose": "Mette Hansen kom i job.", "activities": "Praktik."}
        save_project_text(project=project, values=texts, by=secretary)
        edition = worked_out(project, secretary)
        told = {"purpose": "Flere kom i job.", "activities": "", "story-1": ""}
        edition = changed(edition, told, secretary)
        facts = frozen_facts(CLOSING, edition.facts)
        assert (facts.purpose, facts.activities, facts.stories) == ("Flere kom i job.", "", ())
        for person in (secretary, factories.UserFactory(roles=[Role.SECRETARY])):
            approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=person)
        issue_public_edition(edition=edition, by=secretary)
        files = {file.format: bytes(file.content) for file in PaperFile.objects.filter(edition="public")}
        for printed in (pdf.text_of(files["pdf"]), texts_in(files["docx"])["word/document.xml"]):
            words = ("Flere kom i job.", "Mette", "Praktik.", "Tilbage på arbejde")
            assert [word in printed for word in words] == [True, False, False, False]
        with pytest.raises(ValidationError) as refusal:
            change_public_texts(edition=edition, expected_saves=edition.saves, texts={}, by=secretary)
        assert refusal.value.code == "issued"
        assert frozen_facts(CLOSING, edition.paper.facts).purpose == "Mette Hansen kom i job."

    def test_a_story_is_told_in_the_words_consented_to_or_not_at_all(self, project, secretary):
        edition = changed(worked_out(project, secretary), {"story-1/title": "Min egen"}, secretary)
        assert [story.title for story in frozen_facts(CLOSING, edition.facts).stories] == ["Tilbage på arbejde"]

    def test_what_became_public_meanwhile_makes_it_worked_out_anew(self, project, secretary):
        edition = worked_out(project, secretary)
        factories.ProjectPageFactory()
        with pytest.raises(ValidationError) as refusal:
            approve_public_edition(edition=edition, facts_sha256=edition.facts_sha256, by=secretary)
        assert refusal.value.code == "told_meanwhile"

    @pytest.mark.parametrize("table", ["reports_publicpaper", "reports_publicpaperapproval", "reports_paperfile"])
    @pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
    def test_the_database_refuses_to_change_what_was_issued(self, project, secretary, table, change):
        published(project, secretary)
        with pytest.raises(DatabaseError, match="frozen row"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table=table))

    def test_only_what_is_issued_is_shown(self, project, secretary):
        with pytest.raises(ValidationError) as refusal:
            open_project_page(edition=worked_out(project, secretary), by=secretary)
        assert refusal.value.code == "not_issued"
        assert not ProjectPage.objects.exists()


class TestTexts:
    """The page where the texts are changed."""

    @pytest.fixture
    def edition(self, project, secretary):
        return worked_out(project, secretary)

    @pytest.fixture
    def client(self, secretary):
        return client_of(secretary)

    def posted(self, client, edition, **typed):
        where = [CLOSING, edition.paper.of, 1]
        form = client.get(reverse("reports:paper-public", args=where)).context["texts"]
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        named = {place.label: f"text-{number}" for number, place in enumerate(form.places)}
        told = {named[label]: text for label, text in typed.items()}
        data = {name: text for name, text in data.items() if text is not False} | told
        return client.post(reverse("reports:paper-public-texts", args=where), data)

    def test_a_text_is_rewritten_a_story_left_out_and_the_page_says_so(self, client, edition):
        typed = {"Formål": "Job til flere.", "Tilbage på arbejde": "on"}
        assert self.posted(client, edition, **typed).status_code == 302
        assert work_off() == ["done"]
        page = client.get(reverse("reports:paper-public", args=[CLOSING, "rum", 1]))
        assert PublicPaper.objects.get().texts == {"purpose": "Job til flere.", "story-1": ""}
        assert page.context["replaced"] == [
            ReplacedText("Formål", "Flere i job.", "Job til flere."),
            ReplacedText("Tilbage på arbejde", "", ""),
        ]
        assert self.posted(client, edition).status_code == 302
        assert PublicPaper.objects.get().saves == edition.saves + 1, "the page holds what was changed"

    def test_a_cpr_number_comes_back_with_what_was_typed(self, client, edition):
        answer = self.posted(client, edition, Formål="Om 010190-1234")
        assert (answer.status_code, "Om 010190-1234" in answer.text) == (422, True)
        assert PublicPaper.objects.get().texts == {}

    def test_someone_elses_texts_are_not_written_over(self, client, edition, secretary):
        data = {"saves": edition.saves, "text-0": "Din tekst."}
        changed(edition, {"purpose": "Min tekst."}, secretary)
        answer = client.post(reverse("reports:paper-public-texts", args=[CLOSING, "rum", 1]), data)
        assert (answer.status_code, "Din tekst." in answer.text) == (409, True)
        assert PublicPaper.objects.get().texts == {"purpose": "Min tekst."}


class TestTheOpenPage:
    @pytest.fixture
    def is_open(self, project, secretary):
        return open_project_page(edition=published(project, secretary), by=secretary)

    @pytest.mark.usefixtures("is_open")
    def test_anyone_reads_it_and_caches_it_and_gets_no_cookie(self, project, settings):
        answer = Client().get(page_of(project))
        for words in ("Rum til os", "Flere i job.", "Tilbage på arbejde", "Ungeenheden", "skjult"):
            assert words in answer.text
        assert (answer["Cache-Control"], dict(answer.cookies)) == ("public, max-age=300", {})
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert Client().get(page_of(project), headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert "Allow" not in Client().get("/robots.txt").text
        settings.SEARCH_ENGINES = True
        assert "X-Robots-Tag" not in Client().get(page_of(project))
        assert "Allow: /offentligt/" in Client().get("/robots.txt").text

    @pytest.mark.usefixtures("is_open")
    def test_what_is_written_later_is_not_told(self, project, secretary):
        texts = dict.fromkeys(TEXTS, "") | {"purpose": "Noget, kun udvalget må læse."}
        save_project_text(project=project, values=texts, by=secretary)
        Project.objects.update(description="Endnu en hemmelighed.")
        text = Client().get(page_of(project)).text
        assert ("Noget, kun udvalget" in text, "hemmelighed" in text, "Flere i job." in text) == (False, False, True)

    @pytest.mark.parametrize(
        "end",
        [
            lambda: Project.objects.update(state=ProjectState.CLOSED),
            lambda: Project.objects.update(ends_on=DAY - timedelta(days=1)),
        ],
    )
    @pytest.mark.usefixtures("is_open")
    def test_whom_to_ask_goes_away_with_the_project_and_so_does_the_pdf_that_says_it(self, project, end):
        end()
        text = Client().get(page_of(project)).text
        assert ("Ungeenheden" in text, "Flere i job." in text) == (False, True)
        assert "PDF" not in text
        assert Client().get(reverse("reports:public-project-pdf", args=[project.code])).status_code == 404

    @pytest.mark.parametrize(
        "change",
        [{"expires_on": DAY - timedelta(days=1)}, {"state": StoryState.DRAFT}, {"situation": "Skrevet om."}],
    )
    @pytest.mark.usefixtures("is_open")
    def test_a_story_is_told_only_as_it_is_consented_to(self, project, change):
        CaseStory.objects.update(**change)
        assert "Tilbage på arbejde" not in Client().get(page_of(project)).text
        assert Client().get(reverse("reports:public-project-pdf", args=[project.code])).status_code == 404

    def test_unknown_unpublished_and_taken_down_are_the_same(self, project, secretary, is_open):
        close_project_page(project=project, by=secretary)
        hidden = factories.ProjectFactory(code="hemmelig")
        answers = [Client().get(page_of(one)) for one in (project, hidden)]
        answers.append(Client().get(reverse("reports:public-project", args=["findes-ikke"])))
        assert {answer.status_code for answer in answers} == {404}
        # The form's mark is drawn anew for every page.
        assert len({re.sub(r'X-CSRFToken": "\w+"', "", answer.text) for answer in answers}) == 1

    @pytest.mark.usefixtures("is_open")
    def test_nothing_else_is_open(self, project):
        for name in ("paper-version", "paper-pdf", "paper-facts", "paper-public"):
            assert Client().get(reverse(f"reports:{name}", args=[CLOSING, project.code, 1])).status_code == 302


class TestCounts:
    @pytest.fixture
    def letter(self, secretary):
        """A letter whose answers rest on interventions by benefit, and on parts of each benefit."""
        world = cross_world()
        snapshot = factories.StatusSnapshotFactory(project=world.project, as_of=AS_OF)
        saved = save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=world.values(), by=world.by)
        factories.approved(saved)
        question = factories.LetterQuestionFactory()
        question.tables.set([world.cross, world.share])
        return issue_paper(kind=PaperKind.LETTER, of=str(question.letter_id), by=secretary, make=quick)

    def test_a_letters_texts_are_replaced_and_every_number_has_its_heading(self, letter):
        facts = frozen_facts(letter.kind, letter.facts)
        (answer,) = facts.answers
        texts = {"spoergsmaal-1/question": "", "spoergsmaal-1": "Et andet svar.", "introduction": "Kære alle."}
        choices = Choices(5, shows_zeros=True, removes_contacts=True, texts=texts)
        public = public_paper(letter.kind, letter.of, facts, choices, ()).facts
        told = replace(public.answers[0], tables=answer.tables)
        assert told == replace(answer, question="Spørgsmålet er udeladt", answer="Et andet svar.")
        assert (public.introduction, public.closing) == ("Kære alle.", facts.closing)
        places = paper_texts(letter.kind, facts)
        assert len({place.key for place in places}) == len(places)

    @pytest.mark.parametrize("threshold", [3, 5, 10])
    def test_a_letters_cross_table_does_not_tell(self, letter, threshold):
        facts = frozen_facts(letter.kind, letter.facts)
        choices = Choices(threshold, shows_zeros=True, removes_contacts=True, texts={})
        public = public_paper(letter.kind, letter.of, facts, choices, ())
        true, shown = facts.answers[0].tables[0].table, public.facts.answers[0].tables[0].table
        assert public.hidden
        assert reads_cross(true, shown, enough=threshold) == threshold

    def test_the_attacker_finds_a_cell_that_is_badly_hidden(self, letter):
        """The test above can fail: with one cell hidden, it is its row's sum less the others."""
        true = frozen_facts(letter.kind, letter.facts).answers[0].tables[0].table
        row = next(row for row in true.rows if row.label == "Mentor")
        bad = replace(row, cells=(row.cells[0], row.cells[1], None), masked=("cell 2",))
        rows = tuple(bad if one is row else one for one in true.rows)
        assert reads_cross(true, replace(true, rows=rows), enough=5) == 1

    def test_a_later_paper_knows_what_an_earlier_one_hid(self, project, secretary):
        """What the page hid of a month stays hidden when anything else tells of the same month."""
        edition = published(project, secretary)
        assert edition.hidden == ["rum|I uddannelse@2017-11"]
        texts = dict.fromkeys(TEXTS, "") | {"purpose": "Ny."}
        save_project_text(project=project, values=texts, by=secretary)
        again = issue_paper(kind=CLOSING, of=project.code, by=secretary, make=quick, reason="Ny tekst")
        later = begin_public_edition(issued=again, threshold=3, shows_zeros=True, removes_contacts=True, by=secretary)
        (told,) = published_before(later)
        assert isinstance(told, Published)
        assert told.facts == counts_of(CLOSING, "rum", frozen_facts(CLOSING, edition.paper.facts))
        assert isinstance(told.facts, Counts)
        assert work_out(edition=later).hidden == edition.hidden


def reads_cross(true, shown, *, enough: int) -> int:
    """Return the fewest counts any hidden cell may hold for one who reads the table and adds up both ways."""
    attacker = Attacker()
    for number, (row, told) in enumerate(zip(true.rows, shown.rows, strict=True)):
        for place, count in enumerate(row.cells):
            if count is not None:
                is_hidden = f"cell {place}" in told.masked
                attacker.sees(f"{number}/{place}", HIDDEN if is_hidden else told.cells[place])
        attacker.sees(f"{number}/sum", HIDDEN if "value" in told.masked else told.value)
        known = [place for place, count in enumerate(row.cells) if count is not None]
        attacker.knows({f"{number}/sum": -1, **{f"{number}/{place}": 1 for place in known}})
    for place, column in enumerate(shown.columns):
        attacker.sees(f"sum/{place}", HIDDEN if "total" in column.masked else column.total)
        rows = [number for number, row in enumerate(true.rows) if row.cells[place] is not None]
        attacker.knows({f"sum/{place}": -1, **{f"{number}/{place}": 1 for number in rows}})
    secret = [name for name in attacker.low if attacker.low[name] != attacker.high[name]]
    return min((attacker.candidates(name, enough=enough) for name in secret), default=enough)
