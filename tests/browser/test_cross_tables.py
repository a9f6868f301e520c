"""A table in two directions and parts of a whole: from a template to what is read, with the totals on the way."""

from datetime import date

from playwright.sync_api import expect

from tests.factories import ProjectAssignmentFactory, ProjectFactory, StatusRoundFactory

PROJECT = "/projekter/syddjurs/"
MONTH = f"{PROJECT}status/2017-11/"
SHARES = [(18, 195), (78, 369), (13, 155)]
CELLS = [(1, 7, 0), (6, 15, 4), (0, 1, 0), (5, 10, 4), (0, 1, 0), (6, 44, 5)]


def test_two_tables_are_made_from_templates_filled_in_sent_and_read(page, login, axe):
    project = ProjectFactory(code="syddjurs", name="Langvarige", starts_on=date(2017, 11, 1))
    StatusRoundFactory(committee=project.committee, month=date(2017, 11, 1))
    login(page, ProjectAssignmentFactory(project=project).user)
    for template in ("Antal ud af antal", "Ydelse og indsats"):
        make_from_template(page, template)
    fill_in(page, axe)
    send(page)
    shares = page.get_by_role("table").filter(has_text="9,2 %")
    for percent in ("9,2 %", "21,1 %", "8,4 %", "15,2 %"):
        expect(shares.get_by_text(percent, exact=True)).to_be_visible()
    cross = page.get_by_role("table").filter(has_text="Virksomhedspraktik")
    expect(cross.get_by_role("row").last).to_contain_text("109")


def make_from_template(page, name: str) -> None:
    page.goto(f"{PROJECT}maaltal/")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Gem opgørelsen").click()
    expect(page.locator(".messages")).to_contain_text("Opgørelsen er gemt")


def fill_in(page, axe) -> None:
    page.goto(MONTH)
    shares, cross = page.locator("[data-share]"), page.locator("[data-cross]")
    for row, values in enumerate(SHARES):
        fill_row(shares.locator("tbody tr").nth(row), values)
    expect(shares.locator("tbody [data-share-of]")).to_have_text(["9,2 %", "21,1 %", "8,4 %"])
    expect(shares.locator("tfoot output")).to_have_text(["109", "719", "15,2 %"])
    for row, values in enumerate(CELLS):
        fill_row(cross.locator("tbody tr").nth(row), values)
    expect(cross.locator("tbody [data-across]")).to_have_text(["8", "25", "1", "19", "1", "55"])
    expect(cross.locator("[data-column-check]")).to_have_text(["Sum 18", "Sum 78", "Sum 13"])
    expect(cross.locator("[data-whole]")).to_have_text("109")
    axe(page)


def fill_row(row, values) -> None:
    for place, value in enumerate(values):
        row.locator("input:visible").nth(place).fill(str(value))


def send(page) -> None:
    for dimension in ("Samlet", "Økonomi", "Tidsplan", "Resultater"):
        page.get_by_role("group", name=dimension).get_by_label("Grøn").check()
    page.get_by_label("Det, udvalget skal vide").fill("109 af 719 sager har varet længe.")
    page.get_by_role("button", name="Send til godkendelse").first.click()
    expect(page.get_by_text("Sendt", exact=True).first).to_be_visible()
