"""A chart of accounts loaded whole or not at all, and what is held against it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.actions.accounts import ChartLoad, load_chart
from projects.actions.ledger import import_file
from projects.actions.projects import add_budget_line
from projects.ledger_files import Layout
from projects.models import Account, BudgetLine, Event
from tests.factories import PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def load_lines(*lines):
        path = tmp_path / "kontoplan.csv"
        path.write_text("".join(f"{line}\n" for line in lines))
        return load_chart(path=path, by=UserFactory())

    return load_lines


def test_a_chart_is_loaded_and_the_same_again_changes_nothing(load):
    lines = ("Konto;Navn;Gælder fra;Gælder til", "5.68.98;Ordninger;01.01.2007;", "5.57.73;Hjælp;;31.12.2016")
    assert [load(*lines), load(*lines)] == [ChartLoad(2, 0), ChartLoad(0, 0)]
    assert load("Konto;Navn;Gælder fra", "5.68.98;Beskæftigelsesordninger;01.01.2007") == ChartLoad(0, 1)
    assert list(Account.objects.values_list("number", "name", "valid_from", "valid_to")) == [
        ("5.57.73", "Hjælp", date(1970, 1, 1), date(2016, 12, 31)),
        ("5.68.98", "Beskæftigelsesordninger", date(2007, 1, 1), None),
    ]
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Konto;Navn", "5.68.98;Ordninger", "løn;Hjælp"), "Linje 3"),
        (("Konto;Navn", "5.68.98;Ordninger", "5.68.98;Igen"), "Linje 3"),
        (("Konto;Navn", "5.68.98;"), "Linje 2"),
        (("Konto;Navn;Gælder fra;Gælder til", "5.68.98;Ordninger;01.01.2017;31.12.2016"), "Linje 2"),
        (("Konto;Navn;Gælder fra", "5.68.98;Ordninger;31.02.2017"), "31.02.2017"),
        (("Nummer;Navn", "5.68.98;Ordninger"), "Konto"),
        (("Konto;Navn",), "rækker"),
    ],
)
def test_a_wrong_chart_stores_nothing(load, lines, words):
    with pytest.raises(ValidationError) as refused:
        load(*lines)
    assert words in " ".join(refused.value.messages)
    assert (Account.objects.count(), Event.objects.count()) == (0, 0)


def test_budget_lines_and_ledgers_are_held_against_the_chart_when_there_is_one(load, tmp_path):
    project, by = ProjectFactory(code="mentor", pool=PoolFactory()), UserFactory()

    def grant(account):
        values = {"year": 2016, "kind": "original", "amount": Decimal(1), "price_level": 2016, "reason": "Bevilget"}
        return add_budget_line(project=project, by=by, account=account, **values)

    def unknown():
        path = tmp_path / "posteringer.csv"
        path.write_text("Dato;Projekt;Konto;Beløb\n30.06.2016;mentor;568981106;1,00\n30.06.2016;mentor;9.99.99;2,00\n")
        values = {"layout": Layout(), "pool": project.pool, "by": by, "year": 2016, "dry_run": True}
        return import_file(path=path, file_name=path.name, **values).unknown_accounts

    grant("9.99.99")
    assert unknown() == ()
    load("Konto;Navn", "5.68.98;Ordninger")
    assert unknown() == (("9.99.99", 1, 3),)
    with pytest.raises(ValidationError, match=r"9\.99\.99"):
        grant("9.99.99")
    grant(" 05.68.98 ")
    assert list(BudgetLine.objects.values_list("account", flat=True)) == ["9.99.99", "05.68.98"]
