"""What a browser sends for a month, and what a person reads of the answer."""

import re
from typing import Any

from django.test import Client

from projects.models import StatusSnapshot
from tests.integration_month import COHORT, NOVEMBER, World

EDIT = "/projekter/integration/status/2017-11/"
SUBMIT = f"{EDIT}send/"
SHOW = f"{EDIT}vis/"
LIGHTS = {f"light_{name}": "green" for name in ("overall", "economy", "schedule", "results")}
ROWS = {"reference-TOTAL_FORMS": "0", "reference-INITIAL_FORMS": "0"}


def page(response: Any) -> str:
    """Return the page's words without its markup."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&quot;", '"').replace("&#x27;", "'").split())


def form(version: int = 0, **fields: Any) -> dict[str, Any]:
    return {"version": str(version), **fields}


def november() -> StatusSnapshot:
    return StatusSnapshot.objects.filter(month=NOVEMBER).latest("revision")


def cohort(world: World) -> dict[str, str]:
    return {f"count_{world.row(name).pk}": str(number) for name, number in COHORT.items()}


def seen(client: Client) -> dict[str, list[str]]:
    """Return what the form sends along to say which findings stood on the page."""
    return {"seen": [line.key for line in client.get(EDIT).context["findings"]]}


def submit(client: Client) -> Any:
    version = StatusSnapshot.objects.filter(month=NOVEMBER).values_list("version", flat=True).first() or 0
    client.post(EDIT, form(version, confirm="all", **LIGHTS))
    return client.post(SUBMIT, form(november().version, **seen(client)))
