"""Tables typed and pasted into like a spreadsheet, and the page's own rules held against the server's."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from playwright.sync_api import expect

from projects.counts import parse_count, parse_measure
from projects.enums import BreakdownKind
from projects.models import StatusSnapshot
from projects.queries.snapshot_values import stored_values
from projects.rules.lengths import lix
from tests import factories
from tests.annex_files import paper
from tests.integration_month import NOVEMBER, ORIGINS, World, integration_month
from tests.projects.rules.test_lengths import HEAVY, PLAIN

pytestmark = pytest.mark.django_db(transaction=True)

EDIT = "/projekter/integration/status/2017-11/"
NUMBERS = [
    "1.250",
    "1 250",
    "1,250",
    "1.25",
    "12,5",
    "1.250,50",
    "0",
    "007",
    "1,2,3",
    "tre",
    "",
    "-4",
    "1.2500",
    "1250,",
]
PASTE = """([target, text, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (html) data.setData("text/html", html);
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WORD = """<html><head><style>p {mso-x: 1}</style></head><body>
<h1>Holdet</h1><p class=MsoNormal>Der er <b>41</b> borgere, se <a href="https://eksempel.dk/a">rapporten</a>.<o:p></o:p></p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>    </span></span>Første punkt</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Andet <i>punkt</i></p>
<p>Slut.<script>alert(1)</script></p></body></html>"""
MARKDOWN = """# Holdet

Der er **41** borgere, se [rapporten](https://eksempel.dk/a).

- Første punkt
- Andet *punkt*

Slut."""


@pytest.fixture
def world() -> World:
    return integration_month()


@pytest.fixture
def month(world: World, page: Any, login: Any) -> Any:
    login(page, world.caseworker)
    page.goto(EDIT)
    return page


def paste(page: Any, label: str, text: str, html: str = "") -> None:
    field = page.get_by_label(label, exact=True)
    field.focus()
    page.evaluate(PASTE, [field.element_handle(), text, html])


def shows(page: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        expect(page.get_by_label(name, exact=True)).to_have_value(str(value))


def note(page: Any) -> Any:
    return page.locator(".paste-note").last


def accepted(parse: Any, text: str) -> float | None:
    try:
        return float(parse(text))
    except ValidationError:
        return None


def test_the_page_reads_numbers_and_texts_by_the_servers_rules(month):
    read = "texts => texts.map(text => [statusRules.count(text), statusRules.measure(text)])"
    expected = [[accepted(parse_count, text), accepted(parse_measure, text)] for text in NUMBERS]
    assert month.evaluate(read, NUMBERS) == expected
    texts = [PLAIN, HEAVY, f"## Holdet\n\n{PLAIN}\n- {HEAVY}", "kort", PLAIN.replace("Der", "**Der**") * 3]
    assert month.evaluate("texts => texts.map(statusRules.lix)", texts) == [lix(text) for text in texts]
    paste(month, "Det, udvalget skal vide", "Holdet", WORD)
    expect(month.get_by_label("Det, udvalget skal vide")).to_have_value(
        MARKDOWN + "# Siden sommer\n\nHoldet er samlet."
    )


def test_arrows_and_enter_move_and_a_pasted_column_is_whole_or_nothing(world, month):
    before = ORIGINS | {"Syrien": 21}
    shows(month, before)
    month.get_by_label("Syrien", exact=True).focus()
    month.keyboard.press("ArrowDown")
    expect(month.get_by_label("Somalia", exact=True)).to_be_focused()
    month.keyboard.press("Enter")
    month.keyboard.press("ArrowUp")
    month.keyboard.press("ArrowUp")
    expect(month.get_by_label("Syrien", exact=True)).to_be_focused()

    for text, message in (
        ("22\nfire\n3", "Intet er indsat. “fire” ud for “Somalia” er ikke et tal. Skriv cifre, for eksempel 1.250."),
        ("1,250\n4", "“1,250” ud for “Syrien” har et komma, og komma står kun før decimaler. Skriv 1.250 eller 1250."),
        ("22\t4\n3\t1", "Der er 2 kolonner i det, du har kopieret, og plads til 1 fra “Syrien”."),
        ("\n".join("1" * 100), "Der er 100 rækker i det, du har kopieret, og plads til 11 fra “Syrien” og ned."),
        ("Syrien\t22\nSverige\t1", "“Sverige” er ikke en række i tabellen."),
    ):
        paste(month, "Syrien", text)
        expect(note(month)).to_contain_text(message)
        shows(month, before)

    paste(month, "Syrien", "1.250\r\n4\r\n3\r\n")
    shows(month, before | {"Syrien": "1.250", "Somalia": "4", "Iran": "3"})
    expect(note(month)).to_contain_text("3 felter er indsat.")
    group = month.get_by_role("group", name="Nationalitet", exact=True)
    expect(group.locator("[data-sum]")).to_contain_text("I alt 1.269 af 40 – 1.229 for mange")
    expect(group.get_by_role("row").filter(has_text="Syrien").locator("[data-change]")).to_have_text("+1.229")
    month.get_by_label("Syrien", exact=True).focus()
    month.keyboard.press("Control+z")
    shows(month, before)
    expect(group.get_by_text("som sidst").first).to_be_visible()


def test_a_block_finds_its_rows_by_name_and_a_flow_takes_three_columns(world, month):
    flow = factories.BreakdownFactory(project=world.project, kind=BreakdownKind.FLOW, name="Paragraffer")
    rows = [factories.BreakdownCategoryFactory(breakdown=flow, name=f"§ {number}") for number in (85, 99, 110)]
    month.goto(EDIT)
    paste(month, "§ 85, ind", "8\t6\t30/5-2016\n6\t2\t06/04-2016\n9\t7\tsidste registrering")
    expect(month.locator("[data-remaining]")).to_have_text(["2", "4", "2"])
    sheet = "Afsluttet\t23\n" + "\n".join(f"{name}\t{count}" for name, count in reversed(ORIGINS.items()))
    paste(month, "Iran", "Afsluttet\t23")
    expect(note(month)).to_contain_text("“Afsluttet” er ikke en række i tabellen.")
    paste(month, "Iran", sheet.split("\n", 1)[1])
    expect(month.get_by_role("group", name="Nationalitet", exact=True).locator("[data-sum]")).to_contain_text(
        "I alt 41"
    )
    month.get_by_role("button", name="Hele måneden er uændret").click()
    month.get_by_role("button", name="Gem kladde").click()
    expect(month.get_by_text("Kladden er gemt.")).to_be_visible()
    counts = stored_values(StatusSnapshot.objects.get(month=NOVEMBER)).counts
    assert [(counts[row.pk].count, counts[row.pk].count_out) for row in rows] == [(8, 6), (6, 2), (9, 7)]
    assert [counts[world.row(name).pk].count for name in ORIGINS] == list(ORIGINS.values())


def test_files_are_dropped_sent_at_once_and_refused_before_and_after_sending(world, month, watch, tmp_path):
    watch.allow("422")
    good, renamed, program = tmp_path / "Status_juni.pdf", tmp_path / "regneark.xlsx", tmp_path / "program.exe"
    good.write_bytes(paper("Status for juni"))
    renamed.write_bytes(b"MZ program")
    program.write_bytes(b"MZ program")
    large = tmp_path / "Film.pdf"
    with large.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    group = month.get_by_role("group", name="Bilag", exact=True)
    chooser = group.get_by_label("Træk filer hertil, eller vælg dem")
    chooser.set_input_files([good, program])
    expect(group.get_by_role("link", name="Hent den gemte fil")).to_be_visible()
    expect(group.get_by_label("Titel").first).to_have_value("Status juni")
    expect(group.locator("[data-drop-note]")).to_contain_text("“program.exe” kan ikke være bilag")
    chooser.set_input_files([large])
    expect(group.locator("[data-drop-note]")).to_have_text(
        "“Film.pdf” er større end 10 MB. Gem den igen i en mindre udgave, eller del den i flere filer."
    )
    chooser.set_input_files([renamed])
    expect(group.locator("[data-drop-note]")).to_contain_text("regneark.xlsx")
    month.get_by_label("Iran", exact=True).fill("5")
    expect(month.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    (annex,) = StatusSnapshot.objects.get(month=NOVEMBER).attachments.all()
    assert (annex.title, annex.file.read()) == ("Status juni", good.read_bytes())
    annex.file.close()


def test_a_known_meeting_brings_its_committee_and_one_ahead_is_marked(world, month):
    meeting = factories.MeetingFactory(committee=world.project.committee)
    item = factories.AgendaItemFactory(meeting=meeting, number="101", title="Prioritering af budgetaftale")
    month.goto(EDIT)
    rows = month.get_by_role("group", name="Henvisninger", exact=True)
    rows.get_by_label("Punkt").fill("101")
    expect(rows.get_by_label("Hvad der henvises til")).to_have_value(item.title)
    expect(rows.get_by_label("Udvalg")).to_have_value(str(meeting.committee_id))
    expect(rows.get_by_text("Mødet er ikke holdt endnu")).to_have_count(int(meeting.date > NOVEMBER.replace(day=30)))
