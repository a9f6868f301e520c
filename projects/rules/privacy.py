"""R14 at the keyboard: names, telephone numbers, addresses and e-mail addresses that may belong to a citizen.

Pointed out and answered once, never refused: a partner's telephone number may well stand in a text. CPR numbers are
refused outright, in `text`.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from projects.rules.given_names import GIVEN_NAMES
from projects.rules.notices import Notice

# Every repeat has an end: a text may be one word of sixty thousand signs, and is read with every save.
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
# Eight digits in pairs or fours, or after a word that announces them. Amounts have dots, and years are no numbers.
_PHONE = re.compile(
    r"(?<![\d.,-])(?:(?:\+|00)45 ?)?(?:\d{2} \d{2} \d{2} \d{2}|(?!(?:19|20)\d{2} (?:19|20)\d{2})\d{4} \d{4})"
    r"(?![\d.,]\d|\d)"
    r"|(?:\b(?:tlf|telefon|mobil|ring(?:es)?(?: til| på)?|sms)\w*\.?:? ?|(?:\+|00)45 ?)\d{8}\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?<![\w-])[A-ZÆØÅ][\w.-]{0,40}?(?: [A-ZÆØÅ][\w.-]{0,40}?){0,4}?"
    r"(?:veje?n?|gaden?|allé|alle|stræde|vænget?|parken|toften|plads(?:en)?|torvet?|bakken|lunden|vangen|haven|engen)"
    r"\.? \d{1,4} ?[A-Za-z]?\b"
)
# A given name, and the words with a capital that go on from it.
_NAME = re.compile(r"\b([A-ZÆØÅ][a-zæøåéüöä]+)((?:[ -](?:af |von |van |el-|al-)?[A-ZÆØÅ][a-zæøåéüöä]+|[ ][A-ZÆØÅ]\.)*)")

# Words that are surnames rather than anything else after a given name; a file's name has other words as well.
_SURNAME = re.compile(
    r"\w+sen|\w*(?:gaard|gård|strup)|m(?:ø|oe)ller|holm|lund|lind|dahl|dal|skov|bach|beck|berg|friis|krogh?|kj(?:æ|ae)r"
    r"|bruun|brandt|schmidt|toft|ju[hu]l|[vw]inther|ali|ahmadi?|ahmed|hassan|hussein|khan|mohamm?ed|nguyen|yilmaz",
    re.IGNORECASE,
)


def may_name_somebody(text: str) -> bool:
    """Return whether the text holds what looks like a given name, so that it is worth knowing who works here."""
    return any(True for _name in _names(text))


def personal_notices(text: str, field: str = "", staff: Collection[str] = ()) -> list[Notice]:
    """R14: what may tell who a citizen is, each kind and each find once, with what was found.

    `staff` are the names of people who work here: they may be named.
    """
    flat = " ".join(text.split())
    known = {name.casefold() for name in staff}
    first_names = {name.split()[0].casefold() for name in staff if name.strip()}
    notices = [
        _notice(_("“%(text)s” is a name. Write so that no citizen can be recognised."), name, field)
        for name in _names(flat)
        if name.casefold() not in known and (" " in name or name.casefold() not in first_names)
    ]
    for pattern, message in (
        (_MAIL, _("“%(text)s” is an e-mail address. Does it belong in the paper?")),
        (_PHONE, _("“%(text)s” looks like a telephone number. Does it belong in the paper?")),
        (_STREET, _("“%(text)s” looks like an address. Write so that no citizen can be recognised.")),
    ):
        notices += [_notice(message, match[0].strip(), field) for match in pattern.finditer(flat)]
    return list(dict.fromkeys(notices))


def annex_notices(*, title: str, source: str, file_name: str, field: str, staff: Collection[str] = ()) -> list[Notice]:
    """R14 for what an annex is called: what its title says and its file's name says again is told once."""
    notices = personal_notices(f"{title} · {source}", field, staff)
    told = {notice.fingerprint for notice in notices}
    for notice in personal_notices(spoken_file_name(file_name), field, staff):
        if notice.fingerprint not in told:
            words = _("In the name of the file: %(message)s") % {"message": notice.message}
            notices.append(replace(notice, message=words))
    return notices


def spoken_file_name(name: str) -> str:
    """Return the words of a file's name: "Referat_HanneJensen-2017" → "Referat Hanne Jensen 2017".

    Files are often named without capitals: a given name before a surname gets its own, "hanne_jensen" too.
    """
    words = re.sub(r"(?<=[a-zæøåéü])(?=[A-ZÆØÅ])|[_-]+", " ", name).split()
    for place, word in enumerate(words):
        end = place + 1
        while end < len(words) - 1 and words[end].capitalize() in GIVEN_NAMES:
            end += 1
        if word.capitalize() in GIVEN_NAMES and end < len(words) and _SURNAME.fullmatch(words[end]):
            words[place : end + 1] = [part.capitalize() for part in words[place : end + 1]]
    return " ".join(words)


def without_contacts(text: str) -> str:
    """Return the text with mail addresses and telephone numbers taken out; amounts and case numbers stay."""
    for pattern in (_MAIL, _PHONE):
        text = pattern.sub(_("[contact details removed]"), text)
    return text


def _names(text: str) -> Iterator[str]:
    """Yield each given name with the words that go on from it; a sentence may begin right before it."""
    for match in _NAME.finditer(text):
        words = match[0].rstrip(".").split(" ")
        first = next((place for place, word in enumerate(words) if word.split("-")[0] in GIVEN_NAMES), None)
        if first is not None:
            yield " ".join(words[first:])


def _notice(message: str, found: str, field: str) -> Notice:
    return Notice("R14", field, message % {"text": found}, (found.casefold(),))
