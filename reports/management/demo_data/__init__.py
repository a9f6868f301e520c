"""The demo data, read from fixtures/demo and stored through the actions a person uses.

Every step leaves alone what is there already, so that loading twice changes nothing, and nothing a person has changed
is changed back.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from reports.management.demo_data import (
    boards,
    catalogue,
    follow_ups,
    money,
    notes,
    papers,
    people,
    projects,
    state_pools,
    statuses,
    stories,
)
from reports.management.demo_data.files import Files

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"

# In this order: each step stands on those before it.
STEPS: tuple[Callable[[Files], None], ...] = (
    people.load_administrator,
    people.load_people,
    catalogue.load_codes,
    catalogue.load_meetings,
    money.load_accounts,
    money.load_pools,
    state_pools.load_state_pools,
    money.load_proposals,
    boards.load_boards,
    projects.load_projects,
    follow_ups.load_follow_ups,
    money.load_postings,
    money.load_commitments,
    statuses.load_statuses,
    stories.load_stories,
    papers.load_paper_projects,
    papers.load_letters,
    notes.load_templates,
    notes.load_notes,
)


@transaction.atomic
def load(folder: Path = FOLDER) -> None:
    """Store the demo data, all or nothing. Raises what the actions raise, with the place in the files."""
    files = Files(folder)
    for step in STEPS:
        step(files)
