"""Public editions as they are stored: what was decided of one, what was told before it, what its texts still need."""

from collections.abc import Iterable
from dataclasses import replace

from projects.enums import Severity
from projects.models import Attachment
from projects.queries.findings import with_answers
from projects.queries.known import Known
from projects.queries.notices import AnsweredNotice, Found
from projects.rules.disclosure import few_people_notices
from projects.rules.privacy import may_name_somebody, personal_notices
from reports.disclosure.collecting import Published
from reports.disclosure.earlier import earlier_papers, mark_of
from reports.disclosure.edition import Choices, TextPlace
from reports.disclosure.sources import source_of
from reports.facts.annexes import OWN, STATUS, AnnexKey
from reports.facts.note import AnnexFact, NoteFacts
from reports.models import NoteAnnex, NoteVersion
from reports.models.public import Publication


def choices_of(edition: Publication) -> Choices:
    return Choices(edition.threshold, edition.shows_zeros, edition.removes_contacts, edition.texts)


def published_before(edition: Publication) -> list[Published]:
    """Return what was told and hidden publicly of its projects before it. At most three queries.

    An edition's own facts hold only what it told; what it was made of holds what it hid.
    """
    source = source_of(edition)
    return earlier_papers(source.committees(), source.codes())


def mark_of_earlier(edition: Publication) -> str:
    """Return what `published_before` rests on, as one mark that changes with it. At most three queries."""
    return mark_of(source_of(edition).committees())


def text_notices(edition: Publication) -> list[AnsweredNotice]:
    """Return what the rules notice in the texts as the public would read them, with answers. At most two queries.

    Names that may be a citizen's, addresses and contact details cannot be answered: they must go.
    """
    if not edition.is_worked_out:
        return []
    source = source_of(edition)
    return with_answers(_noticed(source.texts(edition.facts), source.key, edition))


def _noticed(places: Iterable[TextPlace], subject: str, edition: Publication) -> Iterable[Found]:
    """Yield what the rules notice in the texts. At most one query."""
    hidden = {line["value"] for line in edition.audit}
    known = Known()
    for place in places:
        for notice in few_people_notices(place.text, threshold=edition.threshold, hidden=hidden, field=place.key):
            yield subject, place.label, notice
        staff = known.staff if may_name_somebody(place.text) else ()
        for notice in personal_notices(place.text, place.key, staff):
            yield subject, place.label, replace(notice, severity=Severity.BLOCKING)


def open_notices(edition: Publication) -> list[AnsweredNotice]:
    """Return what must be solved or answered before anyone can approve. At most two queries."""
    return [item for item in text_notices(edition) if item.is_blocking or item.is_open]


def published_annexes(version: NoteVersion, facts: NoteFacts) -> dict[AnnexKey, AnnexFact]:
    """Return the edition's annexes by what each was made of. Two queries."""
    attachments = Attachment.objects.filter(snapshot__note_versions=version, may_be_published=True)
    rows = attachments.values_list("snapshot__project__code", "title", "pk")
    # By the name the project had in the note: it may have another today.
    names = {section.project_code: section.project for section in facts.sections}
    stored = {(names.get(code), title): (STATUS, pk) for code, title, pk in rows}
    own = {title: (OWN, pk) for title, pk in NoteAnnex.objects.filter(note=version.note_id).values_list("title", "pk")}
    places = (
        (own.get(fact.title) if fact.is_own else stored.get((fact.project, fact.title)), fact) for fact in facts.annexes
    )
    return {key: fact for key, fact in places if key is not None}
