"""What the roll-ups should hold, computed from the rows themselves, and where they differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from projects.alphabet import alphabetical
from projects.enums import SnapshotState
from projects.models import Project, ProjectStanding, ProjectYear, StatusSnapshot
from projects.models.rollups import UNKNOWN
from projects.queries.money import ProjectMoney, money_by_year
from projects.queries.snapshots import SENT

AT_A_TIME = 500
MONEY = ("granted", "spent", "committed", "rest", "forecast", "forecast_month", "expected", "deviation")
STANDING = ("name_key", "deviation_key", "light_sent", "light_approved", *MONEY)


@dataclass(frozen=True)
class Rollups:
    standings: tuple[ProjectStanding, ...]
    years: tuple[ProjectYear, ...]


def computed_rollups(project_ids: Sequence[int]) -> Rollups:
    """Return the roll-ups of the projects as their rows make them, not stored. Six queries."""
    names = dict(Project.objects.filter(pk__in=project_ids).values_list("pk", "name"))
    lights = _newest_lights(names)
    money = money_by_year(names)
    standings = [
        ProjectStanding(
            project_id=pk,
            name_key=alphabetical(name)[:250],
            deviation_key=_place(money[pk][None].deviation),
            light_sent=lights[pk, False],
            light_approved=lights[pk, True],
            **_columns(money[pk][None]),
        )
        for pk, name in names.items()
    ]
    years = [
        ProjectYear(project_id=pk, year=year, **_columns(each))
        for pk in names
        for year, each in money[pk].items()
        if year is not None
    ]
    return Rollups(tuple(standings), tuple(years))


def _place(deviation: Decimal | None) -> Decimal:
    return UNKNOWN if deviation is None else deviation


def _newest_lights(project_ids: Iterable[int]) -> dict[tuple[int, bool], str]:
    """Return the newest overall light by project and whether only what is approved counts; "" when none is told."""
    sent = StatusSnapshot.objects.filter(project__in=list(project_ids), state__in=SENT).order_by("month", "revision")
    lights: dict[tuple[int, bool], str] = defaultdict(str)
    for pk, state, light in sent.values_list("project_id", "state", "light_overall"):
        lights[pk, False] = light
        if state == SnapshotState.APPROVED:
            lights[pk, True] = light
    return lights


def _columns(money: ProjectMoney) -> dict[str, object]:
    return {name: getattr(money, name) for name in MONEY}


def rollup_differences() -> Iterator[str]:
    """Yield a line for every roll-up that is not what its rows make it. Eight queries per five hundred projects."""
    ids = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), AT_A_TIME):
        part = ids[begin : begin + AT_A_TIME]
        right = computed_rollups(part)
        stored = {
            **{(row.project_id, 0): row for row in ProjectStanding.objects.filter(project__in=part)},
            **{(row.project_id, row.year): row for row in ProjectYear.objects.filter(project__in=part)},
        }
        wanted = {
            **{(row.project_id, 0): row for row in right.standings},
            **{(row.project_id, row.year): row for row in right.years},
        }
        for key in sorted({*stored, *wanted}):
            yield from _differences(key, stored.get(key), wanted.get(key))


def _differences(key: tuple[int, int], stored: object, wanted: object) -> Iterator[str]:
    place = f"project {key[0]}" + (f", {key[1]}" if key[1] else "")
    if stored is None or wanted is None:
        yield f"{place}: {'missing' if stored is None else 'not in the rows'}"
        return
    for name in MONEY if key[1] else STANDING:
        is_, should_be = getattr(stored, name), getattr(wanted, name)
        if is_ != should_be:
            yield f"{place}: {name} is {is_}, its rows make {should_be}"
