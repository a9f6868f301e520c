"""A committee's page for politicians: what was granted, what came of it, in words. Only what has been issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.counts import format_count
from projects.dates import format_date
from projects.enums import Direction, Light
from projects.models import Committee
from projects.money import format_kroner
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from projects.rules.indicators import progress
from projects.rules.wording import number_word
from reports.facts.sentences import sentence
from reports.models import NoteVersion
from reports.queries.committees import issued_projects, newest_version

RESULTS_IN_SIGHT = 3


@dataclass(frozen=True)
class ResultFact:
    """One result in words. `share` is per cent of the way to the target, 0 to 100, None without one."""

    text: str
    share: int | None


@dataclass(frozen=True)
class CommitteeProject:
    """`light` is "" and `results` empty when nothing has been issued about the project. `month` likewise None."""

    name: str
    granted: Decimal | None
    light: str
    told: str
    results: tuple[ResultFact, ...]
    content: SnapshotContent | None


@dataclass(frozen=True)
class CommitteeFacts:
    committee: Committee
    projects: tuple[CommitteeProject, ...]
    granted: Decimal
    version: NoteVersion | None

    @property
    def lead(self) -> str:
        """Return "Der er bevilget 2.840.000 kr. til otte projekter. Fem er grønne, to gule og ét rødt."."""
        text = ngettext(
            "%(amount)s has been granted to one project.",
            "%(amount)s has been granted to %(number)s projects.",
            len(self.projects),
        )
        values = {"amount": format_kroner(self.granted), "number": number_word(len(self.projects))}
        return sentence(text % values)

    @property
    def lights(self) -> list[tuple[str, int]]:
        """Return the colours that were told with their numbers, the worst first."""
        counts = [(light.value, sum(each.light == light for each in self.projects)) for light in reversed(Light)]
        return [(light, count) for light, count in counts if count]


def committee_facts(committee: Committee) -> CommitteeFacts:
    """Return the committee's page. Fourteen queries, however many projects."""
    projects = tuple(_project(row.project.name, row.granted, row.content) for row in issued_projects(committee))
    granted = sum((each.granted for each in projects if each.granted is not None), Decimal(0))
    return CommitteeFacts(committee, projects, granted, newest_version(committee))


def _project(name: str, granted: Decimal | None, content: SnapshotContent | None) -> CommitteeProject:
    snapshot = content.snapshot if content else None
    if content is None or snapshot is None:
        return CommitteeProject(name, granted, "", "", (), None)
    told = snapshot.summary_short or snapshot.comment_overall
    return CommitteeProject(name, granted, snapshot.light_overall, told, _results(content.indicators), content)


def _results(indicators: Sequence[IndicatorFact]) -> tuple[ResultFact, ...]:
    """Return the results with a target first; what was not counted is left out, because it is not zero."""
    counted = [each for each in indicators if each.value is not None]
    counted.sort(key=lambda each: each.target is None)
    return tuple(_result(each) for each in counted[:RESULTS_IN_SIGHT])


def _result(fact: IndicatorFact) -> ResultFact:
    values = {
        "name": fact.name,
        "value": format_count(fact.value),
        # "kr." brings the sentence's full stop itself.
        "unit": fact.unit.removesuffix("."),
        "target": format_count(fact.target),
        "day": format_date(fact.target_on) if fact.target_on else "",
    }
    if fact.target is None:
        return ResultFact(_("%(name)s: %(value)s %(unit)s.") % values, None)
    way = progress(fact.baseline, fact.target, fact.value, Direction(fact.direction))
    text = _("%(name)s: %(value)s %(unit)s. The target is %(target)s by %(day)s.") % values
    return ResultFact(text, None if way is None else max(0, min(100, int(way))))
