"""How large the example is, and what marks it."""

from dataclasses import dataclass
from datetime import date

from projects.months import month_range

# Begins every code of an example, so that it can be told from what is real.
CODE = "eks"
NOTE = "Eksempeldata: dannet til belastningstest"
PROJECTS_A_POOL = 250
PROJECTS_A_CASEWORKER = 40


@dataclass(frozen=True)
class Size:
    """`last` is the newest month; the portfolio's months end with it. The same size and seed give the same rows."""

    projects: int
    months: int
    postings: int
    last: date
    seed: int = 1

    @property
    def month_list(self) -> list[date]:
        begin = self.last.year * 12 + self.last.month - self.months
        return month_range(date(begin // 12, begin % 12 + 1, 1), self.last)

    @property
    def years(self) -> list[int]:
        return sorted({month.year for month in self.month_list})

    @property
    def pools(self) -> int:
        return max(1, -(-self.projects // PROJECTS_A_POOL))

    @property
    def caseworkers(self) -> int:
        return max(1, -(-self.projects // PROJECTS_A_CASEWORKER))
