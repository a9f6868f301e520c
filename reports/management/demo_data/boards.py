"""The 2016 proposals prioritised: the list as it stood, and what happens when the proposal it left out is let in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from projects.actions.boards import CriterionValue, TriedLine, save_scenario, score_proposal, set_criteria
from projects.models import Pool
from projects.queries.boards import board
from reports.management.demo_data.files import Files, user


def load_boards(files: Files) -> None:
    """Store criteria, scores and alternatives; a pool that has alternatives already is left as it is."""
    paper = files.read("boards")
    pool, by = Pool.objects.get(code=paper["pool"]), user(paper["by"])
    if pool.scenarios.exists():
        return
    values = [CriterionValue(row["name"], row["weight"], row["description"]) for row in paper["criteria"]]
    criteria = set_criteria(pool=pool, criteria=values, by=by)
    for row in paper["scores"]:
        proposal = pool.proposals.get(number=row["proposal"])
        score_proposal(proposal=proposal, scores=dict(zip(criteria, row["points"], strict=False)), by=by)
    for row in paper["scenarios"]:
        lines = _lines(pool)
        if "also" in row:
            lines = _with(pool, lines, row["also"])
        save_scenario(pool=pool, name=row["name"], reason=row["reason"], lines=lines, by=by)


def _lines(pool: Pool) -> list[TriedLine]:
    listed = board(pool)
    return [
        TriedLine(
            row.proposal.pk,
            row.is_included,
            {frame.pk: amount for frame, amount in zip(listed.frames, row.amounts, strict=True) if amount is not None},
        )
        for row in listed.rows
    ]


def _with(pool: Pool, lines: list[TriedLine], also: dict[str, Any]) -> list[TriedLine]:
    proposal, frame = pool.proposals.get(number=also["proposal"]), pool.years.get(year=also["year"])
    amounts = {frame.pk: Decimal(also["amount"])}
    return [
        replace(line, is_included=True, amounts=amounts) if line.proposal_id == proposal.pk else line for line in lines
    ]
