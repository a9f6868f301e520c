"""What a status is held against: who works here, what projects were called, how old benefits are, the note's day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cached_property

from projects.models import Benefit as BenefitCode
from projects.models import ProjectAlias, User
from projects.queries.note_days import note_days
from projects.rules.benefits import Benefit
from projects.rules.snapshots import NoteDay


class Known:
    """Read when somebody first asks, and then kept: a query for each, two for the notes' days; none where nobody asks.

    `months` are those that are read together, as (committee id, month), and `projects` their ids.
    """

    def __init__(self, months: Collection[tuple[int, date]] = (), projects: Collection[int] = ()) -> None:
        self._months = months
        self._projects = projects

    def note_day(self, committee_id: int, month: date) -> NoteDay | None:
        return self._note_days.get((committee_id, month))

    @cached_property
    def _note_days(self) -> dict[tuple[int, date], NoteDay]:
        return note_days(self._months) if self._months else {}

    def other_names(self, project_id: int) -> tuple[str, ...]:
        """Return what papers have called the project."""
        return tuple(self._other_names.get(project_id, ()))

    @cached_property
    def _other_names(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for project_id, name in ProjectAlias.objects.filter(project__in=self._projects).values_list("project", "name"):
            found[project_id].append(name)
        return found

    @cached_property
    def staff(self) -> frozenset[str]:
        """Return the full names of everybody who can log in, or could once."""
        names = User.objects.values_list("first_name", "last_name")
        return frozenset(f"{first} {last}".strip() for first, last in names)

    @cached_property
    def benefits(self) -> tuple[Benefit, ...]:
        """Return each benefit with its very first day: a law that carries it on under the same name ends nothing."""
        first = {}
        for name, began in BenefitCode.objects.order_by("-valid_from").values_list("name", "valid_from"):
            first[name] = began
        return tuple(Benefit(name, began) for name, began in sorted(first.items()))
