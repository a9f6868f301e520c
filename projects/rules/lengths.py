"""The status in words comes in three lengths: how long each may be, and how hard it is to read."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.counts import format_count

# The whole text, the manager's, and three lines for politicians: the fields of a status, the longest first.
NARRATIVE, MANAGER, SHORT = "narrative", "summary_manager", "summary_short"
LENGTHS = (NARRATIVE, MANAGER, SHORT)

# Of any text that has no limit of its own: thirty pages. More is an annex.
LONGEST_TEXT = 60_000
FEWEST_WORDS = 20
_LONG_WORD = 7
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
# A line ends a sentence unless the next goes on in lower case; "31. oktober" and "kr. pr. borger" do not.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“»(*\[]*[A-ZÆØÅ])|\n+(?![a-zæøå])")


def length_errors(texts: Mapping[str, str], limits: Mapping[str, int]) -> dict[str, str]:
    """Return field → what is wrong, for each text with more signs than its limit; a field without a limit has none."""
    signs = {name: len(texts.get(name, "").strip()) for name in limits}
    return {name: _too_long(signs[name], limit) for name, limit in limits.items() if signs[name] > limit}


def check_length(text: str, longest: int = LONGEST_TEXT) -> None:
    """Raise max_length, in words that say how much is too much."""
    if len(text) > longest:
        raise ValidationError(_too_long(len(text), longest), code="max_length")


def _too_long(signs: int, limit: int) -> str:
    return _("The text has %(signs)s signs, and there is room for %(limit)s. Shorten it.") % {
        "signs": format_count(signs),
        "limit": format_count(limit),
    }


def lix(text: str) -> int | None:
    """Return Björnsson's readability figure: words per sentence plus the percentage of words over six letters.

    None for a text too short to say anything of. Marks of Markdown and numbers are no words.
    """
    bare = _LINK_TARGET.sub("]", text)
    words = _WORD.findall(bare)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE_END.split(bare) if _WORD.search(part))
    long_words = sum(1 for word in words if len(word) >= _LONG_WORD)
    # Whole numbers only, so that the browser's figure is the same: a half is rounded up.
    scaled = 2 * (len(words) * len(words) + 100 * long_words * sentences)
    below = 2 * sentences * len(words)
    return (scaled + below // 2) // below


def lix_scale() -> list[tuple[int, str]]:
    """Return (the lowest figure, what it means), the easiest first."""
    return [
        (0, pgettext("readability", "very easy to read")),
        (25, pgettext("readability", "easy to read")),
        (35, pgettext("readability", "like a newspaper")),
        (45, pgettext("readability", "heavy – shorter sentences help")),
        (55, pgettext("readability", "very heavy – only for specialists")),
    ]


def lix_word(value: int | None) -> str:
    """Return what a readability figure means; "" when there is none."""
    if value is None:
        return ""
    return [word for lowest, word in lix_scale() if value >= lowest][-1]
