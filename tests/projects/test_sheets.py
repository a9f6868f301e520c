"""Tables as files: amounts stay amounts, texts stay texts, and the memory does not follow the rows."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from python_calamine import CalamineWorkbook

from projects.sheets import DATE, KRONER, NUMBER, Column, Sheet, csv_lines, workbook

FORMULAS = ["=1+1", "+45", "-A1", "@SUM(A1)", "\tx", "\rx"]


def as_csv(*rows, columns=("a", "b", "c", "d")) -> str:
    return b"".join(csv_lines(Sheet("Ark", [Column(label) for label in columns], rows))).decode("utf-8-sig")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_calculated_is_written_as_text(text):
    (_head, cells) = csv.reader(StringIO(as_csv([text], columns=["ok"]), newline=""), delimiter=";")
    assert cells == [f"'{text}"]


def test_negative_amounts_stay_amounts_and_texts_stay_in_their_cell():
    text = as_csv([Decimal("-12.5"), None, 3, 'Par; "citat"'])
    assert text == 'a;b;c;d\r\n-12,50;;3;"Par; ""citat"""\r\n'


def test_csv_comes_in_parts_and_says_the_same():
    lines = list(csv_lines(Sheet("Ark", [Column("a")], ([number] for number in range(1200)))))
    assert len(lines) == 3
    assert b"".join(lines).decode("utf-8-sig").split() == ["a", *map(str, range(1200))]


def test_a_workbook_holds_numbers_dates_and_texts_and_no_formula():
    columns = [Column("Projekt"), Column("Beløb", KRONER), Column("Dato", DATE), Column("År", NUMBER)]
    rows = [["=HYPERLINK(1)", Decimal("1234567.89"), date(2017, 11, 27), 2017], ["Ærø", None, None, None]]
    with workbook(Sheet("Projekter", columns, rows)) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_name("Projekter")
    head, first, second = sheet.to_python()
    assert head == ["Projekt", "Beløb", "Dato", "År"]
    assert first == ["=HYPERLINK(1)", 1234567.89, date(2017, 11, 27), 2017]
    assert second == ["Ærø", "", "", ""]
