"""Projects without a proposal, how one was closed, and what the projects' statuses fill in."""

from decimal import Decimal
from typing import Any

from projects.actions.catalogue import save_record
from projects.actions.paybacks import RealisedValue, set_realised_returns
from projects.actions.projects import add_budget_line, assign_caseworker, close_project, create_project
from projects.enums import ProjectState
from projects.models import Breakdown, BreakdownCategory, Indicator, Pool, PoolYear, Project, User
from reports.management.demo_data.files import Files, committee, meeting, project, unit, user
from reports.management.demo_data.people import ADMINISTRATOR


def load_projects(files: Files) -> None:
    lists = files.read("projects")
    for row in lists["projects"]:
        if not Project.objects.filter(code=row["code"]).exists():
            _load_project(row)
    for row in lists["closings"]:
        ending = project(row["project"])
        if ending.state != ProjectState.CLOSED:
            close_project(project=ending, ends_on=row["ends_on"], reason=row["reason"], by=user(row["by"]))
    for row in lists["returns"]:
        _load_return(row)
    administrator = user(ADMINISTRATOR)
    for row in lists["indicators"]:
        _load_indicator(row, administrator)
    for row in lists["breakdowns"]:
        _load_breakdown(row, administrator)


def _load_project(row: dict[str, Any]) -> None:
    by = user(row["by"])
    created = create_project(
        **{name: row[name] for name in ("code", "name", "starts_on", "description")},
        pool=Pool.objects.get(code=row["pool"]) if "pool" in row else None,
        unit=unit(row["unit"]),
        committee=committee(row["committee"]),
        by=by,
    )
    assign_caseworker(project=created, user=user(row["caseworker"]), valid_from=created.starts_on, by=by)
    for line in row.get("budget_lines", ()):
        frame = PoolYear.objects.get(pool=created.pool, year=line["year"])
        add_budget_line(
            project=created,
            pool_year=frame,
            year=frame.year,
            kind=line["kind"],
            amount=Decimal(line["amount"]),
            price_level=frame.price_level,
            reason=line["reason"],
            meeting=meeting(row["committee"], line["meeting"]),
            item_number=line["item_number"],
            by=by,
        )


def _load_return(row: dict[str, Any]) -> None:
    owner = project(row["project"])
    if not owner.returns.exists():
        names = ("year", "falls_in", "service_frame", "source")
        found = RealisedValue(amount=Decimal(row["amount"]), **{name: row[name] for name in names})
        set_realised_returns(project=owner, returns=[found], by=user(row["by"]))


def _load_indicator(row: dict[str, Any], by: User) -> None:
    owner = project(row["project"])
    if not owner.indicators.filter(code=row["code"]).exists():
        position = owner.indicators.count() + 1
        save_record(record=Indicator(**{**row, "project": owner, "position": position}), by=by)


def _load_breakdown(row: dict[str, Any], by: User) -> None:
    owner = project(row["project"])
    if owner.breakdowns.filter(code=row["code"]).exists():
        return
    values = {name: value for name, value in row.items() if name not in {"rows", "indicator"}}
    indicator = owner.indicators.get(code=row["indicator"]) if "indicator" in row else None
    position = owner.breakdowns.count() + 1
    table = Breakdown(**{**values, "project": owner, "indicator": indicator, "position": position})
    save_record(record=table, by=by)
    for number, (code, name, *rest) in enumerate(row["rows"], start=1):
        parent = table.categories.get(code=rest[0]) if rest and rest[0] else None
        line = BreakdownCategory(
            breakdown=table, code=code, name=name, parent=parent, is_total="total" in rest[1:], position=number
        )
        save_record(record=line, by=by)
