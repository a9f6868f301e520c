"""Writing a letter: it saves itself, two people choose field by field, and a session that ran out loses nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.enums import Role
from projects.models import Event
from reports.models import Letter, LetterQuestion
from tests import factories
from tests.reports.test_note_views import client_of

pytestmark = pytest.mark.django_db
TYPED = ("title", "recipient", "introduction", "closing")


@pytest.fixture
def secretary():
    return factories.UserFactory(first_name="Inge", last_name="Hansen", roles=[Role.SECRETARY])


@pytest.fixture
def colleague():
    return factories.UserFactory(first_name="Kaj", last_name="Holm", roles=[Role.SECRETARY])


@pytest.fixture
def question():
    return factories.LetterQuestionFactory(letter__introduction="Kære minister.")


def place(name, *where):
    return reverse(f"reports:{name}", args=where)


def head(letter, **changes):
    """Return what the page of the letter's head posts."""
    texts = {name: getattr(letter, name) for name in TYPED}
    order = list(letter.questions.values_list("pk", flat=True))
    return {**texts, "unit": letter.unit_id, "order": order, "version": letter.saves, **changes}


def words(question, **changes):
    return {"text": question.text, "answer": question.answer, "caveat": "", "version": question.saves, **changes}


class TestHead:
    def test_it_saves_itself_and_the_same_once_more_is_no_conflict(self, secretary, question):
        letter, client = question.letter, client_of(secretary)
        first = factories.LetterQuestionFactory(letter=letter, text="Hvorfor?")
        typed = head(letter, closing="Venlig hilsen", order=[first.pk, question.pk])
        answer = client.post(place("letter-autosave", letter.pk), typed).json()
        assert (answer["version"], answer["saved"][:9]) == ("2", "Gemt kl. ")
        assert client.post(place("letter-autosave", letter.pk), typed).json()["version"] == "2"
        stored = Letter.objects.get()
        assert (stored.closing, stored.saves, list(stored.questions.all())) == ("Venlig hilsen", 2, [first, question])
        assert answer["base"] == client.get(place("letter-edit", letter.pk)).context["base"]

    def test_a_stretch_of_saves_tells_once_what_each_field_said_before(self, secretary, colleague, question):
        letter = question.letter
        for by, typed in (
            (secretary, {"introduction": "K"}),
            (secretary, {"introduction": "Kæ"}),
            (secretary, {"introduction": "Kæ", "closing": "Hilsen"}),
            (colleague, {"introduction": "Kære", "closing": "Hilsen"}),
        ):
            letter.refresh_from_db()
            assert client_of(by).post(place("letter-autosave", letter.pk), head(letter, **typed)).status_code == 200
        assert [event.changes for event in Event.objects.filter(verb="changed").order_by("pk")] == [
            [["indledning", "Kære minister.", "K"]],
            [["afsluttende ord", "", "Hilsen"]],
            [["indledning", "Kæ", "Kære"]],
        ]

    def test_what_cannot_be_saved_is_told_with_its_field(self, secretary, question):
        letter = question.letter
        typed = head(letter, title="T" * 400, introduction="Om 010190-1234")
        answer = client_of(secretary).post(place("letter-autosave", letter.pk), typed)
        assert answer.status_code == 422
        assert [line["anchor"] for line in answer.json()["fields"]] == ["id_title", "id_introduction"]
        assert Letter.objects.get().saves == 1

    def test_each_field_two_have_changed_is_chosen_and_the_rest_is_the_colleagues(self, secretary, colleague, question):
        letter, client = question.letter, client_of(secretary)
        page = place("letter-edit", letter.pk)
        mine = head(letter, introduction="Mine ord.", base=client.get(page).context["base"])
        theirs = head(letter, introduction="Kajs ord.", title="Kajs titel")
        assert client_of(colleague).post(page, theirs).status_code == 302
        stopped = client.post(place("letter-autosave", letter.pk), mine)
        assert (stopped.status_code, stopped.json()["reason"]) == (409, "conflict")
        assert "Kaj Holm har gemt brevet imens" in stopped.json()["message"]
        asked = client.post(page, mine)
        assert (asked.status_code, "Kaj Holm gemte, mens du skrev" in asked.text) == (409, True)
        assert [(row.name, row.mine, row.theirs, row.is_mine_chosen) for row in asked.context["differences"]] == [
            ("title", letter.title, "Kajs titel", False),
            ("introduction", "Mine ord.", "Kajs ord.", True),
        ]
        assert Letter.objects.get().introduction == "Kajs ord."
        choices = {"choose-title": "theirs", "choose-introduction": "mine", "version": asked.context["version"]}
        assert client.post(page, mine | choices).status_code == 302
        stored = Letter.objects.get()
        assert (stored.title, stored.introduction) == ("Kajs titel", "Mine ord.")

    def test_another_person_at_the_machine_saves_nothing(self, secretary, question):
        save = place("letter-autosave", question.letter_id)
        typed = head(question.letter, title="Ny", writer="0")
        assert client_of(secretary).post(save, typed).status_code == 403
        answer = Client().post(save, typed)
        assert (answer.status_code, answer.json()["login"]) == (
            401,
            f"/konto/log-ind/?next={place('letter-edit', question.letter_id)}",
        )
        assert Letter.objects.get().saves == 1


class TestQuestion:
    def test_it_saves_itself_with_its_tables(self, secretary, question):
        table = factories.BreakdownFactory(project=factories.ProjectFactory(name="Rum til os"), name="Udfald")
        save = place("question-autosave", question.letter_id, question.pk)
        answer = client_of(secretary).post(save, words(question, answer="110.", tables=[table.pk])).json()
        stored = LetterQuestion.objects.get()
        assert (answer["version"], stored.answer, list(stored.tables.all())) == ("2", "110.", [table])
        (event,) = Event.objects.filter(verb="changed")
        assert event.changes == [["svar 0", "109.", "110."], ["Tabeller under svaret 0", "", "Udfald"]]

    def test_tables_two_have_chosen_are_told_by_name(self, secretary, colleague, question):
        project = factories.ProjectFactory(name="Rum til os")
        mine, theirs = (factories.BreakdownFactory(project=project, name=name) for name in ("Udfald", "Køn"))
        page = place("question-edit", question.letter_id, question.pk)
        client = client_of(secretary)
        opened = client.get(page).context["base"]
        assert client_of(colleague).post(page, words(question, tables=[theirs.pk])).status_code == 302
        asked = client.post(page, words(question, tables=[mine.pk], base=opened))
        assert [(row.label, row.mine, row.theirs) for row in asked.context["differences"]] == [
            ("Tabeller under svaret", "Rum til os: Udfald", "Rum til os: Køn")
        ]
        typed = words(question, tables=[mine.pk], base=opened, version=2, **{"choose-tables": "theirs"})
        assert client.post(page, typed | {"answer": "111."}).status_code == 302
        stored = LetterQuestion.objects.get()
        assert (stored.answer, list(stored.tables.all())) == ("111.", [theirs])


@pytest.mark.parametrize(("name", "where"), [("letter-create", 0), ("letter-edit", 1), ("question-edit", 2)])
def test_text_typed_after_the_session_ended_is_there_after_login(secretary, question, name, where):
    page = place(name, *[question.letter_id, question.pk][:where])
    stranger = Client()
    typed = {**head(question.letter, introduction="Tastet længe"), **words(question, answer="Tastet længe")}
    assert stranger.post(page, {**typed, "writer": secretary.pk}).status_code == 302
    stranger.force_login(secretary)
    assert "Tastet længe" in stranger.get(page).text
    assert (Letter.objects.get().saves, LetterQuestion.objects.get().saves) == (1, 1)
