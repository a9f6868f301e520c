"""The front page: what waits for the one who is logged in, role by role."""

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

    Queries at most: caseworker 8, manager 28, secretary 24, controller 8, proposer 2, reader 1, administrator 3.
    """
    roles = user.role_set
    rounds = open_rounds() if roles & _ROUND_ROLES else []
    blocks: list[Block] = []
    if Role.CASEWORKER in roles:
        blocks += caseworker_blocks(user, rounds)
    if roles & {Role.CASEWORKER, Role.MANAGER}:
        blocks += follow_up_blocks(user)
        blocks += story_blocks(user)
    if Role.MANAGER in roles:
        blocks += manager_blocks(user, rounds)
    if Role.SECRETARY in roles:
        blocks += secretary_blocks(rounds)
    if roles & {Role.MANAGER, Role.CONTROLLER}:
        blocks.append(pool_block(user))
    if Role.CONTROLLER in roles:
        blocks.append(deviation_block(user))
    if Role.PROPOSER in roles:
        blocks.append(proposal_block(user))
    if Role.READER in roles:
        blocks.append(note_block(user))
    if Role.ADMINISTRATOR in roles:
        blocks.append(setup_block())
    return blocks
