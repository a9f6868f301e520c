"""The whole of November 2017, all eight projects with every table and flow of the source, typed in the browser.

What the paper got wrong is noticed on the page it is typed on. The figures are the demo data's, which are the source's.
"""

import re
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from projects.dates import format_date
from projects.models import BreakdownCategory, Committee, Indicator, StatusSnapshot
from projects.queries.snapshot_values import stored_values
from reports.management.demo_data import FOLDER
from reports.management.demo_data.files import Files
from tests.chromium import settle
from tests.integration_month import NOVEMBER

pytestmark = pytest.mark.django_db(transaction=True)

FILE = "statuses-2017-11"
# What the rules say at each project when it is sent for the first time, flaw by flaw: 170.000 kr. nobody explains (R1);
# references without a date, an item or an annex, and a meeting still to come (R10); four of five under "mentor" (R2);
# figures from after the note (R3); "siden sidste registrering" (R4), a note to oneself in two ways (R9), the project
# spelled in another way (R19) and a citizen anybody could find (R14); "31.10" and "d.d." (R4); "fordobling" of 1,94
# (R12) and families that became citizens (R13).
NOTICED = {
    "aftentelefonen": ["R1"],
    "frivillighed": ["R10", "R10"],
    "integration": ["R10", "R2", "R3"],
    "sygemeldte-ledige": ["R10"],
    "sund-i-job": ["R10", "R10"],
    "housing-first": ["R14", "R14", "R19", "R4", "R9", "R9"],
    "fleksjob-jobspor": ["R4", "R4"],
    "frivillig-oekonomisk-raadgiver": ["R10", "R12", "R13"],
}
# What is wrong with the project and not with its month stands on the project's page: money from elsewhere (R15), and an
# end without results (R16). Contents and numbers of figures are made, so they cannot be wrong (R5, R11).
ON_THE_PROJECT = {"aftentelefonen": "R15", "sund-i-job": "R15", "sygemeldte-ledige": "R16"}
# The source's case story is not repeated: this one is nobody's.
STORY = "\n\nI Houseing first bor Fatima Ahmadi nu på Rønnevej 12."
# Dates as the paper spells them.
SPELLED = {
    date(2016, 5, 30): "30/5-2016",
    date(2016, 4, 6): "06/04-2016",
    date(2017, 11, 6): "6. november 2017",
    date(2017, 11, 30): "30-11-2017",
}
FILL = """fields => {
    const form = document.querySelector("[data-status-form]");
    for (const [name, value] of Object.entries(fields)) {
        const found = form.elements.namedItem(name);
        if (found instanceof RadioNodeList) found.value = value; else found.value = value;
        (found instanceof RadioNodeList ? found[0] : found).dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Load the demo data with every month but November, and return November as the file has it."""
    names = Files.names
    monkeypatch.setattr(Files, "names", lambda files, pattern: [name for name in names(files, pattern) if name != FILE])
    call_command("demo", verbosity=0)
    return {row["project"]: row for row in Files(FOLDER).read(FILE)["statuses"]}


def fields_of(row: dict[str, Any]) -> dict[str, str]:
    """Return a project's month as the form's fields."""
    fields = {f"light_{key}": row["lights"].get(key, "green") for key in ("overall", "economy", "schedule", "results")}
    fields |= {f"comment_{key}": text for key, text in row.get("comments", {}).items()}
    story = STORY if row["project"] == "housing-first" else ""
    fields |= {"as_of": spelled(row["as_of"]), "narrative": row["narrative"].strip() + story}
    fields |= {"forecast": str(row["forecast"])} if "forecast" in row else {}
    for indicator in Indicator.objects.filter(project__code=row["project"], code__in=row.get("measurements", {})):
        fields[f"indicator_{indicator.pk}"] = str(row["measurements"][indicator.code])
    for table, counts in row.get("counts", {}).items():
        for category in BreakdownCategory.objects.filter(
            breakdown__project__code=row["project"], breakdown__code=table
        ):
            if category.code in counts:
                fields |= count_fields(category.pk, counts[category.code])
    return fields | reference_fields(row.get("references", []))


def spelled(day: date) -> str:
    return SPELLED.get(day) or format_date(day)


def count_fields(pk: int, count: Any) -> dict[str, str]:
    if isinstance(count, int):
        return {f"count_{pk}": str(count)}
    since = spelled(count["since"]) if "since" in count else count["since_text"]
    return {f"count_{pk}": str(count["count"]), f"out_{pk}": str(count["out"]), f"since_{pk}": since}


def reference_fields(references: list[dict[str, Any]]) -> dict[str, str]:
    ids = {committee.code: str(committee.pk) for committee in Committee.objects.all()}
    fields = {}
    for number, line in enumerate(references):
        fields[f"reference-{number}-title"] = line["title"]
        fields[f"reference-{number}-committee"] = ids.get(line.get("committee", ""), "")
        fields[f"reference-{number}-meeting_date"] = spelled(line["meeting"]) if "meeting" in line else ""
        fields[f"reference-{number}-item_number"] = line.get("item_number", "")
    return fields


def send(page: Any) -> None:
    page.get_by_role("button", name="Send til godkendelse").click()


def type_month(page: Any, row: dict[str, Any]) -> list[str]:
    """Type and send a month, and return the rules that ask about it, first at the field and then in the list."""
    page.goto(f"/projekter/{row['project']}/status/2017-11/")
    for _more in row.get("references", [])[1:]:
        page.get_by_role("button", name="Endnu en henvisning").click()
    page.evaluate(FILL, fields_of(row))
    send(page)
    expect(page.locator("#problems")).to_be_visible()
    settle(page)
    listed = page.locator(".finding .finding-message").all_inner_texts()
    at_field = page.locator(".entry-finding").all_inner_texts()
    assert set(at_field) <= set(listed)
    return sorted(page.locator(".finding .finding-rule").all_inner_texts())


def test_all_eight_projects_are_typed_and_every_flaw_is_noticed_where_it_is_made(source, new_page, login, watch):
    watch.allow("422")
    assert set(source) == set(NOTICED)
    pages = {name: new_page() for name in ("sagsbehandler", "sagsbehandler2")}
    for name, page in pages.items():
        login(page, name)
    change_the_unit(pages["sagsbehandler2"])
    for code, rule in ON_THE_PROJECT.items():
        page = pages[source[code]["by"]]
        page.goto(f"/projekter/{code}/")
        expect(page.locator(".finding-rule", has_text=rule)).to_be_visible()
    noticed = {}
    for code, row in source.items():
        page = pages[row["by"]]
        noticed[code] = type_month(page, row)
        if code == "housing-first":
            expect(page.locator("#problems")).to_contain_text("“->” ligner kladdetekst")
            page.get_by_label("Det, udvalget skal vide").fill("Der er færre borgere på forsorgshjem.")
        send(page)
        expect(page).to_have_url(re.compile("/vis/$"))
    assert noticed == NOTICED
    sent = StatusSnapshot.objects.filter(month=NOVEMBER, state="submitted").select_related("project")
    assert {snapshot.project.code for snapshot in sent} == set(source)
    integration = stored_values(next(snapshot for snapshot in sent if snapshot.project.code == "integration"))
    assert sum(value.count for value in integration.counts.values() if value.count is not None) == 41 * 3 + 4
    assert integration.as_of == date(2017, 11, 30)
    housing = stored_values(next(snapshot for snapshot in sent if snapshot.project.code == "housing-first"))
    since = [value.since for value in housing.counts.values() if value.since]
    assert since == [date(2016, 5, 30), date(2016, 4, 6)]


def change_the_unit(page: Any) -> None:
    indicator = Indicator.objects.get(code="brugere")
    page.goto(f"/projekter/frivillig-oekonomisk-raadgiver/maaltal/{indicator.pk}/")
    page.locator("[name=unit]").fill("borgere")
    save = page.get_by_role("main").get_by_role("button", name=re.compile("^Gem")).first
    save.click()
    page.locator("[name=confirm_meaning]").check(force=True)
    save.click()
    expect(page.get_by_text("Måltallet er gemt.")).to_be_visible()
