from datetime import date

import pytest

from projects.enums import Severity, SnapshotState
from projects.rules.notes import ChosenFigure, approval_notice, empty_note_notice, figure_notice, figure_notices
from projects.rules.notices import Notice

NOVEMBER = date(2017, 11, 1)


def test_a_figure_with_number_source_and_date_is_fine():
    assert figure_notice(label="Rådgivning", number=1, source="Rådgiveren", as_of=NOVEMBER) is None


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"number": None}, "nummer"),
        ({"source": " "}, "kilde"),
        ({"as_of": None}, "dato"),
        ({"number": None, "source": "", "as_of": None}, "nummer, kilde og dato"),
    ],
)
def test_a_figure_without_them_is_noticed(values, missing):
    complete = {"label": "Ind og ud", "number": 1, "source": "Registrering", "as_of": NOVEMBER, "field": "figure"}
    found = figure_notice(**{**complete, **values})
    assert (found.rule, found.field, found.message) == ("R11", "figure", f"Figuren “Ind og ud” mangler {missing}.")


def test_the_figures_of_a_status_lack_a_source_each_and_a_date_together():
    named = ChosenFigure("indicator.a", "Borgere", "Fagsystemet")
    nameless = ChosenFigure("indicator.b", "Kurser, hold", " ")
    assert figure_notices([named], NOVEMBER) == []
    assert figure_notices([], None) == []
    source = Notice("R11", "indicator.b", "Figuren “Kurser, hold” mangler kilde.", ("Kurser, hold", "kilde"))
    date_ = "Figurerne “Borgere” og “Kurser, hold” mangler dato. Skriv, hvilken dag tallene gælder for."
    assert figure_notices([named, nameless], NOVEMBER) == [source]
    assert figure_notices([named, nameless], None) == [source, Notice("R11", "as_of", date_, ("date",))]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (None, "“Integration” mangler status for november 2017."),
        ("draft", "Status for “Integration” for november 2017 er en kladde og ikke sendt til godkendelse."),
        (SnapshotState.SUBMITTED, "Status for “Integration” for november 2017 venter på godkendelse."),
        (SnapshotState.RETURNED, "Status for “Integration” for november 2017 er returneret til sagsbehandleren."),
    ],
)
def test_a_status_that_is_not_approved_blocks(state, sentence):
    assert approval_notice(project="Integration", month=NOVEMBER, state=state, field="projects.4") == Notice(
        "APPROVAL", "projects.4", sentence, (NOVEMBER, str(state or "")), Severity.BLOCKING
    )


def test_an_approved_status_is_fine():
    assert approval_notice(project="Integration", month=NOVEMBER, state=SnapshotState.APPROVED) is None


def test_a_note_without_projects_blocks():
    assert empty_note_notice(0) == Notice(
        "EMPTY", "projects", "Notatet har ingen projekter. Vælg mindst ét, før du udsender det.", (), Severity.BLOCKING
    )
    assert empty_note_notice(1) is None
