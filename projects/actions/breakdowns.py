"""The tables a project's statuses fill in: their scheme of rows, which changes over time without changing the past."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.setting_up import (
    Described,
    check_seen,
    differences,
    draw,
    lock_project,
    mark_of,
    month_words,
    move,
    record_set_up,
    yes_or_no,
)
from projects.models import Breakdown, BreakdownCategory, Project, User
from projects.queries.schemes import first_open_month, row_use, scheme_rows, table_use
from projects.rules.codes import free_code
from projects.rules.schemes import (
    SchemeRow,
    check_deletion,
    check_name_free,
    check_row_changes,
    check_scheme,
    check_table_changes,
    use_with_rows_below,
)
from projects.rules.text import check_no_cpr

FIELDS = ("name", "kind", "indicator", "is_exclusive", "unit", "from_month", "to_month", "is_figure")


@transaction.atomic
def create_breakdown(*, project: Project, values: Mapping[str, Any], rows: Sequence[SchemeRow], by: User) -> Breakdown:
    """Store a new table with its rows in the order given, last on the page. Codes are made from the names.

    Raises ValidationError: name_missing, same_name, foreign_indicator, months_in_order, cpr, and those of
    `check_scheme`.
    """
    lock_project(project)
    others = list(project.breakdowns.all())
    table = Breakdown(
        project=project,
        code=free_code(values["name"], [other.code for other in others]),
        position=max((other.position for other in others), default=0) + 1,
        **{name: value for name, value in values.items() if name in FIELDS},
    )
    _check(table, others, rows, kind_before=table.kind)
    table.save(force_insert=True)
    _store_rows(table, rows, first_month=None)
    words = _("The table “%(name)s” was set up") % {"name": table.name}
    record_set_up(project, "breakdown_created", words, by, differences((), _described(table, rows)))
    return table


@transaction.atomic
def save_breakdown(
    *,
    breakdown: Breakdown,
    values: Mapping[str, Any],
    rows: Sequence[SchemeRow],
    by: User,
    removed: Collection[str] = (),
    renames_confirmed: bool = False,
    seen: str = "",
) -> Breakdown:
    """Store the table and its rows in the order given; the same ones change nothing. Codes stay.

    `seen` is `table_mark` of what was opened; ChangedMeanwhile is raised when something else has been stored since.

    Stored rows are known by their id in `key`; one that is neither among `rows` nor `removed` stays as it is, last.
    A new row of a table that has counts begins after the last approved month, so that no earlier table gets it.

    Raises ValidationError like `create_breakdown`, and those of `check_table_changes` and `check_row_changes`.
    """
    lock_project(breakdown.project)
    current = Breakdown.objects.select_related("project", "indicator").get(pk=breakdown.pk)
    stored = scheme_rows(current)
    rows = _merged(stored, rows, removed)
    used = row_use(current)
    first_month = first_open_month(current.project) if used else None
    before, kind_before = _described(current, stored), current.kind
    for name, value in values.items():
        if name in FIELDS:
            setattr(current, name, value)
    wanted = _described(current, rows)
    check_seen(seen, stored=before, wanted=wanted)
    _check(current, list(current.project.breakdowns.exclude(pk=current.pk)), rows, kind_before=kind_before)
    check_row_changes(
        before=stored, after=rows, used=use_with_rows_below(stored, used), renames_confirmed=renames_confirmed
    )
    changes = differences(before, wanted)
    if not changes:
        return current
    current.save()
    _store_rows(current, rows, first_month=first_month)
    words = _("The table “%(name)s” was changed") % {"name": current.name}
    record_set_up(current.project, "breakdown_changed", words, by, changes)
    return current


def table_mark(table: Breakdown, rows: Sequence[SchemeRow]) -> str:
    """Return the mark of what is stored; `rows` are the stored rows."""
    return mark_of(_described(table, rows))


@transaction.atomic
def delete_breakdown(*, breakdown: Breakdown, by: User) -> None:
    """Delete a table nobody has counted in. Raises in_use."""
    lock_project(breakdown.project)
    check_deletion(table_use(breakdown.project).get(breakdown.pk))
    words = _("The table “%(name)s” was deleted") % {"name": breakdown.name}
    said = _described(breakdown, scheme_rows(breakdown))
    record_set_up(breakdown.project, "breakdown_deleted", words, by, [(label, before, "") for label, before in said])
    breakdown.delete()


@transaction.atomic
def draw_breakdown(*, breakdown: Breakdown, is_figure: bool, by: User) -> None:
    """Show the table as a figure in notes from now on, or no longer."""
    lock_project(breakdown.project)
    draw(breakdown, is_figure=is_figure, by=by)


@transaction.atomic
def move_breakdown(*, breakdown: Breakdown, step: int, by: User) -> None:
    """Move the table `step` places down the page; negative is up."""
    lock_project(breakdown.project)
    if move(list(breakdown.project.breakdowns.order_by("position", "pk")), breakdown, step):
        words = _("The table “%(name)s” was moved") % {"name": breakdown.name}
        record_set_up(breakdown.project, "breakdown_moved", words, by)


def _merged(stored: Sequence[SchemeRow], rows: Sequence[SchemeRow], removed: Collection[str]) -> list[SchemeRow]:
    """Return the wanted rows with what nobody but the database knows of them, then the rows nobody mentioned."""
    known = {row.key: row for row in stored}
    mentioned = {row.key for row in rows} | set(removed)
    wanted = [replace(row, from_month=known[row.key].from_month) if row.key in known else row for row in rows]
    return wanted + [row for row in stored if row.key not in mentioned]


def _check(table: Breakdown, others: Sequence[Breakdown], rows: Sequence[SchemeRow], *, kind_before: str) -> None:
    check_name_free(table.name, [other.name for other in others])
    if table.indicator is not None and table.indicator.project_id != table.project_id:
        error = ValidationError(_("Choose an indicator of this project."), code="foreign_indicator")
        raise ValidationError({"indicator": error})
    for text in (table.name, table.unit, *(row.name for row in rows)):
        check_no_cpr(text)
    check_table_changes(
        kinds=(kind_before, table.kind),
        from_month=table.from_month,
        to_month=table.to_month,
        used=table_use(table.project).get(table.pk) if table.pk else None,
    )
    check_scheme(kind=table.kind, rows=rows)
    table.full_clean()


def _store_rows(table: Breakdown, rows: Sequence[SchemeRow], *, first_month: date | None) -> None:
    stored = {str(row.pk): row for row in table.categories.all()}
    taken = {row.code for row in stored.values()}
    kept: dict[str, BreakdownCategory] = {}
    for position, row in enumerate(rows, start=1):
        category = stored.get(row.key)
        if category is None:
            code = free_code(row.name, taken)
            taken.add(code)
            category = BreakdownCategory(breakdown=table, code=code, from_month=first_month)
        category.name, category.is_total = " ".join(row.name.split()), row.is_total
        category.is_column, category.to_month, category.position = row.is_column, row.to_month, position
        # A parent may stand further down; it is set when every row has its id.
        category.parent = None
        category.full_clean(exclude=["parent"])
        category.save()
        kept[row.key] = category
    for row in rows:
        if row.parent is not None:
            kept[row.key].parent = kept[row.parent]
            kept[row.key].save(update_fields=["parent"])
    table.categories.exclude(pk__in=[category.pk for category in kept.values()]).delete()


def _described(table: Breakdown, rows: Sequence[SchemeRow]) -> list[Described]:
    """Return all that can be set, in words."""
    return [
        (_("Name"), table.name),
        (_("Kind"), table.get_kind_display()),
        (_("Must sum to"), table.indicator.name if table.indicator else ""),
        (_("Each is counted once"), yes_or_no(table.is_exclusive)),
        (_("Unit"), table.unit),
        (_("First month"), month_words(table.from_month)),
        (_("Last month"), month_words(table.to_month)),
        (_("Shown as a figure in notes"), yes_or_no(table.is_figure)),
        (_("Rows"), "; ".join(_row_words(row, rows) for row in rows if not row.is_column)),
        (_("Columns"), "; ".join(_row_words(row, rows) for row in rows if row.is_column)),
    ]


def _row_words(row: SchemeRow, rows: Sequence[SchemeRow]) -> str:
    above = next((each.name for each in rows if each.key == row.parent), "")
    details = [
        _("under %(name)s") % {"name": above} if above else "",
        _("sum") if row.is_total else "",
        _("until %(month)s") % {"month": month_words(row.to_month)} if row.to_month else "",
    ]
    said = [detail for detail in details if detail]
    return f"{row.name} ({', '.join(said)})" if said else row.name
