"""The proposal catalogue of January 2016: every figure of the source, on paper, by command and in a browser."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.enums import ProjectState
from projects.models import OrgUnit, Pool, Project, User
from reports.actions.issued_papers import gathered_paper, issue_paper
from reports.actions.letters import HEAD
from reports.actions.project_texts import TEXTS, save_project_text
from reports.enums import PaperKind
from reports.facts.canonical import to_json
from reports.facts.papers.catalogue import CatalogueFacts, GapFact
from reports.facts.papers.kinds import frozen_facts
from reports.markup import paper_markup
from reports.models import IssuedPaper, Letter, LetterQuestion, Rendering
from reports.papers import Papers, make_paper_draft
from tests import factories, pdf
from tests.papers import work_off
from tests.pdf_checkpoints import flaws
from tests.reports.test_package import opened

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")]
DAY = date(2017, 11, 27)
CATALOGUE = PaperKind.CATALOGUE


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def client(demo):
    client = Client()
    client.force_login(User.objects.get(username="leder"))
    return client


def facts() -> CatalogueFacts:
    found = gathered_paper(CATALOGUE, "GENINV-2016").facts
    assert isinstance(found, CatalogueFacts)
    return found


def address(name, *more):
    return reverse(f"reports:{name}", args=[CATALOGUE, "GENINV-2016", *more])


def address_of(kind, of, name, *more):
    return reverse(f"reports:{name}", args=[kind, of, *more])


def letter() -> str:
    return str(Letter.objects.get().pk)


def questions() -> list[int]:
    return list(LetterQuestion.objects.values_list("pk", flat=True))


def head_of_the_letter(**changes):
    """Return what the form posts of the letter as it stands, with some of it changed."""
    found = Letter.objects.get()
    typed = {name: getattr(found, name) for name in HEAD} | {"unit": found.unit_id, "dated": "", "version": found.saves}
    return typed | changes


def quick(*parts):
    return Papers(pdf=b"%PDF-1.7", page_count=1, others={"docx": b"PK"})


def issued(**values):
    return issue_paper(kind=CATALOGUE, of="GENINV-2016", by=User.objects.get(username="leder"), make=quick, **values)


@pytest.mark.usefixtures("demo")
class TestFacts:
    def test_the_economy_is_the_sources(self):
        (year,) = facts().economy
        amounts = [(line.number, int(line.amount), line.form_amount) for line in year.lines]
        assert amounts == [
            (2, 185_000, 185_000),
            (3, 300_000, None),
            (4, 425_000, None),
            (5, 0, None),
            (6, 150_000, 185_000),
            (7, 500_000, None),
            (8, 450_000, None),
            (9, 800_000, 740_000),
            (10, 0, 185_000),
        ]
        assert (year.total, year.frame, year.rest) == (2_810_000, 4_300_000, 1_490_000)

    def test_everything_printed_is_in_the_contents(self):
        found = facts()
        assert [form.number for form in found.forms] == list(range(1, 11))
        assert [anchor for anchor, _title in found.contents] == [
            "maal-og-spor",
            *(f"forslag-{number}" for number in range(1, 11)),
            "oekonomi",
            "uden-beloeb",
        ]
        assert (len(found.goals), len(found.tracks)) == (4, 2)
        short = {3, 4, 5, 10}
        assert [len(form.fields) for form in found.forms] == [8 if n in short else 10 for n in range(1, 11)]

    def test_what_has_no_amount(self):
        found = facts()
        assert [(gap.number, gap.form_amount, gap.listed, gap.is_listed) for gap in found.gaps] == [
            (1, 740_000, None, False),
            (3, None, 300_000, True),
            (4, None, 425_000, True),
            (5, None, None, True),
            (7, None, 500_000, True),
            (8, None, 450_000, True),
            (10, 185_000, None, True),
        ]
        assert isinstance(found.gaps[0], GapFact)
        assert (found.unfounded, round(found.unfounded_share, 1)) == (1_675_000, Decimal("59.6"))

    def test_frozen_they_are_read_again_as_they_were(self):
        assert frozen_facts(CATALOGUE, to_json(facts())) == facts()


@pytest.mark.usefixtures("demo")
class TestOtherFacts:
    def test_a_state_pools_terms_are_checked_on_the_day(self):
        found = gathered_paper(PaperKind.ORIENTATION, "STATSPULJE-2017").facts
        assert [(term.label, term.value) for term in found.terms][1:] == [
            ("Medfinansiering", "50 %"),
            ("Periode", "2017–2020"),
            ("Kommuner i alt", "7"),
            ("Borgere i alt", "750"),
            ("Mindste antal deltagere pr. kommune", "100"),
            ("Egne borgere i målgruppen", "244"),
            ("Ansøgningsfrist", "1. september 2017"),
        ]
        states = {check.title: check.state for check in found.checks}
        assert (states["Deltagere"], states["Ansøgningsfrist"]) == ("met", "not_met")
        assert "52.133" in found.per_citizen
        assert "104.267" in found.per_citizen
        assert [(unit.unit, len(unit.efforts)) for unit in found.units] == [
            ("Center for Socialservice", 2),
            ("Jobcenter Vallensbæk", 4),
        ]
        assert "570–575" in found.overlap
        assert found.decision == "Puljen søges ikke"

    def test_a_closed_project_is_told_with_its_targets_and_without_results(self):
        gathered = gathered_paper(PaperKind.CLOSING, "rum-til-os")
        found = gathered.facts
        assert [(int(row.target), row.value) for row in found.results] == [(12, None), (8, None), (5, None), (25, None)]
        assert [notice.rule for notice in gathered.notices] == ["R16"]
        assert [story.example for story in found.stories] == ["Eksempel: historien er opdigtet."]
        assert "overlapper" in found.overlap
        assert found.head.kind == "Afsluttende rapport"

    def test_whom_to_ask_is_told_only_while_the_project_runs(self):
        project = Project.objects.get(code="frivillighed")
        texts = dict.fromkeys(TEXTS, "") | {"contact": "Ungeenheden\nTelefon på kommunens side"}
        save_project_text(project=project, values=texts, by=User.objects.get(username="leder"))
        assert gathered_paper(PaperKind.CLOSING, "frivillighed").facts.contact == (
            "Ungeenheden",
            "Telefon på kommunens side",
        )
        Project.objects.update(state=ProjectState.CLOSED, ends_on=DAY)
        assert gathered_paper(PaperKind.CLOSING, "frivillighed").facts.contact == ()

    def test_a_letter_answers_with_the_sources_tables(self):
        gathered = gathered_paper(PaperKind.LETTER, letter())
        tables = [printed.table for answer in gathered.facts.answers for printed in answer.tables]
        parts, cross, cohort = tables
        assert [(row.label, row.value, row.out_of, round(row.share, 1)) for row in parts.rows] == [
            ("Kontanthjælp", 78, 369, Decimal("21.1")),
            ("Uddannelseshjælp", 18, 195, Decimal("9.2")),
            ("Integrationsydelse", 13, 155, Decimal("8.4")),
        ]
        assert [column.total for column in cross.columns] == [18, 78, 13]
        assert (cross.total, parts.total, parts.total_out_of) == (109, 109, 719)
        assert ([row.value for row in cohort.rows], cohort.total) == ([5, 1, 5, 18], 29)
        assert {notice.rule for notice in gathered.notices} == {"R17"}
        assert len(gathered.facts.remarks) == 2
        text = pdf.text_of(make_paper_draft("letter", gathered.facts).pdf)
        assert "Kontanthjælp: 78 ud af 369 (21,1 %)" in text.replace("\xa0", " ")

    def test_a_letter_with_a_drafts_mark_is_not_issued(self, client):
        client.force_login(User.objects.get(username="udvalgssekretaer"))
        where = {"pk": letter()}
        question = LetterQuestion.objects.filter(letter=letter()).last()
        page = reverse("reports:question-edit", kwargs={**where, "question": question.pk})
        typed = {"text": question.text, "answer": "TODO: tallet", "caveat": "", "version": question.saves}
        saved = client.post(page, typed)
        assert saved.status_code == 302
        refused = client.post(reverse("reports:paper-issue", args=[PaperKind.LETTER, letter()]))
        assert (refused.status_code, IssuedPaper.objects.count()) == (409, 0)

    def test_it_is_sent_under_its_own_name_and_not_under_our_logo(self, settings):
        settings.SITE_LOGO = ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        settings.SITE_ADDRESS = "Tingvejen 1, 8722 Hedensted"
        gathered = gathered_paper(PaperKind.LETTER, letter())
        markup = paper_markup("letter", gathered.facts).html
        assert '<p class="sender">Syddjurs Kommune</p>' in markup
        assert ("Hedensted" in markup, "Tingvejen" in markup) == (False, False)

    def test_questions_are_put_in_order_by_arrows_and_by_dragging(self, client):
        client.force_login(User.objects.get(username="udvalgssekretaer"))
        page, before = reverse("reports:letter-edit", kwargs={"pk": letter()}), questions()
        assert client.post(page, head_of_the_letter(order=before, move=f"down-{before[0]}"))["Location"] == page
        assert questions() == [before[1], before[0], *before[2:]]
        client.post(page, head_of_the_letter(order=before[::-1]))
        assert questions() == before[::-1]
        numbers = [answer.question for answer in gathered_paper(PaperKind.LETTER, letter()).facts.answers]
        assert numbers == [LetterQuestion.objects.get(pk=pk).text for pk in before[::-1]]

    def test_a_cpr_number_in_an_answer_comes_back(self, client):
        client.force_login(User.objects.get(username="udvalgssekretaer"))
        page = reverse("reports:question-create", kwargs={"pk": letter()})
        answer = client.post(page, {"text": "Hvem?", "answer": "Borger 010190-1234", "caveat": ""})
        assert (answer.status_code, LetterQuestion.objects.count()) == (422, 4)


@pytest.mark.usefixtures("demo")
class TestIssue:
    def test_the_database_refuses_any_change(self):
        paper = issued()
        for change in (lambda: IssuedPaper.objects.update(title="Andet"), paper.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert IssuedPaper.objects.get().title == "Forslag til Geninvesteringspuljen 2016"

    def test_the_same_is_not_issued_again_on_another_day(self):
        issued()
        with time_machine.travel(date(2017, 12, 1)), pytest.raises(Exception, match="version 1"):
            issued()
        assert IssuedPaper.objects.count() == 1

    def test_a_new_version_needs_its_reason(self):
        issued()
        Pool.objects.update(description="Puljen er beskrevet på ny.")
        with pytest.raises(Exception, match="Skriv"):
            issued()
        assert issued(reason="Ny beskrivelse").number == 2


@pytest.mark.usefixtures("demo")
class TestCommand:
    def call(self, tmp_path, *more):
        out, file = StringIO(), tmp_path / "katalog.pdf"
        call_command(
            "issue_paper", "--kind=catalogue", "--of=GENINV-2016", f"--out={file}", "--json", *more, stdout=out
        )
        return json.loads(out.getvalue()), file.read_bytes()

    def test_it_is_issued_and_the_file_is_what_was_stored(self, tmp_path):
        told, content = self.call(tmp_path)
        paper = IssuedPaper.objects.get()
        assert (told["issued"], told["new"], told["version"], told["sha256"]) == (True, True, 1, paper.pdf_sha256)
        assert content == bytes(paper.pdf)
        text = pdf.text_of(content)
        for figure in ("2.810.000", "4.300.000", "1.490.000", "1.675.000 kr. (59,6 %)", "750.000 kr."):
            assert figure in text, figure
        assert pdf.headings(content)[:3] == [
            (1, "Forslag til Geninvesteringspuljen 2016"),
            (2, "Indhold"),
            (2, "Mål og spor"),
        ]
        assert flaws(content) == {}
        again, same = self.call(tmp_path)
        assert (again["new"], same) == (False, content)

    def test_a_draft_freezes_nothing(self, tmp_path):
        told, content = self.call(tmp_path, "--draft", "--format=json")
        assert (told["issued"], IssuedPaper.objects.count()) == (False, 0)
        assert json.loads(content)["economy"][0]["rest"] == "1490000"

    def test_what_does_not_exist_is_refused(self, tmp_path):
        with pytest.raises(CommandError, match="NIX"):
            call_command("issue_paper", "--kind=catalogue", "--of=NIX", f"--out={tmp_path / 'x'}")
        assert list(tmp_path.iterdir()) == []


class TestBrowser:
    @pytest.mark.parametrize(
        ("kind", "of", "figure"),
        [
            (CATALOGUE, "GENINV-2016", "1.490.000"),
            (PaperKind.CLOSING, "rum-til-os", "R16"),
            (PaperKind.ORIENTATION, "STATSPULJE-2017", "104.267"),
            (PaperKind.LETTER, "", "78 ud af 369"),
        ],
    )
    def test_it_is_seen_issued_by_the_worker_and_fetched(self, client, kind, of, figure):
        """Each kind, in a child of the worker: every shape of it is stored and served as it was stored."""
        of = of or letter()
        client.force_login(User.objects.get(username="udvalgssekretaer"))
        assert figure in client.get(address_of(kind, of, "paper-show")).text.replace("\xa0", " ")
        asked = client.post(address_of(kind, of, "paper-issue"))
        assert (asked.status_code, work_off()) == (302, ["done"])
        assert client.get(asked["Location"])["Location"] == address_of(kind, of, "paper-version", 1)
        paper = IssuedPaper.objects.get()
        fetched = client.get(address_of(kind, of, "paper-pdf", 1))
        assert fetched.content == bytes(paper.pdf)
        known = {"If-None-Match": f'"{paper.pdf_sha256}"'}
        assert client.get(address_of(kind, of, "paper-pdf", 1), headers=known).status_code == 304
        assert flaws(fetched.content) == {}
        level, title = pdf.headings(fetched.content)[0]
        # A heading's lines come without the space between them.
        assert (level, title.replace(" ", "")) == (1, paper.title.replace(" ", ""))
        package = client.get(address_of(kind, of, "paper-package", 1)).content
        files = opened(package)
        assert files.pop("metadata.xml").count(b"sha256=") == 3
        word = client.get(address_of(kind, of, "paper-word", 1)).content
        assert files == {"papir.pdf": bytes(paper.pdf), "papir.docx": word, "papir.json": paper.facts.encode()}
        assert paper.title in client.get(address_of(kind, of, "paper-version", 1)).text
        assert paper.title in client.get(reverse("reports:paper-list")).text

    @pytest.mark.parametrize("name", ["leder", "udvalgssekretaer", "oekonom"])
    @pytest.mark.parametrize(("kind", "of"), [(PaperKind.CLOSING, "fleksjob-jobspor"), (PaperKind.LETTER, "")])
    def test_it_leads_to_where_it_is_written_only_those_who_may_write_it(self, client, kind, of, name):
        client.force_login(User.objects.get(username=name))
        page = client.get(address_of(kind, of or letter(), "paper-show"))
        source = page.context["source"]
        assert source is None or client.get(source[0]).status_code == 200
        assert (source is None) == (kind == PaperKind.LETTER and name == "oekonom")

    def test_a_draft_is_made_and_nothing_is_issued(self, client):
        asked = client.post(address("paper-preview"))
        assert work_off() == ["done"]
        draft = client.get(client.get(asked["Location"])["Location"])
        assert draft.content.startswith(b"%PDF")
        assert (IssuedPaper.objects.count(), Rendering.objects.filter(paper_kind=CATALOGUE).count()) == (0, 1)

    def test_changed_meanwhile_is_not_issued(self, client):
        client.post(address("paper-issue"))
        Project.objects.update(description="")
        Pool.objects.update(description="Anderledes")
        assert (work_off(), IssuedPaper.objects.count()) == (["failed"], 0)

    def test_a_later_version_without_a_reason_comes_back(self, client):
        issued()
        Pool.objects.update(description="Anderledes")
        answer = client.post(address("paper-issue"), {"reason": ""})
        assert (answer.status_code, Rendering.objects.count()) == (422, 0)

    def test_the_list_costs_the_same_for_many_letters(self, client):
        address, counts = reverse("reports:paper-list"), []
        for _more in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
            factories.LetterFactory.create_batch(3, unit=OrgUnit.objects.get(name="Syddjurs Kommune"))
        assert counts[0] == counts[1]

    def test_another_kind_does_not_exist(self, client):
        assert client.get("/papirer/noget/GENINV-2016/").status_code == 404
