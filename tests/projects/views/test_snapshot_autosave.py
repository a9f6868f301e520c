import json
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.actions.breakdowns import save_breakdown
from projects.models import Attachment, Event, Finding, StatusSnapshot
from projects.queries.schemes import scheme_rows
from tests import factories
from tests.annex_files import paper
from tests.integration_month import NOVEMBER, OCTOBER
from tests.projects.views.status_requests import EDIT, SUBMIT, form, november, page, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

SAVE = f"{EDIT}gem/"
PAPER = paper("indhold")


def typed(user, version: int = 0, **fields: object) -> dict[str, object]:
    return {**form(version, **fields), "writer": str(user.pk)}


def saved_events() -> list[tuple[str, list[list[str]]]]:
    return [(event.actor.username, event.changes) for event in Event.objects.filter(verb="saved").order_by("pk")]


def test_what_is_typed_is_stored_and_the_page_told_where_it_stands(world, sara):
    iran = f"count_{world.row('Iran').pk}"
    answer = sara.post(SAVE, typed(world.caseworker, narrative="Halvt skrev", **{iran: "tre"}))
    told = answer.json()
    assert (answer.status_code, told["version"], told["saved"]) == (200, 1, "Gemt kl. 10.00")
    assert [(line["anchor"], line["message"][:18]) for line in told["unread"]] == [(f"id_{iran}", "“tre” er ikke et t")]
    assert (november().narrative, november().unparsed[iran]) == ("Halvt skrev", "tre")
    assert set(json.loads(told["base"])) > {"narrative", iran, "reference"}


def test_the_findings_come_back_with_every_save(world, sara):
    counts = {f"count_{world.row(name).pk}": str(n) for name, n in (("Overdraget 1.10.2016", 31), ("Flyttet", 3))}
    counts[f"count_{world.row('Kommet til senere').pk}"] = "10"
    told = sara.post(SAVE, typed(world.caseworker, **counts)).json()
    assert "Rækkerne i “Kohorten” giver 41, men “Borgere i projektet” er 40" in told["findings"]
    assert told["open"] == told["findings"].count("finding-kind")


def r2(client):
    (line,) = [item for item in client.get(EDIT).context["findings"] if item.answered.notice.rule == "R2"]
    return line


def answered(line, text: str) -> dict[str, str]:
    return {f"answer-{line.key}": text, f"place-{line.key}": line.place, f"before-{line.key}": line.before}


def test_answers_are_saved_as_they_are_typed_and_told_of_once(world, sara):
    sara.post(EDIT, typed(world.caseworker, confirm="all"))
    line, events = r2(sara), len(saved_events())
    told = sara.post(SAVE, typed(world.caseworker, 1, **answered(line, "Kendt"))).json()
    assert (told["version"], told["saved"], told["answers"][line.key]["stored"]) == (1, "Gemt kl. 10.00", True)
    line = r2(sara)
    assert sara.post(SAVE, typed(world.caseworker, 1, **answered(line, "Kendt: én er flyttet."))).status_code == 200
    assert (Finding.objects.get().answer, len(saved_events())) == ("Kendt: én er flyttet.", events)
    sara.post(EDIT, typed(world.caseworker, 1))
    ((_who, changes),) = saved_events()[events:]
    assert [(label[:4], before, after) for label, before, after in changes] == [("R2: ", "", "Kendt: én er flyttet.")]


def test_an_answer_that_cannot_be_stored_holds_nothing_else_back(world, sara):
    sara.post(EDIT, typed(world.caseworker, confirm="all"))
    line = r2(sara)
    told = sara.post(SAVE, typed(world.caseworker, 1, narrative="Ny", **answered(line, "ok"))).json()
    assert (november().narrative, told["answers"][line.key]["stored"]) == ("Ny", False)
    assert told["unread"] == [
        {
            "anchor": f"answer-{line.key}",
            "label": "Dit svar",
            "message": "Skriv en begrundelse, så de andre kan se hvorfor.",
        }
    ]
    answer = sara.post(SAVE, typed(world.caseworker, 2, **answered(line, "Det er 010190-1234")))
    assert (answer.status_code, "010190" in answer.content.decode(), Finding.objects.count()) == (200, False, 0)


def test_an_answer_a_colleague_gave_meanwhile_stands_until_somebody_chooses(world, sara, karl):
    sara.post(EDIT, typed(world.caseworker, confirm="all"))
    line = r2(sara)
    karl.post(SAVE, typed(world.colleague, 1, **answered(line, "Karls svar")))
    told = sara.post(SAVE, typed(world.caseworker, 1, **answered(line, "Saras svar"))).json()
    held = told["answers"][line.key]
    assert (held["stored"], held["theirs"], Finding.objects.get().answer) == (False, "Karls svar", "Karls svar")
    chosen = answered(line, "Saras svar") | {f"before-{line.key}": held["before"]}
    assert sara.post(SAVE, typed(world.caseworker, 1, **chosen)).json()["answers"][line.key]["stored"]
    assert Finding.objects.get().answer == "Saras svar"
    assert saved_events()[1:] == [("kollega", [[saved_events()[1][1][0][0], "", "Karls svar"]])]


def test_many_saves_by_one_person_are_one_event(world, sara):
    for version, text in enumerate(("H", "Hol", "Holdet")):
        assert sara.post(SAVE, typed(world.caseworker, version, narrative=text, summary_short="x")).status_code == 200
    assert saved_events() == []
    sara.post(EDIT, typed(world.caseworker, 3, narrative="Holdet er samlet.", summary_short=""))
    assert saved_events() == [("sagsbehandler", [["status i ord", "", "Holdet er samlet."]])]


def test_what_came_back_to_itself_is_told_as_no_change_and_sending_tells_the_rest(world, sara):
    sara.post(SAVE, typed(world.caseworker, forecast="490.000"))
    sara.post(SAVE, typed(world.caseworker, 1, forecast="500.000"))
    assert saved_events() == []
    submit(sara)
    (event, *_rest) = saved_events()
    assert ["prognose for året", "", "500.000\u00a0kr."] in event[1]
    assert november().state == "submitted"
    assert november().untold == {}


def test_a_colleague_who_goes_on_leaves_each_their_own_event(world, sara, karl):
    sara.post(SAVE, typed(world.caseworker, narrative="Saras"))
    karl.post(SAVE, typed(world.colleague, 1, narrative="Karls"))
    karl.post(EDIT, typed(world.colleague, 2, narrative="Karls"))
    assert saved_events() == [
        ("sagsbehandler", [["status i ord", "", "Saras"]]),
        ("kollega", [["status i ord", "Saras", "Karls"]]),
    ]


def test_somebody_elses_save_is_never_overwritten(world, sara, karl):
    karl.post(EDIT, form(narrative="Karls tekst"))
    answer = sara.post(SAVE, typed(world.caseworker, narrative="Saras tekst"))
    assert (answer.status_code, answer.json()["reason"]) == (409, "conflict")
    assert answer.json()["message"] == "Karl Kollega har gemt denne måned imens. Intet af dit er gået tabt."
    assert november().narrative == "Karls tekst"


def test_the_same_request_twice_is_no_conflict(world, sara):
    for _attempt in range(2):
        answer = sara.post(SAVE, typed(world.caseworker, narrative="Tabt svar"))
        assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_a_month_that_was_sent_meanwhile_takes_nothing(world, sara):
    submit(sara)
    before = november().narrative
    answer = sara.post(SAVE, typed(world.caseworker, november().version, narrative="For sent"))
    assert (answer.status_code, answer.json()["reason"]) == (409, "closed")
    assert november().narrative == before


def test_a_logged_out_page_is_told_where_to_log_in_and_another_user_saves_nothing(world, karl):
    answer = Client().post(SAVE, typed(world.caseworker, narrative="Væk?"))
    assert answer.status_code == 401
    assert answer.json()["login"] == f"/konto/log-ind/?next={EDIT}"
    answer = karl.post(SAVE, typed(world.caseworker, narrative="Saras, på Karls login"))
    assert (answer.status_code, answer.json()["reason"]) == (403, "writer")
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_a_cpr_number_is_refused_at_its_field_and_nothing_is_stored(world, sara):
    answer = sara.post(SAVE, typed(world.caseworker, summary_short="010190-1234 er flyttet"))
    assert answer.status_code == 422
    (line,) = answer.json()["fields"]
    assert (line["anchor"], line["message"][:10]) == ("id_summary_short", "CPR-numre ")
    assert "010190" not in answer.content.decode()
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_an_annex_comes_along_and_its_row_learns_where_it_lies(world, sara):
    rows = {"attachment-TOTAL_FORMS": "2", "attachment-INITIAL_FORMS": "0", "attachment-1-title": "Oversigt"}
    file = SimpleUploadedFile("oversigt.pdf", PAPER)
    told = sara.post(SAVE, typed(world.caseworker, **rows, **{"attachment-1-file": file})).json()
    annex = Attachment.objects.get()
    address = f"/projekter/integration/bilag/{annex.pk}/"
    assert told["annexes"] == {"attachment-1": {"id": annex.pk, "title": "Oversigt", "address": address}}
    rows["attachment-1-attachment_id"] = str(annex.pk)
    sara.post(SAVE, typed(world.caseworker, 1, narrative="Videre", **rows))
    assert b"".join(sara.get(address).streaming_content) == PAPER
    assert sara.post(SUBMIT, typed(world.caseworker, 2)).status_code == 302
    assert Attachment.objects.get() == annex


def test_a_row_renamed_in_mid_year_keeps_its_months_and_what_is_being_typed(world, sara):
    syria = world.row("Syrien")
    assert "Syrien 21" in page(sara.get(f"/projekter/integration/status/{OCTOBER:%Y-%m}/vis/"))
    new = "Den Arabiske Republik Syrien"
    rows = [replace(row, name=new) if row.key == str(syria.pk) else row for row in scheme_rows(world.origins)]
    with pytest.raises(ValidationError, match="har tal"):
        save_breakdown(breakdown=world.origins, values={}, rows=rows, by=world.colleague)
    save_breakdown(breakdown=world.origins, values={}, rows=rows, by=world.colleague, renames_confirmed=True)
    # Typed on a page that was opened before.
    assert sara.post(SAVE, typed(world.caseworker, **{f"count_{syria.pk}": "22"})).status_code == 200
    assert november().breakdown_values.get(category=syria).count == 22
    assert f"{new} 22 21" in page(sara.get(f"{EDIT}vis/"))
    assert f"{new} 21" in page(sara.get(f"/projekter/integration/status/{OCTOBER:%Y-%m}/vis/"))
    (event,) = Event.objects.filter(verb="breakdown_changed")
    assert new in str(event.changes)


def test_a_table_of_a_hundred_rows_is_stored_whole(world, sara):
    rows = [factories.BreakdownCategoryFactory(breakdown=world.origins, name=f"Land {n}") for n in range(100)]
    typed_rows = {f"count_{row.pk}": str(number) for number, row in enumerate(rows)}
    assert sara.post(SAVE, typed(world.caseworker, **typed_rows)).status_code == 200
    counts = {value.category_id: value.count for value in november().breakdown_values.all()}
    assert counts == {row.pk: number for number, row in enumerate(rows)}


def test_markup_in_a_text_is_shown_as_text(world, sara):
    script = "<script>alert(1)</script> <b>fed</b>"
    sara.post(EDIT, form(narrative=script, summary_short=script, summary_manager=script))
    for address in (EDIT, f"{EDIT}vis/"):
        content = sara.get(address).content.decode()
        assert "<script>alert(1)" not in content
        assert content.count("&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;fed") >= 3
