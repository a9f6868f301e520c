"""A background program says that it lives, and that it ends. Not events: nobody decided anything."""

from datetime import datetime, timedelta

from projects.models import Worker

# A row nobody has heard from for so long belongs to a program that was killed.
FORGOTTEN_AFTER = timedelta(days=1)


def record_beat(*, name: str, now: datetime) -> None:
    """Store that the program was alive now. Three queries at most."""
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Worker.objects.update_or_create(
        name=name, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )


def record_end(*, name: str) -> None:
    Worker.objects.filter(name=name).delete()
