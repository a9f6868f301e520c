"""What the commands that issue papers share: who issues, and a file that is written whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import Role
from projects.models import User
from projects.models.people import valid_on


def issuer(username: str | None, may_issue: Callable[[User], bool], *, refusal: str) -> User:
    """Return the user named, or the first active administrator. Raises CommandError: `refusal`, if they may not."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or not may_issue(user):
            raise CommandError(refusal % {"name": username})
        return user
    today = timezone.localdate()
    administrators = User.objects.filter(
        valid_on(today, "role_assignments__"), role_assignments__role=Role.ADMINISTRATOR, is_active=True
    )
    user = administrators.order_by("pk").first() or User.objects.filter(is_superuser=True, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active administrator to issue the note. Name a user with --by."))
    return user


def check_folder(path: Path) -> None:
    """Raise CommandError when the file's folder does not exist: before anything is made, not after."""
    if not path.parent.is_dir():
        raise CommandError(_("The folder %(folder)s does not exist.") % {"folder": path.parent})


def write_whole(path: Path, content: bytes) -> None:
    """Write the whole file or none of it: a full disk must not leave half a paper under the final name."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise CommandError(
            _("%(file)s could not be written: %(why)s") % {"file": path, "why": error.strerror}
        ) from None
