"""The command a scheduled job runs: exit codes, Danish summary, one JSON object."""

import json

import pytest
from django.core.management import CommandError, call_command

from projects.actions.ledger_uploads import save_mapping
from projects.enums import Role
from projects.models import ImportBatch, Posting
from tests.factories import PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

ROWS = "Dato;Projekt;Bilag;Beløb\n30.06.2016;mentor;1;1.000,00\n30.06.2016;ukendt;2;234,50\nI alt;;;1.234,50\n"


@pytest.fixture
def file(tmp_path):
    UserFactory(username="admin", roles=[Role.ADMINISTRATOR])
    ProjectFactory(code="mentor", pool=PoolFactory(code="PULJE"))
    path = tmp_path / "juni.csv"
    path.write_text(ROWS)
    return path


def run(capsys, path, *options):
    call_command("import_ledger", str(path), "--pool", "PULJE", "--year", "2016", *options)
    return capsys.readouterr().out


def test_it_tells_in_danish_what_it_loaded(capsys, file):
    told = run(capsys, file)
    assert "juni.csv: 2 rækker læst, summen er 1.234,50\u00a0kr. i alt." in told
    assert "Var der i forvejen: 0. Rettet: 0. Lagt til side, til de placeres: 1." in told
    assert "Kontrolsummen stemmer." in told
    assert Posting.objects.count() == 2


def test_a_second_run_adds_nothing_and_json_says_so(capsys, file):
    run(capsys, file)
    told = json.loads(run(capsys, file, "--json"))
    assert (told["rows"], told["imported"], told["skipped"], told["refused"]) == (2, 0, 2, [])
    assert (told["total"], told["control_total"], told["batch"]) == ("1234.50", "1234.50", None)


def test_a_dry_run_stores_nothing(capsys, file):
    assert "Intet er gemt" in run(capsys, file, "--dry-run")
    assert (ImportBatch.objects.count(), Posting.objects.count()) == (0, 0)


def test_a_refusal_names_file_line_and_reason(capsys, file):
    file.write_text(ROWS.replace("30.06.2016;ukendt", "31.02.2016;ukendt"))
    with pytest.raises(CommandError, match=r"juni\.csv, linje 3: .*31\.02\.2016") as refused:
        run(capsys, file, "--json")
    assert refused.value.returncode == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["line"] == 3
    assert Posting.objects.count() == 0


@pytest.mark.parametrize("options", [["--pool", "FINDES-IKKE"], ["--mapping", "Findes ikke"], ["--by", "findes-ikke"]])
def test_what_does_not_exist_is_refused(capsys, file, options):
    with pytest.raises(CommandError, match=r"[Ff]indes|FINDES"):
        run(capsys, file, *options)


def test_a_saved_mapping_says_which_columns(capsys, file):
    file.write_text("Tid|Sum\n".replace("|", ";") + "30.06.2016;-100,00\n")
    values = {"columns": {"date": "Tid", "amount": "Sum"}, "is_reversed": True}
    save_mapping(name="Opus", system="Opus", values=values, by=UserFactory())
    assert "100,00" in run(capsys, file, "--mapping", "Opus")
    assert (Posting.objects.get().amount, ImportBatch.objects.get().system) == (100, "Opus")
