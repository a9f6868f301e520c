"""Every figure of the municipality's paper of 27.11.2017, where it stands in the note that is issued of it.

What the paper got wrong is said in the remarks under the figures; its case story is not told.
"""

MEASURES = ("Måltal", "Enhed", "Sidst", "Nu", "Mål")
COUNTS = ("Kategori", "Antal")
TABLES = {
    "Tabel 2. Måltal, november 2017": [
        MEASURES,
        ("Tilført Socialpsykiatrien, budget 2018", "kr.", "–", "500.000", "–"),
    ],
    "Tabel 3. Budgetaftalens midler efter formål, kr.": [
        ("Kategori", "Kr."),
        ("Øremærket Aftentelefonen", "330.000"),
        ("I alt", "330.000"),
    ],
    "Tabel 5. Måltal, november 2017": [
        MEASURES,
        ("Aktive frivillige mentorer", "mentorer", "20 okt. 2017", "21", "–"),
        ("Borgere med en mentor", "borgere", "30 okt. 2017", "32", "–"),
    ],
    "Tabel 7. Måltal, november 2017": [MEASURES, ("Borgere i alt", "borgere", "40 okt. 2017", "41", "–")],
    "Tabel 8. Bruttogruppe, borgere": [
        COUNTS,
        ("Overdraget 1.10.2016", "31"),
        ("Kommet til siden", "10"),
        ("I alt", "41"),
    ],
    "Tabel 9. Nationalitet, borgere": [
        COUNTS,
        ("Syrien", "22"),
        ("Somalia", "4"),
        ("Iran", "3"),
        ("Rusland", "3"),
        ("Afghanistan", "2"),
        ("Statsløs, født i Bhutan", "2"),
        ("Belarus", "1"),
        ("Egypten", "1"),
        ("Elfenbenskysten", "1"),
        ("Kuwait", "1"),
        ("Tunesien", "1"),
        ("I alt", "41"),
    ],
    "Tabel 10. Hvor borgerne er nu, borgere": [
        COUNTS,
        ("Afsluttet", "23"),
        ("Egen virksomhed", "2"),
        ("Flyttet fra kommunen", "3"),
        ("Forsørges af ægtefælle", "2"),
        ("Ønskede ikke indsatsen", "2"),
        ("Ordinær uddannelse", "6"),
        ("Ordinært arbejde", "6"),
        ("Fleksjob", "1"),
        ("Repatrieret", "1"),
        ("Aktive", "18"),
        ("Løntilskud", "0"),
        ("Virksomhedspraktik uden småjob", "5"),
        ("Småjob og virksomhedspraktik", "5"),
        ("Barsel", "1"),
        ("Integrationsgrunduddannelse (IGU)", "2"),
        ("Mentor efter tortur", "5"),
        ("Indstilles til rehabiliteringsteamet", "1"),
        ("Praktik få timer om ugen", "2"),
        ("I psykiatrisk behandling", "1"),
        ("I alt", "41"),
    ],
    "Tabel 13. Ind- og udskrevne efter paragraf, borgere": [
        ("Kategori", "Talt siden", "Ind", "Ud", "Tilbage"),
        ("§ 85", "30.05.2016", "8", "6", "2"),
        ("§ 99", "06.04.2016", "6", "2", "4"),
        ("§ 110", "siden sidste registrering", "9", "7", "2"),
    ],
    "Tabel 15. Måltal, november 2017": [
        MEASURES,
        ("Borgere på ledighedsydelse uden refusion", "borgere", "9 okt. 2017", "9", "–"),
    ],
    "Tabel 17. Måltal, november 2017": [
        MEASURES,
        ("Brugere af den frivillige økonomiske rådgiver", "borgere", "18 jun. 2017", "35", "–"),
    ],
}
# What stands in no table, and what is remarked on what the paper got wrong, project by project.
SENTENCES = {
    "Aftentelefonen": (
        "500.000 kr. oven i Socialpsykiatriens budget. Heraf går 330.000 kr. til Aftentelefonen",
        "170.000 mangler",
        "UFB, mødet den 6. november 2017, punkt 101",
    ),
    "Frivillighed": (
        "Der er 21 aktive mentorer og 32 borgere i projektet. Én mentor er flyttet",
        "Orientering om projektet Frivillighed – UFB, mødet den 4. december 2017 (mødet er endnu ikke holdt)",
    ),
    "Integration": (
        "Under “Mentor efter tortur” står 5, men underrækkerne giver 4 – én mangler.",
        "Orientering om projektet Integration, 2017 – UFB, mødedato ikke oplyst",
    ),
    "Sygemeldte ledige": (
        "En ny pulje er på vej, men beløbet kendes ikke endnu.",
        "Status på projektet Sygemeldte ledige – UFB, mødet den 12. juni 2017",
    ),
    "Sund i job": (
        "Læringsinformation 2016, Sund i job – mødedato ikke oplyst",
        "Status på projektet Sund i job – UFB, mødet den 12. juni 2017",
    ),
    "Housing First": ("Kilde: Projektets månedsstatus, Rusmiddelcentret · opgjort 24.11.2017",),
    "Fleksjob Jobspor": (
        "Ni borgere på ledighedsydelse var uden refusion pr. 31.10, og opgørelsen d.d. viser igen ni.",
    ),
    "Frivillig økonomisk rådgiver": (
        "Figur 1. Brugere af den frivillige økonomiske rådgiver, borgere",
        "Fra 18 i juni 2017 til 35 i november 2017 (+17, +94,4 %).",
        "“fordobling” kræver ×2,0, men fra 18 til 35 er det ×1,94.",
        "Udvalgets dagsordener og referater – UFB, mødedato ikke oplyst, punkt 56",
    ),
}
FIGURE = "Diagram: Brugere af den frivillige økonomiske rådgiver, borgere. juni 2017 18, november 2017 35."
