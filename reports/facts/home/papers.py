"""What there is to read: the notes that were issued."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.dates import format_date_long
from projects.models import User
from reports.facts.home.blocks import Block, Link, Task
from reports.models import NoteVersion
from reports.queries.issued import issued_notes


def note_block(user: User) -> Block:
    """Return the notes that were issued, newest first. One query."""
    versions = issued_notes(user)
    if not versions:
        text = _("A note stands here as soon as it has been issued to its committee.")
        return Block("notes", _("No notes have been issued yet."), text, is_calm=True)
    newest = versions[0].note.meeting
    heading = _("The newest note is for the meeting on %(day)s.") % {"day": format_date_long(newest.date)}
    whole = Link(reverse("reports:note-list"), _("See all notes"))
    return Block("notes", heading, tasks=tuple(_note_task(version) for version in versions), more=whole, link=whole)


def _note_task(version: NoteVersion) -> Task:
    note = version.note
    pages = ngettext("one page", "%(pages)s pages", version.page_count) % {"pages": version.page_count}
    text = _("%(committee)s, %(meeting)s. Version %(number)s, issued on %(day)s, %(pages)s.")
    values = {
        "committee": note.meeting.committee.name,
        "meeting": format_date_long(note.meeting.date),
        "number": version.number,
        "day": format_date_long(timezone.localtime(version.issued_at).date()),
        "pages": pages,
    }
    link = Link(reverse("reports:note-version", args=[note.pk, version.number]), _("Read (PDF)"))
    return Task(note.title, text % values, link)
