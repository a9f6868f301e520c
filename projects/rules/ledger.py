"""When a ledger file may be loaded, and a load undone."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.enums import BatchKind
from projects.money import format_kroner
from projects.rules.snapshots import check_reason


def check_control_total(*, typed: Decimal | None, total: Decimal, is_needed: bool, has_total: bool) -> None:
    """Raise control_total (what was typed is not the rows' sum) or may_be_cut.

    `is_needed`: the last line has no end, so nothing but a total tells that it is whole.
    """
    if typed is not None and typed != total:
        raise ValidationError(
            _("The control total is %(typed)s, but the rows make %(total)s: they are %(difference)s apart."),
            code="control_total",
            params={
                "typed": format_kroner(typed, 2),
                "total": format_kroner(total, 2),
                "difference": format_kroner(total - typed, 2),
            },
        )
    if is_needed and typed is None and not has_total:
        raise ValidationError(
            _("The last line has no end, so the file may be cut. Write the control total, or export the file again."),
            code="may_be_cut",
        )


def check_undo(
    *, kind: BatchKind | str, is_undone: bool, corrected_by: str, reason: str, are_moves_seen: bool = True
) -> str:
    """Return the reason, trimmed. `corrected_by` is the file that has corrected rows of the load, "" for none.

    `are_moves_seen`: the person was told of every move that is undone with the load. Raises already_undone, not_a_load,
    moved_later, corrected_later, reason_missing.
    """
    if is_undone:
        raise ValidationError(_("The load is already undone."), code="already_undone")
    if kind == BatchKind.REVERSAL:
        raise ValidationError(_("What was undone stays undone. Load the file again instead."), code="not_a_load")
    if not are_moves_seen:
        message = _("Postings of it have been moved to another project. Read below what becomes of them, and confirm.")
        raise ValidationError(message, code="moved_later")
    if corrected_by:
        raise ValidationError(
            _("“%(name)s” has corrected rows of this load. Undo that one first."),
            code="corrected_later",
            params={"name": corrected_by},
        )
    return check_reason(reason)


def check_move_of_posting(*, is_placed: bool, is_standing: bool, is_same: bool, is_in_pool: bool, reason: str) -> str:
    """Return the reason, trimmed.

    Raises not_placed, not_standing (it has been taken back, or takes one back), same_project, other_pool,
    reason_missing.
    """
    if not is_standing:
        raise ValidationError(
            _("The posting has been reversed or moved already. Only the row that counts can be moved."),
            code="not_standing",
        )
    if not is_placed:
        raise ValidationError(_("The posting is put aside. Place it in its project instead."), code="not_placed")
    if is_same:
        raise ValidationError(_("The posting stands in that project already."), code="same_project")
    if not is_in_pool:
        raise ValidationError(
            _("The project belongs to another pool, and the posting was loaded into this one."), code="other_pool"
        )
    return check_reason(reason)
