"""The two short texts are kept, checked, carried and told like the whole one."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from projects.actions.snapshots import (
    SnapshotValues,
    approve_snapshot,
    correct_snapshot,
    save_snapshot,
    start_snapshot,
    submission_errors,
    submit_snapshot,
)
from projects.enums import Dimension
from projects.models import Event, StatusSnapshot
from projects.queries.snapshot_values import stored_values
from tests.integration_month import NOVEMBER, World, integration_month

pytestmark = pytest.mark.django_db

SHORT = ("summary_manager", "summary_short")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world() -> World:
    return integration_month()


def draft(world: World, **texts: str) -> StatusSnapshot:
    snapshot = start_snapshot(project=world.project, month=NOVEMBER, by=world.caseworker)
    values = SnapshotValues(lights=dict.fromkeys(Dimension, "green"), **texts)
    return save_snapshot(snapshot=snapshot, expected_version=0, values=values, by=world.caseworker)


def test_they_are_stored_told_and_copied_into_a_correction(world):
    saved = draft(world, summary_manager="Vi mangler en bil.", summary_short="Det går godt.")
    changes = {label: after for label, _before, after in Event.objects.get(verb="saved").changes}
    assert changes["lederens resumé"] == "Vi mangler en bil."
    assert changes["tre linjer til politikerne"] == "Det går godt."
    approve_snapshot(snapshot=submit_snapshot(snapshot=saved, by=world.caseworker), by=world.manager)
    saved.refresh_from_db()
    correction = correct_snapshot(snapshot=saved, reason="Et tal var forkert.", by=world.caseworker)
    values = stored_values(correction)
    assert (values.summary_manager, values.summary_short) == ("Vi mangler en bil.", "Det går godt.")


@pytest.mark.parametrize("name", SHORT)
def test_a_cpr_number_in_either_stores_nothing(world, name):
    with pytest.raises(ValidationError) as caught:
        draft(world, **{name: "010190-1234 er flyttet"})
    assert caught.value.error_list[0].code == "cpr"
    assert stored_values(StatusSnapshot.objects.get(month=NOVEMBER)).narrative == ""


@pytest.mark.parametrize("name", SHORT)
def test_draft_text_and_too_many_signs_stop_the_sending(world, name, settings):
    settings.TEXT_LIMITS = {name: 20}
    saved = draft(world, **{name: "-> Kort om holdet, når der er tid"})
    assert submission_errors(saved)[name] == [
        "Teksten er på 33 tegn, og der er plads til 20. Kort den ned.",
        "“->” ligner kladdetekst. Skriv den færdig, eller fjern den: “-> Kort om holdet, når der er tid”",
    ]
    with pytest.raises(ValidationError):
        submit_snapshot(snapshot=saved, by=world.caseworker)
    saved.refresh_from_db()
    assert saved.state == "draft"
