"""A project that counts in two directions: interventions by benefit with stated totals, and parts of a whole."""

from dataclasses import dataclass

from projects.actions.breakdowns import create_breakdown
from projects.enums import BreakdownKind
from projects.models import Breakdown, BreakdownCategory, Indicator, Project, User
from projects.queries.snapshot_values import CountValue, SnapshotValues
from projects.rules.schemes import SchemeRow
from tests import factories

BENEFITS = {"Uddannelseshjælp": (18, 195), "Kontanthjælp": (78, 369), "Integrationsydelse": (13, 155)}
INTERVENTIONS = {
    "Ingen indsats": (6, 44, 5),
    "Løntilskud": (None, 1, None),
    "Vejledning og opkvalificering": (1, 7, None),
    "Mentor": (5, 10, 4),
    "Virksomhedspraktik": (6, 15, 4),
    "Nytteindsats": (None, 1, None),
}


@dataclass(frozen=True)
class CrossWorld:
    project: Project
    by: User
    total: Indicator
    cross: Breakdown
    share: Breakdown

    def place(self, table: Breakdown, name: str) -> BreakdownCategory:
        return table.categories.get(name=name)

    def values(self, *, changed: dict[tuple[str, str], int] | None = None, total: int = 109) -> SnapshotValues:
        """Return the letter's figures; `changed` are cells by intervention and benefit."""
        ids = {(row.breakdown_id, row.name): row.pk for row in BreakdownCategory.objects.all()}
        cells = {
            (ids[self.cross.pk, name], ids[self.cross.pk, benefit]): count
            for name, counts in INTERVENTIONS.items()
            for benefit, count in zip(BENEFITS, counts, strict=True)
        }
        for (name, benefit), count in (changed or {}).items():
            cells[ids[self.cross.pk, name], ids[self.cross.pk, benefit]] = count
        counts = {ids[self.cross.pk, benefit]: CountValue(n) for benefit, (n, _whole) in BENEFITS.items()}
        counts |= {ids[self.share.pk, name]: CountValue(n, out_of=whole) for name, (n, whole) in BENEFITS.items()}
        return SnapshotValues(measurements={self.total.pk: total}, counts=counts, cells=cells)


def cross_world(project: Project | None = None) -> CrossWorld:
    """Return a project whose two tables must sum to the 109 who have had a benefit for more than five years."""
    project = project or factories.ProjectFactory(code="langvarige", name="Langvarige")
    by = factories.UserFactory()
    factories.ProjectAssignmentFactory(project=project, user=by)
    total = factories.IndicatorFactory(project=project, code="langvarige", name="Borgere i alt", source="Eget udtræk")
    benefits = [SchemeRow(f"k{number}", name, is_column=True) for number, name in enumerate(BENEFITS)]
    rows = [SchemeRow(f"n{number}", name) for number, name in enumerate(INTERVENTIONS)]
    tied = {"indicator": total, "unit": "borgere"}
    cross = create_breakdown(
        project=project,
        values={"name": "Ydelse og indsats", "kind": BreakdownKind.CROSS, **tied},
        rows=[*rows, *benefits],
        by=by,
    )
    share = create_breakdown(
        project=project,
        values={"name": "Andel på ydelsen", "kind": BreakdownKind.SHARE, **tied},
        rows=[SchemeRow(f"n{number}", name) for number, name in enumerate(BENEFITS)],
        by=by,
    )
    return CrossWorld(project, by, total, cross, share)
