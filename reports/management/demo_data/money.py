"""Pools, proposals with their decisions, and postings."""

from decimal import Decimal
from typing import Any

from projects.actions.accounts import load_chart
from projects.actions.commitments import add_commitment
from projects.actions.decisions import grant_proposal
from projects.actions.ledger import import_file
from projects.actions.pools import change_pool, create_pool, set_estimate
from projects.actions.projects import add_alias
from projects.actions.proposal_money import CostValue, ReturnValue
from projects.actions.proposals import create_proposal, submit_proposal
from projects.enums import ProposalVariant
from projects.ledger_files import Layout
from projects.models import Pool, PoolYear, Proposal, StrategicGoal, TargetGroup, User
from reports.management.demo_data.files import Files, committee, project, unit, user

TEXTS = (
    *("title", "short_name", "co_responsible", "target_group_text", "challenge", "intervention", "schedule"),
    *("contributors", "expected_results", "economy", "motivation"),
)
PERCENT = ("discount_rate", "returned_percent")
POSTINGS_NOTE = "Eksempeldata: kilderne har ingen posteringer"
COMMITMENTS_NOTE = "Eksempeldata: kilderne har ingen disponeringer"


def load_pools(files: Files) -> None:
    for row in files.read("pools")["pools"]:
        if not Pool.objects.filter(code=row["code"]).exists():
            pool = create_pool(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                committee=committee(row["committee"]),
                unit=unit(row["unit"]),
                description=row["description"],
                frames=[(frame["year"], Decimal(frame["frame"])) for frame in row["frames"]],
                by=user(row["by"]),
            )
            if "settings" in row:
                percent = {name: Decimal(str(row["settings"][name])) for name in PERCENT if name in row["settings"]}
                change_pool(pool=pool, values=row["settings"] | percent, by=user(row["by"]))


def load_proposals(files: Files) -> None:
    """Store the proposals, put them on the economy list, and grant those that became projects.

    A pool that has proposals already is left as it is.
    """
    paper = files.read("proposals")
    pool = Pool.objects.get(code=paper["pool"])
    if pool.proposals.exists():
        return
    author, manager = user(paper["author"]), user(paper["manager"])
    proposals: dict[int, Proposal] = {}
    for row in paper["proposals"]:
        proposal = create_proposal(
            pool=pool,
            number=row["number"],
            values=_values(row, proposals),
            costs=_costs(row),
            returns=_returns(row),
            by=author,
        )
        proposals[row["number"]] = submit_proposal(proposal=proposal, by=author, on_paper=paper["on_paper"])
    _load_estimates(files, pool, proposals, manager)
    for row in paper["proposals"]:
        if "project" in row:
            _grant(proposals[row["number"]], row["project"], paper, manager)


def _returns(row: dict[str, Any]) -> list[ReturnValue]:
    return [
        ReturnValue(**{**line, **{name: Decimal(line[name]) for name in ("low", "expected", "high")}})
        for line in row.get("returns", ())
    ]


def _values(row: dict[str, Any], earlier: dict[int, Proposal]) -> dict[str, Any]:
    return {
        **{name: row.get(name, "").strip() for name in TEXTS},
        "unit": unit(row["unit"]),
        "variant": row.get("variant", ProposalVariant.LONG),
        "target_groups": list(TargetGroup.objects.filter(code__in=row.get("target_groups", ()))),
        "goals": list(StrategicGoal.objects.filter(code__in=row.get("goals", ()))),
        "related": [earlier[number] for number in row.get("related", ())],
    }


def _costs(row: dict[str, Any]) -> list[CostValue]:
    return [
        CostValue(
            year=cost["year"],
            label=cost["label"],
            fte=_decimal(cost.get("fte")),
            amount=_decimal(cost.get("amount")),
            basis=cost.get("basis", ""),
        )
        for cost in row.get("costs", ())
    ]


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _load_estimates(files: Files, pool: Pool, proposals: dict[int, Proposal], by: User) -> None:
    listed = next(row["estimates"] for row in files.read("pools")["pools"] if row["code"] == pool.code)
    for line in listed:
        set_estimate(
            pool_year=PoolYear.objects.get(pool=pool, year=line["year"]),
            proposal=proposals[line["proposal"]],
            label=line["label"],
            amount=Decimal(line["amount"]),
            note=line.get("note", ""),
            by=by,
        )


def _grant(proposal: Proposal, row: dict[str, Any], paper: dict[str, Any], manager: User) -> None:
    pool = proposal.pool
    granted = grant_proposal(
        proposal=proposal,
        amounts={pool.years.get(): Decimal(row["amount"])},
        reason=paper["example_note"],
        project_values={
            **{name: row[name] for name in ("code", "name", "starts_on", "description")},
            "unit": unit(row["unit"]),
            "committee": pool.committee,
            "caseworker": user(row["caseworker"]),
        },
        decided_at=paper["decided_at"],
        example_note=paper["example_note"],
        by=manager,
    )
    for alias in row["aliases"]:
        add_alias(project=granted, name=alias["name"], source=alias["source"], by=manager)


def load_accounts(files: Files) -> None:
    """Load the chart; accounts that are there already stay as they are."""
    load_chart(path=files.folder / "kontoplan.csv", by=user("oekonom"))


def load_postings(files: Files) -> None:
    """Load the ledger of each year as the controller would; what is there already is known again."""
    pool, by = Pool.objects.get(code="GENINV-2016"), user("oekonom")
    for path in sorted(files.folder.glob("posteringer-*.csv")):
        import_file(
            path=path,
            file_name=path.name,
            layout=Layout(has_total=True),
            pool=pool,
            year=int(path.stem.rpartition("-")[2]),
            system="Demo",
            example_note=POSTINGS_NOTE,
            by=by,
        )


def load_commitments(files: Files) -> None:
    """Bind what is ordered and not yet posted; what was let go since stays so."""
    for row in files.read("projects")["commitments"]:
        bound = project(row["project"])
        if not bound.commitments.filter(text=row["text"]).exists():
            add_commitment(
                project=bound,
                amount=Decimal(row["amount"]),
                text=row["text"],
                expected_on=row["expected_on"],
                example_note=COMMITMENTS_NOTE,
                by=user(row["by"]),
            )
