"""The overview's charts, drawn from its facts."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.money import format_kroner
from reports.charts import EXPECTED, REST, ChartSpec, Series
from reports.facts.overview import OverviewFacts, PoolFact, ProjectFact

KRONER = "kr."
# More bars than this cannot be told apart; the table below has them all.
LARGEST = 20


def pool_chart(pools: Sequence[PoolFact]) -> ChartSpec:
    """Return each frame split into what is granted, what awaits a decision and what is left."""
    rest = sum((pool.sums.rest_after_all for pool in pools), Decimal(0))
    return ChartSpec(
        id="pools",
        kind="stacked",
        title=_("How the frame is used"),
        x_labels=tuple(pool.label for pool in pools),
        series=(
            Series(_("Granted"), tuple(pool.sums.granted for pool in pools)),
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
    """Return granted, spent and forecast of the projects that have any, the largest first."""
    with_money = [fact for fact in facts.projects if _size(fact) is not None]
    largest = sorted(with_money, key=lambda fact: _size(fact) or Decimal(0), reverse=True)[:LARGEST]
    return ChartSpec(
        id="projects",
        kind="bar",
        title=_("Granted, spent and expected per project"),
        x_labels=tuple(fact.project.name for fact in largest),
        series=(
            Series(_("Granted"), tuple(fact.money.granted for fact in largest)),
            Series(_("Spent"), tuple(fact.money.spent for fact in largest)),
            Series(_("Expected"), tuple(fact.expected for fact in largest), EXPECTED),
        ),
        unit=KRONER,
        alt=_projects_text(len(largest), len(with_money)),
        is_horizontal=True,
        label_head=_("Project"),
        has_total=len(largest) == len(with_money),
    )


def _size(fact: ProjectFact) -> Decimal | None:
    amounts = [fact.money.granted, fact.expected, fact.money.spent or None]
    return max((amount for amount in amounts if amount is not None), default=None)


def _projects_text(shown: int, total: int) -> str:
    if shown < total:
        return _("The %(shown)s largest of %(total)s projects with money.") % {"shown": shown, "total": total}
    return ngettext("The only project with money.", "All %(total)s projects with money.", total) % {"total": total}
