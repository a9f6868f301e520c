"""What a supervisor asks: is the process up, and may it have traffic."""

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from projects.queries.workers import is_a_worker_alive


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer without touching anything: a dead database must not get the process killed."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {"database": "ok", "migrations": "ok", "storage": _storage()}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            checks["migrations"] = "missing"
    except DatabaseError:
        checks |= {"database": "unreachable", "migrations": "unknown"}
    is_ready = set(checks.values()) == {"ok"}
    # Without a worker only papers have to wait: no reason to take the pages away too.
    checks["worker"] = _worker() if is_ready else "unknown"
    status = ("ok" if checks["worker"] == "ok" else "degraded") if is_ready else "unavailable"
    return JsonResponse({"status": status, **checks}, status=200 if is_ready else 503)


def _storage() -> str:
    """Say whether annexes can be stored: in their folder, or in the one it will be made in."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return "ok" if folder.is_dir() and os.access(folder, os.W_OK) else "unwritable"


def _worker() -> str:
    return "ok" if is_a_worker_alive(timezone.now()) else "missing"
