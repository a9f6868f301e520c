"""The chart of accounts, loaded whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.dates import parse_date
from projects.enums import Subject
from projects.ledger_files import UnreadableFileError
from projects.ledger_files.tables import Table
from projects.models import Account, User
from projects.rules.accounts import account_digits
from projects.rules.text import check_no_cpr

MAX_BYTES = 5 * 1024**2
MOST_PROBLEMS = 20
HEADS = ("konto", "navn", "gælder fra", "gælder til")
BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True)
class ChartLoad:
    """How many accounts the file brought, and how many stand otherwise than before."""

    added: int
    changed: int


@transaction.atomic
def load_chart(*, path: Path, by: User) -> ChartLoad:
    """Take over the accounts of a CSV or Excel file; those it does not have stay as they are.

    Its heads are Konto, Navn, Gælder fra and Gælder til (the days may be left out). The same file again changes
    nothing. Raises ValidationError with the first lines that are wrong, and then stores nothing.
    """
    rows = _checked(path)
    known = {(row.number, row.valid_from): row for row in Account.objects.select_for_update()}
    new = [Account(**row) for row in rows if (row["number"], row["valid_from"]) not in known]
    changed = []
    for row in rows:
        account = known.get((row["number"], row["valid_from"]))
        if account and (account.name, account.valid_to) != (row["name"], row["valid_to"]):
            account.name, account.valid_to = row["name"], row["valid_to"]
            changed.append(account)
    Account.objects.bulk_create(new)
    Account.objects.bulk_update(changed, ["name", "valid_to"])
    if new or changed:
        words = {"added": len(new), "changed": len(changed)}
        record_event(
            subject=Subject.CHART,
            subject_id=0,
            verb="loaded",
            actor=by,
            summary=_("The chart of accounts was loaded: %(added)s new, %(changed)s changed") % words,
        )
    return ChartLoad(len(new), len(changed))


def _checked(path: Path) -> list[dict[str, Any]]:
    rows: dict[tuple[str, date], dict[str, Any]] = {}
    problems = []
    try:
        for line, cells in _body(Table(path, "auto", "auto", MAX_BYTES)):
            try:
                row = _row(cells)
                if (row["number"], row["valid_from"]) in rows:
                    raise ValidationError(_("The account stands there twice from the same day."))
                rows[row["number"], row["valid_from"]] = row
            except ValidationError as error:
                words = {"line": line, "why": " ".join(error.messages)}
                problems.append(_("Line %(line)s: %(why)s") % words)
    except UnreadableFileError as error:
        raise ValidationError(str(error), code="unreadable") from None
    if problems:
        raise ValidationError(problems[:MOST_PROBLEMS], code="wrong_lines")
    if not rows:
        raise ValidationError(_("The file has no rows below its head."), code="empty")
    return list(rows.values())


def _body(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield each account's line and its cells in the order of HEADS."""
    places: list[int | None] = []
    for line, cells in table.rows():
        texts = ["" if cell is None else str(cell).strip() for cell in cells]
        if places and any(texts):
            yield line, [texts[at] if at is not None and at < len(texts) else "" for at in places]
        elif not places and set(HEADS[:2]) <= {text.casefold() for text in texts}:
            heads = [text.casefold() for text in texts]
            places = [heads.index(head) if head in heads else None for head in HEADS]
    if not places:
        raise UnreadableFileError(_("No line has the heads Konto and Navn."))


def _row(cells: Sequence[str]) -> dict[str, Any]:
    number, name, valid_from, valid_to = cells
    if not account_digits(number):
        raise ValidationError(_("“%(text)s” is no account like 5.68.98."), params={"text": number[:40]})
    check_no_cpr(name)
    begin, end = _day(valid_from) or BEGINNING, _day(valid_to)
    row = {"number": number, "name": name, "valid_from": begin, "valid_to": end}
    Account(**row).clean_fields()
    if end and end < begin:
        raise ValidationError(_("The last day lies before the first."))
    return row


def _day(text: str) -> date | None:
    return parse_date(text.removesuffix(" 00:00:00")) if text else None
