"""What a committee waits to have answered, on the front page of those who answer."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.dates import format_date_long
from projects.models import FollowUp, User
from projects.queries.follow_ups import owed_follow_ups
from projects.rules.wording import number_word
from reports.facts.home.blocks import Block, Link, Task
from reports.facts.sentences import days_late_words, sentence


def follow_up_blocks(user: User) -> list[Block]:
    """Return what waits for the user's answer as one block, none when nothing does. Two queries at most."""
    owed = owed_follow_ups(user)
    if not owed:
        return []
    text = ngettext(
        "One question of a committee waits for your answer.",
        "%(number)s questions of committees wait for your answer.",
        len(owed),
    )
    heading = sentence(text % {"number": number_word(len(owed))})
    return [Block("follow-ups", heading, tasks=tuple(_task(row) for row in owed))]


def _task(row: FollowUp) -> Task:
    note = _("%(project)s, %(committee)s %(date)s.") % {
        "project": row.project.name,
        "committee": row.meeting.committee.code,
        "date": format_date_long(row.meeting.date),
    }
    if row.due_on:
        note += " " + _("To be answered by %(date)s.") % {"date": format_date_long(row.due_on)}
    if row.example_note:
        note += f" {row.example_note}"
    late = (timezone.localdate() - row.due_on).days if row.due_on else 0
    link = Link(reverse("projects:follow-up-answer", args=[row.project.code, row.pk]), _("Answer the committee"))
    return Task(row.text, note, link, late=days_late_words(late))
