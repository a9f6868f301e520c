"""Account strings of the Danish municipal chart: 5.68.98, 05.68.98 and 568981106 are the same place, ever finer.

Written with points or compactly; the compact form goes on with dranst and gruppering, so an account stands in the
chart when the chart has it or a part it begins with.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The shortest part that tells anything: hovedkonto, hovedfunktion and funktion.
_SHORTEST = 5

Period = tuple[date, date | None]


def account_digits(text: str) -> str:
    """Return the account without points, spaces and a leading zero; "" when it is no account."""
    parts = [part for part in re.split(r"[\s.\-/]+", text.strip()) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return ""
    if len(parts) > 1:
        parts[0] = parts[0].lstrip("0") or "0"
    return "".join(parts)


def chart_of(rows: Iterable[tuple[str, date, date | None]]) -> dict[str, list[Period]]:
    """Return the periods each account holds in, by its digits. `rows` are number, first and last day."""
    chart: dict[str, list[Period]] = {}
    for number, valid_from, valid_to in rows:
        chart.setdefault(account_digits(number), []).append((valid_from, valid_to))
    return chart


def is_in_chart(account: str, day: date, chart: Mapping[str, Sequence[Period]]) -> bool:
    """Return whether the chart had the account, or a part it begins with, that day. An empty chart has everything."""
    if not chart:
        return True
    digits = account_digits(account)
    return any(
        begin <= day and (end is None or day <= end)
        for length in range(len(digits), _SHORTEST - 1, -1)
        for begin, end in chart.get(digits[:length], ())
    )


def check_account(account: str, *, year: int, chart: Mapping[str, Sequence[Period]]) -> None:
    """Refuse an account that the chart has on no end of the year. Raises unknown_account; "" tells none."""
    if account and not any(is_in_chart(account, day, chart) for day in (date(year, 1, 1), date(year, 12, 31))):
        raise ValidationError(
            _("The account %(account)s is not in the chart of accounts in %(year)s. Check the number."),
            code="unknown_account",
            params={"account": account, "year": year},
        )
