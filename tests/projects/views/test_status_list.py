"""What is missing: one click to act, and a word to those who are late."""

import pytest
from django.test import Client

from projects.enums import ReminderChoice, Role
from projects.models import Event, MailMessage, StatusRound
from tests import factories
from tests.projects.views.status_requests import EDIT, SHOW, page, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
LIST, REMIND = "/status/", "/status/paamind/"


def test_each_reader_has_the_step_that_is_theirs(world, sara, manager):
    assert "Udfyld , Integration" in page(sara.get(LIST))
    assert "Påmind , Integration" in page(manager.get(LIST))
    submit(sara)
    assert "Læs og godkend , Integration" in page(manager.get(LIST))
    assert "Udfyld" not in page(sara.get(LIST))


def test_each_count_leads_to_just_those(world, manager):
    response = manager.get(f"{LIST}?unit={world.project.unit_id}")
    links = {name: (total, address) for name, total, address in response.context["count_links"]}
    assert links["overdue"] == (1, f"unit={world.project.unit_id}&state=not_sent&late=on")
    assert "Integration" in page(manager.get(f"{LIST}?{links['overdue'][1]}"))
    assert "Ingen status passer til filtrene" in page(manager.get(f"{LIST}?{links['approved'][1]}"))


def test_those_who_owe_it_get_one_mail_that_day(world, manager):
    assert "Påmind dem, der skylder" in page(manager.get(LIST)).replace("den, der", "dem, der")
    said = page(manager.post(REMIND, {"status": f"{world.project.pk}.2017-11"}, follow=True))
    assert "Karl Kollega og Sara Sag får en påmindelse på mail." in said
    assert set(MailMessage.objects.values_list("recipient", flat=True)) == {world.caseworker.pk, world.colleague.pk}
    assert Event.objects.filter(verb="reminded", actor=world.manager, project=world.project).count() == 2
    again = page(manager.post(REMIND, follow=True))
    assert "er allerede påmindet i dag" in again
    assert (MailMessage.objects.count(), Event.objects.filter(verb="reminded").count()) == (2, 2)


def test_a_choice_and_a_missing_address_are_respected_and_told(world, manager):
    world.caseworker.reminders = ReminderChoice.NONE
    world.caseworker.save()
    world.colleague.email = ""
    world.colleague.save()
    said = page(manager.post(REMIND, follow=True))
    assert "Sara Sag ønsker ikke påmindelser på mail." in said
    assert "Karl Kollega har ingen mailadresse her." in said
    assert not MailMessage.objects.exists()


def test_only_those_over_the_project_remind(world, sara):
    elsewhere = Client()
    elsewhere.force_login(factories.UserFactory(roles=[Role.MANAGER], roles__unit=factories.OrgUnitFactory()))
    for client in (sara, elsewhere):
        for fields in ({}, {"status": f"{world.project.pk}.2017-11"}, {"status": "x"}):
            assert client.post(REMIND, fields).status_code == 403
    assert sara.get(REMIND).status_code == 405
    assert not MailMessage.objects.exists()


def test_the_stand_in_owes_it_and_nobody_is_said_aloud(world, manager):
    outsider = world.outsider
    for person in (world.caseworker, world.colleague):
        factories.AbsenceFactory(user=person)
    text = page(manager.get(LIST))
    assert "væk uden stedfortræder" in text
    assert "Find en anden , Integration" in text
    assert "Ingen at påminde" in page(manager.post(REMIND, follow=True))
    factories.StandInFactory(absent=world.caseworker, stand_in=outsider)
    assert f"stedfortræder: {outsider}" in page(manager.get(f"{LIST}?person={outsider.pk}"))


def test_what_waits_in_a_month_nobody_asks_for_any_more_is_not_lost(world, sara, manager):
    submit(sara)
    StatusRound.objects.update(closed_at="2017-11-27T08:00Z")
    for where in (LIST, "/"):
        assert "Læs og godkend" in page(manager.get(where))
    assert "Uden for de åbne runder" in page(manager.get(LIST))
    manager.post(f"{EDIT}returner/", {"reason": "Der mangler én under mentor."})
    for where in (LIST, "/"):
        assert "Der mangler én under mentor." in page(sara.get(where))
    assert "Runden blev lukket den 27. november 2017" in page(sara.get(EDIT))
    submit_again = sara.post(f"{EDIT}send/", {"version": "1"}, follow=True)
    assert submit_again.status_code == 200
    assert manager.get(SHOW).status_code == 200
