"""The overview's charts, drawn from its facts."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.enums import Light
from projects.money import KRONER, format_kroner
from projects.months import format_month_short
from reports.charts import EXPECTED, GREEN, RED, REST, YELLOW, ChartSpec, Series
from reports.facts.overview import LARGEST, OverviewFacts, PoolFact


def pool_chart(pools: Sequence[PoolFact]) -> ChartSpec:
    """Return each frame as a bar: what is spent, committed, granted and not spent, awaits a decision, and is left.

    What is left is below zero, on the other side of the axis, when more is granted or proposed than there is.
    """
    rest = sum((pool.sums.rest_after_all for pool in pools), Decimal(0))
    # A part that no frame has would only be one colour more to read.
    is_bound = any(pool.bound for pool in pools)
    bound = [Series(_("Committed"), tuple(pool.bound for pool in pools))] if is_bound else []
    return ChartSpec(
        id="pools",
        kind="stacked",
        title=_("How the frame is used"),
        x_labels=tuple(pool.label for pool in pools),
        series=(
            Series(_("Spent"), tuple(pool.spent - pool.overspent for pool in pools)),
            *bound,
            Series(_("Granted, not spent"), tuple(pool.granted_unspent - pool.bound for pool in pools)),
            Series(_("Awaits decision"), tuple(pool.sums.awaiting for pool in pools), EXPECTED),
            Series(_("Left"), tuple(pool.sums.rest_after_all for pool in pools), REST),
        ),
        unit=KRONER,
        alt=_("%(rest)s is left when everything that awaits a decision is granted.") % {"rest": format_kroner(rest)},
        is_horizontal=True,
        label_head=_("Frame"),
        # Turned, the sum of the parts is the frame itself.
        has_series_rows=len(pools) <= 2,
        has_total=True,
    )


def project_chart(facts: OverviewFacts) -> ChartSpec:
    """Return granted, spent and expected of the projects that have any, the largest first."""
    largest, total = facts.largest, facts.total.projects
    return ChartSpec(
        id="projects",
        kind="bar",
        title=_("Granted, spent and expected per project"),
        x_labels=tuple(each.name for each in largest),
        series=(
            Series(_("Granted"), tuple(each.granted for each in largest)),
            Series(_("Spent"), tuple(each.spent for each in largest)),
            Series(_("Expected"), tuple(each.expected for each in largest), EXPECTED),
        ),
        unit=KRONER,
        alt=_projects_text(len(largest), total, is_cut=len(largest) == LARGEST),
        is_horizontal=True,
        label_head=_("Project"),
        has_total=len(largest) < LARGEST,
    )


def light_chart(facts: OverviewFacts) -> ChartSpec:
    """Return how many overall lights of each colour were told, month by month: by pattern, not colour alone."""
    months = facts.lights
    return ChartSpec(
        id="lights",
        kind="stacked",
        title=_("Overall lights, month by month"),
        x_labels=tuple(format_month_short(each.month) for each in months),
        series=(
            Series(str(Light.RED.label), tuple(Decimal(each.red) for each in months), RED),
            Series(str(Light.YELLOW.label), tuple(Decimal(each.yellow) for each in months), YELLOW),
            Series(str(Light.GREEN.label), tuple(Decimal(each.green) for each in months), GREEN),
        ),
        label_head=_("Month"),
    )


def _projects_text(shown: int, total: int, *, is_cut: bool) -> str:
    if is_cut:
        return _("The %(shown)s projects with most money, of %(total)s.") % {"shown": shown, "total": total}
    return ngettext("The only project with money.", "All %(total)s projects with money.", shown) % {"total": shown}
