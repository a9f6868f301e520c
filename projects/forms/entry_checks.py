"""The sums under the tables of a status form, in words. The same texts go to the script that follows the typing."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.counts import format_count
from projects.queries.breakdowns import BreakdownFact, ColumnFact, RowFact
from projects.rules.indicators import sum_known
from projects.rules.lengths import FEWEST_WORDS, lix, lix_scale, lix_word
from projects.rules.wording import number_word

State = Literal["", "ok", "off"]
WORDS_UP_TO = 10


@dataclass(frozen=True)
class Check:
    """A live sum: what it says, and whether it agrees ("" when there is nothing to agree with)."""

    text: str
    state: State


def live_texts() -> dict[str, object]:
    """Return the texts with their places open, for the script."""
    return {
        "sum": _("Total %(sum)s"),
        "of": _("Total %(sum)s of %(total)s"),
        "sub": _("Sub-rows %(sum)s of %(total)s"),
        "column": _("Sum %(sum)s"),
        "rows": _("%(sum)s of %(total)s"),
        "missing": _("%(number)s missing"),
        "over": _("%(number)s too many"),
        "left": _still_shown(2),
        "leftOne": _still_shown(1),
        "leftNone": _("Every field here is gone through"),
        "navLeft": _("%(count)s as last time"),
        "navDone": _("gone through"),
        "answered": _("answered"),
        "open": _("%(count)s open"),
        "answerMine": _("Use my answer"),
        "answerTheirs": _("Keep that one"),
        **save_texts(),
        **_paste_texts(),
        "fileType": _("“%(name)s” cannot be kept as an annex: choose PDF, Word, Excel, CSV, PNG or JPEG."),
        "fileSize": _("“%(name)s” is larger than 10 MB. Make it smaller, for example by saving it as PDF."),
        "fileSizePdf": _(
            "“%(name)s” is larger than 10 MB. Save it again in a smaller size, or split it into several files."
        ),
        "fileEmpty": _("“%(name)s” is empty."),
        "fileStored": _("Download the stored file"),
        "meetingAhead": _("The meeting lies ahead"),
        "boldText": _("bold text"),
        "linkText": _("text of the link"),
        "signs": _("%(signs)s signs"),
        "signsOf": _("%(signs)s of %(limit)s signs"),
        "signsOver": _("%(signs)s signs, %(over)s too many"),
        "lix": _("LIX %(lix)s, %(word)s"),
        "lixScale": lix_scale(),
        "lixFewest": FEWEST_WORDS,
        "numbers": [number_word(number) for number in range(1, WORDS_UP_TO + 1)],
    }


def save_texts() -> dict[str, object]:
    """Return what a page that saves by itself says meanwhile (static/js/status-save.js)."""
    return {
        "unsaved": _("Not saved yet"),
        "saving": _("Saving …"),
        "uploading": _("Sending the file: %(percent)s %%"),
        "offline": _("No connection. What you have written is kept in this browser until it can be saved."),
        "notSent": _("Not sent: there is no connection. Nothing is lost; try again when it is back."),
        "tooOld": _("This page has grown too old to save. What you have written is kept; reload the page to go on."),
        "tooMuch": _(
            "Not saved: the page holds more than can be taken. What you typed is still on it. "
            "Take out pasted pictures and long tables, and add them as annexes."
        ),
        "logIn": _("Log in again"),
        "reload": _("Reload the page"),
        "tryNow": _("Try now"),
        "seeDifferences": _("See the differences"),
        "seeWhat": _("See what is not saved"),
        "keptFrom": _("Text from %(day)s at %(time)s is kept in this browser"),
    }


@dataclass(frozen=True)
class Measure:
    """How long a text is and how hard it reads, in words. `readability` is "" for a text too short to measure."""

    count: str
    readability: str
    is_over: bool


def text_measure(text: str, limit: int | None) -> Measure:
    """Return the counter under a text; `limit` None: there is none."""
    signs = len(text.strip())
    is_over = limit is not None and signs > limit
    words = _("%(signs)s signs") if limit is None else _("%(signs)s of %(limit)s signs")
    if is_over:
        words = _("%(signs)s signs, %(over)s too many")
    over = format_count(signs - limit) if is_over and limit is not None else ""
    count = words % {"signs": format_count(signs), "limit": format_count(limit), "over": over}
    value = lix(text)
    readability = "" if value is None else _("LIX %(lix)s, %(word)s") % {"lix": value, "word": lix_word(value)}
    return Measure(count, readability, is_over)


def _paste_texts() -> dict[str, str]:
    return {
        "pasted": _("%(count)s fields are pasted."),
        "pastedOne": _("One field is pasted."),
        "undoPaste": _("Undo"),
        "pasteUndone": _("The paste is undone."),
        "pasteNothing": _("Nothing is pasted. %(problem)s"),
        "pasteText": _("“%(text)s” in “%(cell)s” is not a number. Write digits, for example 1.250."),
        "pasteWhole": _("“%(text)s” in “%(cell)s” has a comma, which stands before decimals. Write 1.250 or 1250."),
        "pasteRows": _("There are %(found)s rows in what you copied, and room for %(room)s from “%(cell)s” and down."),
        "pasteColumns": _("There are %(found)s columns in what you copied, and room for %(room)s from “%(cell)s”."),
        "pasteName": _("“%(name)s” is no row in this table."),
        "pasteTwice": _("“%(name)s” stands there twice."),
    }


def _still_shown(count: int) -> str:
    return ngettext("One field still shows %(month)s", "%(counter)s fields still show %(month)s", count)


def sum_check(fact: BreakdownFact) -> Check:
    """Return the sum of a table, against its indicator where it has one and nobody is counted twice."""
    expected = fact.total_expected
    # A part counts also where its whole is not known yet.
    found = sum_known([row.typed for row in fact.rows]) if fact.is_share else fact.total
    if not fact.is_exclusive or expected is None or expected != int(expected):
        return Check(_("Total %(sum)s") % {"sum": format_count(found)}, "")
    return _against(_("Total %(sum)s of %(total)s"), found, int(expected))


def child_check(fact: BreakdownFact, row: RowFact) -> Check | None:
    """Return the sum of the sub-rows against their own row; None for a row without, or a total that is added up."""
    children = [child.value for child in fact.rows if child.parent_code == row.code]
    if row.is_total or not children or not fact.is_exclusive:
        return None
    found = sum_known(children)
    if row.typed is None or found is None:
        return Check("", "")
    return _against(_("Sub-rows %(sum)s of %(total)s"), found, row.typed)


def column_check(fact: BreakdownFact, column: ColumnFact) -> Check:
    """Return a column's sum, against the total its source states where there is one."""
    if not fact.is_exclusive or column.sum is None:
        return Check("", "")
    if column.typed is None:
        return Check(_("Sum %(sum)s") % {"sum": format_count(column.sum)}, "")
    return _against(_("%(sum)s of %(total)s"), column.sum, column.typed)


def _against(text: str, found: int | None, expected: int) -> Check:
    words = text % {"sum": format_count(found), "total": format_count(expected)}
    if found is None:
        return Check(words, "")
    if found == expected:
        return Check(words, "ok")
    difference = _("%(number)s missing") if found < expected else _("%(number)s too many")
    return Check(f"{words} – {difference % {'number': number_word(abs(expected - found))}}", "off")
