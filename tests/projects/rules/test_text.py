from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from projects.enums import Severity
from projects.rules.notices import Notice
from projects.rules.text import check_no_cpr, claim_notices, dateless_notices, draft_notices, find_cpr


def marks(text):
    return [notice.figures[0] for notice in draft_notices(text)]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Vi har kaldt holdet ትግርኛ, og det går godt.", "ትግርኛ"),
        ("你好 og 再见", "你好"),
        ("(שלום)", "שלום"),
        ("Holdet ภาษาไทย er fyldt.", "ภาษาไทย"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_letters_that_are_printed_as_boxes_stop_the_paper(text, letters):
    message = (
        f"“{letters}” bliver til tomme kasser på papiret, som ikke har de bogstaver. Skriv det med latinske bogstaver."
    )
    assert draft_notices(text, "narrative") == [
        Notice("R9", "narrative", message, ("letters", letters), Severity.BLOCKING)
    ]


def test_whatever_the_papers_fonts_have_is_let_through():
    fonts = ("dkfds/fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular", "noto/NotoEmoji-Regular")
    for font in (*fonts, "plex-arabic/IBMPlexSansArabic-Regular"):
        signs = TTFont(settings.BASE_DIR / f"static/vendor/{font}.woff2").getBestCmap()
        assert [chr(sign) for sign in signs if "letters" in marks(chr(sign))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indsats -> Berit -> tal og en kort tekst", ["->"]),
        ("Afventer barsel.", ["afventer"]),
        ("- Afventer tal fra økonomi", ["afventer"]),
        ("Status afventer", ["afventer"]),
        ("Tal -> afventer nye tal fra den kommende opgørelse i december", ["->", "afventer"]),
        ("Det går godt i projektet lige nu. Afventer tal fra økonomi.", ["afventer"]),
        ("→ mere om praktik", ["→"]),
        ("Mere → se bilag", ["→"]),
        ("TODO: skriv om praktik", ["TODO"]),
        ("Der er XXX borgere", ["XXX"]),
        ("Der er xxxx borgere", ["xxxx"]),
        ("Resultatet er […]", ["[…]"]),
        ("Resultatet er [ ... ]", ["[ ... ]"]),
        ("Rekruttering - ?ekstern aktør", ["?ekstern"]),
        ("Hvem betaler (?kommunen)", ["?kommunen"]),
        ("Hvor mange???", ["???"]),
        ("Lorem ipsum dolor sit amet", ["Lorem ipsum"]),
        ("XXX borgere og XXX familier", ["XXX"]),
    ],
)
def test_leftovers_from_the_draft_are_found(text, expected):
    assert marks(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21 mentorer er i gang, og 32 borgere er med.",
        "Antallet er gået fra 18 → 35 familier.",
        "Sagen afventer svar fra kommunen om en bolig i den nye bebyggelse.",
        "Projektet går godt. Enkelte borgere afventer svar på deres ansøgning om fleksjob.",
        "En lang linje om borgere, der hver for sig\nafventer svar fra kommunen.",
        "Oplysningerne afventes stadig.",
        "Hvem henvender sig? Det gør familierne.",
        "Se https://example.org/?side=2 for mere.",
        "Spørgsmålet er, om det virker (?).",
        "Se [bilaget](bilag.pdf) – og … resten.",
        "Fleksjob - et spor på vej",
        "## Status\n\nDet går godt.\n\n### Tal\n\n41 borgere.",
        "## Status\n### Tal\n41 borgere.",
        "Metodologi og totodo",
    ],
)
def test_finished_prose_is_left_alone(text):
    assert draft_notices(text) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("## Status\n\n## Tal\n\n41 borgere.", ["Status"]),
        ("41 borgere.\n\n## Status\n\n", ["Status"]),
        ("### Tal\n# Status ##\n", ["Tal", "Status"]),
        ("## \n\nTekst", []),
        ("Tekst\n##", ["##"]),
    ],
)
def test_a_heading_needs_something_under_it(text, titles):
    assert [notice.figures[1] for notice in draft_notices(text)] == titles


def test_a_leftover_blocks_and_shows_its_line():
    line = "Indsats -> Berit -> tal og en kort tekst om det, der er sket siden foråret"
    assert draft_notices(f"Alt er godt.\n\n{line}\n", "narrative") == [
        Notice(
            "R9",
            "narrative",
            "“->” ligner kladdetekst. Skriv den færdig, eller fjern den:"
            " “Indsats -> Berit -> tal og en kort tekst om det, der er sket…”",
            ("->", "Indsats -> Berit -> tal og en kort tekst om det, der er sket…"),
            Severity.BLOCKING,
        )
    ]


def test_an_empty_heading_blocks():
    assert draft_notices("## Resultater", "narrative") == [
        Notice(
            "R9",
            "narrative",
            "Overskriften “Resultater” har ingen tekst under sig. Skriv teksten, eller fjern overskriften.",
            ("heading", "Resultater"),
            Severity.BLOCKING,
        )
    ]


def dateless(text):
    return [notice.figures[0] for notice in dateless_notices(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Den 31.10 var der ni.", ["31.10"]),
        ("Status er, at der den. 31.10 var ni.", ["31.10"]),
        ("Pr. 1.5 var der ni", ["1.5"]),
        ("I perioden 30/5 og frem", ["30/5"]),
        ("Fra den 06/04 var der seks", ["06/04"]),
        ("Opgjort pr. 30. juni", ["30. juni"]),
        ("Opgjort pr. 30. \njuni følgende", ["30. juni"]),
        ("Mødet 4. dec. er flyttet", ["4. dec"]),
        ("Tallet er det samme d.d.", ["d.d."]),
        ("Opgjort D.d.", ["d.d."]),
        ("Opgjort dags dato", ["dags dato"]),
        ("Siden sidste registrering er ni kommet", ["siden sidste registrering"]),
        ("I perioden 30/5-2016 til nu", ["til nu"]),
        ("Den 31.10 og igen den 31.10", ["31.10"]),
    ],
)
def test_dates_without_a_year_and_relative_ones_are_found(text, expected):
    assert dateless(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Den 31.10.2017 var der ni.",
        "Den 31.10 2017 var der ni, 31.10, 2017 ligeså.",
        "Fra 30/5-2016 og 06/04-2016 og 30-11-2017",
        "UFB den 12. juni 2017 og 12. \njuni 2017",
        "Fra 1.5 til 31.10.2017 og fra 1. maj til 30. juni 2017",
        "Målgruppe 2.2, 2.3, 2.4, 2.9, 2.12 og 2.13",
        "Målgruppe 13.10",
        "Se afsnit 12.10, pkt. 13.1, kap. 10.12 og figur 10.11",
        "Puljen er 4.300.000 kr., heraf 2.810 t.kr. og 1.490.000",
        "Beløbet er 12.10 kr.",
        "Vi mødes kl. 10.10 og kl. 09.05-10.10",
        "§ 110 og §85, jf. § 15.10",
        "15.00.00-A00-2-16 og 13.03.00-Ø60-7-25",
        "Konto 5.68.98 og telefon 40.46.74.28",
        "Støtte 24/7, ¼ eller 1/4 stilling og 3/4 stilling",
        "18/123 og 2016/17",
        "3-6-9 måneder, 25-30 personer, 10-12 borgere",
        "Syv af ni, 21,1 % og 31.10 %",
        "Indtil nu er det gået godt",
        "I november var der 35",
    ],
)
def test_sections_amounts_times_and_whole_dates_are_left_alone(text):
    assert dateless(text) == []


def test_a_date_without_a_year_says_how_to_write_it():
    assert dateless_notices("Den 31.10 og d.d.", "narrative") == [
        Notice(
            "R4", "narrative", "“d.d.” betyder en anden dag for den næste læser. Skriv datoen med årstal.", ("d.d.",)
        ),
        Notice(
            "R4",
            "narrative",
            "“31.10” mangler årstal. Skriv datoen med årstal, for eksempel 31.10.2017.",
            ("31.10",),
        ),
    ]


CLAIM = "Antallet er steget fra 18 familier til 35 borgere i november 2017. Det er lige godt en fordobling."


def test_18_to_35_is_no_doubling():
    assert claim_notices(CLAIM, "narrative") == [
        Notice("R12", "narrative", "“fordobling” kræver ×2,0, men fra 18 til 35 er det ×1,94.", ("fordobling", 18, 35))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fra 18 til 36 er en fordobling.",
        "Fra 18 til 35 er næsten en fordobling.",
        "Fra 18 til 35 er ikke helt en fordobling.",
        "Det er en fordobling.",
        "Fra 2016 til 2017 er antallet fordoblet.",
        "Fra 1. maj til 31. oktober er antallet fordoblet.",
        "Fra 1.250 til 2.500 er en fordobling.",
        "Fra 40 til 20 er en halvering.",
        "Fra 10 til 30 er en tredobling.",
        "Fra 0 til 30 er en fordobling.",
        "Fra 18 til 35.\n\nEt andet sted taler vi om en fordobling.",
        "Halvdelen af borgerne er i praktik, fra 18 til 35.",
    ],
)
def test_claims_the_numbers_carry_or_that_have_no_numbers_are_left_alone(text):
    assert claim_notices(text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Antallet er fordoblet fra 18 til 35.", "“fordoblet” kræver ×2,0, men fra 18 til 35 er det ×1,94."),
        ("Dobbelt så mange, fra 18 til 35.", "“Dobbelt så mange” kræver ×2,0, men fra 18 til 35 er det ×1,94."),
        ("Fra 10 til 29 er det tredoblet.", "“tredoblet” kræver ×3,0, men fra 10 til 29 er det ×2,90."),
        ("Fra 40 til 21 er en halvering.", "“halvering” kræver ×0,5, men fra 40 til 21 er det ×0,53."),
        ("Fra 1.000 til 1.999 er en fordobling.", "“fordobling” kræver ×2,0, men fra 1.000 til 1.999 er det ×1,99."),
        ("Fra 1.000 til 501 er en halvering.", "“halvering” kræver ×0,5, men fra 1.000 til 501 er det ×0,51."),
        ("Fra 1,5 til 2,5 er en fordobling.", "“fordobling” kræver ×2,0, men fra 1,5 til 2,5 er det ×1,66."),
        (
            "Fra 2 til 4 mentorer, og fra 18 til 35 familier er en fordobling.",
            "“fordobling” kræver ×2,0, men fra 18 til 35 er det ×1,94.",
        ),
    ],
)
def test_claims_larger_than_their_numbers_are_found(text, sentence):
    assert [notice.message for notice in claim_notices(text)] == [sentence]


FACTS = [("familier", Decimal(18), Decimal(35)), ("mentorer", Decimal(10), Decimal(21)), ("praktik", None, Decimal(5))]


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("Antallet af familier er fordoblet.", ["“fordoblet” kræver ×2,0, men fra 18 til 35 er det ×1,94."]),
        ("Antallet af mentorer er fordoblet.", []),
        ("Der er sket en fordobling.", []),
        ("Praktik er fordoblet.", []),
        ("Der er sket en tredobling.", ["“tredobling” kræver ×3,0, men fra 10 til 21 er det ×2,10."]),
    ],
)
def test_claims_without_numbers_are_held_against_the_facts(text, factors):
    assert [notice.message for notice in claim_notices(text, facts=FACTS)] == factors


@pytest.mark.parametrize(
    "number",
    [
        "010101-1234",
        "0101011234",
        "010101 1234",
        "010101–1234",
        "010101 - 1234",
        "290200-1234",
        "610101-1234",
        "910101-1234",
        "890262-5629",
    ],
)
def test_cpr_and_replacement_numbers_are_found(number):
    assert find_cpr(f"Borgeren ({number}) er flyttet.") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "telefon 4046 7428",
        "telefon 40 46 74 28",
        "+45 40467428",
        "004540467428",
        "15.00.00-A00-2-16",
        "01.01.01-1234",
        "konto 1.010.101.234",
        "EAN 5790000123456",
        "320101-1234",
        "310201-1234",
        "310401-1234",
        "011301-1234",
        "600101-1234",
        "920101-1234",
        "010101-12345",
        "27.11.2017-1234",
        "2.810.000",
        "31.12.2018 2017",
    ],
)
def test_other_numbers_are_no_cpr(text):
    assert find_cpr(text) == []


def test_a_cpr_number_is_refused_and_never_repeated():
    with pytest.raises(ValidationError) as refused:
        check_no_cpr("Borgeren 010101-1234 er flyttet.")
    assert (refused.value.code, refused.value.messages) == (
        "cpr",
        ["CPR-numre må ikke skrives her. Fjern nummeret, og skriv, så ingen kan genkendes."],
    )


def test_a_text_without_cpr_is_fine():
    assert check_no_cpr("41 borgere, se sag 15.00.00-A00-2-16.") is None


@given(st.text())
def test_any_text_can_be_read(text):
    found = draft_notices(text) + dateless_notices(text) + claim_notices(text, facts=FACTS)
    assert {notice.rule for notice in found} <= {"R4", "R9", "R12"}


@given(st.integers(0, 9999), st.dates())
def test_every_birth_date_with_four_digits_is_found(serial, day):
    number = f"{day:%d%m%y}-{serial:04d}"
    assert find_cpr(f"x {number}.") == [number]
