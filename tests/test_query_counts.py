"""Pages cost the same number of queries with one project and with three hundred.

The counts are a committed baseline, so that a rise shows in the diff. Write them anew with RECORD_QUERY_COUNTS=1.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.enums import PaperKind
from tests.factories import MONTH
from tests.portfolio import Portfolio, make_portfolio

BASELINE = Path(__file__).with_name("query_counts.json")


def pages(portfolio: Portfolio) -> dict[str, tuple]:
    """Return the user and the address behind each page's name."""
    project = {"code": portfolio.projects[0].code}
    pool = portfolio.pool.code
    note = {"pk": portfolio.note.pk}
    month = {**project, "month": MONTH}
    return {
        "front page of a caseworker": (portfolio.caseworker, reverse("reports:home")),
        "front page of a manager": (portfolio.manager, reverse("reports:home")),
        "front page of a secretary": (portfolio.secretary, reverse("reports:home")),
        "front page of a controller": (portfolio.controller, reverse("reports:home")),
        "projects of a caseworker": (portfolio.caseworker, reverse("projects:project-list")),
        "projects of a manager": (portfolio.manager, reverse("projects:project-list")),
        "project": (portfolio.manager, reverse("projects:project-detail", kwargs=project)),
        "statuses of a round": (portfolio.manager, reverse("projects:status-list")),
        "status form": (portfolio.caseworker, reverse("projects:snapshot-edit", kwargs=month)),
        "status": (portfolio.manager, reverse("projects:snapshot-show", kwargs=month)),
        "pools": (portfolio.manager, reverse("projects:pool-list")),
        "pool": (portfolio.manager, reverse("projects:pool-detail", kwargs={"code": portfolio.pool.code})),
        "prioritisation": (portfolio.manager, reverse("projects:board", kwargs={"code": portfolio.pool.code})),
        "ledger": (portfolio.controller, reverse("projects:ledger-show", kwargs={"code": portfolio.pool.code})),
        "postings": (portfolio.controller, reverse("projects:posting-list", kwargs={"code": portfolio.pool.code})),
        "postings of a project": (portfolio.manager, reverse("projects:project-postings", kwargs=project)),
        "month-end": (portfolio.controller, reverse("projects:month-end", kwargs={"code": pool, "month": MONTH})),
        "chart of accounts": (portfolio.controller, reverse("projects:chart-show")),
        "fiscal years": (portfolio.controller, reverse("projects:fiscal-years")),
        "placing": (portfolio.controller, reverse("projects:postings-place", kwargs={"code": portfolio.pool.code})),
        "proposals": (portfolio.manager, reverse("projects:proposal-list")),
        "proposal": (portfolio.manager, reverse("projects:proposal-detail", kwargs={"pk": portfolio.proposals[0].pk})),
        "overview": (portfolio.manager, reverse("reports:overview")),
        "notes": (portfolio.secretary, reverse("reports:note-list")),
        "papers": (portfolio.secretary, reverse("reports:paper-list")),
        "proposal catalogue": (portfolio.manager, reverse("reports:paper-show", args=[PaperKind.CATALOGUE, pool])),
        "project report": (portfolio.manager, reverse("reports:paper-show", args=[PaperKind.CLOSING, project["code"]])),
        "note being composed": (portfolio.secretary, reverse("reports:note-compose", kwargs=note)),
        "checklist of a note": (portfolio.secretary, reverse("reports:note-checklist", kwargs=note)),
        "text of a note": (portfolio.secretary, reverse("reports:note-section", kwargs=note | project)),
        "annexes of a note": (portfolio.secretary, reverse("reports:note-additions", kwargs=note)),
        "drafts of a note": (portfolio.secretary, reverse("reports:note-drafts", kwargs=note)),
    }


def count_queries(size: int) -> dict[str, int]:
    counts = {}
    for name, (user, address) in pages(make_portfolio(size)).items():
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, (name, response.status_code)
        counts[name] = len(queries)
    return counts


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 300])
def test_pages_cost_what_the_baseline_says(size):
    with time_machine.travel(date(2017, 11, 20), tick=False):
        counts = count_queries(size)
    if os.environ.get("RECORD_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(counts, indent=2, ensure_ascii=False) + "\n")
    assert counts == json.loads(BASELINE.read_text())
