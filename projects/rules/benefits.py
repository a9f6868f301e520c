"""R17: nobody has been on a benefit for longer than it has existed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.numerals import grouped
from projects.rules.notices import Notice

_WORDS = {"et": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10}
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d+)?|{'|'.join(_WORDS)})"
_SPAN = re.compile(
    rf"(?:\b(?:over|mere end|længere end|mindst|minimum|siden mere end)|[>≥])\s*{_NUMBER}\s*(?P<unit>år|måneder|mdr\b)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÆØÅ*#“\"(-])|\n\s*\n")


@dataclass(frozen=True)
class Benefit:
    """A benefit by the name people use, and its first day."""

    name: str
    began: date


def speaks_of_duration(text: str) -> bool:
    return bool(_SPAN.search(text))


def duration_notices(
    text: str, benefits: Sequence[Benefit], *, day: date, field: str = "", context: str = ""
) -> list[Notice]:
    """R17: "over fem år" about a benefit that began later than five years before `day`.

    A benefit and a duration belong together in one sentence. `context` is said before every sentence: a table's name
    before its rows'.
    """
    notices = []
    for sentence in _SENTENCES.split(text):
        whole = f"{context} {sentence}".strip()
        spans = [(match[0], _months(match)) for match in _SPAN.finditer(whole)]
        for benefit in benefits if spans else ():
            if re.search(rf"\b{re.escape(benefit.name)}", sentence, re.IGNORECASE):
                longest = max(spans, key=lambda span: span[1])
                notices += _notice(benefit, longest, day, field)
    return list(dict.fromkeys(notices))


def _months(match: re.Match[str]) -> Decimal:
    number = _WORDS.get(match["number"].casefold())
    value = Decimal(number) if number else Decimal(match["number"].replace(",", "."))
    return value * 12 if match["unit"].casefold() == "år" else value


def _notice(benefit: Benefit, span: tuple[str, Decimal], day: date, field: str) -> list[Notice]:
    written, months = span
    existed = (day.year - benefit.began.year) * 12 + day.month - benefit.began.month - (day.day < benefit.began.day)
    if existed < 0 or months < existed or (months == existed and written.casefold().startswith(("mindst", "minimum"))):
        return []
    message = _("“%(span)s” on %(benefit)s cannot be: it began %(began)s, at most %(years)s years before %(day)s.") % {
        "span": " ".join(written.split()),
        "benefit": benefit.name.lower(),
        "began": format_date(benefit.began),
        "years": grouped(Decimal(existed) / 12, 1),
        "day": format_date(day),
    }
    return [Notice("R17", field, message, (benefit.name, benefit.began, months))]
