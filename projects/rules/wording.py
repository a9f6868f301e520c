"""How the rules' sentences say small numbers, lists and places."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import ngettext, pgettext

from projects.counts import format_count


def number_word(value: int | Decimal) -> str:
    """Return "én", "to" … "ti" for whole numbers from one to ten, digits otherwise."""
    words = (
        pgettext("number", "one"),
        pgettext("number", "two"),
        pgettext("number", "three"),
        pgettext("number", "four"),
        pgettext("number", "five"),
        pgettext("number", "six"),
        pgettext("number", "seven"),
        pgettext("number", "eight"),
        pgettext("number", "nine"),
        pgettext("number", "ten"),
    )
    is_small = value == int(value) and 1 <= value <= len(words)
    return words[int(value) - 1] if is_small else format_count(value)


def joined(parts: Sequence[str]) -> str:
    """Return "a", "a og b" or "a, b og c"."""
    if len(parts) < 2:
        return "".join(parts)
    return pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def place(field: str, key: str | int) -> str:
    """Return where a notice belongs: "field.key", or the key alone for a field without a name."""
    return f"{field}.{key}" if field else str(key)


def span_words(days: int) -> str:
    """Return "fem dage", and from two months on whole months or years: nobody counts to 400 days."""
    if days < 60:
        return ngettext("one day", "%(number)s days", days) % {"number": number_word(days)}
    if days < 730:
        months = round(days / 30.4)
        return ngettext("one month", "%(number)s months", months) % {"number": number_word(months)}
    years = round(days / 365.25)
    return ngettext("one year", "%(number)s years", years) % {"number": number_word(years)}
