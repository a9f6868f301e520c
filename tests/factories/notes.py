"""Notes for a meeting."""

from datetime import date
from hashlib import sha256

import factory
from factory.django import DjangoModelFactory

from projects.models import Project
from reports.actions.issued_papers import gathered_paper
from reports.enums import Edition, PaperFormat, PaperKind, RenderingKind
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.models import (
    IssuedPaper,
    Letter,
    LetterQuestion,
    NoteFile,
    NoteSection,
    NoteTemplate,
    NoteVersion,
    PaperFile,
    ProjectPage,
    PublicEdition,
    PublicPaper,
    Rendering,
    SavedView,
    StatusNote,
)
from tests.factories.dates import MOMENT
from tests.factories.meetings import CommitteeFactory, MeetingFactory
from tests.factories.people import OrgUnitFactory, UserFactory
from tests.factories.projects import ProjectFactory


class StatusNoteFactory(DjangoModelFactory):
    class Meta:
        model = StatusNote

    meeting = factory.SubFactory(MeetingFactory)
    title = "Status på geninvesteringspuljens projekter"
    case_officer = "Sagsbehandler"
    dated = date(2017, 11, 27)
    created_by = factory.SubFactory(UserFactory)


class NoteTemplateFactory(DjangoModelFactory):
    class Meta:
        model = NoteTemplate

    committee = factory.SubFactory(CommitteeFactory)


class NoteSectionFactory(DjangoModelFactory):
    """A project of the meeting's committee."""

    class Meta:
        model = NoteSection

    note = factory.SubFactory(StatusNoteFactory)
    project = factory.LazyAttribute(lambda row: ProjectFactory(pool__committee=row.note.meeting.committee))
    position = factory.Sequence(lambda n: n + 1)


class RenderingFactory(DjangoModelFactory):
    """A preview that waits in the queue."""

    class Meta:
        model = Rendering

    note = factory.SubFactory(StatusNoteFactory)
    kind = RenderingKind.PREVIEW
    facts_sha256 = "0" * 64
    asked_by = factory.SubFactory(UserFactory)
    asked_at = MOMENT


class NoteVersionFactory(DjangoModelFactory):
    """An issued version that says what the note says, with a PDF that only looks like one."""

    class Meta:
        model = NoteVersion

    note = factory.SubFactory(StatusNoteFactory)
    number = 1
    facts = factory.LazyAttribute(lambda version: to_json(gather(version.note).facts))
    facts_sha256 = factory.LazyAttribute(lambda version: sha256(version.facts.encode()).hexdigest())
    pdf = b"%PDF-1.7"
    pdf_sha256 = factory.LazyAttribute(lambda version: sha256(version.pdf).hexdigest())
    page_count = 1
    issued_by = factory.SubFactory(UserFactory)
    issued_at = MOMENT


class NoteFileFactory(DjangoModelFactory):
    """A version's Word file that only looks like one."""

    class Meta:
        model = NoteFile

    version = factory.SubFactory(NoteVersionFactory)
    format = PaperFormat.WORD
    content = b"PK"
    sha256 = factory.LazyAttribute(lambda file: sha256(file.content).hexdigest())


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    title = "Svar på spørgsmål"
    recipient = "Ministeren"
    unit = factory.SubFactory(OrgUnitFactory)


class LetterQuestionFactory(DjangoModelFactory):
    class Meta:
        model = LetterQuestion

    letter = factory.SubFactory(LetterFactory)
    text = "Hvor mange?"
    answer = "109."


class IssuedPaperFactory(DjangoModelFactory):
    """An issued proposal catalogue that only looks like one."""

    class Meta:
        model = IssuedPaper

    kind = PaperKind.CATALOGUE
    of = factory.Sequence("PULJE-{}".format)
    number = 1
    title = "Forslag til puljen"
    facts = "{}"
    facts_sha256 = factory.LazyAttribute(lambda paper: sha256(paper.facts.encode()).hexdigest())
    pdf = b"%PDF-1.7"
    pdf_sha256 = factory.LazyAttribute(lambda paper: sha256(paper.pdf).hexdigest())
    word = b"PK"
    word_sha256 = factory.LazyAttribute(lambda paper: sha256(paper.word).hexdigest())
    page_count = 1
    issued_by = factory.SubFactory(UserFactory)
    issued_at = MOMENT


class PaperFileFactory(DjangoModelFactory):
    """A paper's package that only looks like one."""

    class Meta:
        model = PaperFile

    paper = factory.SubFactory(IssuedPaperFactory)
    format = PaperFormat.PACKAGE
    content = b"PK"
    sha256 = factory.LazyAttribute(lambda file: sha256(file.content).hexdigest())


def issued_report(project: Project) -> IssuedPaper:
    """Return the project's report, issued as it stands."""
    facts = to_json(gathered_paper(PaperKind.CLOSING, project.code).facts)
    return IssuedPaperFactory(kind=PaperKind.CLOSING, of=project.code, title=project.name, facts=facts)


class PublicPaperFactory(DjangoModelFactory):
    """A public edition of a project's report, that has just been begun."""

    class Meta:
        model = PublicPaper

    paper = factory.LazyFunction(lambda: issued_report(ProjectFactory()))
    threshold = 5
    created_by = factory.SubFactory(UserFactory)


class ProjectPageFactory(DjangoModelFactory):
    """A page that is open, with the PDF of its public edition."""

    class Meta:
        model = ProjectPage

    project = factory.SubFactory(ProjectFactory)
    edition = factory.LazyAttribute(lambda page: issued_edition(issued_report(page.project)))
    opened_by = factory.SubFactory(UserFactory)
    opened_at = MOMENT


def issued_edition(paper: IssuedPaper) -> PublicPaper:
    PaperFileFactory(paper=paper, edition=Edition.PUBLIC, format=PaperFormat.PDF, content=b"%PDF-1.7")
    return PublicPaperFactory(paper=paper, facts=paper.facts, facts_sha256=paper.facts_sha256, issued_at=MOMENT)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    name = factory.Sequence("Visning {}".format)
    query = "light=red"
    owner = factory.SubFactory(UserFactory)


class PublicEditionFactory(DjangoModelFactory):
    """A public edition that has just been begun."""

    class Meta:
        model = PublicEdition

    version = factory.SubFactory(NoteVersionFactory)
    threshold = 5
    created_by = factory.SubFactory(UserFactory)
