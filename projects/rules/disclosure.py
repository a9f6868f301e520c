"""When a count is of people, and so few that it must not be told in public.

No Danish rule fixes the number for a municipality's own papers; statistics offices use three or five.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.notices import Notice

THRESHOLDS = (3, 5, 10)

# What is measured in these is not people, whatever its size.
NOT_PEOPLE = frozenset(
    {
        *("kr", "kr.", "kroner", "t.kr.", "tkr", "tkr.", "mio. kr.", "mio.", "%", "pct", "pct.", "procent"),
        *("point", "timer", "dage", "uger", "måneder", "mdr.", "år", "årsværk", "km", "m2", "m²"),
    }
)


def counts_people(unit: str) -> bool:
    """Return whether an indicator's unit may be people. An unknown unit may: better one count too few is told."""
    return unit.strip().casefold() not in NOT_PEOPLE


def check_threshold(threshold: int) -> None:
    """Raise ValidationError: threshold."""
    if threshold not in THRESHOLDS:
        message = _("Counts below 3, 5 or 10 can be protected, not below %(number)s.") % {"number": threshold}
        raise ValidationError(message, code="threshold")


# --- R14: few people told in words ------------------------------------------------------------------------------

_COUNT_WORDS = dict(zip(("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"), range(1, 10), strict=True))
_COUNT_WORDS |= dict.fromkeys(("én", "et", "ét"), 1)
_PERSON = (
    r"(?:borger(?:e|en|ne)?|person(?:er|en)?|famili(?:e|er|en)|deltager(?:e|en|ne)?|kvinder?|mand|mænd|unge?|ældre"
    r"|børn|barn|mentor(?:er)?|ledige?|sygemeldte?|flygtninge?|kursist(?:er)?|elever?|beboere?|sag(?:er)?)"
)
_FEW = re.compile(
    rf"(?<![\w.,/§-])(?P<count>[1-9]|{'|'.join(_COUNT_WORDS)})(?![\w/%]|[.,]\d)\s+(?:\w+\s+){{0,2}}?{_PERSON}\b",
    re.IGNORECASE,
)
# "Én er flyttet": a person without a noun. Only with the accent; "en er" is rarely a person.
_ONE = re.compile(r"(?<!\w)(?:én|ét)(?!\w)(?!\s+(?:gang|dag|uge|måned|time|af gangen)\b)[^.!?]{0,40}", re.IGNORECASE)
_LONGEST = 50


def few_people_notices(text: str, *, threshold: int, field: str = "") -> list[Notice]:
    """R14: a text that tells of fewer people than `threshold`, in digits or words ("to borgere", "én er flyttet").

    A table can hide a count; a text that repeats it gives it away. Somebody must look and answer.
    """
    flat = " ".join(text.split())
    found = [match[0] for match in _FEW.finditer(flat) if _counted(match["count"]) < threshold]
    found += [match[0].strip() for match in _ONE.finditer(flat)]
    return [_few_notice(words, field) for words in dict.fromkeys(words[:_LONGEST] for words in found)]


def _counted(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNT_WORDS[word.casefold()]


def _few_notice(words: str, field: str) -> Notice:
    message = _("“%(words)s” tells of few people. Can anyone be recognised?") % {"words": words}
    return Notice("R14", field, message, (words.casefold(),))
