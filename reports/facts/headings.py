"""The headings a committee's notes begin with, where nobody has set up others."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.enums import PartKind


@dataclass(frozen=True)
class Heading:
    kind: str
    heading: str
    text: str = ""


def standard_headings() -> list[Heading]:
    """Return the headings of a committee without its own, with the usual recommendation of an orientation."""
    return [
        Heading(PartKind.OVERVIEW, _("At a glance")),
        Heading(PartKind.CHANGES, _("Changed since the last note")),
        Heading(PartKind.PROJECTS, ""),
        Heading(PartKind.FOLLOW_UP, _("The committee's questions")),
        Heading(PartKind.ECONOMY, _("The economy of the pool")),
        Heading(PartKind.DECISIONS, _("Recommendation"), orientation()),
        Heading(PartKind.ANNEXES, _("Annexes")),
    ]


def orientation() -> str:
    """Return the recommendation of an item that asks for nothing but to be read."""
    return _("It is recommended that the orientation is taken note of.")
