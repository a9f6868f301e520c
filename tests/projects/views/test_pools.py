from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import ProposalState, Role
from projects.models import EstimateLine, Event, Pool
from tests.factories import (
    BudgetLineFactory,
    CommitteeFactory,
    EstimateLineFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    ProposalCostFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return PoolYearFactory(pool__code="GENINV-2016")


@pytest.fixture
def manager(client, year):
    user = UserFactory(roles=[Role.MANAGER], roles__unit=year.pool.unit)
    client.force_login(user)
    return user


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def test_the_list_adds_the_frames(client, manager, year):
    PoolYearFactory(pool=year.pool, year=2017, frame=Decimal(1_000_000))
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(300_000))
    EstimateLineFactory(pool_year=year, proposal__pool=year.pool, amount=Decimal(2_810_000))
    response = client.get(url("pool-list"))
    [row] = response.context["rows"]
    assert [each.pool_year.year for each in row.years] == [2016, 2017]
    total = response.context["total"]
    assert (total.frame, total.granted, total.proposed) == (Decimal(5_300_000), Decimal(300_000), Decimal(2_810_000))
    assert "5.300.000 kr." in text(response)


def test_a_pool_without_a_frame_says_who_gives_it_one(client):
    pool = PoolFactory(unit__name="Beskæftigelse")
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert "Lederne i Beskæftigelse giver den en." in text(client.get(url("pool-detail", pool.code)))


def test_an_empty_list_says_what_to_do(client):
    client.force_login(UserFactory(roles=[Role.MANAGER]))
    assert url("pool-create") in text(client.get(url("pool-list")))
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert url("pool-create") not in text(client.get(url("pool-list")))


def test_the_pool_shows_frame_proposed_and_rest(client, manager, year):
    EstimateLineFactory(pool_year=year, proposal__pool=year.pool, amount=Decimal(2_810_000))
    page = text(client.get(url("pool-detail", "GENINV-2016")))
    assert all(amount in page for amount in ("4.300.000 kr.", "2.810.000 kr.", "1.490.000 kr."))


def test_another_units_pool_does_not_exist_for_the_manager(client, manager):
    assert client.get(url("pool-detail", PoolFactory().code)).status_code == 404


def new_pool(unit, **values):
    return {
        "name": "Puljen 2018",
        "code": "GENINV-2018",
        "kind": "reinvestment",
        "form_variant": "short",
        "committee": CommitteeFactory().pk,
        "unit": unit.pk,
        "description": "",
        "frames-TOTAL_FORMS": "2",
        "frames-INITIAL_FORMS": "0",
        "frames-0-year": "2018",
        "frames-0-frame": "1.250.000 kr.",
        "frames-1-year": "",
        "frames-1-frame": "",
        **values,
    }


def test_create_a_pool_with_a_frame(client, manager, year):
    response = client.post(url("pool-create"), new_pool(year.pool.unit))
    pool = Pool.objects.get(code="GENINV-2018")
    assert (response.status_code, response.url) == (302, url("pool-detail", "GENINV-2018"))
    assert [(row.year, row.frame) for row in pool.years.all()] == [(2018, Decimal(1_250_000))]
    assert pool.form_variant == "short"


@pytest.mark.parametrize(
    "values",
    [
        {"code": "GENINV-2016"},
        {"code": "med mellemrum"},
        {"frames-0-frame": "1,2,3"},
        {"frames-0-year": ""},
        {"frames-1-year": "2018", "frames-1-frame": "5"},
    ],
)
def test_a_pool_that_cannot_be_read_is_not_made_and_comes_back(client, manager, year, values):
    response = client.post(url("pool-create"), new_pool(year.pool.unit, **values))
    assert (response.status_code, Pool.objects.count(), Event.objects.count()) == (422, 1, 0)
    assert all(f'value="{value}"' in text(response) for value in values.values() if value)


def test_a_manager_makes_pools_for_own_units_only(client, manager):
    response = client.post(url("pool-create"), new_pool(OrgUnitFactory()))
    assert (response.status_code, Pool.objects.count()) == (422, 1)


def test_a_frame_below_what_is_granted_is_refused_beside_the_field(client, manager, year):
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(300_000))
    typed = {"frame": "200.000", "price_level": "2016", "reason": "Sparekrav"}
    response = client.post(url("frame-edit", "GENINV-2016", 2016), typed)
    year.refresh_from_db()
    assert (response.status_code, year.frame) == (422, Decimal(4_300_000))
    assert list(response.context["form"].errors) == ["frame"]


def test_the_missing_proposal_is_put_on_the_list_with_its_own_amount(client, manager, year):
    proposal = ProposalFactory(pool=year.pool, title="Autisme", state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=proposal, amount=Decimal(740_000))
    add = f"{url('estimate-create', 'GENINV-2016', 2016)}?proposal={proposal.pk}"
    assert add in text(client.get(url("pool-detail", "GENINV-2016")))
    form = client.get(add).context["form"]
    assert (form["label"].value(), form["amount"].value()) == ("Autisme", "740.000")
    client.post(add, {"proposal": proposal.pk, "label": "Autisme", "amount": "740.000", "note": ""})
    line = EstimateLine.objects.get()
    assert (line.proposal, line.amount) == (proposal, Decimal(740_000))
    assert add not in text(client.get(url("pool-detail", "GENINV-2016")))


def test_a_line_is_changed_and_taken_off(client, manager, year):
    line = EstimateLineFactory(pool_year=year, proposal=None, label="Uden forslag")
    edit = url("estimate-edit", "GENINV-2016", line.pk)
    client.post(edit, {"proposal": "", "label": "Uden forslag", "amount": "5.000", "note": "ny"})
    line.refresh_from_db()
    assert (line.amount, line.note) == (Decimal(5_000), "ny")
    remove = url("estimate-remove", "GENINV-2016", line.pk)
    client.post(remove, {"reason": ""})
    assert EstimateLine.objects.count() == 1
    client.post(remove, {"reason": "Står der to gange"})
    assert EstimateLine.objects.count() == 0


def test_those_who_do_not_answer_for_the_pool_change_nothing(client, year):
    line = EstimateLineFactory(pool_year=year, proposal__pool=year.pool)
    user = UserFactory(roles=[Role.MANAGER], roles__unit=OrgUnitFactory())
    ProposalFactory(pool=year.pool, unit=user.current_assignments[0].unit)
    client.force_login(user)
    page = text(client.get(url("pool-detail", "GENINV-2016")))
    assert url("estimate-edit", "GENINV-2016", line.pk) not in page
    for name in ("estimate-edit", "estimate-remove"):
        assert client.post(url(name, "GENINV-2016", line.pk), {"reason": "Væk med den"}).status_code == 403
    assert client.post(url("frame-edit", "GENINV-2016", 2016), {"frame": "1"}).status_code == 403
    assert EstimateLine.objects.count() == 1


def test_an_administrator_gives_a_pool_its_frame_but_grants_nothing(client):
    pool = PoolFactory()
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert url("frame-create", pool.code) in text(client.get(url("pool-detail", pool.code)))
    typed = {"year": "2018", "frame": "1.000.000", "price_level": "2018", "reason": ""}
    assert client.post(url("frame-create", pool.code), typed).status_code == 302
    assert pool.years.get().frame == Decimal(1_000_000)
    assert client.get(url("estimate-create", pool.code, 2018)).status_code == 403
