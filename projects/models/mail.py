"""Mail that is on its way, and the keys of people's calendar feeds."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.enums import MailKind, MailState


class MailMessage(models.Model):
    """One mail to one person. `key` names person, day and kind, so that the same mail cannot be queued twice.

    `due_at` is when it may be tried (again); `attempts` counts the times a server was asked to take it.
    """

    key = models.CharField(max_length=100, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails", verbose_name=_("recipient")
    )
    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject line"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    created_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"


class CalendarKey(models.Model):
    """The right to read one person's deadlines without logging in. The token itself is never stored."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)
