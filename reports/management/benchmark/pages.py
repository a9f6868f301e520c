"""The overview's sums against SQL written by hand, the list against its first page, and against JSON."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path

from projects.models import Project, User
from projects.permissions import roles_required
from projects.queries.projects import ProjectRow, listed_projects, page_of, project_rows
from projects.queries.rounds import RoundStep, steps_due
from projects.views.projects import PER_PAGE, READ_PROJECTS, project_order
from reports.management.benchmark.timing import medians
from reports.queries.overview_sums import grouped_money, money_by_year, total_money

_JSON_ADDRESS = "/projekter.json"
# The same figures from the rows themselves: per pool, committee and unit, by year, and all together.
_BY_GROUP = """
WITH granted AS (SELECT project_id, SUM(amount) AS amount FROM projects_budgetline GROUP BY project_id),
spent AS (SELECT project_id, SUM(amount) AS amount FROM projects_posting GROUP BY project_id)
SELECT p.{column}, COUNT(*), SUM(granted.amount), SUM(spent.amount) FROM projects_project p
LEFT JOIN granted ON granted.project_id = p.id LEFT JOIN spent ON spent.project_id = p.id
GROUP BY p.{column}"""
_TOTAL = "SELECT (SELECT SUM(amount) FROM projects_budgetline), (SELECT SUM(amount) FROM projects_posting)"
_AMOUNTS = ("granted", "spent", "committed", "rest", "forecast", "deviation")
_BY_YEAR = {
    "sqlite": "SELECT strftime('%Y', posted_on), SUM(amount) FROM projects_posting GROUP BY 1",
    "postgresql": "SELECT EXTRACT(year FROM posted_on), SUM(amount) FROM projects_posting GROUP BY 1",
}


# The same rows as JSON take the same way as the page does, through login and roles: what is compared is the writing.
@override_settings(ROOT_URLCONF=__name__)
def measure_pages(rounds: int) -> dict[str, float]:
    """Return the medians in seconds by what was done, in a thread of its own as the server answers."""
    user = User.objects.get(username="eks-leder")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with ThreadPoolExecutor(1) as server:
        return server.submit(_measured, client, rounds).result()


def _measured(client: Client, rounds: int) -> dict[str, float]:
    last = -(-Project.objects.count() // PER_PAGE)

    def opened(address: str) -> Any:
        return lambda: _content(client.get(address))

    try:
        return medians(
            rounds,
            dashboard=_dashboard,
            sql=_by_hand,
            overview=opened("/overblik/"),
            list=opened("/projekter/"),
            last=opened(f"/projekter/?page={last}"),
            home=opened("/"),
            statuses=opened("/status/"),
            proposals=opened("/forslag/"),
            red=opened("/projekter/?light=red&sort=-deviation"),
            json=opened(_JSON_ADDRESS),
        )
    finally:
        connection.close()


def _content(response: Any) -> bytes:
    if response.status_code != 200:
        raise RuntimeError(f"{response.request['PATH_INFO']}: {response.status_code}")
    return bytes(response.content)


def _dashboard() -> None:
    projects = Project.objects.all()
    total_money(projects, None)
    for relation in ("pool", "committee", "unit"):
        grouped_money(projects, None, relation)
    money_by_year(projects, None)


def _by_hand() -> None:
    with connection.cursor() as cursor:
        columns = ("pool_id", "committee_id", "unit_id")
        for statement in (_TOTAL, *(_BY_GROUP.format(column=each) for each in columns), _BY_YEAR[connection.vendor]):
            cursor.execute(statement)
            cursor.fetchall()


@roles_required(*READ_PROJECTS)
def _as_json(request: HttpRequest) -> JsonResponse:
    """Answer with the list's first page as JSON: behind the same login and roles, from the same queries."""
    projects = project_order(listed_projects(cast(User, request.user)), "name")
    rows = project_rows(page_of(projects, 0, PER_PAGE, projects.count()))
    due = steps_due([row.project for row in rows])
    return JsonResponse({"projects": [_told(row, due.get(row.project.pk)) for row in rows]})


def _told(row: ProjectRow, step: RoundStep | None) -> dict[str, Any]:
    project = row.project
    return {
        "code": project.code,
        "name": project.name,
        "state": project.state,
        "unit": project.unit.name,
        "funding": project.pool.name if project.pool else project.other_funding,
        "light": row.light,
        "month": step and step.month,
        "status": step and step.state,
        "days_late": step and step.days_late,
        **{name: getattr(row.money, name) for name in _AMOUNTS},
        "forecast_month": row.money.forecast_month,
    }


urlpatterns = [path(_JSON_ADDRESS.removeprefix("/"), _as_json), path("", include("portfolio.urls"))]
