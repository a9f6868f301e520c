"""A state pool's terms against what the municipality has: met, not met, or not known. Amounts are kroner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.counts import format_count
from projects.dates import format_date_long
from projects.enums import AmountReading, ApplicationDecision, TermState
from projects.money import format_kroner


@dataclass(frozen=True)
class Terms:
    """What the state asks and what the municipality has; None is unknown. Years are fiscal years."""

    amount: Decimal | None = None
    amount_reading: str = AmountReading.UNCLEAR
    own_share_percent: Decimal | None = None
    municipalities: int | None = None
    citizens: int | None = None
    minimum_participants: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    application_deadline: date | None = None
    report_deadline: date | None = None
    needs_auditor_statement: bool | None = None
    own_participants: int | None = None
    planned_budget: Decimal | None = None
    own_funding: Decimal | None = None
    planned_from: int | None = None
    planned_to: int | None = None
    applied_on: date | None = None
    reported_on: date | None = None
    auditor_statement_on: date | None = None
    decision: str = ApplicationDecision.UNDECIDED


@dataclass(frozen=True)
class TermCheck:
    """One term and how it stands. `message` says it in a sentence."""

    key: str
    title: str
    state: TermState
    message: str


def term_checks(terms: Terms, *, today: date) -> list[TermCheck]:
    """Return every term with its state, in the order an application is made."""
    return [
        _participants(terms),
        _own_share(terms),
        _period(terms),
        _application(terms, today),
        _report(terms, today),
        _auditor(terms, today),
    ]


def _check(key: str, title: str, state: TermState, message: str) -> TermCheck:
    return TermCheck(key, title, state, message)


def _participants(terms: Terms) -> TermCheck:
    title = _("Participants")
    asked, own = terms.minimum_participants, terms.own_participants
    if asked is None:
        return _check("participants", title, TermState.UNKNOWN, _("The pool's fewest participants are not written."))
    words = {"asked": format_count(asked), "own": format_count(own)}
    if own is None:
        message = _("The pool asks for at least %(asked)s; how many the municipality has is not written.") % words
        return _check("participants", title, TermState.UNKNOWN, message)
    if own >= asked:
        message = _("The pool asks for at least %(asked)s; %(own)s can belong to the target group.") % words
        return _check("participants", title, TermState.MET, message)
    words["missing"] = format_count(asked - own)
    message = _("The pool asks for at least %(asked)s; there are %(own)s, %(missing)s too few.") % words
    return _check("participants", title, TermState.NOT_MET, message)


def own_share(terms: Terms) -> Decimal | None:
    """Return what the municipality must pay of its planned budget itself."""
    if terms.planned_budget is None or terms.own_share_percent is None:
        return None
    return terms.planned_budget * terms.own_share_percent / 100


def _own_share(terms: Terms) -> TermCheck:
    title = _("Own share")
    needed = own_share(terms)
    if terms.own_share_percent is None:
        return _check("own_share", title, TermState.UNKNOWN, _("The pool's own share is not written."))
    words = {"percent": format_count(terms.own_share_percent)}
    if needed is None:
        message = _("%(percent)s per cent must be paid by the municipality; no budget has been made for it.") % words
        return _check("own_share", title, TermState.UNKNOWN, message)
    words |= {"needed": format_kroner(needed), "own": format_kroner(terms.own_funding)}
    if terms.own_funding is None:
        message = _("%(percent)s per cent is %(needed)s; what is set aside is not written.") % words
        return _check("own_share", title, TermState.UNKNOWN, message)
    if terms.own_funding >= needed:
        message = _("%(percent)s per cent is %(needed)s; %(own)s is set aside.") % words
        return _check("own_share", title, TermState.MET, message)
    words["missing"] = format_kroner(needed - terms.own_funding)
    message = _("%(percent)s per cent is %(needed)s; %(own)s is set aside, so %(missing)s are missing.") % words
    return _check("own_share", title, TermState.NOT_MET, message)


def _period(terms: Terms) -> TermCheck:
    title = _("Period")
    if terms.first_year is None or terms.last_year is None:
        return _check("period", title, TermState.UNKNOWN, _("The pool's period is not written."))
    words = {"first": terms.first_year, "last": terms.last_year, "from": terms.planned_from, "to": terms.planned_to}
    if terms.planned_from is None or terms.planned_to is None:
        message = _("The pool runs %(first)s–%(last)s; no plan has been made for it.") % words
        return _check("period", title, TermState.UNKNOWN, message)
    if terms.first_year <= terms.planned_from and terms.planned_to <= terms.last_year:
        message = _("The plan %(from)s–%(to)s lies within the pool's %(first)s–%(last)s.") % words
        return _check("period", title, TermState.MET, message)
    message = _("The plan %(from)s–%(to)s goes beyond the pool's %(first)s–%(last)s.") % words
    return _check("period", title, TermState.NOT_MET, message)


def _application(terms: Terms, today: date) -> TermCheck:
    title = _("Application deadline")
    if terms.application_deadline is None:
        return _check("application", title, TermState.UNKNOWN, _("The application deadline is not written."))
    return _deadline("application", title, terms.application_deadline, terms.applied_on, today)


def _report(terms: Terms, today: date) -> TermCheck:
    title = _("Report deadline")
    if terms.report_deadline is None:
        return _check("report", title, TermState.UNKNOWN, _("The report deadline is not written."))
    return _deadline("report", title, terms.report_deadline, terms.reported_on, today)


def _deadline(key: str, title: str, deadline: date, done_on: date | None, today: date) -> TermCheck:
    words = {"deadline": format_date_long(deadline), "done": format_date_long(done_on)}
    if done_on is not None:
        state = TermState.MET if done_on <= deadline else TermState.NOT_MET
        message = _("The deadline is %(deadline)s; it was sent on %(done)s.") % words
        return _check(key, title, state, message)
    if today > deadline:
        return _check(key, title, TermState.NOT_MET, _("The deadline was %(deadline)s; nothing was sent.") % words)
    days = (deadline - today).days
    left = ngettext("%(days)s day is left.", "%(days)s days are left.", days) % {"days": days}
    return _check(key, title, TermState.UNKNOWN, _("The deadline is %(deadline)s.") % words + " " + left)


def _auditor(terms: Terms, today: date) -> TermCheck:
    title = _("Auditor's statement")
    if terms.needs_auditor_statement is None:
        message = _("Whether an auditor's statement is required is not written.")
        return _check("auditor", title, TermState.UNKNOWN, message)
    if not terms.needs_auditor_statement:
        return _check("auditor", title, TermState.MET, _("No auditor's statement is required."))
    if terms.auditor_statement_on is not None:
        day = format_date_long(terms.auditor_statement_on)
        return _check("auditor", title, TermState.MET, _("The auditor's statement is from %(day)s.") % {"day": day})
    is_late = terms.report_deadline is not None and today > terms.report_deadline
    message = _("An auditor's statement is required and has not been received.")
    return _check("auditor", title, TermState.NOT_MET if is_late else TermState.UNKNOWN, message)


@dataclass(frozen=True)
class PerCitizen:
    """Kroner per citizen when the amount is the whole effort, and when it is only the state's part.

    `chosen` is the one that holds; None while the paper leaves it open.
    """

    if_total: Decimal
    if_state_share: Decimal | None
    chosen: Decimal | None


def per_citizen(terms: Terms) -> PerCitizen | None:
    """Return what the pool gives for each citizen, own share included; None without an amount or citizens.

    39,1 mio. for 750 citizens is 52.133 kr. if 39,1 is everything, 104.267 kr. if it is the state's half.
    """
    if terms.amount is None or not terms.citizens:
        return None
    if_total = terms.amount / terms.citizens
    share = terms.own_share_percent
    if_state = None if share is None or share >= 100 else if_total / (1 - share / 100)
    chosen = {AmountReading.TOTAL: if_total, AmountReading.STATE_SHARE: if_state}.get(
        AmountReading(terms.amount_reading)
    )
    return PerCitizen(if_total, if_state, chosen)


def citizens_message(terms: Terms) -> str:
    """Return whether the pool's own numbers agree: municipalities × fewest participants against citizens in all."""
    if not (terms.municipalities and terms.minimum_participants and terms.citizens):
        return ""
    fewest = terms.municipalities * terms.minimum_participants
    words = {
        "count": format_count(terms.municipalities),
        "minimum": format_count(terms.minimum_participants),
        "fewest": format_count(fewest),
        "citizens": format_count(terms.citizens),
        "each": format_count(round(Decimal(terms.citizens) / terms.municipalities)),
    }
    if fewest <= terms.citizens:
        message = _(
            "%(count)s municipalities with at least %(minimum)s each are %(fewest)s of about %(citizens)s citizens, "
            "on average %(each)s."
        )
        return message % words
    message = _(
        "%(count)s municipalities with at least %(minimum)s each are %(fewest)s, more than the %(citizens)s citizens "
        "in all."
    )
    return message % words


@dataclass(frozen=True)
class Participants:
    """How many an effort reaches: from `low` to `high`; None is unknown."""

    title: str
    low: int | None
    high: int | None


def overlap_message(efforts: Iterable[Participants], own_participants: int | None) -> str:
    """Return a sentence when the efforts reach more people than there are: some are counted in several. R18."""
    counted = [effort for effort in efforts if effort.low is not None]
    low = sum(effort.low or 0 for effort in counted)
    high = sum(effort.high or effort.low or 0 for effort in counted)
    if own_participants is None or low <= own_participants:
        return ""
    reach = format_count(low) if low == high else f"{format_count(low)}–{format_count(high)}"
    message = _(
        "The efforts with a number reach %(reach)s together, but there are about %(own)s citizens: "
        "the same people are in several efforts."
    )
    return message % {"reach": reach, "own": format_count(own_participants)}


def check_application_decision(*, decision: str, reason: str) -> None:
    """Raise reason_missing: applying or not is never decided silently."""
    if decision != ApplicationDecision.UNDECIDED and not reason.strip():
        raise ValidationError(
            {"decision_reason": ValidationError(_("Write why, so that others understand it."), code="reason_missing")}
        )


def counts_of(checks: Sequence[TermCheck]) -> dict[TermState, int]:
    return {state: sum(check.state == state for check in checks) for state in TermState}
