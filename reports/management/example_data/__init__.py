"""A large example portfolio for load tests: every row marked as an example, the same rows for the same seed."""

from collections.abc import Callable
from random import Random

from django.db import connection, transaction

from projects.actions.rollups import refresh_all_rollups
from reports.management.example_data.months import load_months
from reports.management.example_data.people import load_frame
from reports.management.example_data.postings import load_postings
from reports.management.example_data.projects import load_projects
from reports.management.example_data.size import CODE, Size

__all__ = ["CODE", "Size", "generate"]


@transaction.atomic
def generate(size: Size, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Store the whole portfolio, or nothing of it.

    The few rows (people, committees, pools) are stored by the models, the many by the database's own loader: no
    action runs per row and no event is recorded per row. What the actions would have checked holds all the same:
    a frame covers what is granted from it, who approves did not write, a status is frozen when it is approved.
    """
    chance = Random(size.seed)  # noqa: S311 - the same examples every time is the point
    frame = load_frame(size)
    tell("Units, people, committees, meetings, pools")
    projects = load_projects(size, frame, chance)
    tell("Proposals, projects, budget lines")
    load_months(size, frame, projects, chance)
    tell("Monthly statuses with figures and breakdowns")
    load_postings(size, frame, projects, chance)
    tell("Postings")
    refresh_all_rollups()
    # So many rows at once are unknown to the planner, which then takes thousands for a handful.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
