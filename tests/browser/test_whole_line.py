"""The whole line on the real figures: a month is typed, approved and issued, and the committee's PDF is read."""

import hashlib
import io
import re
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from projects.models import Indicator, Project
from projects.queries.findings import portfolio_notices
from reports.models import NoteVersion
from tests import november_paper, pdf
from tests.chromium import settle
from tests.pdf_checkpoints import flaws

pytestmark = pytest.mark.django_db(transaction=True)

INTEGRATION = "/projekter/integration/status/2017-11/"
COHORT = {"Overdraget 1.10.2016": 31, "Kommet til siden": 10}
NATIONALITIES = {
    "Syrien": 22,
    "Somalia": 4,
    "Iran": 3,
    "Rusland": 3,
    "Afghanistan": 2,
    "Statsløs, født i Bhutan": 2,
    "Belarus": 1,
    "Egypten": 1,
    "Elfenbenskysten": 1,
    "Kuwait": 1,
    "Tunesien": 1,
}
ENDED = {
    "Egen virksomhed": 2,
    "Flyttet fra kommunen": 3,
    "Forsørges af ægtefælle": 2,
    "Ønskede ikke indsatsen": 2,
    "Ordinær uddannelse": 6,
    "Ordinært arbejde": 6,
    "Fleksjob": 1,
    "Repatrieret": 1,
}
ACTIVE = {
    "Løntilskud": 0,
    "Virksomhedspraktik uden småjob": 5,
    "Småjob og virksomhedspraktik": 5,
    "Barsel": 1,
    "Integrationsgrunduddannelse (IGU)": 2,
    "Mentor efter tortur": 5,
    "Indstilles til rehabiliteringsteamet": 1,
    "Praktik få timer om ugen": 2,
    "I psykiatrisk behandling": 1,
}
FOUR_OF_FIVE = "Under “Mentor efter tortur” står 5, men underrækkerne giver 4 – én mangler."


@pytest.fixture
def demo() -> None:
    call_command("demo", verbosity=0)


def log_in(page: Any, user: str) -> None:
    page.goto("/konto/log-ind/")
    page.get_by_label("Brugernavn").fill(user)
    page.get_by_label("Adgangskode").fill("demo")
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hej")


def type_table(page: Any, table: str, rows: dict[str, int]) -> Any:
    group = page.get_by_role("group", name=table, exact=True)
    for label, count in rows.items():
        group.get_by_label(label, exact=True).fill(str(count))
    return group


def choose_lights(page: Any) -> None:
    for dimension in ("Samlet", "Økonomi", "Tidsplan", "Resultater"):
        page.locator("[data-light-line]").filter(has_text=dimension).get_by_role("radio", name="Grøn").check()


def type_the_integration_month(page: Any) -> None:
    """The caseworker begins the month anew from October's values, is told of the missing one, answers and sends."""
    page.goto("/projekter/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine projekter")
    page.goto(INTEGRATION)
    page.get_by_role("link", name="Slet kladde").click()
    page.get_by_role("button", name="Slet kladden").click()
    expect(page.get_by_text("Kladden for november 2017 er slettet.")).to_be_visible()
    page.goto(INTEGRATION)
    expect(page.get_by_text("11 felter viser stadig okt. 2017")).to_be_visible()

    page.get_by_label("Borgere i alt", exact=True).fill("41")
    page.get_by_label("Opgjort pr.").fill("27-11-2017")
    type_table(page, "Bruttogruppe", COHORT)
    nationalities = type_table(page, "Nationalitet", NATIONALITIES)
    expect(nationalities.locator("[data-sum]")).to_contain_text("I alt 41 af 41")
    outcomes = type_table(page, "Hvor borgerne er nu", ENDED | ACTIVE)
    expect(
        outcomes.get_by_role("row")
        .filter(has=page.get_by_role("rowheader", name="Afsluttet", exact=True))
        .locator("output")
    ).to_have_text("23")
    expect(
        outcomes.get_by_role("row")
        .filter(has=page.get_by_role("rowheader", name="Aktive", exact=True))
        .locator("output")
    ).to_have_text("18")
    expect(outcomes.get_by_text("Underrækker 4 af 5 – én mangler")).to_be_visible()
    page.get_by_label("Det, udvalget skal vide").fill("## Fremgang\n\nDer er **41 borgere** i projektet.")
    page.get_by_label("Forventet forbrug i hele året").fill("395.000 kr.")
    page.locator("[name=reference-0-title]").fill("Orientering om projektet Integration, 2017")
    page.locator("[name=reference-0-committee]").select_option(label="UFB")
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()

    page.goto("/")
    page.goto(INTEGRATION)
    expect(page.get_by_label("Syrien")).to_have_value("22")
    finding = page.get_by_role("listitem").filter(has_text=FOUR_OF_FIVE)
    finding.locator("summary").click()
    finding.get_by_role("textbox").fill("Kendt: én er flyttet.")
    choose_lights(page)
    send(page)


def mend_housing_first(page: Any) -> None:
    page.goto("/projekter/housing-first/status/2017-11/")
    page.get_by_label("Det, udvalget skal vide").fill("Der er færre borgere på forsorgshjem.")
    choose_lights(page)
    send(page)


def send(page: Any) -> None:
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(page).to_have_url(re.compile(r"/status/2017-11/vis/$"))


def approve_what_waits(page: Any, count: int) -> None:
    for _ in range(count):
        page.goto("/")
        page.get_by_role("link", name=re.compile("Læs og godkend")).first.click()
        page.get_by_role("button", name="Godkend", exact=True).click()
        expect(page.get_by_text(re.compile("er godkendt"))).to_be_visible()


def issue_the_note(page: Any) -> bytes:
    page.goto("/notater/")
    page.get_by_role("link", name=re.compile("4. december 2017|04.12.2017")).first.click()
    expect(page.get_by_role("heading", name="Klar til at blive udsendt")).to_be_visible()
    page.get_by_label(re.compile("^Indledning")).fill("Udvalget får her status på **otte projekter**.")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Notatet er gemt.")).to_be_visible()
    expect(page.get_by_label(re.compile("^Indledning"))).to_have_value("Udvalget får her status på **otte projekter**.")
    settle(page)
    page.get_by_role("button", name="Udsend notatet").click()
    page.get_by_role("button", name="Udsend nu").click(timeout=60_000)
    expect(page.get_by_role("heading", name="Udsendt", exact=True)).to_be_visible(timeout=60_000)
    return download(page)


def download(page: Any) -> bytes:
    address = page.get_by_role("link", name=re.compile("^PDF")).first.get_attribute("href")
    return page.request.get(address).body()


def test_a_month_becomes_a_paper(demo, new_page, worker):
    caseworker, manager, secretary = new_page(), new_page(), new_page()

    log_in(caseworker, "sagsbehandler")
    type_the_integration_month(caseworker)
    mend_housing_first(caseworker)

    log_in(manager, "leder")
    expect(manager.get_by_role("heading", name="Tre statusser venter på din godkendelse.")).to_be_visible()
    approve_what_waits(manager, 3)
    manager.goto("/overblik/")
    for amount in ("4.300.000", "2.810.000", "1.490.000"):
        expect(manager.get_by_text(amount).first).to_be_visible()

    log_in(secretary, "udvalgssekretaer")
    paper = issue_the_note(secretary)
    read_the_paper(paper)
    stays_as_issued(secretary, paper)


def read_the_paper(paper: bytes) -> None:
    text, pages = pdf.text_of(paper), pdf.page_texts(paper)
    titles = [f"Ad geninvesteringspuljen projekt – {name}" for name in november_paper.SENTENCES]
    contents = text[text.index("Indhold") : text.index("Overblik", text.index("Indhold") + 200)]
    for title in titles:
        number = int(re.search(rf"{re.escape(title)}[ .]*(\d+)", contents)[1])
        assert title in " ".join(pages[number - 1].split()), (title, number)
    every_figure_of_the_source_is_read(paper, text)
    everybody_can_read_it(paper, text, titles)
    assert "Kendt: én er flyttet." in text
    assert "15.00.00-A00-2-16" in text
    assert f"Side 1 af {len(pages)}" in text
    assert "->" not in text
    assert "UDKAST" not in text


def every_figure_of_the_source_is_read(paper: bytes, text: str) -> None:
    tables = pdf.tables(paper)
    assert {caption: tables.get(caption) for caption in november_paper.TABLES} == november_paper.TABLES
    _front, *sections = text[text.index("Tabel 1. ") :].split("Ad geninvesteringspuljen projekt – ")
    for (name, sentences), section in zip(november_paper.SENTENCES.items(), sections, strict=True):
        assert section.startswith(name)
        for sentence in sentences:
            assert squeezed(sentence) in squeezed(section), (name, sentence)


def squeezed(text: str) -> str:
    """Return the text without what a line's end puts into it."""
    return re.sub(r"[\s-]", "", text)


def everybody_can_read_it(paper: bytes, text: str, titles: list[str]) -> None:
    """Tags, scopes, metadata, fonts; what is said of the figure; the data enclosed; and the order it is read in."""
    assert flaws(paper) == {}
    assert all(name.startswith("IBM-Plex-Sans") for name in pdf.fonts(paper))
    assert pdf.alternatives(paper) == [november_paper.FIGURE]
    assert [title for _level, title in pdf.headings(paper) if title.startswith("Ad ")] == titles
    captions = [caption for caption in pdf.tables(paper) if caption]
    assert [caption.split(".")[0] for caption in captions] == [f"Tabel {number}" for number in range(1, 19)]
    places = [text.index(caption) for caption in captions]
    assert places == sorted(places)
    with pikepdf.open(io.BytesIO(paper)) as document:
        files = {name: file.get_file().read_bytes().decode("utf-8-sig") for name, file in document.attachments.items()}
    assert len(files) == len(captions) + 1
    rows = november_paper.TABLES["Tabel 9. Nationalitet, borgere"]
    assert files["tabel-9-nationalitet-borgere.csv"].splitlines() == [";".join(row) for row in rows]


def stays_as_issued(page: Any, paper: bytes) -> None:
    """Whatever happens to the data later, what was issued comes back byte for byte."""
    version = NoteVersion.objects.get()
    assert hashlib.sha256(paper).hexdigest() == version.pdf_sha256
    Project.objects.filter(code="integration").update(name="Noget andet")
    Indicator.objects.filter(project__code="integration").update(name="Noget tredje")
    page.reload()
    assert download(page) == paper
    rules = {item.notice.rule for item in portfolio_notices() if item.is_open}
    assert not rules & {"R2", "R3", "R9"}
