"""When a count is of people, and so few that it must not be told in public.

No Danish rule fixes the number for a municipality's own papers; statistics offices use three or five.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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
