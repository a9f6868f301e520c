"""Actual spend: a loaded file's rows, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from projects.actions.events import record_event
from projects.actions.rollups import refresh_rollups
from projects.dates import format_date
from projects.enums import Subject
from projects.models import ImportBatch, Posting, Project, User


@dataclass(frozen=True)
class PostingValue:
    """One row of a ledger file. `amount` is kroner, + is expense; `line_number` is where it stands in the file."""

    line_number: int
    project: Project
    posted_on: date
    amount: Decimal
    text: str = ""
    account: str = ""


@transaction.atomic
def record_postings(
    *, file_name: str, sha256: str, rows: Sequence[PostingValue], by: User, example_note: str = ""
) -> ImportBatch:
    """Store a file's postings with their control total. Raises already_loaded when the same file was loaded before."""
    earlier = ImportBatch.objects.filter(sha256=sha256).first()
    if earlier is not None:
        raise ValidationError(
            _("The file was already loaded on %(date)s as “%(name)s”."),
            code="already_loaded",
            params={"date": format_date(earlier.created_at.date()), "name": earlier.file_name},
        )
    batch = ImportBatch.objects.create(
        file_name=file_name,
        sha256=sha256,
        row_count=len(rows),
        control_total=sum((row.amount for row in rows), Decimal(0)),
        created_by=by,
        example_note=example_note,
    )
    Posting.objects.bulk_create(_posting(batch, row) for row in rows)
    refresh_rollups(row.project.pk for row in rows)
    record_event(
        subject=Subject.IMPORT,
        subject_id=batch.pk,
        verb="loaded",
        actor=by,
        summary=_("%(count)s postings were loaded from “%(name)s”") % {"count": len(rows), "name": file_name},
    )
    return batch


def _posting(batch: ImportBatch, row: PostingValue) -> Posting:
    return Posting(
        batch=batch,
        line_number=row.line_number,
        project=row.project,
        posted_on=row.posted_on,
        amount=row.amount,
        text=row.text,
        account=row.account,
    )
