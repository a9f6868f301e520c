"""From a figure to its rows: the rows behind every link add up to the figure that led there."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from projects.enums import Role
from projects.models import Project, User
from reports.facts.drill import NOWHERE
from tests.factories import (
    MOMENT,
    BudgetLineFactory,
    CommitmentFactory,
    OrgUnitFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    ProposalFactory,
    StatusSnapshotFactory,
    StrategicGoalFactory,
    UserFactory,
    approved,
)

pytestmark = pytest.mark.django_db
LINES, POSTINGS = "reports:overview-lines", "reports:overview-postings"
COMMITMENTS, REST, EXPECTED = "reports:overview-commitments", "reports:overview-rest", "reports:overview-expected"
ROWS = ("/overblik/budgetlinjer/", "/overblik/posteringer/", "/overblik/disponeret/")
TERMS = ("/overblik/rest/", "/overblik/forventet/")


@pytest.fixture(autouse=True)
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def controller(client) -> User:
    user = UserFactory(roles=[Role.CONTROLLER])
    client.force_login(user)
    return user


@pytest.fixture
def portfolio() -> list[Project]:
    """Three projects in two units, one below the other; the last was paid for in a year it no longer runs.

    Another has spent and committed without a grant. Two goals, which two projects share.
    """
    frame = PoolYearFactory(pool__code="GENINV-2016")
    below = OrgUnitFactory(parent=frame.pool.unit)
    goal, other_goal = StrategicGoalFactory(), StrategicGoalFactory()
    made = []
    for number, unit in enumerate((frame.pool.unit, below, below)):
        proposal = ProposalFactory(pool=frame.pool, number=number + 1)
        proposal.goals.add(goal, *([other_goal] if number else []))
        project = ProjectFactory(pool=frame.pool, unit=unit, proposal=proposal, ends_on=date(2016, 12, 31))
        BudgetLineFactory(project=project, pool_year=frame, amount=Decimal(1000 * (number + 1)))
        PostingFactory(project=project, amount=Decimal("100.25") * (number + 1), posted_on=date(2016, 6, number + 1))
        CommitmentFactory(project=project, amount=Decimal("10.10"), expected_on=date(2016, 12, 1))
        made.append(project)
    approved(StatusSnapshotFactory(project=made[-1], month=date(2017, 10, 1), forecast=Decimal("900.40")))
    StatusSnapshotFactory(project=made[0], month=date(2016, 10, 1), forecast=Decimal("1100.60"), state="submitted")
    proposal = ProposalFactory(pool=frame.pool, number=4)
    proposal.goals.add(other_goal)
    ungranted = ProjectFactory(pool=frame.pool, unit=below, proposal=proposal, ends_on=date(2016, 12, 31))
    PostingFactory(project=ungranted, amount=Decimal("12.50"), posted_on=date(2016, 6, 4))
    CommitmentFactory(project=ungranted, amount=Decimal("3.25"), expected_on=date(2016, 12, 1))
    PostingFactory(project=made[-1], amount=Decimal("-50.50"), posted_on=date(2017, 11, 3))
    # Put aside until somebody says whose it is: spent of the frame, and in no project.
    PostingFactory(project=None, batch__pool=frame.pool, amount=Decimal("7.75"), posted_on=date(2016, 6, 9))
    return made


def links(client, page: str, kind: str = "drill(?:-figure)?") -> list[tuple[str, str]]:
    """Return the address and the figure of every link of the kind that leads to what its figure is made of."""
    html = client.get(page).content.decode()
    found = re.findall(rf'<a class="{kind}" href="([^"]+)">([^<]+)', html)
    return [(unescape(url), figure.removesuffix("\xa0kr.").removeprefix("+")) for url, figure in found]


def whole_kroner(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1), 'ROUND_HALF_UP'):,}".replace(",", ".").replace("-", "\u2212")


QUERIES = pytest.mark.parametrize("query", ["", "?year=2016", "?year=2017", "?goal={goal}", "?unit={unit}"])


@QUERIES
def test_the_rows_behind_a_figure_add_up_to_it(client, controller, portfolio, query):
    goal, unit = portfolio[0].proposal.goals.get().pk, portfolio[0].unit_id
    found = links(client, reverse("reports:overview") + query.format(goal=goal, unit=unit))
    of_rows = [(url, figure) for url, figure in found if url.startswith(ROWS)]
    assert len(of_rows) > 3
    for url, figure in of_rows:
        rows = client.get(url).context["rows"]
        assert whole_kroner(rows.total) == figure, url
        assert rows.total == sum(row.amount for row in rows.page), url


@QUERIES
def test_the_terms_behind_a_figure_make_it(client, controller, portfolio, query):
    goal, unit = portfolio[0].proposal.goals.get().pk, portfolio[0].unit_id
    address = reverse("reports:overview") + query.format(goal=goal, unit=unit)
    found = links(client, address, "drill drill-terms") + links(client, address, "drill-figure")
    found = [(url, figure) for url, figure in found if url.startswith(TERMS)]
    # Nothing is granted in 2017, so nothing can be left of it.
    assert {url.split("?")[0] for url, _figure in found} == set(TERMS[1:] if "2017" in query else TERMS)
    for url, figure in found:
        rows = client.get(url).context["rows"]
        assert figure in {whole_kroner(amount) for name, amount in rows.total.items() if name != "count"}, url
        for name in rows.total.keys() - {"count"}:
            amounts = [getattr(row.project, f"money_{name}") or Decimal(0) for row in rows.page]
            assert (rows.total[name] or Decimal(0)) == sum(amounts, Decimal(0)), (url, name)


def test_what_is_left_is_its_terms_to_the_oere(client, controller, portfolio):
    """The rows behind each term add up to it; what has no grant is told and stands in no row."""
    page = client.get(reverse(REST)).context
    assert page["rows"].total == {
        "count": 3,
        "granted": Decimal(6000),
        "spent": Decimal("551.00"),
        "committed": Decimal("30.30"),
        "rest": Decimal("5418.70"),
    }
    for row in page["rows"].page:
        assert row.project.money_rest == total(client, row.ways.lines) - total(client, row.ways.postings) - total(
            client, row.ways.commitments
        )
    assert page["ungranted"] == {"count": 1, "spent": Decimal("12.50"), "committed": Decimal("3.25")}
    assert client.get(reverse(REST), {"year": 2017}).context["ungranted"] == {
        "count": 1,
        "spent": Decimal("-50.50"),
        "committed": Decimal(0),
    }


def test_what_is_expected_is_earlier_years_spend_and_the_newest_forecast(client, controller, portfolio):
    page = client.get(reverse(EXPECTED)).context
    first, last = page["rows"].page
    assert [
        (row.project.money_before, row.project.money_forecast, row.project.money_expected) for row in (first, last)
    ] == [
        (Decimal(0), Decimal("1100.60"), Decimal("1100.60")),
        (Decimal("300.75"), Decimal("900.40"), Decimal("1201.15")),
    ]
    for row in (first, last):
        assert row.project.money_before == total(client, row.before_url)
        assert row.project.money_by_then == total(client, row.granted_url)
        assert row.project.money_deviation == row.project.money_expected - row.project.money_by_then
    assert (page["rows"].total["expected"], page["silent"]) == (Decimal("2301.75"), 2)
    # A controller reads what is approved; the other status is told without a way to it.
    assert [row.is_told for row in (first, last)] == [False, True]


def total(client, url: str) -> Decimal:
    return client.get(url).context["rows"].total or Decimal(0)


def test_the_month_leads_to_its_own_rows(client, controller, portfolio):
    url = reverse(POSTINGS)
    november = client.get(url, {"within": "2017-11"}).context["rows"]
    assert (november.count, november.total) == (1, Decimal("-50.50"))
    assert client.get(url, {"within": "nonsense"}).context["rows"].count == 5


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [(LINES, 10), (POSTINGS, 10), (COMMITMENTS, 10), (REST, 11), (EXPECTED, 11)]
)
def test_rows_cost_the_same_for_one_and_for_three(client, controller, page, queries, count, django_assert_num_queries):
    for _number in range(count):
        BudgetLineFactory(project=(project := ProjectFactory()))
        PostingFactory(project=project)
        CommitmentFactory(project=project)
        StatusSnapshotFactory(project=project, forecast=Decimal(1), state="submitted")
    with django_assert_num_queries(queries):
        client.get(reverse(page))


def test_a_file_of_the_rows_has_the_same_rows(client, controller, portfolio):
    for page in (LINES, POSTINGS):
        shown = client.get(reverse(page), {"year": 2016}).context["rows"]
        text = b"".join(client.get(reverse(f"{page}-export", args=["csv"]), {"year": 2016}).streaming_content).decode()
        assert text.count("\r\n") == shown.count + 1
        amount = f"{shown.page[0].amount:.2f}".replace(".", ",")
        assert amount in text.split("\r\n")[1]


def test_nothing_behind_a_figure_is_said_with_the_way_back(client, controller):
    page = client.get(reverse(POSTINGS)).content.decode()
    assert "Ingen rækker" in page
    assert f'href="{reverse("reports:overview")}"' in page


def test_a_frame_tells_what_is_in_no_project_and_what_was_spent_without_a_frame(client, controller, portfolio):
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get(reverse("reports:overview")).content.decode()).split())
    page = page.replace("\xa0", " ")
    assert "Forbrugt i 2016 622 kr." in page
    assert "heraf 8 kr. endnu ikke på et projekt" in page
    assert "\u221251 kr. i 2017, et år uden ramme" in page


def test_a_frame_leads_nowhere_for_who_does_not_see_all_its_projects(client, portfolio):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=portfolio[1].unit))
    page = client.get(reverse("reports:overview")).context["page"]
    assert [use.ways for use in page.pool_uses] == [NOWHERE]
    assert all(row.ways.lines for row in page.project_rows)


def test_a_manager_gets_the_rows_of_the_own_units_only(client, portfolio):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=portfolio[1].unit))
    rows = client.get(reverse(LINES)).context["rows"]
    assert {row.project for row in rows.page} == set(portfolio[1:])
