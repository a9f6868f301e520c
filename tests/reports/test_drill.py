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
from tests.factories import (
    MOMENT,
    BudgetLineFactory,
    OrgUnitFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    ProposalFactory,
    StrategicGoalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LINES, POSTINGS = "reports:overview-lines", "reports:overview-postings"


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
    """Three projects in two units, one below the other; the last was paid for in a year it no longer runs."""
    frame = PoolYearFactory(pool__code="GENINV-2016")
    below = OrgUnitFactory(parent=frame.pool.unit)
    goal = StrategicGoalFactory()
    made = []
    for number, unit in enumerate((frame.pool.unit, below, below)):
        proposal = ProposalFactory(pool=frame.pool, number=number + 1)
        proposal.goals.add(goal)
        project = ProjectFactory(pool=frame.pool, unit=unit, proposal=proposal, ends_on=date(2016, 12, 31))
        BudgetLineFactory(project=project, pool_year=frame, amount=Decimal(1000 * (number + 1)))
        PostingFactory(project=project, amount=Decimal("100.25") * (number + 1), posted_on=date(2016, 6, number + 1))
        made.append(project)
    PostingFactory(project=made[-1], amount=Decimal("-50.50"), posted_on=date(2017, 11, 3))
    # Put aside until somebody says whose it is: spent of the frame, and in no project.
    PostingFactory(project=None, batch__pool=frame.pool, amount=Decimal("7.75"), posted_on=date(2016, 6, 9))
    return made


def links(client, page: str) -> list[tuple[str, str]]:
    """Return the address and the figure of every link that leads to rows."""
    html = client.get(page).content.decode()
    found = re.findall(r'<a class="drill(?:-figure)?" href="([^"]+)">([^<]+)', html)
    return [(unescape(url), figure.removesuffix("\xa0kr.")) for url, figure in found]


def whole_kroner(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1), 'ROUND_HALF_UP'):,}".replace(",", ".").replace("-", "\u2212")


@pytest.mark.parametrize("query", ["", "?year=2016", "?year=2017", "?goal={goal}", "?unit={unit}"])
def test_the_rows_behind_a_figure_add_up_to_it(client, controller, portfolio, query):
    goal, unit = portfolio[0].proposal.goals.get().pk, portfolio[0].unit_id
    found = links(client, reverse("reports:overview") + query.format(goal=goal, unit=unit))
    assert len(found) > 5
    for url, figure in found:
        rows = client.get(url).context["rows"]
        assert whole_kroner(rows.total) == figure, url
        assert rows.total == sum(row.amount for row in rows.page), url


def test_the_month_leads_to_its_own_rows(client, controller, portfolio):
    url = reverse(POSTINGS)
    november = client.get(url, {"within": "2017-11"}).context["rows"]
    assert (november.count, november.total) == (1, Decimal("-50.50"))
    assert client.get(url, {"within": "nonsense"}).context["rows"].count == 4


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", [LINES, POSTINGS])
def test_rows_cost_the_same_for_one_and_for_three(client, controller, page, count, django_assert_num_queries):
    for _number in range(count):
        BudgetLineFactory(project=(project := ProjectFactory()))
        PostingFactory(project=project)
    with django_assert_num_queries(10):
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
    assert "Forbrugt i 2016 609 kr." in page
    assert "heraf 8 kr. endnu ikke på et projekt" in page
    assert "\u221251 kr. i 2017, et år uden ramme" in page


def test_a_frame_leads_nowhere_for_who_does_not_see_all_its_projects(client, portfolio):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=portfolio[1].unit))
    page = client.get(reverse("reports:overview")).context["page"]
    assert [(use.lines_url, use.postings_url) for use in page.pool_uses] == [("", "")]
    assert all(row.lines_url for row in page.project_rows)


def test_a_manager_gets_the_rows_of_the_own_units_only(client, portfolio):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=portfolio[1].unit))
    rows = client.get(reverse(LINES)).context["rows"]
    assert {row.project for row in rows.page} == set(portfolio[1:])
