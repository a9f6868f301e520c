"""A state pool as one whole: its terms and how they stand, the decision, and the efforts already running."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from projects.models import Effort, OrgUnit, Pool, StatePoolTerms
from projects.rules.state_pools import (
    Participants,
    PerCitizen,
    TermCheck,
    Terms,
    citizens_message,
    overlap_message,
    own_share,
    per_citizen,
    term_checks,
)


@dataclass(frozen=True)
class UnitEfforts:
    """A unit's efforts in the order they are told."""

    unit: OrgUnit
    efforts: tuple[Effort, ...]


@dataclass(frozen=True)
class StatePoolOrientation:
    """Everything a committee needs to know of a state pool; the page and the printed paper say the same.

    `own_share` is what the municipality must pay of its planned budget, None without one. `citizens_message` and
    `overlap_message` are sentences, empty when there is nothing to say.
    """

    pool: Pool
    terms: StatePoolTerms
    checks: tuple[TermCheck, ...]
    per_citizen: PerCitizen | None
    own_share: Decimal | None
    citizens_message: str
    units: tuple[UnitEfforts, ...]
    overlap_message: str


def state_pool_orientation(pool: Pool, today: date) -> StatePoolOrientation:
    """Return the pool with its terms checked as of the day. Two queries; a pool without terms has empty ones."""
    terms = StatePoolTerms.objects.select_related("meeting__committee").filter(pool=pool).first()
    terms = terms or StatePoolTerms(pool=pool)
    facts = term_facts(terms)
    efforts = list(Effort.objects.filter(pool=pool).select_related("unit"))
    reached = [Participants(effort.title, effort.participants_low, effort.participants_high) for effort in efforts]
    return StatePoolOrientation(
        pool=pool,
        terms=terms,
        checks=tuple(term_checks(facts, today=today)),
        per_citizen=per_citizen(facts),
        own_share=own_share(facts),
        citizens_message=citizens_message(facts),
        units=_by_unit(efforts),
        overlap_message=overlap_message(reached, terms.own_participants),
    )


def term_facts(terms: StatePoolTerms) -> Terms:
    return Terms(**{field.name: getattr(terms, field.name) for field in fields(Terms)})


def _by_unit(efforts: list[Effort]) -> tuple[UnitEfforts, ...]:
    found: dict[int, list[Effort]] = defaultdict(list)
    for effort in efforts:
        found[effort.unit_id].append(effort)
    return tuple(UnitEfforts(rows[0].unit, tuple(rows)) for rows in found.values())
