"""A ledger file through the wizard: two rows placed by hand, undone, and loaded again."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from playwright.sync_api import expect

from projects.enums import Role
from projects.models import Posting
from tests.chromium import DESKTOP, PHONE, overflow
from tests.factories import PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

LEDGER = "/puljer/PULJE-2016/posteringer/"
ROWS = (
    "Posteringsliste 2016;;;;;\r\n\r\nBogføringsdato;Bilagsnr.;PSP-element;Konto;Posteringstekst;Beløb\r\n"
    "30.06.2016;1001;mentor;5.68.98;Løn, 2. kvartal;22.800,00\r\n"
    "30.06.2016;1002;98-1;5.68.98;Møder;1.200,50\r\n"
    "30.06.2016;1003;98-2;5.68.98;Kørsel;300,00-\r\n"
    "I alt;;;;;23.700,50\r\n"
)
FILE = {"name": "juni.csv", "mimeType": "text/csv", "buffer": ROWS.encode("cp1252")}


@pytest.fixture
def mentor(live_server):
    pool = PoolFactory(code="PULJE-2016", name="Puljen 2016")
    UserFactory(username="oekonom", roles=[Role.CONTROLLER])
    ProjectFactory(code="bolig", name="Bolig", pool=pool)
    return ProjectFactory(code="mentor", name="Mentor", pool=pool)


def load_file(page):
    page.goto(LEDGER + "indlaes/")
    page.get_by_label("Fil", exact=True).set_input_files(FILE)
    page.get_by_label("Regnskabsår").fill("2016")
    page.get_by_role("button", name="Se rækkerne").click()
    expect(page.get_by_role("cell", name="Løn, 2. kvartal", exact=True)).to_be_visible()
    page.get_by_role("button", name="Prøv hele filen").click()
    expect(page.get_by_text("stemmer")).to_be_visible()
    page.get_by_role("button", name="Indlæs 3 posteringer").click()
    expect(page.get_by_text("3 posteringer er indlæst.")).to_be_visible()


def spent(project):
    return project.postings.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def test_two_rows_are_placed_by_hand_then_the_load_is_undone_and_made_again(page, login, mentor, axe):
    login(page, "oekonom")
    load_file(page)
    axe(page)
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    page.get_by_label("Projekt", exact=True).select_option(label="Mentor")
    page.get_by_label("Ja, for rækker med samme projektnummer").check()
    page.get_by_role("button", name="Placér rækkerne").click()
    expect(page.get_by_text("2 rækker er placeret i “Mentor”.")).to_be_visible()
    assert spent(mentor) == Decimal("23700.50")
    page.goto(LEDGER)
    page.get_by_role("link", name="juni.csv").click()
    expect(page.get_by_label("Begrundelse")).to_be_visible()
    axe(page)
    page.get_by_label("Begrundelse").fill("Forkert periode")
    page.get_by_role("button", name="Fortryd indlæsningen").click()
    expect(page.get_by_text("Indlæsningen er fortrudt.")).to_be_visible()
    assert (spent(mentor), Posting.objects.count()) == (0, 6)
    load_file(page)
    # What was remembered places the rows this time.
    assert spent(mentor) == Decimal("23700.50")
    page.goto("/projekter/mentor/posteringer/")
    expect(page.get_by_role("link", name="juni.csv").first).to_be_visible()
    # One row stood in the wrong project: it is moved from its own page.
    page.get_by_role("link", name="Kørsel").last.click()
    axe(page)
    page.get_by_label("Hører til projektet").select_option(label="Bolig")
    page.get_by_label("Begrundelse").fill("Kørslen var boligteamets")
    page.get_by_role("button", name="Flyt posteringen").click()
    expect(page.get_by_text("Posteringen tæller nu i “Bolig”.")).to_be_visible()
    expect(page.get_by_role("link", name="Mentor")).to_be_visible()
    assert spent(mentor) == Decimal("24000.50")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_rows_are_seen_beside_what_they_are_read_as(page, login, mentor, axe, viewport):
    login(page, "oekonom")
    page.goto(LEDGER + "indlaes/")
    page.get_by_label("Fil", exact=True).set_input_files(FILE)
    page.get_by_label("Regnskabsår").fill("2017")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Datoen 30.06.2016 ligger ikke i 2017.").first).to_be_visible()
    axe(page)
    assert overflow(page) == 0
