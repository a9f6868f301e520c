from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import ProposalState, Role
from projects.models import BudgetLine, Criterion, CriterionScore, Project, Scenario
from tests.factories import BudgetLineFactory, EstimateLineFactory, PoolYearFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db
CODE = "GENINV-2016"


@pytest.fixture
def year():
    return PoolYearFactory(pool__code=CODE, frame=Decimal(1_000_000))


@pytest.fixture
def manager(client, year):
    user = UserFactory(roles=[Role.MANAGER], roles__unit=year.pool.unit)
    client.force_login(user)
    return user


@pytest.fixture
def listed(year):
    proposals = [ProposalFactory(pool=year.pool, number=n, state=ProposalState.SUBMITTED) for n in (1, 2, 3)]
    for position, proposal in enumerate(proposals):
        EstimateLineFactory(pool_year=year, proposal=proposal, amount=Decimal(400_000), position=position)
    return proposals


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def posted(year, order, included=None, amounts=None, **more):
    amounts = dict.fromkeys(order, "400.000") | (amounts or {})
    return {
        "order": [each.pk for each in order],
        "include": [each.pk for each in (order if included is None else included)],
        **{f"amount_{each.pk}_{year.pk}": typed for each, typed in amounts.items()},
        **more,
    }


def order_of(response):
    return [shown.row.proposal.number for shown in response.context["rows"]]


def test_the_list_shows_sums_and_where_the_frame_ends(client, manager, listed):
    response = client.get(url("board", CODE))
    assert order_of(response) == [1, 2, 3]
    assert [shown.is_cut for shown in response.context["rows"]] == [False, False, True]
    assert "−200.000 kr." in text(response)


def test_without_script_arrows_and_places_move_a_proposal_and_store_nothing(client, manager, year, listed):
    one, two, three = listed
    moved = client.post(url("board", CODE), posted(year, listed, move=f"up-{three.pk}"))
    assert (moved.status_code, order_of(moved)) == (200, [1, 3, 2])
    places = {f"place_{one.pk}": "3", f"place_{two.pk}": "2", f"place_{three.pk}": "3"}
    assert order_of(client.post(url("board", CODE), posted(year, listed, recalculate="1", **places))) == [2, 3, 1]
    out = client.post(url("board", CODE), posted(year, listed, included=[one, two], recalculate="1"))
    assert out.context["tally"].years[0].rest == Decimal(200_000)
    assert Scenario.objects.count() == 0


def test_an_alternative_is_saved_opened_and_saved_again(client, manager, year, listed):
    one, two, three = listed
    data = posted(year, [three, one, two], [three, one], {three: "450.000,50"}, save_as="1", name="Med 3 først")
    saved = client.post(url("board", CODE), data)
    scenario = Scenario.objects.get()
    assert (saved.status_code, saved.url) == (302, url("board-scenario", CODE, scenario.pk))
    page = client.get(saved.url)
    assert order_of(page) == [3, 1, 2]
    assert page.context["tally"].years[0].rest == Decimal("149999.50")
    again = posted(year, [one, two, three], [one], save="1", name="Kun 1", reason="Én ad gangen", version="1")
    client.post(saved.url, again)
    scenario.refresh_from_db()
    assert (scenario.name, scenario.version, order_of(client.get(saved.url))) == ("Kun 1", 2, [1, 2, 3])
    stale = client.post(saved.url, again)
    assert stale.status_code == 422
    assert "En anden har gemt alternativet imens" in text(stale)


@pytest.mark.parametrize(("typed", "name"), [("1,2,3", "A"), ("-5", "A"), ("10000000000000000", "A"), ("5", "")])
def test_what_cannot_be_read_comes_back_and_nothing_is_saved(client, manager, year, listed, typed, name):
    data = posted(year, listed, amounts={listed[0]: typed}, save_as="1", name=name)
    response = client.post(url("board", CODE), data)
    assert (response.status_code, Scenario.objects.count()) == (422, 0)
    assert f'value="{typed}"' in text(response)


def test_numbers_no_page_has_sent_are_no_numbers(client, manager, year, listed):
    endless = "9" * 5000
    form = posted(year, listed, name="A", reason="", version=endless, save_as="1", move=f"down-{endless}")
    form[f"place_{listed[0].pk}"] = endless
    assert client.post(url("board", CODE), form | {"include": [endless]}).status_code == 302
    assert client.post(url("fiscal-year-change", 99_999_999), {}).status_code == 403
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert client.post(url("fiscal-year-change", 99_999_999), {"reason": "Regnskabet er aflagt"}).status_code == 404


def test_those_who_only_read_the_pool_try_but_do_not_save(client, year, listed):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert client.post(url("board", CODE), posted(year, listed, recalculate="1")).status_code == 200
    assert client.post(url("board", CODE), posted(year, listed, save_as="1", name="A")).status_code == 403
    assert Scenario.objects.count() == 0


def save(client, year, order, included):
    client.post(url("board", CODE), posted(year, order, included, save_as="1", name="Vores", reason="Bedst"))
    return Scenario.objects.get()


def test_adopting_makes_the_projects_and_a_change_meanwhile_is_told(client, manager, year, listed):
    one, two, _three = listed
    scenario = save(client, year, listed, [one, two])
    adopt = url("scenario-adopt", CODE, scenario.pk)
    page = client.get(adopt)
    data = {"reason": "Bedst", "starts_on": "1/4-2016", "seen": page.context["seen"]}
    BudgetLineFactory(project__pool=year.pool, pool_year=year, amount=Decimal(10))
    refused = client.post(adopt, data)
    assert (refused.status_code, Project.objects.filter(proposal__isnull=False).count()) == (422, 0)
    assert "Der er bevilget penge af 2016 imens; der er 999.990 kr. tilbage." in text(refused)
    client.post(adopt, {**data, "seen": refused.context["seen"]})
    assert set(BudgetLine.objects.filter(project__proposal__in=listed).values_list("amount", flat=True)) == {400_000}
    assert Project.objects.filter(proposal__in=[one, two]).count() == 2
    assert client.get(adopt).status_code == 302


def test_an_adoption_that_shows_nothing_seen_is_refused(client, manager, year, listed):
    scenario = save(client, year, listed, listed[:1])
    for seen in ("", "[]", "vrøvl", "[1, [], []]"):
        data = {"reason": "Bedst", "starts_on": "1/4-2016", "seen": seen}
        assert client.post(url("scenario-adopt", CODE, scenario.pk), data).status_code == 422
    assert Project.objects.count() == 0


def test_alternatives_stand_side_by_side_with_their_reasons(client, manager, year, listed):
    assert "Der er ingen alternativer endnu" in text(client.get(url("board-compare", CODE)))
    save(client, year, listed, listed[:2])
    page = text(client.get(url("board-compare", CODE)))
    assert "200.000" in page
    assert "Bedst" in page


def test_criteria_are_written_and_a_proposal_scored_with_the_next_in_line(client, manager, year, listed):
    rows = {"criteria-TOTAL_FORMS": "2", "criteria-INITIAL_FORMS": "0", "criteria-0-name": "Mål"}
    for weight in ("", "0", "101", "to"):
        assert client.post(url("criteria-edit", CODE), {**rows, "criteria-0-weight": weight}).status_code == 422
    assert Criterion.objects.count() == 0
    client.post(url("criteria-edit", CODE), {**rows, "criteria-0-weight": "3"})
    criterion = Criterion.objects.get()
    scoring = url("score-edit", CODE, listed[0].pk)
    assert client.post(scoring, {f"score_{criterion.pk}": "6"}).status_code == 422
    answer = client.post(scoring, {f"score_{criterion.pk}": "5", "next": "1"})
    assert answer.url == url("score-edit", CODE, listed[1].pk)
    assert CriterionScore.objects.get().score == 5
    client.post(url("score-edit", CODE, listed[2].pk), {f"score_{criterion.pk}": "1"})
    assert order_of(client.post(url("board", CODE), posted(year, listed[::-1], sort="score"))) == [1, 3, 2]


def test_an_alternative_is_deleted(client, manager, year, listed):
    scenario = save(client, year, listed, listed)
    client.post(url("scenario-delete", CODE, scenario.pk))
    assert Scenario.objects.count() == 0
