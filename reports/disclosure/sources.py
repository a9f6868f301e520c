"""What a public edition is made of: a note's version, or another issued paper. Here is what differs between them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from projects.dates import format_date
from projects.enums import Subject
from projects.models import Project
from reports.disclosure.collecting import Counted, Published
from reports.disclosure.edition import Choices, PublicNote, TextPlace, public_note, text_places
from reports.disclosure.papers import PublicPaperFacts, counts_of, paper_texts, public_paper
from reports.facts.canonical import from_json
from reports.facts.note import NoteFacts
from reports.facts.papers.kinds import frozen_facts
from reports.models import PublicEdition, PublicPaper
from reports.models.public import Publication


class Source(ABC):
    """What was issued, as its public edition needs to know it. Read with `PublicationQuerySet.with_issued`.

    `name` is what events call it, and `subject` and `subject_id` whom they are about; answers about its texts are
    kept under `key`. `facts` is what was issued, as it was stored.
    """

    subject: Subject
    subject_id: int
    name: str
    key: str
    facts: str

    @abstractmethod
    def counted(self) -> Counted:
        """Return what it counts in full."""

    @abstractmethod
    def committees(self) -> set[int]:
        """Return the committees that are told of the same projects. At most one query."""

    @abstractmethod
    def texts(self, facts: str) -> list[TextPlace]:
        """Return the texts of the edition with these facts, as the public would read them."""

    def issued_texts(self) -> list[TextPlace]:
        """Return its texts as they were issued."""
        return self.texts(self.facts)

    @abstractmethod
    def public(self, choices: Choices, earlier: Iterable[Published]) -> PublicNote | PublicPaperFacts:
        """Return it without what the public may not read. Raises ProtectionError."""

    def codes(self) -> set[str]:
        """Return the projects it counts of."""
        return {section.project_code for section in self.counted().sections}


class NoteSource(Source):
    subject = Subject.NOTE

    def __init__(self, edition: PublicEdition) -> None:
        version = edition.version
        self.meeting, number, self.facts = version.note.meeting, version.number, version.facts
        self.subject_id = version.note_id
        self.name = f"{self.meeting.committee.code} {format_date(self.meeting.date)} v{number}"
        self.key = f"public/{self.meeting.committee.code}/{self.meeting.date:%Y-%m-%d}/v{number}"

    def counted(self) -> NoteFacts:
        return from_json(NoteFacts, self.facts)

    def committees(self) -> set[int]:
        return {self.meeting.committee_id}

    def texts(self, facts: str) -> list[TextPlace]:
        return text_places(from_json(NoteFacts, facts))

    def public(self, choices: Choices, earlier: Iterable[Published]) -> PublicNote:
        return public_note(self.counted(), choices, earlier)


class PaperSource(Source):
    subject = Subject.PAPER

    def __init__(self, edition: PublicPaper) -> None:
        self.paper = paper = edition.paper
        self.subject_id, self.facts = paper.pk, paper.facts
        self.name = f"“{paper.title}” v{paper.number}"
        self.key = f"public/{paper.kind}/{paper.of}/v{paper.number}"

    def counted(self) -> Counted:
        return counts_of(self.paper.kind, self.paper.of, frozen_facts(self.paper.kind, self.facts))

    def committees(self) -> set[int]:
        return set(Project.objects.filter(code__in=self.codes()).values_list("committee_id", flat=True))

    def texts(self, facts: str) -> list[TextPlace]:
        return paper_texts(self.paper.kind, frozen_facts(self.paper.kind, facts))

    def public(self, choices: Choices, earlier: Iterable[Published]) -> PublicPaperFacts:
        facts = frozen_facts(self.paper.kind, self.facts)
        return public_paper(self.paper.kind, self.paper.of, facts, choices, earlier)


def source_of(edition: Publication) -> Source:
    if isinstance(edition, PublicEdition):
        return NoteSource(edition)
    if isinstance(edition, PublicPaper):
        return PaperSource(edition)
    raise TypeError(type(edition))
