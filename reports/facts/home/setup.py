"""What an administrator has not set up yet."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.months import format_month
from projects.rules.wording import joined, number_word
from reports.facts.home.blocks import Block, Link, Task
from reports.facts.sentences import sentence
from reports.queries.setup import (
    missing_first_records,
    projects_without_caseworker,
    rounds_without_meeting,
    users_without_role,
)

NAMED = 5


def setup_block() -> Block:
    """Return what is missing before everybody can work. Four queries."""
    today = timezone.localdate()
    users = [str(user) for user in users_without_role(today)]
    projects = [project.name for project in projects_without_caseworker(today)]
    rounds = [f"{item.committee.code} {format_month(item.month)}" for item in rounds_without_meeting()]
    tasks = _first_steps()
    if users:
        text = ngettext("One user has no role.", "%(number)s users have no role.", len(users))
        tasks.append(_task(text, users, "admin:projects_user_changelist", _("Open the users")))
    if projects:
        text = ngettext("One project has no caseworker.", "%(number)s projects have no caseworker.", len(projects))
        tasks.append(_task(text, projects, "admin:projects_projectassignment_changelist", _("Open the assignments")))
    if rounds:
        text = ngettext("One open round has no meeting.", "%(number)s open rounds have no meeting.", len(rounds))
        tasks.append(_task(text, rounds, "admin:projects_statusround_changelist", _("Open the rounds")))
    administration = Link(reverse("admin:index"), _("Go to the administration"))
    if not tasks:
        text = _("Every user has a role, every project a caseworker and every open round a meeting.")
        return Block("setup", _("Everything is set up."), text, link=administration, is_calm=True, is_done=True)
    return Block("setup", _("Something has not been set up yet."), tasks=tuple(tasks), link=administration)


def _first_steps() -> list[Task]:
    """Return what an empty database needs first, in the order it is created. One query."""
    steps = {
        "unit": (
            _("There are no units yet."),
            _("People, pools and projects belong to a unit."),
            Link(reverse("admin:projects_orgunit_add"), _("Create a unit")),
        ),
        "committee": (
            _("There are no committees yet."),
            _("A committee follows pools and projects."),
            Link(reverse("admin:projects_committee_add"), _("Create a committee")),
        ),
        "meeting": (
            _("There are no meetings yet."),
            _("A note is written for a committee's meeting."),
            Link(reverse("admin:projects_meeting_add"), _("Create a meeting")),
        ),
        "pool": (
            _("There is no pool yet."),
            _("Proposals are sent to a pool. It needs a committee and a unit first."),
            Link(reverse("projects:pool-create"), _("Create a pool")),
        ),
        "round": (
            _("No month has been opened for statuses yet."),
            _("A status round asks the committee's projects for a month's status."),
            Link(reverse("admin:projects_statusround_add"), _("Open a round")),
        ),
    }
    return [Task(*steps[key]) for key in missing_first_records()]


def _task(text: str, names: Sequence[str], page: str, words: str) -> Task:
    named = list(names[:NAMED])
    if len(names) > NAMED:
        named.append(_("%(number)s more") % {"number": number_word(len(names) - NAMED)})
    title = sentence(text % {"number": number_word(len(names))})
    return Task(title, f"{joined(named)}.", Link(reverse(page), words))
