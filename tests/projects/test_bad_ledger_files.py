"""Each file nobody should load: one clear sentence with file and line, and nothing stored."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from projects.enums import Role
from projects.models import Event, ImportBatch, Posting
from tests.factories import PoolFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

HEAD = "Dato;Projekt;Konto;Bilag;Tekst;Beløb\n"
GOOD = "30.06.2016;mentor;5.68.98;1;Løn;1.000,00\n"
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
Content = str | bytes | Callable[[Path], object]


def text_of(*rows: str) -> str:
    return HEAD + GOOD + "".join(f"{row}\n" for row in rows)


def with_error_cell() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Dato", "Projekt", "Beløb"])
    sheet.write_row(1, 0, ["30.06.2016", "mentor"])
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    return out.getvalue()


def two_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.write(text_of().encode())
        file.truncate(2 * 1024**3)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("et.csv", text_of("30.06.2017;mentor;;2;Løn;1,00"), "et.csv, linje 3: Datoen 30.06.2017 ligger ikke i 2016."),
        (
            "to.csv",
            "Projekt;Konto;Tekst\nmentor;5.68.98;Løn\n",
            "to.csv: Der er ingen linje med overskrifter for både dato og beløb. Vælg, hvad kolonnerne indeholder.",
        ),
        (
            "tre.xlsx",
            with_error_cell(),
            "tre.xlsx: Celle C2, linje 2: Cellen har en Excel-fejl. Ret den i projektmappen.",
        ),
        (
            "tre.csv",
            text_of("30.06.2016;mentor;;2;Løn;#REF!"),
            "tre.csv, linje 3: Beløb har Excel-fejlen #REF!.",
        ),
        (
            "fire.csv",
            text_of("31.02.2016;mentor;;2;Løn;1,00"),
            "fire.csv, linje 3: Datoen “31.02.2016” findes ikke. Skriv dag, måned og år, for eksempel 27.11.2017.",
        ),
        (
            "fem.csv",
            text_of()[:-1] + "\n30.06.2016;mentor;5.6",
            "fem.csv: Filen slutter midt i en linje, så resten mangler. Hent den igen fra økonomisystemet.",
        ),
        (
            "seks.xlsx",
            LOCKED,
            "seks.xlsx: Projektmappen er beskyttet med adgangskode. Gem den uden, og prøv igen.",
        ),
        (
            "syv.csv",
            two_gigabytes,
            "syv.csv: Filen fylder 2048 MB. Der læses højst 500 MB ad gangen; hent en kortere periode.",
        ),
        (
            "otte.csv",
            text_of(f"30.06.2016;mentor;;2;Løn;1{'0' * 15}"),
            "otte.csv, linje 3: “1000000000000000” er større end noget beløb her. Tjek nullerne.",
        ),
        ("ni.csv", text_of("I alt;;;;;999,00"), "ni.csv, linje 3: Totalen siger 999,00 kr., men rækkerne over den"),
    ],
)
def test_it_is_refused_with_file_and_line(tmp_path, name, content, sentence):
    UserFactory(roles=[Role.ADMINISTRATOR])
    ProjectFactory(code="mentor", pool=PoolFactory(code="PULJE"))
    path = tmp_path / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = Event.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command("import_ledger", str(path), "--pool", "PULJE", "--year", "2016")
    told = str(refused.value).replace("\u00a0", " ")
    assert told.startswith(sentence), told
    assert told.endswith("Intet er indlæst.")
    assert (ImportBatch.objects.count(), Posting.objects.count(), Event.objects.count()) == (0, 0, before)


def test_a_formula_in_a_text_is_loaded_as_text(tmp_path):
    UserFactory(roles=[Role.ADMINISTRATOR])
    ProjectFactory(code="mentor", pool=PoolFactory(code="PULJE"))
    path = tmp_path / "formel.csv"
    path.write_text(text_of('30.06.2016;mentor;;2;"=HYPERLINK(""http://x"")";1,00'))
    call_command("import_ledger", str(path), "--pool", "PULJE", "--year", "2016", stdout=io.StringIO())
    assert Posting.objects.get(line_number=3).text == '=HYPERLINK("http://x")'
