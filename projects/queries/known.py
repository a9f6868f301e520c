"""What texts are held against: who works here, and since when a benefit has existed."""

from functools import cached_property

from projects.models import Benefit as BenefitCode
from projects.models import User
from projects.rules.benefits import Benefit


class Known:
    """Read when a text first asks, and then kept: one query for each of the two, none where no text asks."""

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
