"""A pool's proposal catalogue: the goals and tracks, every form, long or short, and the economy.

Amounts are kroner, + is expense; None is unknown and prints as "–", never as 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from projects.counts import share
from projects.models import Pool, Proposal, StrategicGoal, Track
from projects.models.catalogue import CodeQuerySet
from projects.money import sum_known
from projects.queries.findings import pool_notices
from projects.queries.pool_notices import ASKING
from projects.queries.pools import CostRow, EstimateTable, cost_rows, estimate_tables, fte_rates
from projects.rules.proposal_forms import economy_heading, field_numbers
from reports.facts.papers.head import GatheredPaper, MetaLine, PaperHead
from reports.facts.sections import Numbers


@dataclass(frozen=True)
class CodeFact:
    code: str
    name: str


@dataclass(frozen=True)
class FieldFact:
    """One of the form's fields. `text` "" is a field nobody filled in."""

    number: int
    label: str
    text: str


@dataclass(frozen=True)
class CostLine:
    year: int
    label: str
    fte: Decimal | None
    amount: Decimal | None
    basis: str


@dataclass(frozen=True)
class FormFact:
    """A proposal as it was sent. `table` is the number of its table of costs, None when it names none."""

    number: int
    title: str
    unit: str
    state: str
    fields: tuple[FieldFact, ...]
    goals: tuple[CodeFact, ...]
    tracks: tuple[CodeFact, ...]
    seen_with: tuple[int, ...]
    table: int | None
    costs: tuple[CostLine, ...]
    total: Decimal | None

    @property
    def anchor(self) -> str:
        return f"forslag-{self.number}"


@dataclass(frozen=True)
class ListedFact:
    """A line of the economy list, beside what its proposal's own form says."""

    number: int | None
    label: str
    note: str
    amount: Decimal
    form_amount: Decimal | None


@dataclass(frozen=True)
class EconomyFact:
    """One year's economy list. `rest` is what `total` leaves of the frame, `remarks` what the rules noticed."""

    table: int
    year: int
    price_level: int
    lines: tuple[ListedFact, ...]
    total: Decimal
    frame: Decimal
    rest: Decimal
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class GapFact:
    """A proposal whose money is not known: in its form (None), on the list (None: it is not there, or 0)."""

    number: int
    title: str
    form_amount: Decimal | None
    listed: Decimal | None
    is_listed: bool


@dataclass(frozen=True)
class CatalogueFacts:
    """`unfounded` is what the lists give to proposals whose own form has no amount, in kroner and in per cent."""

    head: PaperHead
    description: str
    goals: tuple[CodeFact, ...]
    tracks: tuple[CodeFact, ...]
    forms: tuple[FormFact, ...]
    economy: tuple[EconomyFact, ...]
    gaps_table: int | None
    gaps: tuple[GapFact, ...]
    unfounded: Decimal
    unfounded_share: Decimal | None

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Made from what is printed, so that nothing that is printed is missing from it."""
        forms = [(form.anchor, f"{form.number}. {form.title}") for form in self.forms]
        economy = [("oekonomi", _("Economy"))] if self.economy else []
        gaps = [("uden-beloeb", _("Without an amount"))] if self.gaps else []
        return (("maal-og-spor", _("Goals and tracks")), *forms, *economy, *gaps)


def catalogue(pool: Pool, day: date) -> GatheredPaper:
    """Return the pool's catalogue of what was sent to it. 25 queries, however many proposals."""
    numbers, rates = Numbers(), fte_rates()
    sent = pool.proposals.filter(state__in=ASKING).select_related("unit", "author").order_by("number")
    proposals = list(sent.prefetch_related("costs", "target_groups", "goals", "tracks", "related", "co_authors"))
    tables = estimate_tables(pool, pool_notices([pool]))
    forms = tuple(_form(proposal, cost_rows(proposal.costs.all(), rates), numbers) for proposal in proposals)
    economy = tuple(_economy(table, numbers) for table in tables if table.rows)
    gaps = _gaps(forms, economy)
    lines = [line for year in economy for line in year.lines]
    unfounded = sum((line.amount for line in lines if line.form_amount is None), Decimal(0))
    facts = CatalogueFacts(
        head=_head(pool, day, len(forms)),
        description=pool.description,
        goals=_codes(StrategicGoal.objects.all(), day),
        tracks=_codes(Track.objects.all(), day),
        forms=forms,
        economy=economy,
        gaps_table=numbers.table() if gaps else None,
        gaps=gaps,
        unfounded=unfounded,
        unfounded_share=share(unfounded, sum((year.total for year in economy), Decimal(0))),
    )
    return GatheredPaper(facts)


def _head(pool: Pool, day: date, count: int) -> PaperHead:
    lines = (
        MetaLine(_("Pool"), f"{pool.name} ({pool.code})"),
        MetaLine(_("Committee"), pool.committee.name),
        MetaLine(_("Responsible unit"), pool.unit.name),
        MetaLine(_("Proposals"), str(count)),
    )
    title = _("Proposals to %(pool)s") % {"pool": pool.name}
    return PaperHead(settings.SITE_MUNICIPALITY, _("Proposal catalogue"), title, day, lines)


def _codes(codes: CodeQuerySet, day: date) -> tuple[CodeFact, ...]:
    return tuple(CodeFact(code.code, code.name) for code in codes.valid_on(day))


def _form(proposal: Proposal, costs: Sequence[CostRow], numbers: Numbers) -> FormFact:
    return FormFact(
        number=proposal.number,
        title=proposal.title,
        unit=proposal.unit.name,
        state=str(proposal.get_state_display()),
        fields=_fields(proposal),
        goals=tuple(CodeFact(goal.code, goal.name) for goal in proposal.goals.all()),
        tracks=tuple(CodeFact(track.code, track.name) for track in proposal.tracks.all()),
        seen_with=tuple(sorted(other.number for other in proposal.related.all() if other.state in ASKING)),
        table=numbers.table() if costs else None,
        costs=tuple(CostLine(row.cost.year, row.cost.label, row.cost.fte, row.amount, row.cost.basis) for row in costs),
        total=sum_known(row.amount for row in costs),
    )


def _fields(proposal: Proposal) -> tuple[FieldFact, ...]:
    """Return the fields of the proposal's form, long or short, in its order."""
    groups = "\n".join(f"{group.code} {group.name}" for group in proposal.target_groups.all())
    filled = {
        "author": (_("Described by"), proposal.authors),
        "co_responsible": (_("Others responsible"), proposal.co_responsible),
        "target_groups": (
            _("Target groups"),
            "\n".join(text for text in (groups, proposal.target_group_text.strip()) if text),
        ),
        "challenge": (_("Challenge"), proposal.challenge),
        "intervention": (_("Intervention"), proposal.intervention),
        "schedule": (_("Schedule"), proposal.schedule),
        "contributors": (_("Contributors across units"), proposal.contributors),
        "expected_results": (_("Expected results"), proposal.expected_results),
        "economy": (economy_heading(proposal.variant), proposal.economy),
        "motivation": (_("Motivation"), proposal.motivation),
    }
    numbered = field_numbers(proposal.variant).items()
    return tuple(FieldFact(number, filled[name][0], filled[name][1].strip()) for name, number in numbered)


def _economy(table: EstimateTable, numbers: Numbers) -> EconomyFact:
    total = sum((row.line.amount for row in table.rows), Decimal(0))
    return EconomyFact(
        table=numbers.table(),
        year=table.pool_year.year,
        price_level=table.pool_year.price_level,
        lines=tuple(
            ListedFact(
                number=row.line.proposal.number if row.line.proposal else None,
                label=row.line.label,
                note=row.line.note,
                amount=row.line.amount,
                form_amount=row.form_amount,
            )
            for row in table.rows
        ),
        total=total,
        frame=table.pool_year.frame,
        rest=table.pool_year.frame - total,
        remarks=tuple(item.notice.message for item in table.notices),
    )


def _gaps(forms: Sequence[FormFact], economy: Sequence[EconomyFact]) -> tuple[GapFact, ...]:
    listed: dict[int, Decimal] = {}
    for year in economy:
        for line in year.lines:
            if line.number is not None:
                listed[line.number] = listed.get(line.number, Decimal(0)) + line.amount
    return tuple(
        GapFact(form.number, form.title, form.total, listed.get(form.number) or None, form.number in listed)
        for form in forms
        if form.total is None or not listed.get(form.number)
    )
