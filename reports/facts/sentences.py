"""How figures are said in whole sentences, with small numbers in words."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.enums import SnapshotState
from projects.months import format_month
from projects.queries.rounds import MISSING
from projects.rules.wording import joined, number_word, span_words


def sentence(text: str) -> str:
    """Return the text with its first letter as a capital: "to statusser" begins "To statusser"."""
    return text[:1].upper() + text[1:]


def counts_sentence(states: Mapping[str, int], month: date) -> str:
    """Return "Otte statusser for november 2017: fem er godkendt, én venter på godkendelse, to mangler."

    `states` are how many of those who owe the month a status stand in each state; "" when there are none.
    """
    counts = Counter(states)
    total = sum(counts.values())
    if not total:
        return ""
    head = ngettext("One status for %(month)s", "%(number)s statuses for %(month)s", total)
    parts = [text % {"number": number_word(counts[state])} for state, text in _state_parts(counts) if counts[state]]
    values = {"number": number_word(total), "month": format_month(month)}
    return sentence(_("%(statuses)s: %(parts)s.") % {"statuses": head % values, "parts": joined(parts)})


def _state_parts(counts: Counter[str]) -> list[tuple[str, str]]:
    return [
        (
            SnapshotState.APPROVED,
            ngettext("one is approved", "%(number)s are approved", counts[SnapshotState.APPROVED]),
        ),
        (
            SnapshotState.SUBMITTED,
            ngettext("one waits for approval", "%(number)s wait for approval", counts[SnapshotState.SUBMITTED]),
        ),
        (
            SnapshotState.RETURNED,
            ngettext("one has been returned", "%(number)s have been returned", counts[SnapshotState.RETURNED]),
        ),
        (
            SnapshotState.DRAFT,
            ngettext("one is a draft", "%(number)s are drafts", counts[SnapshotState.DRAFT]),
        ),
        (MISSING, ngettext("one is missing", "%(number)s are missing", counts[MISSING])),
    ]


def days_late_words(days: int) -> str:
    """Return "Fem dage forsinket."; "" when nothing is late."""
    return sentence(_("%(span)s overdue.") % {"span": span_words(days)}) if days > 0 else ""


def shown_sentence(shown: int, total: int) -> str:
    """Return "Viser 3 af 8 projekter.", or how many there are when all are shown; "" when there are none."""
    if not total:
        return ""
    if shown == total:
        return ngettext("Shows the only project.", "Shows all %(total)s projects.", total) % {"total": total}
    return ngettext("Shows %(shown)s of one project.", "Shows %(shown)s of %(total)s projects.", total) % {
        "shown": shown,
        "total": total,
    }


def in_days_words(days: int) -> str:
    """Return "i dag", "i morgen", "om syv dage" or "for to dage siden"."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return _("in %(span)s") % {"span": span_words(days)}
    return _("%(span)s ago") % {"span": span_words(-days)}
