"""Reads about the programs in the background."""

from datetime import datetime, timedelta

from projects.models import Worker

# Several beats may be missed on a busy machine before anyone is told.
SILENT_AFTER = timedelta(seconds=30)


def is_a_worker_alive(now: datetime) -> bool:
    """Say whether some background program was heard from lately. One query."""
    return Worker.objects.filter(seen_at__gt=now - SILENT_AFTER).exists()
