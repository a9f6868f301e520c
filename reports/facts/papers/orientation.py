"""An orientation on a state pool: its terms and how they stand, the decision with its reasons, what runs already.

Amounts are kroner; None is unknown and prints as "–".
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.dates import format_date_long
from projects.enums import ApplicationDecision
from projects.models import Effort, Pool, StatePoolTerms
from projects.money import format_kroner
from projects.queries.state_pools import StatePoolOrientation, state_pool_orientation
from projects.rules.state_pools import PerCitizen
from reports.facts.papers.head import GatheredPaper, MetaLine, PaperHead
from reports.facts.sections import Numbers


@dataclass(frozen=True)
class TermFact:
    """What the pool asks, in words and figures as they are printed."""

    label: str
    value: str


@dataclass(frozen=True)
class CheckFact:
    """`state` is a TermState, `word` what it is called."""

    title: str
    state: str
    word: str
    message: str


@dataclass(frozen=True)
class EffortFact:
    title: str
    years: str
    partner: str
    target_group: str
    method: str
    goal: str
    participants: str
    overlap: str


@dataclass(frozen=True)
class UnitFact:
    table: int
    unit: str
    efforts: tuple[EffortFact, ...]


@dataclass(frozen=True)
class OrientationFacts:
    """`checked_on` is the day the terms were held against what the municipality has; `remarks` are sentences."""

    head: PaperHead
    purpose: str
    target_group: str
    method: str
    source: str
    example: str
    terms_table: int
    terms: tuple[TermFact, ...]
    checks_table: int
    checks: tuple[CheckFact, ...]
    checked_on: date
    per_citizen: str
    remarks: tuple[str, ...]
    decision: str
    reason: str
    decided: str
    units: tuple[UnitFact, ...]
    overlap: str

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Return nothing: the paper is short, and is read from end to end."""
        return ()


def orientation(pool: Pool, day: date) -> GatheredPaper:
    """Return the orientation on the pool as of the day. Two queries."""
    found, numbers = state_pool_orientation(pool, day), Numbers()
    terms = found.terms
    facts = OrientationFacts(
        head=_head(pool, terms, day),
        purpose=terms.purpose,
        target_group=terms.target_group,
        method=terms.method,
        source=terms.source,
        example=terms.example_note,
        terms_table=numbers.table(),
        terms=_terms(found),
        checks_table=numbers.table(),
        checks=tuple(
            CheckFact(check.title, check.state.value, str(check.state.label), check.message) for check in found.checks
        ),
        checked_on=day,
        per_citizen=_per_citizen(found.per_citizen),
        remarks=tuple(message for message in (found.citizens_message,) if message),
        decision=str(ApplicationDecision(terms.decision).label),
        reason=terms.decision_reason,
        decided=_decided(terms),
        units=tuple(
            UnitFact(numbers.table(), group.unit.name, tuple(_effort(effort) for effort in group.efforts))
            for group in found.units
        ),
        overlap=found.overlap_message,
    )
    return GatheredPaper(facts)


def _head(pool: Pool, terms: StatePoolTerms, day: date) -> PaperHead:
    lines = [MetaLine(_("Committee"), pool.committee.name), MetaLine(_("Pool"), pool.code)]
    if terms.issued_by:
        lines.append(MetaLine(_("Announced by"), terms.issued_by))
    title = _("Orientation on “%(pool)s”") % {"pool": pool.name}
    return PaperHead(settings.SITE_MUNICIPALITY, _("Orientation"), title, day, tuple(lines))


def _terms(found: StatePoolOrientation) -> tuple[TermFact, ...]:
    terms = found.terms
    reading = str(terms.get_amount_reading_display())
    amount = f"{format_kroner(terms.amount)} ({reading})" if terms.amount is not None else ""
    percent = terms.own_share_percent
    share = f"{format_count(percent)} %" if percent is not None else ""
    if found.own_share is not None:
        share = _("%(percent)s of the planned budget: %(amount)s") % {
            "percent": share,
            "amount": format_kroner(found.own_share),
        }
    rows = (
        (_("The pool's amount"), amount),
        (_("Own share"), share),
        (_("Period"), span_of_years(terms.first_year, terms.last_year)),
        (_("Municipalities in all"), _count(terms.municipalities)),
        (_("Citizens in all"), _count(terms.citizens)),
        (_("Fewest participants in each municipality"), _count(terms.minimum_participants)),
        (_("Own citizens in the target group"), _count(terms.own_participants)),
        (_("Application deadline"), format_date_long(terms.application_deadline)),
    )
    return tuple(TermFact(label, value or "–") for label, value in rows)


def _count(value: int | None) -> str:
    return "" if value is None else format_count(value)


def span_of_years(first: int | None, last: int | None) -> str:
    """Return "2017–2020", "2017" for one year, "2017–" for no end, "" for nothing known."""
    if first is None or first == last:
        return "" if first is None else str(first)
    return f"{first}–{last or ''}"


def _per_citizen(found: PerCitizen | None) -> str:
    if found is None:
        return ""
    if found.chosen is not None:
        return _("That is %(amount)s for each citizen.") % {"amount": format_kroner(round(found.chosen, 0))}
    words = {"total": format_kroner(round(found.if_total, 0))}
    if found.if_state_share is None:
        return _("That is %(total)s for each citizen, if the amount is everything.") % words
    words["state"] = format_kroner(round(found.if_state_share, 0))
    return (
        _(
            "That is %(total)s for each citizen if the amount is everything, and %(state)s if it is only the state's "
            "part: the announcement does not say which."
        )
        % words
    )


def _decided(terms: StatePoolTerms) -> str:
    day = format_date_long(terms.decided_on) if terms.decided_on else ""
    meeting = terms.meeting
    held = f"{meeting.committee.name}, {format_date_long(meeting.date)}" if meeting else ""
    return " · ".join(part for part in (terms.decided_by, day, held) if part)


def _effort(effort: Effort) -> EffortFact:
    low, high = effort.participants_low, effort.participants_high
    reach = _count(low) if high in {None, low} else f"{_count(low)}–{_count(high)}"
    return EffortFact(
        title=effort.title,
        years=span_of_years(effort.first_year, effort.last_year),
        partner=effort.partner,
        target_group=effort.target_group,
        method=effort.method,
        goal=effort.goal,
        participants=reach,
        overlap=effort.overlap,
    )
