"""What must not be left in a text: drafts, days that move, claims the numbers do not carry, and CPR numbers."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.enums import Severity
from projects.months import MONTH_NAMES
from projects.numerals import grouped
from projects.rules.notices import Notice

_MONTH = (
    rf"(?:{'|'.join((*MONTH_NAMES, 'jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sept?', 'okt', 'nov', 'dec'))})"
)
_LONGEST_EXCERPT = 60


def _excerpt(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT].rstrip()}…"


# --- R9: draft text ---------------------------------------------------------------------------------------------

_MARKS = re.compile(
    r"->|(?<!\d)(?<!\d\s)→|→(?!\s?\d)"  # an arrow between two numbers is a development, not a note to oneself
    r"|\bTODO\b|\bx{3,}\b|\[\s*(?:…|\.{3})\s*\]|\?{3,}|(?:^|(?<=[\s(\[“\"']))\?(?=\w)|\blorem ipsum\b",
    re.IGNORECASE,
)
_WAITING = re.compile(r"\bafventer\b", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$")
# The line under the heads of a table, as it is copied from other programs: |---|---:|
_TABLE_LINE = re.compile(r"^[ \t]*(\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+)[ \t]*$", re.MULTILINE)
_LIST_OR_HEADING = re.compile(r"^\s*(?:[-*+>|]|\d+[.)]|#{1,6})(?:\s|$)")
# The scripts of the paper's fonts, Latin, Greek, Cyrillic and Arabic, and what counts as a letter though it is a sign.
_SCRIPTS = (
    "A-Za-z\u00aa-\u02ff\u0370-\u052f\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u1e00-\u218f"
    "\u2460-\u24ff\ufb00-\ufb06\ufb50-\ufefc"
)
_UNPRINTED = re.compile(rf"(?![{_SCRIPTS}])[^\W\d_][^\s.,;:!?()“”\"]*")
_LAST_LATIN = "\u02ff"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
_SHORT_LINE = 6


def draft_notices(text: str, field: str = "") -> list[Notice]:
    """R9, blocking: what looks like a draft and not like a text for a committee.

    Arrows, TODO, XXX, […], ???, "?word", lorem ipsum, a heading with nothing under it, a table drawn with signs, which
    is printed as signs, and letters that are printed as empty boxes. "afventer" is also a
    plain word ("sagen afventer svar fra kommunen om en bolig i den nye bebyggelse"), so it counts only in a line of
    at most six words, in a line with another mark, or where it opens a short sentence of its own.
    """
    notices = [_draft_notice(mark, line, field) for line in _lines(text) for mark in _draft_marks(line)]
    notices += [_heading_notice(title, field) for title in _empty_headings(text)]
    notices += [_table_notice(line, field) for line in _TABLE_LINE.findall(text)[:1]]
    return notices + [_letters_notice(letters, field) for letters in _unprinted(text)[:1]]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines, with a line that goes on from the one above (it begins in lower case) joined to it."""
    current = ""
    for line in text.splitlines():
        goes_on = current and line[:1].islower() and not _LIST_OR_HEADING.match(line) and not _HEADING.match(current)
        if goes_on:
            current = f"{current} {line.strip()}"
            continue
        if current.strip():
            yield current
        current = line
    if current.strip():
        yield current


def _draft_marks(line: str) -> list[str]:
    """Return each kind of mark in the line once, in the order of the line."""
    marks = [_mark_name(match, line) for match in _MARKS.finditer(line)]
    if _WAITING.search(line) and (marks or _is_short(line) or _opens_with_waiting(line)):
        marks.append("afventer")
    return list(dict.fromkeys(marks))


def _mark_name(match: re.Match[str], line: str) -> str:
    if match[0] == "?":
        word = re.match(r"\w+", line[match.end() :])
        return f"?{word[0]}" if word else "?"
    return match[0].strip()


def _is_short(line: str) -> bool:
    return len(re.findall(r"\w+", line)) <= _SHORT_LINE


def _opens_with_waiting(line: str) -> bool:
    return any(_WAITING.match(sentence) and _is_short(sentence) for sentence in _SENTENCE_END.split(line))


def _draft_notice(mark: str, line: str, field: str) -> Notice:
    message = _("“%(mark)s” looks like draft text. Finish or remove it: “%(line)s”") % {
        "mark": mark,
        "line": _excerpt(line),
    }
    return Notice("R9", field, message, (mark, _excerpt(line)), Severity.BLOCKING)


def _empty_headings(text: str) -> Iterator[str]:
    """Yield headings with nothing under them; a deeper heading below is something."""
    open_heading: tuple[int, str] | None = None
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            level, title = len(heading[1]), heading[2] or ""
            if open_heading and level <= open_heading[0]:
                yield open_heading[1]
            open_heading = (level, title or heading[1])
        elif line.strip():
            open_heading = None
    if open_heading:
        yield open_heading[1]


def _heading_notice(title: str, field: str) -> Notice:
    message = _("The heading “%(title)s” has no text under it. Write the text or remove the heading.") % {
        "title": _excerpt(title)
    }
    return Notice("R9", field, message, ("heading", title), Severity.BLOCKING)


def _table_notice(line: str, field: str) -> Notice:
    message = _(
        "The table drawn with “|” is printed as it is typed. Set it up as one of the project's tables, "
        "or add it as an annex."
    )
    return Notice("R9", field, message, ("table", _excerpt(line)), Severity.BLOCKING)


def _unprinted(text: str) -> list[str]:
    """Return the runs of letters the paper's fonts do not have."""
    # Most texts hold no letter that far up, and to look is quicker than to search.
    return _UNPRINTED.findall(text) if text and max(text) > _LAST_LATIN else []


def _letters_notice(letters: str, field: str) -> Notice:
    shown = _excerpt(letters)
    message = _("“%(letters)s” is printed as empty boxes: the paper has no such letters. Write it in Latin letters.")
    return Notice("R9", field, message % {"letters": shown}, ("letters", shown), Severity.BLOCKING)


# --- R4: dates without a year, and days that move ---------------------------------------------------------------

_RELATIVE = re.compile(
    r"(?<!\w)d\. ?d\b\.?|\bdags dato\b|\bsiden sidst(?:e (?:registrering|status|måling|opgørelse|gang))?\b|\btil nu\b",
    re.IGNORECASE,
)
_DATE_WORD = r"(?:\b(?:den|d|pr|per|fra|til|siden|inden|senest|efter|før|indtil|ultimo|primo|dato|dateret)\b\.? ?)"
_YEAR_FOLLOWS = r"(?!\.? ?[-./,]? ?(?:19|20)\d{2}\b)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_NUMBER = r"(?:1[0-2]|0?[1-9])"
_NUMERIC = re.compile(
    rf"(?<![\w.,/§-])(?P<day>{_DAY})(?P<separator>[./])(?P<month>{_MONTH_NUMBER})"
    rf"(?![\w/%]|[.,-]\d){_YEAR_FOLLOWS}(?! ?(?:kr|mio|t\.kr|pct|%|timer|t\b))",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<![\w.,/-])(?P<day>{_DAY})\. ?{_MONTH}\b{_YEAR_FOLLOWS}", re.IGNORECASE)
_NOT_A_DATE_BEFORE = re.compile(
    r"(?:§+|\b(?:afsnit|pkt|punkt|kapitel|kap|nr|nummer|bilag|figur|tabel|side|s|stk|version|v|målgruppe\w*|gruppe"
    r"|(?:kl|klokken)\b.{0,12}))\.?:? ?$",
    re.IGNORECASE,
)
# "fra 1.5 til 31.10.2017": the year of the last day holds for the first.
_SHARED_YEAR = re.compile(
    rf"^\.? ?(?:-|–|til|og|eller) ?(?:den |d\. )?{_DAY}"
    rf"(?:[./]{_MONTH_NUMBER}[-./ ]+|\. ?{_MONTH}\.? )(?:19|20)\d{{2}}\b",
    re.IGNORECASE,
)


def dateless_notices(text: str, field: str = "") -> list[Notice]:
    """R4: dates without a year ("31.10", "30. juni") and relative ones ("d.d.", "siden sidste registrering").

    "2.12" may be a section or a target group, so it counts only after a word such as "den" or "pr."; two digits on
    both sides or a day after the 12th are a date, unless "kl.", "afsnit", "§" … stands before or a unit after.
    """
    flat = " ".join(text.split())
    found: dict[str, bool] = {match[0]: True for match in _RELATIVE.finditer(flat)}
    for pattern in (_NUMERIC, _NAMED):
        for match in pattern.finditer(flat):
            if _is_yearless_date(match, flat):
                found.setdefault(match[0], False)
    return [_dateless_notice(written, is_relative, field) for written, is_relative in found.items()]


def _is_yearless_date(match: re.Match[str], flat: str) -> bool:
    before, after = flat[max(0, match.start() - 30) : match.start()], flat[match.end() :]
    if _SHARED_YEAR.match(after) or match[0] == "24/7":
        return False
    if match.re is _NAMED or re.search(f"{_DATE_WORD}$", before, re.IGNORECASE):
        return True
    if _NOT_A_DATE_BEFORE.search(before):
        return False
    return int(match["day"]) > 12 or (len(match["day"]) == 2 and len(match["month"]) == 2)


def _dateless_notice(written: str, is_relative: bool, field: str) -> Notice:
    if is_relative:
        message = _("“%(text)s” means another day to the next reader. Write the date with its year.")
    else:
        message = _("“%(text)s” has no year. Write the date with its year, for example 31.10.2017.")
    return Notice("R4", field, message % {"text": written}, (written.casefold(),))


# --- R12: words against numbers ---------------------------------------------------------------------------------

_CLAIMS = (
    (re.compile(r"\b(?:fordobl\w*|dobbelt så \w+)", re.IGNORECASE), Decimal(2)),
    (re.compile(r"\btredobl\w*", re.IGNORECASE), Decimal(3)),
    (re.compile(r"\bfirdobl\w*", re.IGNORECASE), Decimal(4)),
    (re.compile(r"\btidobl\w*", re.IGNORECASE), Decimal(10)),
    (re.compile(r"\b(?:halver\w*|halvt så \w+)", re.IGNORECASE), Decimal("0.5")),
)
_HEDGED = re.compile(r"\b(?:ikke|ingen|næsten|knap|tæt på|op mod|henimod|hen imod)\b[^.!?]{0,12}$", re.IGNORECASE)
# As far before a claim as what takes it back can stand.
_LONGEST_HEDGE = 40
_NUMBER = rf"(\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/-])(?!\.\d)(?!\. ?{_MONTH})\b"
_FROM_TO = re.compile(rf"\bfra (?:ca\. |omkring )?{_NUMBER}.{{0,60}}?\btil (?:ca\. |omkring )?{_NUMBER}", re.IGNORECASE)

ClaimFact = tuple[str, Decimal | int | None, Decimal | int | None]


def claim_notices(text: str, field: str = "", facts: Sequence[ClaimFact] = ()) -> list[Notice]:
    """R12: "en fordobling" needs ×2,0, "halvering" at most ×0,5, "tredoblet" ×3,0.

    `facts` are label, previous and current. A claim is held against "fra 18 … til 35" in its own paragraph (the
    nearest one), else against the facts whose label stands there, else against all facts; one that carries the claim
    is enough. Without numbers, and where the text itself takes it back ("næsten en fordobling"), nothing is said.
    """
    notices = []
    for paragraph in re.split(r"\n\s*\n", text):
        flat = " ".join(paragraph.split())
        claims = [(claim, needed) for pattern, needed in _CLAIMS for claim in pattern.finditer(flat)]
        if not claims:
            continue
        written = [match for match in _FROM_TO.finditer(flat) if not _are_years(match)]
        told = _told(flat, facts)
        for claim, needed in claims:
            if not _HEDGED.search(flat[max(0, claim.start() - _LONGEST_HEDGE) : claim.start()]):
                pairs = [_nearest(written, claim.start())] if written else told
                notices += _claim_notice(claim, needed, pairs, field)
    return list(dict.fromkeys(notices))


def _nearest(written: Sequence[re.Match[str]], position: int) -> tuple[Decimal, Decimal]:
    after = bisect_left(written, position, key=lambda match: match.start())
    around = written[max(0, after - 1) : after + 1]
    nearest = min(around, key=lambda match: abs(match.start() - position))
    return _number(nearest[1]), _number(nearest[2])


def _told(flat: str, facts: Sequence[ClaimFact]) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers of the facts the paragraph names, or of all."""
    folded = flat.casefold()
    named = [fact for fact in facts if fact[0] and fact[0].casefold() in folded]
    return [
        (Decimal(previous), Decimal(current))
        for _label, previous, current in named or facts
        if previous is not None and current is not None
    ]


def _are_years(match: re.Match[str]) -> bool:
    return all(re.fullmatch(r"(?:19|20)\d{2}", match[group]) for group in (1, 2))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _claim_notice(
    claim: re.Match[str], needed: Decimal, pairs: list[tuple[Decimal, Decimal]], field: str
) -> list[Notice]:
    factors = [(current / previous, previous, current) for previous, current in pairs if previous > 0]
    is_growth = needed > 1
    if not factors or any(factor >= needed if is_growth else factor <= needed for factor, *_rest in factors):
        return []
    factor, previous, current = max(factors) if is_growth else min(factors)
    # Rounded away from the claim: 1,996 must not be shown as the ×2,00 it falls short of.
    shown = factor.quantize(Decimal("0.01"), rounding=ROUND_DOWN if is_growth else ROUND_UP)
    message = _("“%(claim)s” needs ×%(needed)s, but from %(previous)s to %(current)s is ×%(factor)s.") % {
        "claim": claim[0],
        "needed": grouped(needed, 1),
        "previous": format_count(previous),
        "current": format_count(current),
        "factor": grouped(shown, 2),
    }
    return [Notice("R12", field, message, (claim[0].casefold(), previous, current))]


# --- CPR numbers ------------------------------------------------------------------------------------------------

# Replacement numbers have 60 added to the day. Modulus 11 has not been required since 2007, so it clears nobody.
_CPR = re.compile(
    r"(?<!\d)(?P<day>0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?P<month>0[1-9]|1[0-2])\d{2}"
    r"(?:\s?[-–‐‑−]\s?|\s)?\d{4}(?!\d)"
)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find_cpr(text: str) -> list[str]:
    """Return what can be read as a CPR number, as written. For finding them only: never show or log these."""
    return [
        match[0] for match in _CPR.finditer(text) if int(match["day"]) % 60 <= _DAYS_IN_MONTH[int(match["month"]) - 1]
    ]


def check_no_cpr(text: str) -> None:
    """Raise cpr, in words that do not repeat the number."""
    if find_cpr(text):
        raise ValidationError(
            _("CPR numbers must not be written here. Remove the number, and write so that nobody can be recognised."),
            code="cpr",
        )
