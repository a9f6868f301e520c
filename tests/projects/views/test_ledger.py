"""Ledger pages: the wizard's steps, narrowing, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.enums import Role
from projects.models import ImportBatch, LedgerMapping, LedgerUpload, Posting
from tests.factories import (
    ImportBatchFactory,
    PoolFactory,
    PostingFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROWS = "Dato;Projekt;Bilag;Beløb\n30.06.2016;mentor;1;1.000,00\n30.06.2016;ukendt;2;234,50\n"
LAYOUT = {
    "year": "2016",
    "encoding": "auto",
    "delimiter": "auto",
    "decimal": "comma",
    "column_date": "Dato",
    "column_amount": "Beløb",
    "column_project_key": "Projekt",
    "column_voucher": "Bilag",
}


@pytest.fixture
def pool():
    pool = PoolFactory(code="PULJE")
    ProjectFactory(code="mentor", pool=pool)
    return pool


@pytest.fixture
def controller(client):
    user = UserFactory(roles=[Role.CONTROLLER])
    client.force_login(user)
    return user


def address(name, **kwargs):
    return reverse(f"projects:{name}", kwargs={"code": "PULJE", **kwargs})


def hand_over(client, text=ROWS, name="juni.csv"):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(address("upload-create"), {"file": file, "year": "2016"})


def test_a_file_is_handed_over_tried_and_loaded_and_then_forgotten(client, pool, controller):
    page = hand_over(client).url
    stored = Path(LedgerUpload.objects.get().file.path)
    assert "juni" not in stored.name
    shown = client.get(page).content.decode()
    assert "1.000,00" in shown
    tried = client.post(page, {**LAYOUT, "try": "1", "system": "Opus", "save_as": "Opus CSV"})
    assert (tried.status_code, Posting.objects.count()) == (200, 0)
    assert LedgerMapping.objects.get().columns["amount"] == "Beløb"
    loaded = client.post(page, {**LAYOUT, "load": "1", "system": "Opus"})
    assert loaded.url == address("postings-place")
    assert (Posting.objects.count(), LedgerUpload.objects.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_the_files_bytes_go_with_it(client, pool, controller):
    page = hand_over(client).url
    stored = Path(LedgerUpload.objects.get().file.path)
    assert stored.exists()
    client.post(page + "glem/")
    assert (stored.exists(), LedgerUpload.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("juni.csv", b"", "tom"),
        ("juni.pdf", b"%PDF-1.7", "CSV"),
        ("juni.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "adgangskode"),
    ],
)
def test_what_cannot_be_a_ledger_is_refused_beside_the_field(client, pool, controller, name, content, words):
    response = hand_over(client, content, name)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["file"])
    assert LedgerUpload.objects.count() == 0


def test_a_file_above_the_limit_is_refused(client, pool, controller, settings):
    settings.LEDGER_UPLOAD_MB = 0
    assert hand_over(client).status_code == 422
    assert LedgerUpload.objects.count() == 0


def test_lines_that_cannot_be_read_are_listed_and_nothing_is_loaded(client, pool, controller):
    page = hand_over(client, ROWS.replace("30.06.2016;ukendt", "31.02.2016;ukendt")).url
    response = client.post(page, {**LAYOUT, "load": "1"})
    assert response.status_code == 422
    assert "Linje 3:" in response.content.decode()
    assert (Posting.objects.count(), ImportBatch.objects.count(), LedgerUpload.objects.count()) == (0, 0, 1)


def test_a_file_without_known_heads_asks_which_column_is_which(client, pool, controller):
    page = hand_over(client, "Hvornår;Hvor meget\n30.06.2016;5,00\n").url
    assert "Vælg, hvad kolonnerne indeholder." in client.get(page).content.decode()
    columns = {"column_date": "Hvornår", "column_amount": "Hvor meget", "column_project_key": "", "column_voucher": ""}
    assert client.post(page, {**LAYOUT, **columns, "load": "1"}).status_code == 302
    assert Posting.objects.get().amount == Decimal(5)


def test_the_sum_is_of_exactly_the_rows_that_are_listed(client, pool, controller):
    batch = ImportBatchFactory(pool=pool)
    PostingFactory(batch=batch, project=pool.projects.get(), text="Løn", amount=Decimal(100))
    PostingFactory(batch=batch, project=None, text="Leje", amount=Decimal(40))
    for query, total in (("", 140), ("?search=leje", 40), ("?placed=no", 40), (f"?batch={batch.pk}&placed=yes", 100)):
        context = client.get(address("posting-list") + query).context
        assert (context["sums"].total, len(context["page"])) == (Decimal(total), context["sums"].count)


def test_an_undo_without_a_reason_comes_back(client, pool, controller):
    batch = ImportBatchFactory(pool=pool)
    response = client.post(address("batch-undo", pk=batch.pk), {"reason": " "})
    assert response.status_code == 422
    assert ImportBatch.objects.count() == 1


def test_who_may_not_see_the_loads_is_told_the_file_and_the_line_without_links(client, pool):
    posting = PostingFactory(project__pool=pool, batch__pool=pool)
    caseworker = UserFactory(roles=[Role.CASEWORKER])
    ProjectAssignmentFactory(project=posting.project, user=caseworker)
    links = {}
    for user in (caseworker, UserFactory(roles=[Role.CONTROLLER])):
        client.force_login(user)
        page = client.get(reverse("projects:project-postings", args=[posting.project.code])).text
        assert posting.batch.file_name in page
        links[user] = f"/puljer/{pool.code}/posteringer/" in page
    assert list(links.values()) == [False, True]
