"""Colleagues who write a proposal together with its author."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.mail import mail_text, queue_mail
from projects.enums import MailKind, ProposalState, ReminderChoice, Subject
from projects.models import Proposal, User
from projects.permissions import can_write_proposals
from projects.rules.proposals import check_co_author


@transaction.atomic
def add_co_author(*, proposal: Proposal, user: User, by: User) -> None:
    """Let a colleague write the proposal too, and tell them by mail, once.

    Raises decided, is_author, is_co_author, cannot_write.
    """
    current = _locked(proposal)
    check_co_author(
        state=ProposalState(current.state),
        is_author=current.author_id == user.pk,
        is_co_author=current.co_authors.filter(pk=user.pk).exists(),
        can_write=user.is_active and can_write_proposals(user),
    )
    current.co_authors.add(user)
    _record(current, "co_author_added", by, _("%(name)s writes the proposal too") % {"name": user})
    if user != by and user.reminders != ReminderChoice.NONE:
        _tell(current, user, by)


@transaction.atomic
def remove_co_author(*, proposal: Proposal, user: User, by: User) -> None:
    """Let the colleague write it no longer; what they wrote stays. Raises not_co_author."""
    current = _locked(proposal)
    if not current.co_authors.filter(pk=user.pk).exists():
        raise ValidationError(_("%(name)s does not write the proposal."), code="not_co_author", params={"name": user})
    current.co_authors.remove(user)
    _record(current, "co_author_removed", by, _("%(name)s no longer writes the proposal") % {"name": user})


def _tell(proposal: Proposal, user: User, by: User) -> None:
    context = {
        "user": user,
        "proposal": proposal,
        "by": by,
        "link": settings.SITE_URL + reverse("projects:proposal-detail", args=[proposal.pk]),
        "choose": settings.SITE_URL + reverse("account:reminders"),
    }
    # The key names neither day nor event: who is taken off and put on again has been told.
    queue_mail(
        key=f"{MailKind.CO_AUTHOR.value}/{proposal.pk}/{user.pk}",
        kind=MailKind.CO_AUTHOR,
        recipient=user,
        subject=_("You write “%(title)s” too") % {"title": proposal},
        body=mail_text("mail/co_author.txt", context),
    )


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("pool").get(pk=proposal.pk)


def _record(proposal: Proposal, verb: str, by: User, summary: str) -> None:
    record_event(subject=Subject.PROPOSAL, subject_id=proposal.pk, verb=verb, actor=by, summary=summary)
