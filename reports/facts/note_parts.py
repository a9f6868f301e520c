"""A note's headings as facts, and what the rules notice in their texts."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from projects.enums import Severity
from projects.queries.notices import Found, text_notices
from projects.rules.notices import Notice
from reports.enums import PartKind
from reports.facts.parts import PartFact
from reports.models import NotePart


def part_facts(parts: Sequence[NotePart]) -> tuple[PartFact, ...]:
    return tuple(
        PartFact(part.kind, part.heading, part.text, f"afsnit-{number}") for number, part in enumerate(parts, start=1)
    )


def part_field(part: NotePart) -> str:
    """Return the place of the part's text in notices about the note."""
    return f"part.{part.pk}"


def parts_found(subject: str, parts: Sequence[NotePart]) -> Iterable[Found]:
    """Yield what the rules notice in the headings and texts of the parts that are printed."""
    for part in parts:
        field = part_field(part)
        for notice in (*text_notices(part.heading, field), *text_notices(part.text, field), *_empty(part, field)):
            yield subject, str(part), notice


def _empty(part: NotePart, field: str) -> Iterable[Notice]:
    """R9, blocking: a heading that has only its own text to show, and none."""
    if part.kind == PartKind.TEXT and not part.text.strip():
        message = _("“%(heading)s” has no text. Write it, or leave the heading out.") % {"heading": part}
        yield Notice("R9", field, message, ("empty", part.heading), Severity.BLOCKING)
