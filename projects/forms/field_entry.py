"""Fields two people may have open at once: what each said when the page was opened, and which text is chosen."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from projects.forms.snapshot_texts import mark_of

CHOOSE = "choose-"


@dataclass(frozen=True)
class FieldDifference:
    """A field two people have filled in differently, and which of the two is chosen from the start."""

    name: str
    label: str
    mine: str
    theirs: str
    is_mine_chosen: bool


def base_of(texts: Mapping[str, str]) -> str:
    """Return what the page carries along of the fields as they were when it was opened: a mark of each."""
    return json.dumps({name: mark_of(text) for name, text in texts.items()})


def is_touched(name: str, text: str, base: str) -> bool:
    """Return whether the text is another than when the page was opened."""
    return _marks(base).get(name) != mark_of(text)


def number_of(version: str) -> int:
    """Return the save the page was opened at, 0 for anything that is no number."""
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def chosen_theirs(data: QueryDict) -> set[str]:
    """Return the fields in which somebody else's text is chosen."""
    return {key.removeprefix(CHOOSE) for key in data if key.startswith(CHOOSE) and data[key] == "theirs"}


def field_differences(
    stored: Mapping[str, str],
    mine: Mapping[str, str],
    base: str,
    *,
    label: Callable[[str], str],
    shown: Callable[[str, str], str],
) -> list[FieldDifference]:
    """Return the fields of `mine` that are stored otherwise. `shown` returns a text as a person reads it."""
    return [
        FieldDifference(
            name, label(name), shown(name, text), shown(name, stored[name]), is_mine_chosen=is_touched(name, text, base)
        )
        for name, text in mine.items()
        if name in stored and text.strip() != stored[name].strip()
    ]


def _marks(base: str) -> dict[str, str]:
    try:
        marks = json.loads(base)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
