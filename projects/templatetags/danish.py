"""Figures and dates as Danes read them. Each filter hands over to the one function that knows how."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from projects import counts, dates, months
from projects.markdown import to_html
from projects.money import format_amount, format_kroner, format_tkr, from_ore
from projects.rules.wording import span_words

register = template.Library()


def _local_day(moment: date | None) -> date | None:
    """Return the date a moment had in Denmark; an event at 23.30 UTC belongs to the next day."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()


@register.filter
def kr(amount: Decimal | None, decimals: int = 0) -> str:
    """{{ amount|kr }}: "2.810.000 kr."; {{ amount|kr:2 }}: with øre."""
    return format_kroner(amount, decimals)


@register.filter
def amount(value: Decimal | None) -> str:
    """{{ value|amount }}: "2.810.000", for tables whose caption names the unit."""
    return format_amount(value)


@register.filter
def ore(value: int) -> str:
    """{{ row.amount|ore }}: whole øre as "1.234,50"."""
    return format_amount(from_ore(value), 2)


@register.filter
def tkr(amount: Decimal | None) -> str:
    return format_tkr(amount)


@register.filter
def number(value: int | Decimal | None) -> str:
    return counts.format_count(value)


@register.filter
def signed(value: int | Decimal | None) -> str:
    return counts.format_signed(value)


@register.filter
def signed_amount(value: Decimal | None) -> str:
    """{{ value|signed_amount }}: "+20.000", "−20.000" or "0"."""
    return f"+{format_amount(value)}" if value is not None and round(value) > 0 else format_amount(value)


@register.filter
def percent(value: Decimal | None, decimals: int = 1) -> str:
    return counts.format_percent(value, decimals)


@register.filter
def month(day: date | None) -> str:
    return months.format_month(day)


@register.filter
def month_short(day: date | None) -> str:
    return months.format_month_short(day)


@register.filter
def dato(day: date | None) -> str:
    return dates.format_date(_local_day(day))


@register.filter
def dato_lang(day: date | None) -> str:
    return dates.format_date_long(_local_day(day))


@register.filter
def span(days: int) -> str:
    """{{ days|span }}: "fem dage", "13 måneder", "ni år"."""
    return span_words(days)


@register.filter
def ugedag(day: date | None) -> str:
    """{{ day|ugedag }}: "mandag 27. november 2017"."""
    return dates.format_date_weekday(_local_day(day))


@register.filter
def markdown(text: str | None) -> SafeString:
    return to_html(text or "")


@register.filter
def minutes(duration: timedelta) -> int:
    """Return whole minutes, rounded up: a wait must not be promised shorter than it is."""
    return -int(-duration.total_seconds() // 60)
