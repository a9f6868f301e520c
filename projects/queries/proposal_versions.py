"""What a proposal says as a list of plain fields, as it stands now and as it stood each time it was sent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.enums import ServiceFrame
from projects.models import Proposal, ProposalVersion, User
from projects.money import format_kroner
from projects.queries.comparison import from_json
from projects.queries.pools import CostRow
from projects.queries.proposals import proposal_costs
from projects.rules.comparing import Kind, Said
from projects.rules.proposals import EDITABLE

NOW = "now"

_HEAD = (
    *("title", "short_name", "pool", "unit", "author", "co_authors", "co_responsible"),
    *("target_groups", "target_group_text"),
)
_WORDS = ("challenge", "intervention", "schedule", "contributors", "expected_results", "economy", "motivation")
_SERVES = ("goals", "tracks", "related")
_SINGLE = frozenset({"short_name", "pool", "unit", "author"})


def proposal_said(proposal: Proposal) -> list[Said]:
    """Return all the proposal says, in the order of the form. Twelve queries at most."""
    return [
        *_fields(proposal, "proposal", _("The proposal"), (*_HEAD, *_WORDS)),
        *_costs(proposal),
        *_returns(proposal),
        *_fields(proposal, "serves", _("What it serves"), _SERVES),
    ]


def _fields(proposal: Proposal, section: str, title: str, names: Iterable[str]) -> Iterable[Said]:
    for name in names:
        label = capfirst(str(proposal._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        kind: Kind = "word" if name in _SINGLE else "text"
        yield Said(section, title, name, label, kind, _in_words(getattr(proposal, name)))


def _in_words(value: Any) -> str:
    """Return a text as it is, something chosen by its name, and several chosen one to a line."""
    return "\n".join(str(each) for each in value.all()) if hasattr(value, "all") else str(value)


def _costs(proposal: Proposal) -> Iterable[Said]:
    section, title = "economy", _("Economy per year")
    seen: Counter[str] = Counter()
    for year in proposal_costs(proposal):
        for row in year.rows:
            name = f"{row.cost.year} · {row.cost.label}"
            seen[name] += 1
            yield from _cost(section, title, f"{name}/{seen[name]}", name, row)
        label = _("%(year)s in all") % {"year": year.year}
        yield _kroner(section, title, f"{year.year}", label, year.total)


def _cost(section: str, title: str, key: str, name: str, row: CostRow) -> Iterable[Said]:
    yield _kroner(section, title, key, name, row.amount)
    if row.cost.fte is not None:
        label, fte = _("%(name)s, full-time equivalents") % {"name": name}, row.cost.fte
        yield Said(section, title, f"{key}.fte", label, "number", format_count(fte), fte)
    if row.cost.basis:
        label = _("%(name)s, how the amount was found") % {"name": name}
        yield Said(section, title, f"{key}.basis", label, "word", row.cost.basis)


def _returns(proposal: Proposal) -> Iterable[Said]:
    section, title = "returns", _("What it gives back")
    seen: Counter[str] = Counter()
    for row in proposal.returns.all():
        name = f"{row.year} · {row.falls_in}"
        seen[name] += 1
        # The first keeps the key it has in versions that were sent before two could be told apart.
        key = name if seen[name] == 1 else f"{name}/{seen[name]}"
        yield _kroner(section, title, key, name, row.expected)
        for end, label in (("low", _("%(name)s, low")), ("high", _("%(name)s, high"))):
            if getattr(row, end) is not None:
                yield _kroner(section, title, f"{key}.{end}", label % {"name": name}, getattr(row, end))
        frame = "" if row.service_frame == ServiceFrame.UNKNOWN else row.get_service_frame_display()
        for part, label, text in (
            ("frame", _("%(name)s, servicerammen"), frame),
            ("basis", _("%(name)s, how the amount was found"), row.basis),
        ):
            if text:
                yield Said(section, title, f"{key}.{part}", label % {"name": name}, "word", text)


def _kroner(section: str, title: str, key: str, label: str, amount: Decimal | None) -> Said:
    decimals = 0 if amount is None or amount == amount.to_integral_value() else 2
    text = "" if amount is None else format_kroner(amount, decimals)
    return Said(section, title, key, label, "kroner", text, amount)


@dataclass(frozen=True)
class VersionFact:
    """A version as it can be chosen; `number` and `sent_at` are None for what stands there now, not sent."""

    key: str
    number: int | None
    said: list[Said]
    sent_at: datetime | None = None
    sent_by: User | None = None


def version_facts(proposal: Proposal) -> list[VersionFact]:
    """Return the versions, newest first; before them what is being written now. Thirteen queries at most."""
    stored = ProposalVersion.objects.filter(proposal=proposal).select_related("sent_by").order_by("-number")
    sent = [VersionFact(str(row.number), row.number, from_json(row.said), row.sent_at, row.sent_by) for row in stored]
    if proposal.state not in EDITABLE:
        return sent
    return [VersionFact(NOW, None, proposal_said(proposal)), *sent]
