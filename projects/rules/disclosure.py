"""When a count is of people, and so few that it must not be told in public.

No Danish rule fixes the number for a municipality's own papers; statistics offices use three or five.
"""

import re
from collections.abc import Collection

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

_COUNT_WORDS = dict(
    zip(
        ("én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"),
        range(1, 13),
        strict=True,
    )
)
_PERSON = (
    r"(?:borger(?:e|en|ne)?|person(?:er|en)?|famili(?:e|er|en)|deltager(?:e|en|ne)?|kvinder?|mand|mænd|unge?|ældre"
    r"|børn|barn|mentor(?:er)?|ledige?|sygemeldte?|flygtninge?|kursist(?:er)?|elever?|beboere?|sag(?:er)?)"
)
_FEW = re.compile(
    rf"(?<![\w.,/§-])(?P<count>[1-9]\d{{0,3}}|{'|'.join(_COUNT_WORDS)})(?![\w/%]|[.,]\d)"
    rf"\s+(?:\w+\s+){{0,2}}?{_PERSON}\b",
    re.IGNORECASE,
)
# The article is a count only of somebody whose story may be told: "en kvinde", not "en mentor".
_SOMEBODY = re.compile(
    r"(?<!\w)(?:en|et)\s+(?:\w+\s+)?(?:kvinde|mand|pige|dreng|familie|person|borger)\b", re.IGNORECASE
)
# "Én er flyttet": a person without a noun.
_ONE = re.compile(r"(?<!\w)(?:én|ét)(?!\w)(?!\s+(?:gang|dag|uge|måned|time|af gangen)\b)[^.!?]{0,40}", re.IGNORECASE)
_LONGEST = 50


def few_people_notices(text: str, *, threshold: int, hidden: Collection[int] = (), field: str = "") -> list[Notice]:
    """R14: a text that tells of fewer people than `threshold`, in digits or words ("to borgere", "én er flyttet"),
    or tells one of the `hidden` counts.

    A table can hide a count; a text that repeats it gives it away. Somebody must look and answer.
    """
    flat = " ".join(text.split())
    found = [match[0] for match in _FEW.finditer(flat) if _is_told_in_vain(match["count"], threshold, hidden)]
    found += [match[0] for match in _SOMEBODY.finditer(flat)]
    found += [match[0].strip() for match in _ONE.finditer(flat) if not any(match[0].startswith(one) for one in found)]
    first: dict[str, str] = {}
    for words in found:
        first.setdefault(words[:_LONGEST].casefold(), words[:_LONGEST])
    return [_few_notice(words, field) for words in first.values()]


def _is_told_in_vain(word: str, threshold: int, hidden: Collection[int]) -> bool:
    count = int(word) if word.isdecimal() else _COUNT_WORDS[word.casefold()]
    return count < threshold or count in hidden


def _few_notice(words: str, field: str) -> Notice:
    message = _("“%(words)s” tells of few people. Can anyone be recognised?") % {"words": words}
    return Notice("R14", field, message, (words.casefold(),))
