"""Where a finding is mended: the page of what it is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.months import parse_month
from projects.queries.notices import AnsweredNotice
from reports.facts.overview import FindingFact

IN_SIGHT = 3


@dataclass(frozen=True)
class FindingGroup:
    """Open findings about one object, with the way to it."""

    label: str
    url: str
    link: str
    notices: tuple[AnsweredNotice, ...]

    @property
    def first(self) -> tuple[AnsweredNotice, ...]:
        """Return what is in sight at once: all that blocks, and at least the first three."""
        blocking = sum(item.notice.is_blocking for item in self.notices)
        return self.notices[: max(blocking, IN_SIGHT)]

    @property
    def more(self) -> tuple[AnsweredNotice, ...]:
        return self.notices[len(self.first) :]

    @property
    def is_blocking(self) -> bool:
        return any(item.notice.is_blocking for item in self.notices)


def finding_groups(findings: Iterable[FindingFact]) -> list[FindingGroup]:
    """Return the findings by what they are about, in the order the first of each comes."""
    groups: dict[tuple[str, str], list[FindingFact]] = defaultdict(list)
    for finding in findings:
        groups[finding.notice.subject, finding.notice.object_label].append(finding)
    return [_group(subject, label, found) for (subject, label), found in groups.items()]


def _group(subject: str, label: str, found: list[FindingFact]) -> FindingGroup:
    url, link = place_of(subject, found[0].proposal_id)
    return FindingGroup(label, url, link, tuple(item.notice for item in found))


def place_of(subject: str, proposal_id: int | None = None) -> tuple[str, str]:
    """Return the address where a subject is mended and what its link says."""
    kind, code, *rest = subject.split("/")
    if kind == "status":
        return reverse("projects:snapshot-edit", args=[code, parse_month(rest[0])]), _("Open the status")
    if kind == "proposal" and proposal_id is not None:
        return reverse("projects:proposal-detail", args=[proposal_id]), _("Open the proposal")
    if kind == "project":
        return reverse("projects:project-detail", args=[code]), _("Open the project")
    return reverse("projects:pool-detail", args=[code]), _("Open the pool")
