"""The front page: what waits for the one who is logged in, role by role."""

from collections.abc import Callable

from projects.enums import Role
from projects.models import User
from projects.queries.rounds import open_rounds
from reports.facts.home.blocks import Block
from reports.facts.home.follow_ups import follow_up_blocks
from reports.facts.home.money import deviation_block, pool_block, proposal_block
from reports.facts.home.papers import note_block
from reports.facts.home.setup import setup_block
from reports.facts.home.statuses import caseworker_blocks, manager_blocks, secretary_blocks
from reports.facts.home.stories import story_blocks

_ROUND_ROLES = {Role.CASEWORKER, Role.MANAGER, Role.SECRETARY}

__all__ = ["Block", "home_blocks"]


def home_blocks(user: User) -> list[Block]:
    """Return what waits for the user, by role, what is most urgent first.

    Queries at most: caseworker 8, manager 28, secretary 25, controller 8, proposer 2, reader 1, administrator 3.
    """
    roles = user.role_set
    rounds = open_rounds() if roles & _ROUND_ROLES else []
    makers: tuple[tuple[set[Role], Callable[[], list[Block]]], ...] = (
        ({Role.CASEWORKER}, lambda: caseworker_blocks(user, rounds)),
        ({Role.CASEWORKER, Role.MANAGER}, lambda: follow_up_blocks(user)),
        ({Role.MANAGER}, lambda: manager_blocks(user, rounds)),
        ({Role.CASEWORKER, Role.MANAGER}, lambda: story_blocks(user)),
        ({Role.SECRETARY}, lambda: secretary_blocks(rounds)),
        ({Role.MANAGER, Role.CONTROLLER}, lambda: [pool_block(user)]),
        ({Role.CONTROLLER}, lambda: [deviation_block(user)]),
        ({Role.PROPOSER}, lambda: [proposal_block(user)]),
        ({Role.READER}, lambda: [note_block(user)]),
        ({Role.ADMINISTRATOR}, lambda: [setup_block()]),
    )
    return [block for those, make in makers if roles & those for block in make()]
