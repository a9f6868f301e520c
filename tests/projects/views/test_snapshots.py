import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.models import Event, StatusSnapshot
from projects.queries.snapshot_values import stored_values
from tests.integration_month import NOVEMBER
from tests.projects.views.status_requests import EDIT, LIGHTS, SHOW, SUBMIT, cohort, form, november, page, seen, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


# --- reading and saving -------------------------------------------------------------------------------------------


def test_looking_at_a_month_stores_nothing(world, sara):
    response = sara.get(EDIT)
    assert response.status_code == 200
    text = page(response)
    assert "Felter med stiplet kant viser oktober 2017" in text
    assert "Sendes senest 22. november 2017" in text
    assert (StatusSnapshot.objects.count(), Event.objects.count()) == (1, 0)


def test_a_draft_comes_back_with_every_keystroke(world, sara):
    iran = f"count_{world.row('Iran').pk}"
    typed = form(narrative="Halvt skrev", forecast="1,2,3", **{iran: "tre"})
    assert sara.post(EDIT, typed).url == EDIT
    content = sara.get(EDIT).content.decode()
    assert re.search(rf'name="{iran}"[^>]*value="tre"', content)
    assert re.search(r'name="forecast"[^>]*value="1,2,3"', content)
    assert "Halvt skrev</textarea>" in content
    assert "“tre” er ikke et tal" in content
    assert (november().narrative, november().forecast) == ("Halvt skrev", None)


def test_a_double_click_saves_once(world, sara):
    for _click in range(2):
        assert sara.post(EDIT, form(narrative="Én gang")).status_code == 302
    assert november().version == 1
    assert Event.objects.filter(verb="saved").count() == 1


@pytest.mark.parametrize("where", ["narrative", "forecast", "comment_overall"])
def test_a_cpr_number_stores_nothing_and_the_text_comes_back(world, sara, where):
    response = sara.post(EDIT, form(**{where: "010190-1234 er flyttet"}))
    assert response.status_code == 422
    assert "CPR-numre" in page(response)
    assert "010190-1234 er flyttet" in response.content.decode()
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_a_file_as_narrative_is_refused_in_words(world, sara):
    response = sara.post(EDIT, form(narrative=SimpleUploadedFile("status.docx", b"PK")))
    assert response.status_code == 422
    assert "En fil kan ikke være status i ord" in page(response)
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_the_preview_shows_clean_text_and_stores_nothing(world, sara):
    response = sara.post(f"{EDIT}tekst/", {"narrative": "## Holdet\n\n<script>x</script> **fed**"})
    content = response.content.decode()
    assert "<strong>fed</strong>" in content
    assert "<script>" not in content
    assert StatusSnapshot.objects.count() == 1


# --- which month, and who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "sentence", "right"),
    [
        ("2017-12", "December 2017 er ikke begyndt endnu", "2017-11"),
        ("2016-09", "Projektet begyndte i oktober 2016", "2016-10"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_month_that_does_not_exist_leads_to_one_that_does(world, sara, month, sentence, right, method):
    response = getattr(sara, method)(f"/projekter/integration/status/{month}/")
    assert response.status_code == 404
    assert sentence in page(response)
    assert f'href="/projekter/integration/status/{right}/"' in response.content.decode()
    assert StatusSnapshot.objects.count() == 1


@pytest.mark.parametrize("month", ["2017-13", "0000-01", "abc"])
def test_an_address_without_a_month_is_not_found(world, sara, month):
    assert sara.get(f"/projekter/integration/status/{month}/").status_code == 404


def test_another_units_project_is_not_found_and_a_managers_hand_is_stayed(world, manager):
    outsider = Client()
    outsider.force_login(world.outsider)
    for path in (EDIT, SHOW):
        assert outsider.get(path).status_code == 404
    assert outsider.post(EDIT, form(narrative="x")).status_code == 404
    assert manager.get(EDIT).url == SHOW
    assert manager.post(EDIT, form(narrative="x")).status_code == 403
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


# --- sending --------------------------------------------------------------------------------------------------------


def test_sending_with_something_missing_saves_and_says_what(world, sara):
    response = sara.post(SUBMIT, form(confirm="all", narrative="-> Kort om holdet"), follow=True)
    text = page(response)
    assert "Ikke sendt endnu: Dette skal på plads først" in text
    assert "Vælg et lys for “Samlet”." in text
    assert "ligner kladdetekst" in text
    assert (november().state, november().narrative) == ("draft", "-> Kort om holdet")


def test_last_months_untouched_values_are_sent_only_when_confirmed(world, sara):
    response = sara.post(SUBMIT, form(**LIGHTS, **cohort(world)), follow=True)
    assert "Ikke sendt endnu: 31 felter viser stadig oktober 2017" in page(response)
    assert november().state == "draft"
    assert submit(sara).url == SHOW
    assert november().state == "submitted"
    counts = stored_values(november()).counts
    assert (len(counts), counts[world.row("Syrien").pk].count) == (30, 21)


def test_a_finding_nobody_has_seen_is_shown_once_before_sending(world, sara):
    response = sara.post(SUBMIT, form(confirm="all", **LIGHTS), follow=True)
    text = page(response)
    assert "Ikke sendt endnu: Se på dette først" in text
    assert "men underrækkerne giver 4 – én mangler" in text
    assert november().state == "draft"
    assert sara.post(SUBMIT, form(1, **seen(sara))).url == SHOW
    assert november().state == "submitted"


def test_a_double_clicked_sending_sends_once(world, sara):
    sara.post(EDIT, form(confirm="all", **LIGHTS))
    post = form(1, forecast="490.000", **seen(sara))
    assert sara.post(SUBMIT, post).url == SHOW
    again = sara.post(SUBMIT, post, follow=True)
    assert "Intet er sendt to gange" in page(again)
    assert Event.objects.filter(verb="submitted").count() == 1


def test_back_and_save_after_sending_gives_the_text_back(world, sara):
    submit(sara)
    response = sara.post(EDIT, form(1, narrative="Noget, jeg glemte"))
    assert response.status_code == 409
    text = page(response)
    assert "Statussen er allerede sendt til godkendelse" in text
    assert "Noget, jeg glemte" in text
    assert november().narrative == "# Siden sommer\n\nHoldet er samlet."


# --- two people -----------------------------------------------------------------------------------------------------


def test_the_second_of_two_sees_the_difference_and_chooses(world, sara, karl):
    iran = f"count_{world.row('Iran').pk}"
    karl.post(EDIT, form(narrative="Karls tekst", forecast="500.000"))
    typed = form(narrative="Saras tekst", forecast="480.000", carried=["forecast"], **{iran: "4"})
    response = sara.post(EDIT, typed)
    assert response.status_code == 409
    text = page(response)
    assert "Karl Kollega gemte denne måned kl. 10.00 den 27.11.2017, mens du skrev" in text
    assert "Saras tekst" in text
    assert "Karls tekst" in text
    assert november().narrative == "Karls tekst"
    assert response.context["version"] == "1"
    names = {row.name: row.is_mine_chosen for row in response.context["differences"]}
    assert names == {"narrative": True, "forecast": False}
    choices = {"choose-narrative": "mine", "choose-forecast": "theirs"}
    answer = sara.post(EDIT, form(1, narrative="Saras tekst", forecast="480.000", **{iran: "4"}, **choices))
    assert answer.status_code == 302
    values = stored_values(november())
    assert (values.narrative, values.forecast) == ("Saras tekst", 500_000)
    assert values.counts[world.row("Iran").pk].count == 4


def test_each_of_the_three_texts_is_chosen_by_itself(world, sara, karl):
    karl.post(EDIT, form(summary_short="Karls linjer", summary_manager="Karls resumé"))
    response = sara.post(EDIT, form(summary_short="Saras linjer", summary_manager="Karls resumé", narrative="Saras"))
    assert response.status_code == 409
    assert [(row.label, row.mine, row.theirs) for row in response.context["differences"]] == [
        ("Tre linjer til politikerne", "Saras linjer", "Karls linjer")
    ]


def test_the_short_texts_say_how_much_room_there_is(world, sara):
    content = sara.get(EDIT).content.decode()
    assert "0 af 280 tegn" in content
    assert sara.post(EDIT, form(summary_short="Det går godt.")).status_code == 302
    assert november().summary_short == "Det går godt."


def test_two_who_type_the_same_disturb_nobody(world, sara, karl):
    karl.post(EDIT, form(narrative="Samme tekst"))
    assert sara.post(EDIT, form(narrative="Samme tekst")).status_code == 302
    assert november().version == 1


# --- a session that ran out ---------------------------------------------------------------------------------------


def test_text_typed_in_a_session_that_ran_out_comes_back_after_login(world):
    visitor = Client()
    typed = form(narrative="Skrevet længe", writer=world.caseworker.pk, carried=["forecast"])
    response = visitor.post(EDIT, typed)
    assert response.url == f"/konto/log-ind/?next={EDIT}"
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()
    login = visitor.post(response.url, {"username": "sagsbehandler", "password": "demo", "next": EDIT})
    assert login.url == EDIT
    for _look in range(2):
        text = visitor.get(EDIT).content.decode()
        assert "Skrevet længe</textarea>" in text
        assert "Du blev logget ud, mens du skrev" in text
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()
    visitor.post(EDIT, typed)
    assert november().narrative == "Skrevet længe"
    assert "Du blev logget ud" not in page(visitor.get(EDIT))


def test_text_that_waited_while_a_colleague_sent_the_month_is_given_back_to_copy(world, sara):
    visitor = Client()
    visitor.post(EDIT, form(narrative="Skrevet forgæves", writer=world.caseworker.pk))
    submit(sara)
    visitor.force_login(world.caseworker)
    response = visitor.get(EDIT)
    assert response.status_code == 409
    assert "Skrevet forgæves" in page(response)
    assert visitor.get(EDIT).url == SHOW


def test_a_preview_asked_for_without_a_session_is_refused_and_not_a_login_page(world):
    response = Client().post(f"{EDIT}tekst/", {"narrative": "x"}, headers={"hx-request": "true"})
    assert (response.status_code, response.content) == (401, b"")


def test_the_text_is_not_shown_to_somebody_else_on_the_same_machine(world):
    visitor = Client()
    visitor.post(EDIT, form(narrative="Saras hemmelighed", writer=world.caseworker.pk))
    visitor.force_login(world.colleague)
    assert "Saras hemmelighed" not in visitor.get(EDIT).content.decode()


def test_what_is_kept_is_bounded(world):
    visitor = Client()
    visitor.post(EDIT, form(narrative="x" * 500_000, writer="1"))
    assert "kept_forms" not in visitor.session


def test_a_token_from_before_a_login_elsewhere_costs_no_text(world):
    sara = Client(enforce_csrf_checks=True)
    sara.force_login(world.caseworker)
    post = form(narrative="Skrevet før", writer=world.caseworker.pk, csrfmiddlewaretoken="x" * 64)
    assert sara.post(EDIT, post, headers={"origin": "http://testserver"}).url == EDIT
    assert "Skrevet før</textarea>" in sara.get(EDIT).content.decode()
    assert sara.post(EDIT, post, headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert not StatusSnapshot.objects.filter(month=NOVEMBER).exists()


def test_the_month_is_written_in_the_municipalitys_time(world, sara):
    with time_machine.travel("2017-11-30 23:30:00+00:00", tick=False):
        sara.force_login(world.caseworker)
        assert sara.get("/projekter/integration/status/2017-12/").status_code == 200
    assert date(2017, 12, 1) not in StatusSnapshot.objects.values_list("month", flat=True)
