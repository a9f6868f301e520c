"""R19: one project under several names."""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.rules.notices import Notice

# "Housing First, som før hed Houseing first": the text tells of the other name itself.
_TELLS_OF_IT = re.compile(
    r"\b(?:tidligere|før|oprindeligt?|også|kaldt|kaldes|kendt som|hed|hedder)\b[^.!?]{0,25}$", re.IGNORECASE
)


def check_new_name(name: str, known: Iterable[tuple[str, str]]) -> None:
    """Raise same_project when another project is called so, or is known as it. `known`: (any name, today's name)."""
    for other, today in known:
        if _tidy(other).casefold() == _tidy(name).casefold():
            raise ValidationError(
                _("“%(name)s” is already the project “%(project)s”."),
                code="same_project",
                params={"name": _tidy(name), "project": today},
            )


def alias_notice(*, project: str, name: str, aliases: Sequence[str], field: str = "name") -> Notice | None:
    """R19: a paper calls the project something it is not known as. A name with the known one in it is known."""
    if any(_spoken(known.casefold()).search(name.casefold()) for known in (project, *aliases)):
        return None
    message = _("“%(name)s” is not a known name of “%(project)s”. Add it as an alias or use the known name.") % {
        "name": _tidy(name),
        "project": project,
    }
    return Notice("R19", field, message, (_tidy(name).casefold(),))


def other_name_notices(text: str, field: str = "", *, project: str, aliases: Iterable[str]) -> list[Notice]:
    """R19: a text calls the project what some paper called it, and not what it is called today.

    Each name once. A name that is part of today's own ("Fleksjob" in "Fleksjob Jobspor") is no other name, and a text
    that says it is one ("tidligere kaldt …") has told the reader.
    """
    flat = _spoken(project).sub("·", " ".join(text.split()))
    notices = []
    for alias in sorted({_tidy(alias) for alias in aliases}, key=lambda alias: (-len(alias), alias)):
        if _spoken(alias).fullmatch(_tidy(project)):
            continue
        found = [match for match in _spoken(alias).finditer(flat) if not _TELLS_OF_IT.search(flat[: match.start()])]
        if found:
            notices.append(_other_name_notice(found[0]["name"], project, field))
            flat = _spoken(alias).sub("·", flat)
    return notices


def _other_name_notice(written: str, project: str, field: str) -> Notice:
    message = _("“%(name)s” is another name of “%(project)s”. Write “%(project)s”, so that it is not taken for two.")
    words = message % {"name": written, "project": project}
    return Notice("R19", field, words, (written.casefold(), project))


def _spoken(name: str) -> re.Pattern[str]:
    """Return what the name looks like in a text, in the genitive too.

    A name of one word may be a plain word as well, so it keeps its capital.
    """
    words = _tidy(name).split()
    said = r"\s+".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?P<name>{said})(?:s|'s?|’s?)?(?!\w)", re.IGNORECASE if len(words) > 1 else 0)


def _tidy(name: str) -> str:
    return " ".join(name.split())
