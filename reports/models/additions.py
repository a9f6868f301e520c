"""What the secretary adds to a note beside the statuses: references and annexes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.notes import NoteSection, StatusNote


class NoteReference(models.Model):
    """A reference of the whole note, or (with `section`) of one project in it.

    The meeting is kept in words, for a reference may go to a committee that no longer is.
    """

    note = models.ForeignKey(StatusNote, models.CASCADE, related_name="references")
    section = models.ForeignKey(NoteSection, models.CASCADE, null=True, blank=True, related_name="references")
    title = models.CharField(_("title"), max_length=250)
    committee = models.CharField(_("committee"), max_length=120, blank=True)
    meeting_date = models.DateField(_("meeting date"), null=True, blank=True)
    item_number = models.CharField(_("item"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("reference of a note")
        verbose_name_plural = _("references of a note")
        ordering = ["note", "pk"]

    def __str__(self) -> str:
        return self.title


class NoteAnnex(models.Model):
    """An annex of the whole note, or (with `section`) of one project in it. The file lies outside the web root.

    After an issue it is taken out of the note and not deleted: the public edition of what was issued encloses it, too.
    """

    note = models.ForeignKey(StatusNote, models.PROTECT, related_name="annexes")
    section = models.ForeignKey(NoteSection, models.PROTECT, null=True, blank=True, related_name="annexes")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="notatbilag/%Y/%m/")
    source = models.CharField(_("source"), max_length=200, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    may_be_published = models.BooleanField(_("may be published"), default=False)
    is_included = models.BooleanField(_("in the note"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("annex of a note")
        verbose_name_plural = _("annexes of a note")
        ordering = ["note", "pk"]
        # A public edition finds its annexes by their titles, which are frozen.
        constraints = [models.UniqueConstraint(fields=["note", "title"], name="one_annex_per_title_and_note")]

    def __str__(self) -> str:
        return self.title
