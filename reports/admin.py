"""Notes and what was issued, to look up."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.admin.base import LookupAdmin, LookupInline, RecordAdmin, RecordInline, named
from projects.admin.site import site
from projects.enums import Subject
from reports.models import NotePart, NoteSection, NoteTemplate, NoteVersion, StatusNote, TemplateHeading

ISSUED_BY = named("issued_by", _("issued by"))
PDF_CHECKSUM = named("pdf_sha256", _("Checksum of the PDF (SHA-256)"))
FACTS_CHECKSUM = named("facts_sha256", _("Checksum of the facts (SHA-256)"))
CREATED_BY = named("created_by", _("by"))


class HeadingInline(RecordInline):
    model = TemplateHeading


@admin.register(NoteTemplate, site=site)
class NoteTemplateAdmin(RecordAdmin):
    """The headings new notes begin with; notes that are begun keep theirs."""

    list_display = ("__str__",)
    search_fields = ("committee__code", "committee__name", "headings__heading")
    inlines = (HeadingInline,)


class PartInline(LookupInline):
    model = NotePart


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
    fields = (
        *("meeting", "title", "case_number", "case_officer", "dated", "introduction"),
        *(CREATED_BY, "created_at", "updated_at"),
    )
    readonly_fields = (CREATED_BY, "created_at", "updated_at")
    inlines = (PartInline, SectionInline)

    def view_on_site(self, note: StatusNote) -> str:
        return reverse("reports:note-compose", args=[note.pk])


@admin.register(NoteVersion, site=site)
class NoteVersionAdmin(LookupAdmin):
    """Without the stored facts and bytes: those are read as the PDF."""

    list_display = ("note", "number", "issued_at", ISSUED_BY, "page_count", "reason")
    list_filter = ("issued_at",)
    list_select_related = ("note", "issued_by")
    search_fields = ("note__title", "note__case_number", "reason")
    date_hierarchy = "issued_at"
    fields = ("note", "number", "issued_at", ISSUED_BY, "page_count", "reason", PDF_CHECKSUM, FACTS_CHECKSUM)
    readonly_fields = (ISSUED_BY, PDF_CHECKSUM, FACTS_CHECKSUM)

    def get_queryset(self, request):  # type: ignore[no-untyped-def]
        return super().get_queryset(request).defer("pdf", "facts")

    def view_on_site(self, version: NoteVersion) -> str:
        return reverse("reports:note-version", args=[version.note_id, version.number])
