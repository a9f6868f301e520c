"""Ledger files between the browser and the ledger, and what is remembered of how to read them."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.events import changed_fields, record_event
from projects.enums import Subject
from projects.models import LedgerMapping, LedgerUpload, Pool, User

KEPT = timedelta(days=1)


@transaction.atomic
def store_upload(
    *, pool: Pool, file: "File[bytes]", name: str, year: int, layout: dict[str, Any], by: User, max_bytes: int
) -> LedgerUpload:
    """Keep the file until it is loaded or given up. Raises file_too_large, file_empty. Old leftovers are cleared."""
    if file.size > max_bytes:
        raise ValidationError(
            _("The file is larger than %(most)s MB. Export a shorter period, or ask for the command import_ledger."),
            code="file_too_large",
            params={"most": max_bytes // 1024**2},
        )
    if not file.size:
        raise ValidationError(_("The file is empty."), code="file_empty")
    for old in LedgerUpload.objects.filter(created_at__lt=timezone.now() - KEPT):
        discard_upload(upload=old)
    upload = LedgerUpload(pool=pool, name=name[-250:], year=year, layout=layout, created_by=by)
    # Its own name tells nothing, and cannot be guessed from the sender's.
    upload.file.save("fil", file, save=False)
    upload.save(force_insert=True)
    return upload


def keep_layout(*, upload: LedgerUpload, layout: dict[str, Any], year: int) -> None:
    """Remember what the person has said of the file so far."""
    upload.layout, upload.year = layout, year
    upload.save(update_fields=["layout", "year"])


@transaction.atomic
def discard_upload(*, upload: LedgerUpload) -> None:
    """Forget the file; its bytes go when the transaction has ended well."""
    storage, name = upload.file.storage, upload.file.name
    upload.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def save_mapping(*, name: str, system: str, values: dict[str, Any], by: User) -> LedgerMapping:
    """Store how a system's files are read under a name, or change what the name means."""
    mapping = LedgerMapping.objects.select_for_update().filter(name=name).first()
    fields = {"system": system, **values}
    changes = changed_fields(mapping, fields) if mapping else []
    if mapping and not changes:
        return mapping
    verb, summary = "changed", _("The mapping “%(name)s” was changed")
    if mapping is None:
        mapping = LedgerMapping(name=name)
        verb, summary = "created", _("The mapping “%(name)s” was saved")
    for field, value in fields.items():
        setattr(mapping, field, value)
    mapping.updated_by = by
    mapping.full_clean()
    mapping.save()
    record_event(
        subject=Subject.LEDGER_MAPPING,
        subject_id=mapping.pk,
        verb=verb,
        actor=by,
        summary=summary % {"name": name},
        changes=changes,
    )
    return mapping
