"""Notes and what was issued, to look up."""

from django.contrib import admin
from django.urls import reverse

from projects.admin.base import LookupAdmin, LookupInline
from projects.admin.site import site
from projects.enums import Subject
from reports.models import NoteSection, NoteVersion, StatusNote


class SectionInline(LookupInline):
    model = NoteSection


@admin.register(StatusNote, site=site)
class StatusNoteAdmin(LookupAdmin):
    history_subject = Subject.NOTE
    list_display = ("title", "meeting", "case_number", "case_officer", "dated")
    list_filter = ("meeting__committee",)
    list_select_related = ("meeting__committee",)
    search_fields = ("title", "case_number", "case_officer")
    date_hierarchy = "dated"
    inlines = (SectionInline,)

    def view_on_site(self, note: StatusNote) -> str:
        return reverse("reports:note-compose", args=[note.pk])


@admin.register(NoteVersion, site=site)
class NoteVersionAdmin(LookupAdmin):
    """Without the stored facts and bytes: those are read as the PDF."""

    list_display = ("note", "number", "issued_at", "issued_by", "page_count", "reason")
    list_filter = ("issued_at",)
    list_select_related = ("note", "issued_by")
    search_fields = ("note__title", "note__case_number", "reason")
    date_hierarchy = "issued_at"
    fields = (
        *("note", "number", "issued_at", "issued_by", "page_count", "reason"),
        *("pdf_sha256", "facts_sha256"),
    )

    def get_queryset(self, request):  # type: ignore[no-untyped-def]
        return super().get_queryset(request).defer("pdf", "facts")

    def view_on_site(self, version: NoteVersion) -> str:
        return reverse("reports:note-version", args=[version.note_id, version.number])
