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
from reports.disclosure.edition import Choices, text_places
from reports.facts.annexes import OWN, STATUS, AnnexKey
from reports.facts.canonical import from_json
from reports.facts.note import AnnexFact, NoteFacts
from reports.models import NoteAnnex, NoteVersion, PublicEdition


def choices_of(edition: PublicEdition) -> Choices:
    return Choices(edition.threshold, edition.shows_zeros, edition.removes_contacts, edition.texts)


def published_before(edition: PublicEdition) -> list[Published]:
    """Return what earlier public notes to the same committee told and hid, oldest first. One query.

    An edition's own facts hold only what it told; the version it was made of holds what it hid.
    """
    committee = edition.version.note.meeting.committee_id
    issued = PublicEdition.objects.filter(issued_at__isnull=False, version__note__meeting__committee=committee)
    rows = issued.exclude(pk=edition.pk).order_by("issued_at").select_related("version")
    return [
        Published(from_json(NoteFacts, row.version.facts), frozenset(row.hidden), row.threshold, row.shows_zeros)
        for row in rows.defer("version__pdf")
    ]


def public_subject(edition: PublicEdition) -> str:
    """Return the key under which answers about the edition's texts are kept."""
    meeting = edition.version.note.meeting
    return f"public/{meeting.committee.code}/{meeting.date:%Y-%m-%d}/v{edition.version.number}"


def text_notices(edition: PublicEdition) -> list[AnsweredNotice]:
    """Return what the rules notice in the texts as the public would read them, with answers. At most two queries.

    Names that may be a citizen's, addresses and contact details cannot be answered: they must go.
    """
    if not edition.is_worked_out:
        return []
    facts = from_json(NoteFacts, edition.facts)
    return with_answers(_found(edition, facts))


def _found(edition: PublicEdition, facts: NoteFacts) -> Iterable[Found]:
    subject = public_subject(edition)
    hidden = {line["value"] for line in edition.audit}
    known = Known()
    for place in text_places(facts):
        for notice in few_people_notices(place.text, threshold=edition.threshold, hidden=hidden, field=place.key):
            yield subject, place.label, notice
        staff = known.staff if may_name_somebody(place.text) else ()
        for notice in personal_notices(place.text, place.key, staff):
            yield subject, place.label, replace(notice, severity=Severity.BLOCKING)


def open_notices(edition: PublicEdition) -> list[AnsweredNotice]:
    """Return what must be solved or answered before anyone can approve. At most two queries."""
    return [item for item in text_notices(edition) if item.is_blocking or item.is_open]


def published_annexes(version: NoteVersion, facts: NoteFacts) -> dict[AnnexKey, AnnexFact]:
    """Return the edition's annexes by what each was made of. Two queries."""
    attachments = Attachment.objects.filter(snapshot__note_versions=version, may_be_published=True)
    rows = attachments.values_list("snapshot__project__name", "title", "pk")
    stored = {(project, title): (STATUS, pk) for project, title, pk in rows}
    own = {title: (OWN, pk) for title, pk in NoteAnnex.objects.filter(note=version.note_id).values_list("title", "pk")}
    places = (
        (own.get(fact.title) if fact.is_own else stored.get((fact.project, fact.title)), fact) for fact in facts.annexes
    )
    return {key: fact for key, fact in places if key is not None}
