"""Files that follow the rows they belong to: stored with them, and gone when the rows are rolled back."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from projects.models import Attachment

_stored: ContextVar[list[str] | None] = ContextVar("files stored in this transaction", default=None)


@contextmanager
def atomic_with_files() -> Iterator[None]:
    """Do as `transaction.atomic`, and delete the files stored meanwhile when what is inside fails.

    Blocks may stand in each other; stand it wherever a transaction that may store a file begins. A process that is
    killed before it can delete leaves its file to `delete_lost_files`.
    """
    outer = _stored.get()
    own: list[str] = []
    token = _stored.set(own)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for name in own:
            default_storage.delete(name)
        raise
    else:
        if outer is not None:
            outer += own
    finally:
        _stored.reset(token)


def store_file(instance: Any, file: Any) -> None:
    """Store the file at once in the instance's `file`. Call inside `atomic_with_files`; the instance is saved after."""
    stored = _stored.get()
    if stored is None:
        raise RuntimeError("a file is stored inside atomic_with_files only")
    instance.file.save(file.name, file, save=False)
    stored.append(instance.file.name)


def delete_lost_files(*, older_than: float) -> list[str]:
    """Delete annexes' files that no row names and that were stored before `older_than` (seconds since 1970).

    A younger one may belong to a transaction that is not over yet. Returns their names.
    """
    kept = set(Attachment.objects.exclude(file="").values_list("file", flat=True))
    return delete_unnamed(folder="bilag", kept=kept, older_than=older_than)


def delete_unnamed(*, folder: str, kept: Collection[str], older_than: float) -> list[str]:
    """Delete the folder's files that are not `kept` and were stored before `older_than`. Returns their names."""
    lost = [name for name in _every_file(folder) if name not in kept and _is_older(name, older_than)]
    for name in lost:
        default_storage.delete(name)
    return lost


def _every_file(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _every_file(f"{folder}/{name}")


def _is_older(name: str, moment: float) -> bool:
    return default_storage.get_modified_time(name).timestamp() < moment
