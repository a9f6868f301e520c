"""Ledger files as finance systems and people make them, hostile ones too, built here."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from projects.ledger_files import Layout, LedgerReader, LedgerRow, Problem, UnreadableFileError
from projects.ledger_files.preview import preview

HEAD = "Dato;Projekt;Konto;Bilag;Tekst;Beløb"
ROW = "30.06.2016;frivillighed;5.68.98;1001;Løn, 2. kvartal;22.800,00"


@pytest.fixture
def put(tmp_path):
    def write(content, name="ledger.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def lines(*rows: str) -> str:
    return "".join(f"{row}\r\n" for row in (HEAD, *rows))


def read(path, layout=None, year=2016):
    reader = LedgerReader(path, layout or Layout(), year=year)
    return reader, list(reader.rows())


def problems(path, layout=None, year=2016):
    reader, _rows = read(path, layout, year)
    return reader.problems


def amount_read(put, text, **layout):
    _reader, rows = read(put(lines(f'30.06.2016;p;k;1;t;"{text}"')), Layout(**layout))
    return rows[0].amount if rows else None


def test_a_row_is_read_into_typed_columns(put):
    reader, rows = read(put(lines(ROW)))
    assert rows == [
        LedgerRow(2, date(2016, 6, 30), 2_280_000, "5.68.98", "Løn, 2. kvartal", "frivillighed", "1001", "")
    ]
    assert (reader.count, reader.sum, reader.total, reader.problems) == (1, 2_280_000, None, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_character_set_is_found(put, encoding):
    _reader, rows = read(put(lines(ROW).encode(encoding)))
    assert rows[0].text == "Løn, 2. kvartal"


def test_cp865_is_read_when_chosen(put):
    _reader, rows = read(put(lines(ROW).encode("cp865")), Layout(encoding="cp865"))
    assert rows[0].text == "Løn, 2. kvartal"


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_the_separator_is_found(put, delimiter):
    row = delimiter.join(["30.06.2016", "p", "5.68.98", "1", "Løn", '"22.800,00"'])
    _reader, rows = read(put(f"{HEAD.replace(';', delimiter)}\n{row}\n"))
    assert rows[0].amount == 2_280_000


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        *(("1.234.567,89", 123456789), ("1234567,89", 123456789), ("12,5", 1250), ("-1.234,50", -123450)),
        *(("1.234,50-", -123450), ("(1.234,50)", -123450), ("−1.234,50", -123450), ("1 234,50", 123450)),
        *(("1.234,50 kr.", 123450), ("kr. 7", 700), ("0", 0), ("+5,00", 500), ("1\u00a0000", 100_000)),
    ],
)
def test_amounts_as_danish_systems_write_them(put, text, ore):
    assert amount_read(put, text) == ore


@pytest.mark.parametrize(
    "text", ["12.34", "1.23,4", "1,234", "1.2345", "-5-", "12a", "--5", "10" + "0" * 15, "NaN", "1e5"]
)
def test_what_is_no_certain_amount_is_refused_with_its_line(put, text):
    reader, rows = read(put(lines(ROW, f'30.06.2016;p;k;1;t;"{text}"')))
    assert len(rows) == 1
    assert [problem.line_number for problem in reader.problems] == [3]


def test_a_dot_before_decimals_and_expenses_with_minus_are_said_by_the_layout(put):
    assert amount_read(put, "1,234.50", decimal="dot") == 123450
    assert amount_read(put, "-100,00", is_reversed=True) == 10000


def test_credit_is_taken_off_debit(put):
    text = "Dato;Debet;Kredit\n30.06.2016;100,00;\n30.06.2016;;40,50\n"
    _reader, rows = read(put(text))
    assert [row.amount for row in rows] == [10000, -4050]


@pytest.mark.parametrize(
    "text", ["30-06-2016", "30/06/2016", "2016-06-30", "20160630", "30. juni 2016", "30-06-2016 00:00:00"]
)
def test_days_in_the_ways_they_are_written(put, text):
    _reader, rows = read(put(lines(f"{text};p;k;1;t;1,00")))
    assert rows[0].posted_on == date(2016, 6, 30)


def test_titles_repeated_heads_subtotals_and_the_total_are_no_postings(put):
    path = put(
        "Posteringsliste;GENINV\r\n\r\n"
        + lines(ROW, "Sum marts;;;;;22.800,00", HEAD, ROW.replace("1001", "1002"), ";;;;;", "I alt;;;;;45.600,00")
    )
    reader, rows = read(path, Layout(has_total=True))
    assert [row.line_number for row in rows] == [4, 7]
    assert (reader.total, reader.sum, reader.problems) == (4_560_000, 4_560_000, [])


def test_a_total_that_is_not_the_rows_sum_is_refused(put):
    [problem] = problems(put(lines(ROW, "I alt;;;;;22.800,01")))
    assert problem == Problem(
        3, "Totalen siger 22.800,01\u00a0kr., men rækkerne over den giver 22.800,00\u00a0kr. tilsammen."
    )


def test_a_file_cut_before_its_total_is_refused(put):
    [problem] = problems(put(lines(ROW)), Layout(has_total=True))
    assert problem.line_number is None
    assert "summen" in problem.message.casefold() or "total" in problem.message.casefold()


@pytest.mark.parametrize("cut", [1, 9, 30, 45])
def test_a_file_cut_in_the_middle_of_a_line_is_refused(put, cut):
    text = lines(ROW, ROW)
    reader, _rows = read(put(text[: len(text) - 2 - cut]))
    assert reader.problems or reader.may_be_cut


def test_wrong_year_and_a_day_that_does_not_exist_name_their_lines(put):
    found = problems(put(lines(ROW, ROW.replace("2016;", "2017;", 1), ROW.replace("30.06.", "31.02."))))
    assert [problem.line_number for problem in found] == [3, 4]
    assert "2016" in found[0].message
    assert "31.02.2016" in found[1].message


def test_a_file_of_another_year_is_told_once_before_its_lines(put):
    other = ROW.replace("2016;", "2015;", 1)
    whole, *found = problems(put(lines(other, other.replace("30.06", "29.06"))))
    assert (whole.line_number, whole.message) == (
        None,
        "Alle 2 rækker er fra 2015, men 2016 er valgt. Vælg 2015 eller en anden fil.",
    )
    assert [problem.line_number for problem in found] == [2, 3]


@pytest.mark.parametrize("own", [ROW, ROW.replace("2016;", "2017;", 1), ROW.replace("30.06.", "31.02.")])
def test_rows_of_several_years_or_with_other_faults_are_told_line_by_line(put, own):
    other = ROW.replace("2016;", "2015;", 1)
    assert None not in [problem.line_number for problem in problems(put(lines(other, other, own)))]


def test_a_row_of_money_without_a_date_is_refused(put):
    assert [problem.line_number for problem in problems(put(lines(";p;k;1;Løn;100,00")))] == [2]


def test_missing_columns_are_named(put):
    layout = Layout(columns={"date": "Dato", "amount": "Saldo", "voucher": "Bilagsnummer"})
    with pytest.raises(UnreadableFileError, match="“Saldo”, “Bilagsnummer”"):
        LedgerReader(put(lines(ROW)), layout)


def test_problems_are_kept_to_a_hundred_and_all_counted(put):
    reader, rows = read(put(lines(*["31.02.2016;p;k;1;t;1,00"] * 250)))
    assert (rows, len(reader.problems), reader.problem_count) == ([], 100, 250)


def test_a_formula_in_a_text_stays_text_and_a_cpr_number_is_blotted_out(put):
    row = '30.06.2016;p;k;1;"=HYPERLINK(""http://x"") 010203-1234";1,00'
    reader, rows = read(put(lines(row)))
    assert rows[0].text == '=HYPERLINK("http://x") ••••••-••••'
    assert reader.blotted == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02" * 100,
        b"PK\x03\x04 no zip at all",
        "En;helt;anden\nfil;uden;beløb\n".encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    ],
)
def test_what_is_no_ledger_is_refused_as_a_whole(put, content):
    with pytest.raises(UnreadableFileError):
        LedgerReader(put(content), Layout())


def test_a_password_is_told(put):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError, match="adgangskode"):
        LedgerReader(put(locked), Layout())


def test_a_file_above_the_limit_is_not_read(put):
    with pytest.raises(UnreadableFileError, match="MB"):
        LedgerReader(put(lines(ROW)), Layout(), max_bytes=10)


def test_an_unclosed_quotation_mark_and_a_wrong_character_set_name_a_line(put):
    quote = lines(ROW, '30.06.2016;p;k;1;"Løn;1,00') + "x" * 200_000
    with pytest.raises(UnreadableFileError, match=r"[Ll]inje 3"):
        read(put(quote))
    with pytest.raises(UnreadableFileError, match="Linje"):
        read(
            put((HEAD.replace("ø", "o") + "\n" + ROW).encode("cp1252")),
            Layout(columns={"date": "Dato", "amount": "Belob"}, encoding="utf-8-sig"),
        )


def test_a_quotation_mark_that_is_never_closed_hides_no_separator(put):
    rows = [f"30.06.2016;p;k;{number};Løn;1,00" for number in range(40)]
    path = put(lines(ROW, '30.06.2016;p;k;1;"Løn;1,00', *rows))
    assert LedgerReader(path, Layout()).table.delimiter == ";"


def test_the_first_lines_are_shown_without_cpr_numbers_and_endless_texts(put):
    path = put(lines(f"30.06.2016;p;k;1;010203-1234 {'x' * 500};1,00"))
    [row] = preview(path, Layout(), 2016).rows
    assert row.cells[4] == f"••••••-•••• {'x' * 188}…"


def workbook(fill) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book.add_worksheet("Posteringer"), book.add_format({"num_format": "dd-mm-yyyy"}))
    book.close()
    return out.getvalue()


def fill_usual(sheet, day):
    sheet.write_row(3, 1, ["Dato", "Beløb", "Tekst", "PSP-element", "Bilag"])
    sheet.write_datetime(4, 1, datetime(2016, 5, 31), day)
    sheet.write_row(4, 2, [1234.1, "Løn", 4711, 1001])
    sheet.write_row(5, 1, ["30.06.2016", "-50,25"])
    sheet.write_string(5, 3, "=1+1")
    sheet.write_row(5, 4, ["p", "1002"])
    sheet.write_row(6, 1, ["I alt", 1183.85])


def test_a_workbook_is_read_with_its_own_line_numbers(put):
    reader, rows = read(put(workbook(fill_usual), "ledger.xlsx"), Layout(has_total=True))
    assert rows == [
        LedgerRow(5, date(2016, 5, 31), 123410, "", "Løn", "4711", "1001", ""),
        LedgerRow(6, date(2016, 6, 30), -5025, "", "=1+1", "p", "1002", ""),
    ]
    assert (reader.total, reader.problems) == (118385, [])


def test_an_excel_error_cell_is_refused_with_cell_and_line(put):
    def fill(sheet, day):
        fill_usual(sheet, day)
        sheet.write_formula(5, 2, "=1/0", None, "#DIV/0!")

    with pytest.raises(UnreadableFileError, match=r"C6.*6"):
        LedgerReader(put(workbook(fill), "ledger.xlsx"), Layout())


def test_a_workbook_that_unpacks_to_too_much_is_refused(put):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _piece in range(160):
                part.write(b"\x20" * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match="for stor"):
        LedgerReader(put(out.getvalue(), "bomb.xlsx"), Layout())
