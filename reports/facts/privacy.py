"""R14 while a note is composed: what may tell who somebody is, before anything of it is published."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import ngettext

from projects.queries.known import Known
from projects.queries.notices import Found
from projects.rules.disclosure import counts_people
from projects.rules.notices import Notice
from projects.rules.privacy import may_name_somebody, personal_notices
from reports.facts.note import CountTable, SectionFacts
from reports.facts.texts import section_field

# The place on a section's page where its tables are chosen.
EXHIBITS = "exhibits"


def text_found(subject: str, texts: Mapping[str, tuple[str, str]]) -> Iterator[Found]:
    """Yield names, addresses and the like in the note's own texts: place → (label, text).

    A status's own are noticed with the status. One query when a text may name somebody.
    """
    known = Known()
    for field, (label, text) in texts.items():
        for notice in personal_notices(text, field, known.staff if may_name_somebody(text) else ()):
            yield subject, label, notice


def counts_found(subject: str, section: SectionFacts) -> Iterator[Found]:
    """Yield, for each table of people, how many of its counts the public edition will have to hide."""
    for table in section.tables:
        count = _small_counts(table, settings.SMALL_COUNT_THRESHOLD)
        if count:
            message = ngettext(
                "Table %(number)s has %(count)s count below %(least)s. The public edition hides it.",
                "Table %(number)s has %(count)s counts below %(least)s. The public edition hides them.",
                count,
            )
            values = {"number": table.number, "count": count, "least": settings.SMALL_COUNT_THRESHOLD}
            field = section_field(section.project_code, EXHIBITS)
            yield subject, section.project, Notice("R14", field, message % values, (table.caption, str(count)))


def _small_counts(table: CountTable, least: int) -> int:
    if not counts_people(table.unit):
        return 0
    counts = [
        count
        for row in table.rows
        if not row.is_total
        for count in (row.cells if table.is_cross else (row.value, row.count_out, row.remaining))
    ]
    return sum(count is not None and 0 < count < least for count in counts)
