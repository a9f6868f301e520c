"""What a project measures: indicators and their targets, kept by those who write its statuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.setting_up import (
    Described,
    check_seen,
    differences,
    draw,
    lock_project,
    mark_of,
    move,
    record_set_up,
    yes_or_no,
)
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import CountingRule
from projects.models import Indicator, Project, Target, User
from projects.queries.schemes import first_open_month, indicator_use
from projects.rules.codes import free_code
from projects.rules.schemes import (
    check_baseline,
    check_deletion,
    check_meaning,
    check_name_free,
    check_taken_out,
    check_targets,
)
from projects.rules.text import check_no_cpr

FIELDS = (
    *("name", "unit", "direction", "counting_rule", "baseline", "baseline_on", "source", "is_figure", "is_active"),
)


@dataclass(frozen=True)
class TargetValue:
    due_on: date
    value: Decimal


@transaction.atomic
def create_indicator(
    *, project: Project, values: Mapping[str, Any], targets: Sequence[TargetValue], by: User
) -> Indicator:
    """Store a new indicator, last in order. `values` are its own fields; its code is made from the name.

    Raises ValidationError: name_missing, same_name, baseline_missing, baseline_undated, same_date, cpr.
    """
    lock_project(project)
    others = list(project.indicators.all())
    indicator = Indicator(
        project=project,
        code=free_code(values["name"], [other.code for other in others]),
        position=max((other.position for other in others), default=0) + 1,
        **{name: value for name, value in values.items() if name in FIELDS},
    )
    _check(indicator, others, targets)
    indicator.save(force_insert=True)
    _store_targets(indicator, targets)
    words = _("The indicator “%(name)s” was set up") % {"name": indicator.name}
    record_set_up(project, "indicator_created", words, by, differences((), _described(indicator, targets)))
    return indicator


@transaction.atomic
def save_indicator(
    *,
    indicator: Indicator,
    values: Mapping[str, Any],
    targets: Sequence[TargetValue],
    by: User,
    is_confirmed: bool = False,
    seen: str = "",
) -> Indicator:
    """Store other values; the same ones change nothing. The code stays. `seen` is `indicator_mark` of what was opened.

    Raises ChangedMeanwhile when something else has been stored since; ValidationError like `create_indicator`, and
    meaning_changes (until `is_confirmed`), tied.
    """
    lock_project(indicator.project)
    current = Indicator.objects.select_related("project").get(pk=indicator.pk)
    before = _described(current, _target_values(current))
    meaning = (current.unit, current.counting_rule)
    was_active = current.is_active
    for name, value in values.items():
        if name in FIELDS:
            setattr(current, name, value)
    wanted = _described(current, targets)
    check_seen(seen, stored=before, wanted=wanted)
    _check(current, list(current.project.indicators.exclude(pk=current.pk)), targets)
    _check_meaning(current, meaning, is_confirmed)
    if was_active and not current.is_active:
        check_taken_out(_tied_tables(current))
    changes = differences(before, wanted)
    if not changes:
        return current
    current.save()
    _store_targets(current, targets)
    words = _("The indicator “%(name)s” was changed") % {"name": current.name}
    record_set_up(current.project, "indicator_changed", words, by, changes)
    return current


def indicator_mark(indicator: Indicator) -> str:
    """Return the mark of what is stored. One query."""
    return mark_of(_described(indicator, _target_values(indicator)))


@transaction.atomic
def delete_indicator(*, indicator: Indicator, by: User) -> None:
    """Delete an indicator nobody has given a figure for. Raises in_use, tied."""
    lock_project(indicator.project)
    check_deletion(indicator_use(indicator.project).get(indicator.pk))
    check_taken_out(list(indicator.breakdowns.values_list("name", flat=True)))
    words = _("The indicator “%(name)s” was deleted") % {"name": indicator.name}
    record_set_up(indicator.project, "indicator_deleted", words, by)
    indicator.delete()


@transaction.atomic
def draw_indicator(*, indicator: Indicator, is_figure: bool, by: User) -> None:
    """Show the indicator's development as a figure in notes from now on, or no longer."""
    lock_project(indicator.project)
    draw(indicator, is_figure=is_figure, by=by)


@transaction.atomic
def move_indicator(*, indicator: Indicator, step: int, by: User) -> None:
    """Move the indicator `step` places down the page; negative is up."""
    lock_project(indicator.project)
    if move(list(indicator.project.indicators.order_by("position", "pk")), indicator, step):
        words = _("The indicator “%(name)s” was moved") % {"name": indicator.name}
        record_set_up(indicator.project, "indicator_moved", words, by)


def _check(indicator: Indicator, others: Sequence[Indicator], targets: Sequence[TargetValue]) -> None:
    check_name_free(indicator.name, [other.name for other in others])
    for text in (indicator.name, indicator.unit, indicator.source):
        check_no_cpr(text)
    check_baseline(indicator.baseline, indicator.baseline_on)
    check_targets([target.due_on for target in targets])
    indicator.full_clean()


def _check_meaning(indicator: Indicator, before: tuple[str, str], is_confirmed: bool) -> None:
    used = indicator_use(indicator.project).get(indicator.pk)
    check_meaning(
        before=before,
        after=(indicator.unit, indicator.counting_rule),
        has_figures=used is not None,
        is_confirmed=is_confirmed,
        labels=(str(CountingRule(before[1]).label), str(CountingRule(indicator.counting_rule).label)),
    )


def _tied_tables(indicator: Indicator) -> list[str]:
    """Return the names of the tables that go on and must sum to the indicator."""
    month = first_open_month(indicator.project)
    tables = indicator.breakdowns.order_by("position", "pk")
    return [table.name for table in tables if not (table.to_month and month and table.to_month < month)]


def _target_values(indicator: Indicator) -> list[TargetValue]:
    return [TargetValue(target.due_on, target.value) for target in indicator.targets.order_by("due_on")]


def _store_targets(indicator: Indicator, targets: Sequence[TargetValue]) -> None:
    wanted = {target.due_on: target.value for target in targets}
    indicator.targets.exclude(due_on__in=wanted).delete()
    for due_on, value in wanted.items():
        target = Target(indicator=indicator, due_on=due_on, value=value)
        target.full_clean(validate_unique=False, validate_constraints=False)
        Target.objects.update_or_create(indicator=indicator, due_on=due_on, defaults={"value": value})


def _described(indicator: Indicator, targets: Sequence[TargetValue]) -> list[Described]:
    """Return all that can be set, in words."""
    ordered = sorted(targets, key=lambda target: target.due_on)
    shown = [f"{format_count(target.value)} ({format_date(target.due_on)})" for target in ordered]
    return [
        (_("Name"), indicator.name),
        (_("Unit"), indicator.unit),
        (_("Counting rule"), indicator.get_counting_rule_display()),
        (_("Direction"), indicator.get_direction_display()),
        (_("Baseline"), "" if indicator.baseline is None else format_count(indicator.baseline)),
        (_("Baseline date"), format_date(indicator.baseline_on) if indicator.baseline_on else ""),
        (_("Source"), indicator.source),
        (_("Targets"), "; ".join(shown)),
        (_("Shown as a figure in notes"), yes_or_no(indicator.is_figure)),
        (_("In use"), yes_or_no(indicator.is_active)),
    ]
