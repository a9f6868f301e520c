"""A project's money, name and lights."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.enums import Light, PoolKind, ProjectState
from projects.rules.notices import Notice
from projects.rules.wording import joined

_WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN)


def deviation(granted: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Return forecast minus granted, both in kroner at the pool's price level.

    Positive: the project is expected to cost more than was granted. None: either is unknown, which is not the same
    as no deviation.
    """
    return None if granted is None or forecast is None else forecast - granted


def funding_notice(
    *, project: str, pool_kind: PoolKind | str | None, other_source: str = "", field: str = "pool"
) -> Notice | None:
    """R15: a project without a pool, or paid from elsewhere than the reinvestment pool."""
    if pool_kind == PoolKind.REINVESTMENT:
        return None
    source = other_source.strip()
    if not source and pool_kind:
        source = str(PoolKind(pool_kind).label)
    if source:
        message = _("“%(project)s” is not paid from the reinvestment pool but from: %(source)s.")
    else:
        message = _("“%(project)s” has no pool, and nothing says where the money comes from.")
    figures = (str(pool_kind or ""), other_source.strip())
    return Notice("R15", field, message % {"project": project, "source": source}, figures)


def closed_without_results_notice(
    *, project: str, state: ProjectState, targets: Sequence[str], without_result: Sequence[str], field: str = "results"
) -> Notice | None:
    """R16: a closed project that does not say how it went against its targets.

    `targets` are the labels of all targets, `without_result` of those that have no result.
    """
    if state != ProjectState.CLOSED or (targets and not without_result):
        return None
    if targets:
        message = _("“%(project)s” is closed without results for %(targets)s.") % {
            "project": project,
            "targets": joined([f"“{label}”" for label in without_result]),
        }
    else:
        message = _("“%(project)s” is closed and has no targets to measure its results against.") % {"project": project}
    return Notice("R16", field, message, tuple(without_result))


def alias_notice(*, project: str, name: str, aliases: Sequence[str], field: str = "name") -> Notice | None:
    """R19: a paper calls the project something it is not known as."""
    if _same(name) in {_same(known) for known in (project, *aliases)}:
        return None
    message = _("“%(name)s” is not a known name of “%(project)s”. Add it as an alias or use the known name.") % {
        "name": " ".join(name.split()),
        "project": project,
    }
    return Notice("R19", field, message, (_same(name),))


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def light_trend(previous: Light | str, current: Light | str) -> str:
    """Return "up" (towards green), "down", "same", or "" when either month has no light."""
    if not previous or not current:
        return ""
    before, now = (_WORST_FIRST.index(Light(light)) for light in (previous, current))
    if now == before:
        return "same"
    return "up" if now > before else "down"
