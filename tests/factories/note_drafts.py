"""What is written in a note, and its earlier drafts."""

import factory
from factory.django import DjangoModelFactory

from reports.facts.canonical import to_json
from reports.facts.drafts import draft_of
from reports.models import NoteAnnex, NoteDraft, NotePart, NoteReference
from tests.factories.dates import MOMENT
from tests.factories.notes import StatusNoteFactory
from tests.factories.people import UserFactory


class NotePartFactory(DjangoModelFactory):
    """The heading of a recommendation, with a text of its own."""

    class Meta:
        model = NotePart

    note = factory.SubFactory(StatusNoteFactory)
    position = factory.Sequence(lambda n: n + 1)
    heading = "Indstilling"
    text = "Det indstilles, at orienteringen tages til efterretning."


class NoteDraftFactory(DjangoModelFactory):
    """The note's draft as it stands, kept."""

    class Meta:
        model = NoteDraft

    note = factory.SubFactory(StatusNoteFactory)
    number = 1
    content = factory.LazyAttribute(lambda draft: to_json(draft_of(draft.note)))
    saved_by = factory.SubFactory(UserFactory)
    saved_at = MOMENT


class NoteReferenceFactory(DjangoModelFactory):
    class Meta:
        model = NoteReference

    note = factory.SubFactory(StatusNoteFactory)
    title = factory.Sequence(lambda n: f"Henvisning {n}")


class NoteAnnexFactory(DjangoModelFactory):
    class Meta:
        model = NoteAnnex

    note = factory.SubFactory(StatusNoteFactory)
    title = factory.Sequence(lambda n: f"Notatets bilag {n}")
    file = factory.django.FileField(data=b"%PDF-1.7", filename="bilag.pdf")
    created_by = factory.SubFactory(UserFactory)
