"""The municipality's form of a proposal: the long one with ten fields, and the short one that asks for eight."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.enums import ProposalVariant

FIELDS = (
    *("author", "co_responsible", "target_groups", "challenge", "intervention", "schedule", "contributors"),
    *("expected_results", "economy", "motivation"),
)
LEFT_OUT = {ProposalVariant.LONG: frozenset[str](), ProposalVariant.SHORT: frozenset({"co_responsible", "schedule"})}


def field_numbers(variant: str) -> dict[str, int]:
    """Return the form's fields in its order with the numbers they have on paper, from 1."""
    asked = [name for name in FIELDS if name not in LEFT_OUT[ProposalVariant(variant)]]
    return {name: number for number, name in enumerate(asked, start=1)}


def economy_heading(variant: str) -> str:
    if variant == ProposalVariant.SHORT:
        return _("Investment and return")
    return _("Expected investment and return")


def check_variant(variant: str, texts: Mapping[str, str]) -> None:
    """Raise not_in_short_form by field for what is written where the form has no such field; nothing is dropped."""
    written = [name for name in LEFT_OUT[ProposalVariant(variant)] if texts.get(name, "").strip()]
    message = _("The short form does not have this field. Empty it, or choose the long form.")
    if written:
        raise ValidationError({name: ValidationError(message, code="not_in_short_form") for name in written})
