"""What an investment gave back, entered afterwards; what is expected is written with the proposal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.enums import ServiceFrame, Subject
from projects.models import Project, RealisedReturn, User
from projects.money import format_kroner


@dataclass(frozen=True)
class RealisedValue:
    year: int
    falls_in: str
    amount: Decimal
    source: str
    service_frame: str = ServiceFrame.UNKNOWN


@transaction.atomic
def set_realised_returns(*, project: Project, returns: Sequence[RealisedValue], by: User) -> list[RealisedReturn]:
    """Store what the project gave back instead of what was entered before; the history keeps that.

    Raises ValidationError twice (the same year and place), and the lines' own by field.
    """
    current = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    keys = [(value.year, value.falls_in.casefold()) for value in returns]
    if len(keys) != len(set(keys)):
        raise ValidationError(_("The year and the place stand there twice."), code="twice")
    before = _words((row.year, row.falls_in, row.amount) for row in current.returns.all())
    current.returns.all().delete()
    rows = [RealisedReturn(project=current, entered_by=by, **vars(value)) for value in returns]
    for row in rows:
        row.full_clean()
        row.save(force_insert=True)
    after = _words((row.year, row.falls_in, row.amount) for row in rows)
    if before != after:
        record_event(
            subject=Subject.PROJECT,
            subject_id=current.pk,
            verb="returns_set",
            actor=by,
            summary=_("The realised return was entered"),
            changes=[(_("Return"), before, after)],
            project=current,
        )
    return rows


def _words(lines: Iterable[tuple[int, str, Decimal]]) -> str:
    return "; ".join(f"{year} {place}: {format_kroner(amount)}" for year, place, amount in lines)
