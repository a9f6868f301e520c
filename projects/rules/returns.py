"""Handing a status back: a reason for the whole, for sections of it, or both."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.enums import SnapshotState
from projects.rules.snapshots import check_reason
from projects.rules.text import check_no_cpr


@dataclass(frozen=True)
class SectionReason:
    """What is to be mended in one section; `title` is the section's heading."""

    section: str
    title: str
    reason: str


@dataclass(frozen=True)
class ReturnReasons:
    """Why a status is handed back: `overall` for the whole ("" for none), and section by section."""

    overall: str
    sections: tuple[SectionReason, ...] = ()

    @property
    def in_words(self) -> str:
        """Return everything as one text, for lists and mails."""
        lines = [self.overall] if self.overall else []
        lines += [f"{item.title}: {item.reason}" for item in self.sections]
        return "\n".join(lines)


def check_return(*, overall: str, sections: Mapping[str, str], titles: Mapping[str, str]) -> ReturnReasons:
    """Return the reasons, trimmed, in the order of `titles` (section → heading). Empty texts mark nothing.

    Raises reason_missing when no reason is given at all or one says nothing, unknown_section, cpr.
    """
    given = {key: text for key, text in sections.items() if text.strip()}
    if set(given) - set(titles):
        raise ValidationError(
            _("The tables of the project have changed since the page was opened. Reload the page."),
            code="unknown_section",
        )
    for text in (overall, *given.values()):
        check_no_cpr(text)
    chosen = tuple(SectionReason(key, title, check_reason(given[key])) for key, title in titles.items() if key in given)
    if chosen and not overall.strip():
        return ReturnReasons("", chosen)
    return ReturnReasons(check_reason(overall), chosen)


def withdrawn_state(*, state: SnapshotState, was_returned: bool) -> SnapshotState:
    """Return what a sent status becomes when its writer takes it back: what it was before it was sent.

    Raises not_waiting once it no longer waits for approval.
    """
    if state == SnapshotState.SUBMITTED:
        return SnapshotState.RETURNED if was_returned else SnapshotState.DRAFT
    messages = {
        SnapshotState.APPROVED: _("The status has been approved meanwhile. Make a correction with a reason instead."),
        SnapshotState.RETURNED: _("The status has been returned meanwhile. You can go on writing."),
        SnapshotState.DRAFT: _("The status is a draft already. You can go on writing."),
    }
    raise ValidationError(messages[SnapshotState(state)], code="not_waiting")
