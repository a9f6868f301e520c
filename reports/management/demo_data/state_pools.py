"""A state pool with its terms, the decision not to apply, and what ran already."""

from decimal import Decimal
from typing import Any

from projects.actions.pools import create_pool
from projects.actions.state_pools import save_effort, set_terms
from projects.enums import PoolKind
from projects.models import Pool
from reports.management.demo_data.files import Files, committee, unit, user


def load_state_pools(files: Files) -> None:
    for row in files.read("state_pools")["pools"]:
        if not Pool.objects.filter(code=row["code"]).exists():
            _load(row)


def _load(row: dict[str, Any]) -> None:
    by = user(row["by"])
    pool = create_pool(
        code=row["code"],
        name=row["name"],
        kind=PoolKind.STATE_POOL,
        committee=committee(row["committee"]),
        unit=unit(row["unit"]),
        description=row["description"],
        by=by,
    )
    terms = row["terms"]
    amounts = {name: Decimal(terms[name]) for name in ("amount", "own_share_percent")}
    texts = {name: value.strip() for name, value in terms.items() if isinstance(value, str)}
    set_terms(pool=pool, values={**terms, **texts, **amounts}, by=by)
    for effort in row["efforts"]:
        save_effort(pool=pool, values={**effort, "unit": unit(effort["unit"])}, by=by)
