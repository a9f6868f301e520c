"""What the front page says of pools, of projects that leave their grant, and of proposals."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.enums import ProposalState
from projects.models import Project, Proposal, User
from projects.money import format_amount, format_kroner
from projects.queries.money import ProjectMoney
from projects.queries.pools import PoolRow, pool_rows
from projects.queries.projects import standing_money
from projects.queries.proposals import ProposalRow, proposal_rows, with_asked
from projects.rules.wording import number_word
from reports.facts.home.blocks import SHOWN, Block, Link, PoolLine, Task
from reports.facts.sentences import sentence


def pool_block(user: User) -> Block:
    """Return what is left of the pools. At most five queries."""
    rows = pool_rows(user)
    overview = Link(reverse("reports:overview"), _("See the overview"))
    if not rows:
        return Block("pools", _("There are no pools yet."), link=overview, is_calm=True)
    lines = tuple(_pool_line(row) for row in rows)
    return Block("pools", _pool_heading(lines), link=overview, pools=lines)


def _pool_line(row: PoolRow) -> PoolLine:
    return PoolLine(
        name=row.pool.name,
        url=reverse("projects:pool-detail", args=[row.pool.code]),
        frame=row.total.frame if row.years else None,
        granted=row.total.granted,
        awaiting=row.total.awaiting,
        left=row.total.rest_after_all if row.years else None,
    )


def _pool_heading(lines: Sequence[PoolLine]) -> str:
    framed = [(line.name, line.left) for line in lines if line.left is not None]
    if not framed:
        return _("No pool has a frame yet.")
    left = sum((own for _name, own in framed), Decimal(0))
    if len(framed) > 1:
        text = _("%(number)s pools have %(left)s left when all that is proposed is granted.")
        return sentence(text % {"number": number_word(len(framed)), "left": format_kroner(left)})
    pool = framed[0][0]
    if left < 0:
        words = {"pool": pool, "missing": format_kroner(-left)}
        return _("%(pool)s is %(missing)s short when all that is proposed is granted.") % words
    words = {"pool": pool, "left": format_kroner(left)}
    return _("%(pool)s has %(left)s left when all that is proposed is granted.") % words


def deviation_block(user: User) -> Block:
    """Return the projects that are expected to leave their grant, the largest overrun first. At most three queries."""
    away = Project.objects.for_user(user).filter(standing__deviation__isnull=False).exclude(standing__deviation=0)
    overrun = Q(standing__deviation__gt=0)
    counts = away.order_by().aggregate(over=Count("pk", filter=overrun), under=Count("pk", filter=~overrun))
    over, under = counts["over"], counts["under"]
    overview = Link(f"{reverse('reports:overview')}?sort=-deviation", _("See all projects"))
    if not over + under:
        return Block(
            "deviations", _("No project is expected to leave its grant."), link=overview, is_calm=True, is_done=True
        )
    largest = away.select_related("unit", "standing").order_by("-standing__deviation_key", "standing__name_key", "pk")[
        :SHOWN
    ]
    tasks = tuple(_deviation_task(project, standing_money(project)) for project in largest)
    return Block("deviations", _deviation_heading(over, under), tasks=tasks, waiting=over + under, more=overview)


def _deviation_heading(over: int, under: int) -> str:
    """Return "Ét projekt ventes at bruge mere end bevilget, fem mindre."."""
    if not over:
        text = ngettext(
            "One project is expected to spend less than granted.",
            "%(number)s projects are expected to spend less than granted.",
            under,
        )
        return sentence(text % {"number": number_word(under)})
    text = ngettext(
        "One project is expected to spend more than granted",
        "%(number)s projects are expected to spend more than granted",
        over,
    )
    fewer = ngettext(", one less", ", %(number)s less", under) % {"number": number_word(under)} if under else ""
    return sentence(f"{text % {'number': number_word(over)}}{fewer}.")


def _deviation_task(project: Project, money: ProjectMoney) -> Task:
    over = (money.deviation or Decimal(0)) > 0
    text = (
        _("%(amount)s kr. more than granted: %(expected)s is expected to be spent by the end of %(year)s.")
        if over
        else _("%(amount)s kr. less than granted: %(expected)s is expected to be spent by the end of %(year)s.")
    )
    values = {
        "amount": format_amount(abs(money.deviation or Decimal(0))),
        "year": money.forecast_month.year if money.forecast_month else "",
        "expected": format_kroner(money.expected),
    }
    link = Link(reverse("projects:project-detail", args=[project.code]), _("Open the project"))
    return Task(project.name, text % values, link)


def proposal_block(user: User) -> Block:
    """Return the user's own proposals and how far they are. Two queries."""
    rows = proposal_rows(with_asked(Proposal.objects.written_by(user)).order_by("-updated_at"))
    write = Link(reverse("projects:proposal-create"), _("Write a proposal"))
    if not rows:
        text = _("A proposal has ten fields and its economy per year. You can save it as a draft.")
        return Block("proposals", _("You have not written a proposal yet."), text, link=write, is_calm=True)
    drafts = sum(row.proposal.state == ProposalState.DRAFT for row in rows)
    if drafts:
        text = ngettext(
            "One of your proposals is a draft and has not been sent.",
            "%(number)s of your proposals are drafts and have not been sent.",
            drafts,
        )
        heading = sentence(text % {"number": number_word(drafts)})
    else:
        heading = _("All your proposals have been sent.")
    # Drafts are what waits; the rest stands as it was last changed.
    rows.sort(key=lambda row: row.proposal.state != ProposalState.DRAFT)
    whole = Link(reverse("projects:proposal-list"), _("See all your proposals"))
    return Block("proposals", heading, tasks=tuple(_proposal_task(row) for row in rows), more=whole, link=write)


def _proposal_task(row: ProposalRow) -> Task:
    proposal = row.proposal
    asked = (
        _("asks for %(amount)s") % {"amount": format_kroner(row.asked)} if row.asked else _("no amount in the form.")
    )
    is_draft = proposal.state == ProposalState.DRAFT
    name = "projects:proposal-edit" if is_draft else "projects:proposal-detail"
    return Task(
        title=str(proposal),
        note=f"{proposal.pool}: {asked}",
        link=Link(reverse(name, args=[proposal.pk]), _("Continue") if is_draft else _("Open")),
        state=proposal.state,
        state_label=proposal.get_state_display(),
    )
