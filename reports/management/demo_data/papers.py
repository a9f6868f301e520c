"""The projects that other papers than notes tell of, with their figures and texts."""

from datetime import date
from decimal import Decimal
from typing import Any

from projects.actions.breakdowns import create_breakdown
from projects.actions.catalogue import save_record
from projects.actions.projects import close_project, create_project
from projects.actions.snapshots import approve_snapshot, save_snapshot, start_snapshot, submit_snapshot
from projects.models import Breakdown, BreakdownCategory, Indicator, Project, Target
from projects.queries.snapshot_values import CountValue, SnapshotValues
from projects.rules.schemes import SchemeRow
from reports.actions.letters import HEAD, QUESTION, save_letter, save_question
from reports.actions.project_texts import TEXTS, save_project_text
from reports.management.demo_data.files import Files, committee, unit, user
from reports.management.demo_data.people import ADMINISTRATOR
from reports.management.demo_data.stories import load_story
from reports.models import Letter

WRITER, READER = "sagsbehandler", "leder"


def load_paper_projects(files: Files) -> None:
    for row in files.read("papers")["projects"]:
        if not Project.objects.filter(code=row["code"]).exists():
            _load(row)


def load_letters(files: Files) -> None:
    for row in files.read("papers")["letters"]:
        if not Letter.objects.filter(title=row["title"]).exists():
            _load_letter(row)


def _load_letter(row: dict[str, Any]) -> None:
    by = user(ADMINISTRATOR)
    head = {name: row.get(name, "") for name in HEAD} | {"unit": unit(row["unit"])}
    letter = save_letter(letter=None, values=head, by=by, example_note=row["example_note"])
    for line in row["questions"]:
        texts = {name: line.get(name, "").strip() for name in QUESTION}
        tables = list(Breakdown.objects.filter(name__in=line["tables"]))
        save_question(letter=letter, question=None, values={**texts, "tables": tables}, by=by)


def _load(row: dict[str, Any]) -> None:
    by = user(ADMINISTRATOR)
    fields = {name: row[name] for name in ("code", "name", "starts_on", "other_funding", "description")}
    project = create_project(**fields, unit=unit(row["unit"]), committee=committee(row["committee"]), by=by)
    for place, line in enumerate(row["indicators"], start=1):
        _load_indicator(project, line, place, row["ends_on"])
    if "status" in row:
        _load_status(project, row["tables"], row["status"])
    if "text" in row:
        texts = {name: row["text"][name] for name in TEXTS}
        save_project_text(project=project, values=texts, by=by, example_note=row["text"]["example_note"])
    if "story" in row:
        load_story(project, row["story"])
    close_project(project=project, ends_on=row["ends_on"], reason=row["reason"], by=by)


def _load_indicator(project: Project, line: dict[str, Any], place: int, due_on: date) -> None:
    by = user(ADMINISTRATOR)
    fields = {"unit": "borgere", **{name: value for name, value in line.items() if name != "target"}}
    indicator = Indicator(project=project, position=place, **fields)
    save_record(record=indicator, by=by)
    if "target" in line:
        save_record(record=Target(indicator=indicator, due_on=due_on, value=line["target"]), by=by)


def _load_status(project: Project, tables: list[dict[str, Any]], row: dict[str, Any]) -> None:
    counts: dict[int, CountValue] = {}
    cells: dict[tuple[int, int], int | None] = {}
    for table in tables:
        _load_table(project, table, counts, cells)
    by = user(WRITER)
    measures = {indicator.code: indicator.pk for indicator in project.indicators.all()}
    values = SnapshotValues(
        as_of=row["as_of"],
        lights=dict.fromkeys(("overall", "economy", "schedule", "results"), "green"),
        narrative=row["narrative"],
        measurements={measures[code]: Decimal(value) for code, value in row["measurements"].items()},
        counts=counts,
        cells=cells,
    )
    snapshot = start_snapshot(project=project, month=row["month"], by=by, example_note=row["example_note"])
    snapshot = save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=by)
    approve_snapshot(snapshot=submit_snapshot(snapshot=snapshot, by=by), by=user(READER))


def _load_table(
    project: Project,
    table: dict[str, Any],
    counts: dict[int, CountValue],
    cells: dict[tuple[int, int], int | None],
) -> None:
    """Set the table up, and add its figures to what the status is to say."""
    names = list(table.get("cells") or table.get("shares") or table["counts"])
    columns = table.get("columns", {})
    rows = [SchemeRow(f"n{number}", name) for number, name in enumerate(names)]
    rows += [SchemeRow(f"k{number}", name, is_column=True) for number, name in enumerate(columns)]
    indicator = project.indicators.get(code=table["indicator"])
    values = {**{name: table[name] for name in ("name", "kind", "unit")}, "indicator": indicator}
    made = create_breakdown(project=project, values=values, rows=rows, by=user(ADMINISTRATOR))
    ids = dict(BreakdownCategory.objects.filter(breakdown=made).values_list("name", "pk"))
    counts.update({ids[name]: CountValue(count) for name, count in {**columns, **table.get("counts", {})}.items()})
    counts.update({ids[name]: CountValue(n, out_of=whole) for name, (n, whole) in table.get("shares", {}).items()})
    for name, found in table.get("cells", {}).items():
        cells.update({(ids[name], ids[column]): count for column, count in zip(columns, found, strict=True)})
