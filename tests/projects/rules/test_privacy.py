import pytest

from projects.rules.privacy import annex_notices, may_name_somebody, personal_notices, without_contacts

STAFF = ("Astrid Holm", "Mikkel Havbro")


def found(text, staff=STAFF):
    notices = personal_notices(text, "narrative", staff)
    assert {(notice.rule, notice.field) for notice in notices} <= {("R14", "narrative")}
    return [notice.figures[0] for notice in notices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fatima er begyndt i praktik.", ["fatima"]),
        ("Vi talte med Hans Peter Jensen om bolig.", ["hans peter jensen"]),
        ("Anna J. er flyttet; Anna J. er glad.", ["anna j"]),
        ("Astrid Holm og Mikkel følger gruppen.", []),
        ("Astrid Nielsen er ny.", ["astrid nielsen"]),
        ("Ring på 12 34 56 78 eller tlf. 12345678.", ["12 34 56 78", "tlf. 12345678"]),
        ("Mobil 4046 7428, +45 40467428", ["4046 7428", "+45 40467428"]),
        ("Skriv til en.borger@eksempel.dk", ["en.borger@eksempel.dk"]),
        ("Hun bor på Store Skovvej 12 B i byen.", ["store skovvej 12 b"]),
        ("Han bor Nørregade 7.", ["nørregade 7"]),
    ],
)
def test_what_may_tell_who_a_citizen_is_is_pointed_out(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Der er 21 aktive mentorer og 32 borgere i projektet.",
        "Bevilget 2.810.000 kr. i 2016 2017 og 12 34 i alt; sag 15.00.00-A00-2-16, 39.100.000 kr.",
        "Fra 1.10.2016 til 31.12.2017 (SEL § 85, § 99 og § 110), pkt. 101 den 6. november 2017.",
        "Per 30. juni er 5 selvforsørgende. Line 4 i listen. Tom række. August var stille. Jan 2017.",
        "Housing First, Rum til os, Sund i job og Frivillighed drives af Jobcenter Hedensted og Ungeenheden.",
        "Syrien 22, Somalia 4, Elfenbenskysten 1, Danmark. Sagsbehandleren i Aarhus følger op.",
        "På vej 3 uger senere; en gade 7 steder; plads 12.",
    ],
)
def test_ordinary_words_of_the_papers_are_left_alone(text):
    assert found(text) == []
    assert not may_name_somebody(text)


@pytest.mark.parametrize(
    "contact", ["4046 7428", "40 46 74 28", "+45 40467428", "tlf. 40467428", "a.b-c@kommune.dk", "0045 40 46 74 28"]
)
def test_contact_details_are_taken_out(contact: str):
    left = without_contacts(f"Spørg projektlederen på {contact}, hvis noget er uklart.")
    assert not any(character.isdigit() or character == "@" for character in left)
    assert left.endswith("[kontaktoplysning fjernet], hvis noget er uklart.")


@pytest.mark.parametrize(
    "text",
    ["4.300.000 kr. i 2016", "Sag 15.00.00-A00-2-16", "2016 2017 2018", "12 måneder, 40467428 kr.", "1234 12345"],
)
def test_other_numbers_stay(text: str):
    assert without_contacts(text) == text


@pytest.mark.parametrize(
    ("title", "source", "file_name", "expected"),
    [
        ("Referat fra mødet", "Astrid Holm", "referat_2017-11-27", []),
        ("Samtale med Anna", "Kommunen", "samtale", ["“Anna” er et navn."]),
        ("Referat", "", "Referat_AnnaJensen", ["Filens navn: “Anna Jensen” er et navn."]),
        ("Samtale, Anna Jensen", "", "Anna_Jensen", ["“Anna Jensen” er et navn."]),
        ("Referat", "", "referat_hanne_jensen_2017", ["Filens navn: “Hanne Jensen” er et navn."]),
        ("Referat", "", "HANNE MARIE MØLLER", ["Filens navn: “Hanne Marie Møller” er et navn."]),
        ("Referat", "", "referat_august_moede", []),
        ("Oversigt", "", "anna_tabel_over_indsatsen", []),
        ("Referat", "", "astrid_holm", []),
        ("Liste", "ring 40 40 40 40", "12-34-56-78", ["“40 40 40 40” ligner", "Filens navn: “12 34 56 78” ligner"]),
    ],
)
def test_what_an_annex_and_its_file_are_called_is_read_too(title, source, file_name, expected):
    notices = annex_notices(title=title, source=source, file_name=file_name, field="attachments.0", staff=STAFF)
    assert len(notices) == len(expected)
    assert all(notice.message.startswith(words) for notice, words in zip(notices, expected, strict=True))
    assert {(notice.rule, notice.field) for notice in notices} <= {("R14", "attachments.0")}
