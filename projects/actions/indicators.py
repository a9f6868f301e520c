"""What a project measures: indicators and their targets, kept by those who write its statuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from projects.actions.events import Change, record_event
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import CountingRule, Subject
from projects.models import Breakdown, Indicator, Project, Target, User
from projects.months import format_month
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


# A label and its value in words.
Described = tuple[str, str]


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
) -> Indicator:
    """Store other values; the same ones change nothing. The code stays.

    Raises ValidationError like `create_indicator`, and meaning_changes (until `is_confirmed`), tied.
    """
    lock_project(indicator.project)
    current = Indicator.objects.select_related("project").get(pk=indicator.pk)
    before = _described(current, _target_values(current))
    meaning = (current.unit, current.counting_rule)
    was_active = current.is_active
    for name, value in values.items():
        if name in FIELDS:
            setattr(current, name, value)
    _check(current, list(current.project.indicators.exclude(pk=current.pk)), targets)
    _check_meaning(current, meaning, is_confirmed)
    if was_active and not current.is_active:
        check_taken_out(_tied_tables(current))
    changes = differences(before, _described(current, targets))
    if not changes:
        return current
    current.save()
    _store_targets(current, targets)
    words = _("The indicator “%(name)s” was changed") % {"name": current.name}
    record_set_up(current.project, "indicator_changed", words, by, changes)
    return current


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


def draw(shown: Indicator | Breakdown, *, is_figure: bool, by: User) -> None:
    shown.refresh_from_db(fields=["is_figure"])
    if shown.is_figure == is_figure:
        return
    shown.is_figure = is_figure
    shown.save(update_fields=["is_figure"])
    words = (
        _("“%(name)s” is shown as a figure in notes") if is_figure else _("“%(name)s” is no longer a figure in notes")
    )
    record_set_up(shown.project, "figure_chosen", words % {"name": shown.name}, by)


def lock_project(project: Project) -> None:
    # The project is the lock: two people who set it up at once do so one after the other.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def record_set_up(project: Project, verb: str, summary: str, by: User, changes: Sequence[Change] = ()) -> None:
    record_event(
        subject=Subject.PROJECT,
        subject_id=project.pk,
        verb=verb,
        actor=by,
        summary=summary[:250],
        changes=changes,
        project=project,
    )


def differences(before: Sequence[Described], after: Sequence[Described]) -> list[Change]:
    """Return what is said differently now; everything that says something when there was nothing before."""
    said = dict(before)
    return [(label, said.get(label, ""), words) for label, words in after if said.get(label, "") != words]


def move(rows: Sequence[Any], moved: Model, step: int) -> bool:
    """Number the rows anew with one of them moved; return whether it went anywhere."""
    order = [row.pk for row in rows]
    place = order.index(moved.pk)
    target = min(max(place + step, 0), len(order) - 1)
    if target == place:
        return False
    by_pk = {row.pk: row for row in rows}
    order.insert(target, order.pop(place))
    for position, pk in enumerate(order, start=1):
        if by_pk[pk].position != position:
            by_pk[pk].position = position
            by_pk[pk].save(update_fields=["position"])
    return True


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


def yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def month_words(month: date | None) -> str:
    return format_month(month) if month else ""
