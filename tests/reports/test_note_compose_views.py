"""The page that composes a note: what is typed and kept, by the button and by itself, and its checklist."""

import pytest
from django.test import Client

from projects.actions.findings import answer_finding
from projects.enums import SnapshotState
from projects.models import Event
from reports.actions import save_note
from reports.facts.gathering import gather
from reports.models import StatusNote
from tests.factories import ProjectFactory, StatusSnapshotFactory
from tests.reports.note_cases import AS_OF, approved, included, note_case, small_note
from tests.reports.test_note_actions import values
from tests.reports.test_note_views import address, client_of, compose, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return small_note(2)


@pytest.fixture
def client(case):
    return client_of(case.secretary)


class TestCompose:
    def test_each_project_says_how_far_it_is(self, client, case):
        missing = ProjectFactory(pool=case.pool, code="uden-status", name="Uden status")
        text = client.get(compose(case)).text
        assert text.count("Godkendt") == 2
        assert text.index("Projekt 2") < text.index("Uden status")
        assert f'value="{missing.pk}" id="include-{missing.pk}">' in text
        assert "Klar til at blive udsendt" in text

    def test_what_stands_in_the_way_links_to_where_it_is_mended(self):
        case = note_case(is_approved=False)
        StatusNote.objects.update(case_number="")
        text = client_of(case.secretary).get(compose(case)).text
        assert "4 ting står i vejen" in text
        assert 'href="#id_case_number"' in text
        assert 'href="/projekter/integration/status/2017-11/"' in text

    def test_answered_remarks_are_shown_as_answered(self):
        case = note_case()
        (item,) = [item for item in gather(case.note).findings if item.notice.rule == "R2"]
        answer_finding(subject=item.subject, notice=item.notice, answer="Kendt: én udredes.", by=case.secretary)
        text = client_of(case.secretary).get(compose(case)).text
        assert "Besvaret: Kendt: én udredes." in text
        assert "Klar til at blive udsendt" in text

    def test_order_choice_and_texts_are_saved(self, client, case):
        first, second = case.note.sections.values_list("project_id", flat=True)
        data = posted(case.note, order=[second, first], include=[second], introduction="Ny **indledning**")
        response = client.post(compose(case), data)
        assert response.url == compose(case)
        note = StatusNote.objects.get()
        assert (included(note), note.introduction, note.version) == (["projekt-2"], "Ny **indledning**", 2)

    def test_an_arrow_without_javascript_saves_the_move(self, client, case):
        first, _second = case.note.sections.values_list("project_id", flat=True)
        response = client.post(compose(case), posted(case.note, move=f"down-{first}"))
        assert response.url == f"{compose(case)}#projekt-{first}"
        assert included(case.note) == ["projekt-2", "projekt-1"]

    @pytest.mark.parametrize("move", ["up-{first}", "down-{second}", "down-999", "sideways-{first}", "x"])
    def test_a_move_over_the_edge_changes_nothing(self, client, case, move):
        first, second = case.note.sections.values_list("project_id", flat=True)
        client.post(compose(case), posted(case.note, move=move.format(first=first, second=second)))
        assert included(case.note) == ["projekt-1", "projekt-2"]

    def test_an_error_keeps_all_that_was_typed_and_the_order_on_the_page(self, client, case):
        first, second = case.note.sections.values_list("project_id", flat=True)
        data = posted(case.note, dated="27-11", introduction="Langt tastet", order=[second, first], include=[first])
        text = client.post(compose(case), data).text
        assert "Årstallet mangler" in text
        assert "Langt tastet" in text
        assert text.index("Projekt 2") < text.index("Projekt 1")
        assert f'id="include-{second}">' in text
        assert StatusNote.objects.get().version == 1

    def test_the_second_of_two_secretaries_sees_the_difference_and_loses_nothing(self, client, case):
        told = values(case.note, introduction="Kollegaens ord", title="Kollegaens titel")
        save_note(note=case.note, expected_version=1, values=told, by=case.secretary)
        response = client.post(compose(case), posted(case.note, introduction="Mine ord"))
        assert response.status_code == 409
        for words in (
            f"{case.secretary} gemte, mens du skrev",
            "Kollegaens ord",
            "Mine ord",
            "Kollegaens titel",
        ):
            assert words in response.text
        assert StatusNote.objects.get().introduction == "Kollegaens ord"
        again = client.post(compose(case), posted(case.note, introduction="Mine ord", version="2"))
        assert again.status_code == 302
        assert StatusNote.objects.get().introduction == "Mine ord"

    def test_each_field_two_have_changed_is_chosen_and_the_rest_is_the_colleagues(self, client, case):
        page = client.get(compose(case)).context
        told = values(case.note, introduction="Kollegaens ord", title="Kollegaens titel")
        save_note(note=case.note, expected_version=1, values=told, by=case.secretary)
        mine = posted(case.note, introduction="Mine ord", base=page["base"])
        asked = client.post(compose(case), mine).context["differences"]
        assert [(row.name, row.mine, row.theirs, row.is_mine_chosen) for row in asked] == [
            ("title", case.note.title, "Kollegaens titel", False),
            ("introduction", "Mine ord", "Kollegaens ord", True),
        ]
        choices = {"choose-title": "theirs", "choose-introduction": "mine", "version": "2"}
        client.post(compose(case), {**mine, **choices})
        note = StatusNote.objects.get()
        assert (note.title, note.introduction) == ("Kollegaens titel", "Mine ord")

    def test_the_length_of_a_text_is_chosen_and_what_was_edited_stays(self, client, case):
        section = case.note.sections.select_related("project").first()
        correction = StatusSnapshotFactory(
            project=section.project, revision=2, correction_reason="Kort.", state=SnapshotState.DRAFT, as_of=AS_OF
        )
        correction.summary_short, correction.narrative = "Kort.", "Langt."
        correction.save()
        approved(correction)
        section.edits.create(place="narrative", text="Mit", base="Alt andet")
        length = f"length-{section.project_id}"
        assert f'name="{length}"' in client.get(compose(case)).text
        client.post(compose(case), posted(case.note, **{length: "summary_short"}))
        section.refresh_from_db()
        assert (section.text_length, section.version, section.edits.get().base) == ("summary_short", 2, "Kort.")
        # A page that was opened before another tab chose leaves that choice alone.
        opened = client.get(compose(case)).context["base"]
        section.text_length = "narrative"
        section.save()
        client.post(
            compose(case), posted(StatusNote.objects.get(), title="Ny", base=opened, **{length: "summary_short"})
        )
        section.refresh_from_db()
        assert section.text_length == "narrative"

    def test_a_title_of_400_letters_is_refused_beside_its_field(self, client, case):
        response = client.post(compose(case), posted(case.note, title="T" * 400))
        assert response.context["form"].has_error("title", "max_length")
        assert "T" * 400 in response.text
        assert StatusNote.objects.get().version == 1

    def test_the_same_project_twice_is_in_the_note_once(self, client, case):
        first, second = case.note.sections.values_list("project_id", flat=True)
        client.post(compose(case), posted(case.note, order=[second, first, second], include=[first, second, second]))
        assert included(case.note) == ["projekt-2", "projekt-1"]

    def test_more_than_a_form_takes_is_refused_and_nothing_is_lost(self, client, case):
        huge = "<img src='data:image/png;base64," + "A" * 3_000_000 + "'>"
        response = client.post(compose(case), posted(case.note, introduction=huge))
        assert (response.status_code, "For meget på én gang" in response.text) == (413, True)
        assert (StatusNote.objects.get().version, StatusNote.objects.get().introduction) == (1, case.note.introduction)

    def test_another_committees_project_is_refused(self, client, case):
        foreign = ProjectFactory(code="fremmed")
        response = client.post(compose(case), posted(case.note, order=[foreign.pk], include=[foreign.pk]))
        assert "et andet udvalg" in response.text
        assert included(case.note) == ["projekt-1", "projekt-2"]

    def test_text_typed_after_the_session_ended_is_there_after_login(self, case):
        stranger = Client()
        data = posted(case.note, introduction="Tastet længe", writer=case.secretary.pk)
        assert stranger.post(compose(case), data).status_code == 302
        stranger.force_login(case.secretary)
        assert "Tastet længe" in stranger.get(compose(case)).text

    @pytest.mark.parametrize("project_count", [1, 3])
    def test_cost(self, project_count, django_assert_num_queries):
        case = small_note(project_count)
        client = client_of(case.secretary)
        with django_assert_num_queries(38):
            client.get(compose(case))


class TestAutosave:
    def save(self, client, case, **changes):
        return client.post(address("note-autosave", case.note.pk), posted(case.note, **changes))

    def test_it_is_the_buttons_save_and_the_same_once_more_is_no_conflict(self, client, case):
        first, second = case.note.sections.values_list("project_id", flat=True)
        changes = {"introduction": "Ny", "order": [second, first], "include": [second]}
        answer = self.save(client, case, **changes).json()
        assert (answer["version"], answer["saved"][:9]) == (2, "Gemt kl. ")
        again = self.save(client, case, **changes)
        assert (again.status_code, again.json()["version"]) == (200, 2)
        assert (included(case.note), StatusNote.objects.get().introduction) == (["projekt-2"], "Ny")
        assert answer["base"] == client.get(compose(case)).context["base"]

    def test_a_stretch_of_saves_is_one_event_and_one_draft(self, client, case):
        for version, text in enumerate(("A", "AB", "ABC"), start=1):
            assert self.save(client, case, introduction=text, version=str(version)).status_code == 200
        assert Event.objects.filter(verb="changed").count() == 1
        assert case.note.drafts.count() == 2

    def test_what_cannot_be_saved_is_told_with_its_field_and_nothing_is_stored(self, client, case):
        answer = self.save(client, case, title="T" * 400, dated="27-11")
        assert answer.status_code == 422
        assert [line["anchor"] for line in answer.json()["fields"]] == ["id_title", "id_dated"]
        assert "Årstallet mangler" in answer.json()["fields"][1]["message"]
        foreign = ProjectFactory(code="fremmed")
        refused = self.save(client, case, order=[foreign.pk], include=[foreign.pk])
        assert (refused.status_code, len(refused.json()["fields"])) == (422, 1)
        assert StatusNote.objects.get().version == 1

    def test_the_second_of_two_is_told_who_saved(self, client, case):
        save_note(note=case.note, expected_version=1, values=values(case.note, title="Ny"), by=case.secretary)
        answer = self.save(client, case, introduction="Mine ord")
        assert (answer.status_code, answer.json()["reason"]) == (409, "conflict")
        assert str(case.secretary) in answer.json()["message"]
        assert StatusNote.objects.get().introduction == case.note.introduction

    def test_another_person_at_the_machine_saves_nothing(self, client, case):
        assert self.save(client, case, title="Ny", writer="0").status_code == 403
        assert Client().post(address("note-autosave", case.note.pk), {}).json()["login"].endswith(compose(case))
        assert StatusNote.objects.get().version == 1


class TestChecklist:
    def test_it_is_what_stands_in_the_way_now_and_how_far_each_project_is(self, client, case):
        checklist = address("note-checklist", case.note.pk)
        assert "Klar til at blive udsendt" in client.get(checklist).text
        StatusNote.objects.update(introduction="TODO", case_number="")
        text = client.get(checklist).text
        assert "2 ting står i vejen" in text
        assert '<a href="#id_introduction">“TODO” ligner kladdetekst' in text
        assert '<a href="#id_case_number">' in text
        assert text.count('hx-swap-oob="innerHTML"') == 2

    def test_names_and_small_counts_are_told_before_anything_is_published(self):
        case = note_case()
        StatusNote.objects.update(introduction="Tak til Birgit Thomsen og vores egen leder.")
        text = client_of(case.secretary).get(address("note-checklist", case.note.pk)).text
        assert '<a href="#id_introduction">“Birgit Thomsen” er et navn.' in text
        assert f'<a href="/notater/{case.note.pk}/tekst/integration/#exhibits">' in text
        assert "Den offentlige udgave skjuler" in text
        facts = gather(StatusNote.objects.get()).facts
        assert not any("skjuler" in remark.message for section in facts.sections for remark in section.remarks)
