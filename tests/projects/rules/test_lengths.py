import pytest

from projects.rules.lengths import length_errors, lix, lix_word

PLAIN = "Vi kan se, at det går godt. Der er ti nye i dag, og to er på vej ud. Vi har brug for en ny bil nu."
HEAVY = (
    "Beskæftigelsesindsatsen for aktivitetsparate kontanthjælpsmodtagere gennemføres tværfagligt i samarbejde mellem "
    "socialpsykiatrien, rusmiddelbehandlingen, boligforeningerne og virksomhedskonsulenterne, hvilket forudsætter "
    "omfattende ledelsesmæssig tværsektoriel koordinering."
)


def test_lix_is_words_per_sentence_and_the_share_of_long_words():
    # 28 words in three sentences, none longer than six letters: 28/3.
    assert (lix(PLAIN), lix_word(lix(PLAIN))) == (9, "meget let at læse")
    # 20 words in one sentence, 16 of them long: 20 + 80.
    assert (lix(HEAVY), lix_word(lix(HEAVY))) == (100, "meget tung – kun for fagfolk")


def test_a_short_text_has_no_figure():
    assert (lix("Det går godt."), lix(""), lix_word(None)) == (None, None, "")


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("Der er", "**Der** er"),
        f"## {PLAIN}",
        PLAIN.replace("en ny bil", "[en ny bil](https://eksempel.dk/beskrivelse-af-bilen)"),
        PLAIN.replace("Der er ti nye", "Den 31. er der ti nye").replace("og to er på vej ud", "og to er ude"),
        PLAIN.replace("det går", "det\ngår"),
    ],
)
def test_marks_dates_and_wrapped_lines_change_nothing(text):
    assert lix(text) == 9


def test_points_in_a_list_are_sentences():
    assert lix("\n".join(f"- {part}" for part in PLAIN.rstrip(".").split(". "))) == 9


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        (24, "meget let at læse"),
        (25, "let at læse"),
        (35, "som en avis"),
        (45, "tung – kortere sætninger hjælper"),
        (55, "meget tung – kun for fagfolk"),
    ],
)
def test_a_figure_is_said_in_words(figure, word):
    assert lix_word(figure) == word


def test_a_text_with_too_many_signs_says_how_many_and_how_much_room_there_is():
    texts = {"narrative": "x" * 5000, "summary_manager": "x" * 800, "summary_short": "x" * 1281}
    assert length_errors(texts, {"summary_manager": 800, "summary_short": 280}) == {
        "summary_short": "Teksten er på 1.281 tegn, og der er plads til 280. Kort den ned."
    }
