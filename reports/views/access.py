"""Who may see a note's pages, and the note they ask for."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from projects.enums import Role
from projects.models import User
from projects.permissions import can_compose_notes
from reports.models import NoteVersion, StatusNote

COMPOSERS = (Role.SECRETARY,)
# Those who may approve what the public reads: two of them must.
PUBLISHERS = (Role.SECRETARY, Role.MANAGER)
READERS = (Role.SECRETARY, Role.MANAGER, Role.CONTROLLER, Role.READER)


def only_composers(request: HttpRequest) -> None:
    if not can_compose_notes(cast(User, request.user)):
        raise PermissionDenied


def note_or_404(request: HttpRequest, pk: int) -> StatusNote:
    """Return a note for those who compose. Raises PermissionDenied for others, Http404."""
    only_composers(request)
    notes = StatusNote.objects.for_user(cast(User, request.user)).select_related("meeting__committee")
    return get_object_or_404(notes, pk=pk)


def version_or_404(request: HttpRequest, pk: int, number: int) -> NoteVersion:
    """Return an issued version the reader may see. Raises Http404."""
    notes = StatusNote.objects.for_user(cast(User, request.user))
    versions = NoteVersion.objects.filter(note__in=notes).select_related("note__meeting__committee", "issued_by")
    return get_object_or_404(versions, note=pk, number=number)
