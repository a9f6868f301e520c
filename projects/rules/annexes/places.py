"""A piece of an annex's text, and where in the file it stands."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class AnnexText:
    place: str
    text: str


def not_what_it_says() -> ValidationError:
    """Return file_content; the caller knows the file's name and says the rest."""
    return ValidationError("", code="file_content")


def too_much() -> ValidationError:
    return ValidationError(
        _("“%(name)s” unpacks to far more than a document holds. It cannot be kept."), code="file_bomb"
    )
