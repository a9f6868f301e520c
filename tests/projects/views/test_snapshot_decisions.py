import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from projects.models import Attachment, Event, Finding, StatusSnapshot
from tests import factories
from tests.annex_files import paper
from tests.integration_month import NOVEMBER
from tests.projects.views.status_requests import EDIT, LIGHTS, SHOW, form, november, page, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


# --- findings -------------------------------------------------------------------------------------------------------


def test_an_answer_is_saved_with_the_draft(world, sara):
    sara.post(EDIT, form(confirm="all"))
    (line,) = [item for item in sara.get(EDIT).context["findings"] if item.answered.notice.rule == "R2"]
    assert "men underrækkerne giver 4 – én mangler" in line.answered.notice.message
    answer = {f"answer-{line.key}": "Kendt: én er flyttet.", f"place-{line.key}": line.place, "to-findings": "1"}
    assert sara.post(EDIT, form(1, **answer)).url == f"{EDIT}#findings"
    assert Finding.objects.get().answer == "Kendt: én er flyttet."
    assert "Alle bemærkninger er besvaret" in page(sara.get(EDIT))


def test_an_answer_that_says_nothing_stores_nothing_and_stays_on_the_page(world, sara):
    sara.post(EDIT, form(confirm="all"))
    (line,) = [item for item in sara.get(EDIT).context["findings"] if item.answered.notice.rule == "R2"]
    response = sara.post(EDIT, form(1, narrative="Ny", **{f"answer-{line.key}": "ok"}))
    assert response.status_code == 422
    assert "ok</textarea>" in response.content.decode()
    assert november().narrative != "Ny"


def open_finding(client, rule: str = "R2"):
    (line,) = [item for item in client.get(EDIT).context["findings"] if item.answered.notice.rule == rule]
    return line


def typed_at(line, text: str) -> dict[str, str]:
    return {f"answer-{line.key}": text, f"place-{line.key}": line.place, f"before-{line.key}": line.before}


def test_an_answer_is_changed_and_taken_back_on_the_form(world, sara):
    sara.post(EDIT, form(confirm="all"))
    sara.post(EDIT, form(1, **typed_at(open_finding(sara), "Kendt: én er flyttet.")))
    line = open_finding(sara)
    sara.post(EDIT, form(1, **typed_at(line, "Kendt: to er flyttet.")))
    assert Finding.objects.get().answer == "Kendt: to er flyttet."
    line = open_finding(sara)
    response = sara.post(EDIT, form(1, **typed_at(line, "Kendt: to er flyttet."), **{"take-back": line.key}))
    assert response.url == f"{EDIT}#findings"
    assert Finding.objects.count() == 0
    verbs = Event.objects.filter(subject_id=november().pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[2:] == ["answered", "answered", "answer_withdrawn"]


def test_the_page_to_read_leads_to_the_field_it_is_mended_in_and_later_to_where_it_is_shown(world, sara, manager):
    def ways(client) -> dict[str, str]:
        return {item.rule: item.way for item in client.get(SHOW).context["findings"]}

    sara.post(EDIT, form(confirm="all", as_of="30.11.2017"))
    form_page = sara.get(EDIT).content.decode()
    assert ways(sara) == {"R2": f"{EDIT}#id_count_{world.row('Mentor').pk}", "R3": f"{EDIT}#id_as_of"}
    assert all(f'id="{way.partition("#")[2]}"' in form_page for way in ways(sara).values())
    assert ways(manager) == {"R2": f"#read-table_{world.outcomes.pk}", "R3": ""}
    submit(sara)
    assert ways(sara) == ways(manager)
    assert f'id="read-table_{world.outcomes.pk}"' in sara.get(SHOW).content.decode()


def test_a_page_opened_before_a_colleague_answered_does_not_take_the_answer_back(world, sara, karl):
    sara.post(EDIT, form(confirm="all"))
    line = open_finding(sara)
    karl.post(EDIT, form(1, **typed_at(line, "Karls svar")))
    assert sara.post(EDIT, form(1, **typed_at(line, ""))).status_code == 302
    assert Finding.objects.get().answer == "Karls svar"


def test_two_who_answer_at_once_are_shown_each_others_and_choose(world, sara, karl):
    sara.post(EDIT, form(confirm="all"))
    line = open_finding(sara)
    karl.post(EDIT, form(1, **typed_at(line, "Karls svar")))
    response = sara.post(EDIT, form(1, narrative="Saras tekst", **typed_at(line, "Saras svar")))
    assert (response.status_code, november().narrative) == (409, "Saras tekst")
    assert "Karl Kollega har svaret imens: “Karls svar”" in page(response)
    assert "Saras svar</textarea>" in response.content.decode()
    (shown,) = [item for item in response.context["findings"] if item.key == line.key]
    assert Finding.objects.get().answer == "Karls svar"
    assert sara.post(EDIT, form(2, **typed_at(shown, "Saras svar"))).status_code == 302
    assert Finding.objects.get().answer == "Saras svar"


def test_a_finding_is_answered_from_other_pages_by_those_who_may(world, sara, manager):
    sara.post(EDIT, form(confirm="all"))
    (line,) = [item for item in sara.get(EDIT).context["findings"] if item.answered.notice.rule == "R2"]
    post = {"subject": line.answered.subject, "fingerprint": line.key, "answer": "Kendt af lederen.", "next": SHOW}
    outsider = Client()
    outsider.force_login(world.outsider)
    assert outsider.post(reverse("projects:finding-answer"), post).status_code == 404
    assert manager.post(reverse("projects:finding-answer"), post).url == SHOW
    assert Finding.objects.get().answered_by == world.manager
    assert "Tag svaret tilbage" in manager.get(SHOW).content.decode()
    assert manager.post(reverse("projects:finding-answer"), post | {"withdraw": "1"}).url == SHOW
    assert (Finding.objects.count(), Event.objects.latest("pk").verb) == (0, "answer_withdrawn")
    manager.post(reverse("projects:finding-answer"), post)
    post |= {"next": "https://elsewhere.example/", "fingerprint": "gone"}
    assert manager.post(reverse("projects:finding-answer"), post).url == "/status/"


# --- deciding -------------------------------------------------------------------------------------------------------


def test_a_returned_status_says_why_on_the_form_and_in_the_list(world, sara, manager):
    submit(sara)
    assert "Din beslutning" in page(manager.get(SHOW))
    without = manager.post(f"{EDIT}returner/", {"reason": " "})
    assert without.status_code == 422
    assert november().state == "submitted"
    assert manager.post(f"{EDIT}returner/", {"reason": "Der mangler én under mentor."}).url == SHOW
    for path in (EDIT, "/status/"):
        assert "Der mangler én under mentor." in page(sara.get(path))
    assert november().state == "returned"


def test_an_approved_status_is_corrected_in_a_new_revision(world, sara, manager):
    submit(sara)
    assert sara.post(f"{EDIT}godkend/").status_code == 403
    assert manager.post(f"{EDIT}godkend/").url == SHOW
    assert november().state == "approved"
    assert sara.get(EDIT).url == SHOW
    assert "Ret den" in page(sara.get(SHOW))
    assert sara.post(f"{EDIT}ret/", {"reason": "Et tal var forkert."}).url == EDIT
    assert (november().revision, november().state) == (2, "draft")
    assert "Et tal var forkert." in page(sara.get(EDIT))
    assert "Dette er en tidligere revision." in page(manager.get(f"{SHOW}?revision=1"))
    assert manager.get(f"{SHOW}?revision=9").status_code == 404


def test_a_manager_does_not_decide_on_what_they_have_not_seen(world, sara, manager):
    submit(sara)
    response = manager.post(f"{EDIT}godkend/", {"seen": f"{november().pk}.0"}, follow=True)
    assert "Læs den igen, før du beslutter dig" in page(response)
    assert november().state == "submitted"


def test_a_draft_is_deleted_only_after_a_question(world, sara):
    sara.post(EDIT, form(narrative="Væk"))
    assert "Slet kladden?" in page(sara.get(f"{EDIT}slet/"))
    assert StatusSnapshot.objects.filter(month=NOVEMBER).exists()
    assert sara.post(f"{EDIT}slet/").url == "/status/"
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_decisions_need_a_post_and_the_right_to_see(world, sara):
    for step in ("godkend", "returner", "ret", "send"):
        assert sara.get(f"{EDIT}{step}/").status_code == 405
        assert sara.post(f"/projekter/findes-ikke/status/2017-11/{step}/").status_code == 404
    assert sara.post(f"{EDIT}godkend/").status_code == 404


# --- annexes --------------------------------------------------------------------------------------------------------


def test_an_annex_is_kept_outside_the_web_root_and_handed_out_to_those_who_may(world, sara):
    rows = {"attachment-TOTAL_FORMS": "1", "attachment-INITIAL_FORMS": "0", "attachment-0-title": "Læringsinformation"}
    file = SimpleUploadedFile("../../x.pdf", (bilag := paper("bilag")))
    assert sara.post(EDIT, form(**rows, **{"attachment-0-file": file})).status_code == 302
    annex = Attachment.objects.get()
    response = sara.get(reverse("projects:attachment-download", args=["integration", annex.pk]))
    assert b"".join(response.streaming_content) == bilag
    assert response["Content-Disposition"].startswith("attachment;")
    outsider = Client()
    outsider.force_login(world.outsider)
    assert outsider.get(reverse("projects:attachment-download", args=["integration", annex.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("virus.exe", b"MZ", "kan ikke gemmes som bilag"),
        ("falsk.pdf", b"MZ", "er ikke en PDF-fil indeni"),
        ("tom.csv", b"", "er tom"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_text_stays(world, sara, name, data, sentence):
    rows = {"attachment-TOTAL_FORMS": "1", "attachment-INITIAL_FORMS": "0"}
    response = sara.post(
        EDIT, form(narrative="Min tekst", **rows, **{"attachment-0-file": SimpleUploadedFile(name, data)})
    )
    assert response.status_code == 422
    assert sentence in page(response)
    assert "Min tekst</textarea>" in response.content.decode()
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_says_who_owes_what_and_how_late(world, sara, manager):
    text = page(sara.get("/status/"))
    assert "0 skal sendes 1 forsinket 0 returneret 0 venter på godkendelse 0 godkendt" in text
    assert "fem dage forsinket" in text
    submit(sara)
    assert "tre dage forsinket" in page(manager.get("/status/?state=submitted"))
    assert "Ingen status passer til filtrene" in page(manager.get("/status/?state=draft"))
    assert "Integration" in page(manager.get("/status/?state=findes-ikke&unit=x"))


@pytest.mark.parametrize("extra", [1, 3])
def test_pages_take_the_same_number_of_queries_however_many_rows(world, sara, extra, django_assert_max_num_queries):
    for _number in range(extra):
        indicator = factories.IndicatorFactory(project=world.project)
        breakdown = factories.BreakdownFactory(project=world.project, indicator=indicator)
        factories.BreakdownCategoryFactory.create_batch(extra, breakdown=breakdown)
    sara.post(EDIT, form(confirm="all", **LIGHTS))
    counts = {}
    for path in (EDIT, SHOW, "/status/"):
        with django_assert_max_num_queries(60) as queries:
            assert sara.get(path).status_code == 200
        counts[path] = len(queries)
    assert counts == {EDIT: 31, SHOW: 25, "/status/": 15}
