"""The paper: read as its readers read it, with eyes, a screen reader and an archive's checks."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
import weasyprint

from reports import pdf as paper
from reports.facts.note import Stamp
from tests import pdf
from tests.pdf_checkpoints import flaws

STAMP = Stamp(1, "", datetime(2017, 11, 27, 9, 0, tzinfo=UTC))


@pytest.fixture
def facts(note_facts):
    return note_facts


@pytest.fixture
def issued(note_paper):
    return note_paper


@pytest.fixture
def text(issued):
    return pdf.text_of(issued)


def with_narrative(facts, narrative):
    """Return the facts with only one project, and this as its text."""
    return replace(facts, sections=(replace(facts.sections[1], narrative=narrative),))


def test_the_head_of_the_paper(text):
    start = text[:400]
    for part in ("Hedensted Kommune", "Notat", "15.00.00-A00-2-16", "Fagkonsulenten", "27. november 2017"):
        assert part in start
    assert "Udvalget for Beskæftigelse" in start
    assert "4. december 2017" in start


def test_contents_match_the_sections_and_their_pages(issued, facts):
    pages = pdf.page_texts(issued)
    listed = re.findall(r"^ *(\S.*?) ?\.{5,} +(\d+)$", pages[0], re.MULTILINE)
    assert [title for title, _page in listed] == [
        "Overblik",
        *(section.heading for section in facts.sections),
        "Bilag",
    ]
    for title, page in listed:
        assert re.search(rf"^ *{re.escape(title)}$", pages[int(page) - 1], re.MULTILINE)


def test_headings_in_order(issued, facts):
    found = pdf.headings(issued)
    # A heading's lines come without the space between them.
    assert (found[0][0], found[0][1].replace(" ", "")) == (1, facts.title.replace(" ", ""))
    assert [name for level, name in found if level == 2] == [
        "Indhold",
        "Overblik",
        *(section.heading for section in facts.sections),
        "Bilag",
    ]


def test_headings_of_a_narrative_are_one_level_apart(facts):
    made = paper.render_note(
        with_narrative(facts, "### Et\n\na\n\n##### To\n\nb\n\n### Tre\n\nc\n\n# Fire\n\nd")
    ).content
    own = [found for found in pdf.headings(made) if found[1] in {"Et", "To", "Tre", "Fire"}]
    assert own == [(3, "Et"), (4, "To"), (3, "Tre"), (3, "Fire")]


def test_totals_remarks_and_the_figure_are_printed(text):
    assert "Afsluttet 23" in text
    assert "Aktive 18" in text
    assert "I alt 41" in text
    assert "Fra 18 i maj 2017 til 35 i november 2017 (+17, +94,4 %)." in text
    assert "én mangler" in text
    assert "siden sidste registrering" in text


def test_tables_and_figures_have_number_source_and_date(text, facts):
    tables = [facts.overview]
    for section in facts.sections:
        tables += [table for table in (section.economy, section.measures, *section.tables) if table]
    for table in tables:
        assert f"Tabel {table.number}. {table.caption}" in text
    assert "Figur 1. Brug af rådgiveren, familier" in text
    assert "Kilde: Rådgiverens egen optælling · opgjort 24.11.2017" in text


def test_every_page_says_which_of_how_many(issued):
    pages = pdf.page_texts(issued)
    for number, page in enumerate(pages, start=1):
        assert f"Side {number} af {len(pages)}" in page
        assert "Sag 15.00.00-A00-2-16" in page
        assert ("UFB, møde 04.12.2017" in page) == (number > 1)


def test_an_issued_paper_is_not_marked_and_a_draft_is_on_every_page(facts, issued):
    draft = pdf.page_texts(paper.render_note(facts).content)
    assert all("UDKAST – ikke udsendt" in page for page in draft)
    assert not any("UDKAST" in page for page in pdf.page_texts(issued))


def test_a_draft_marks_what_is_not_approved(facts):
    sections = (replace(facts.sections[0], state="draft"), replace(facts.sections[1], state=""), facts.sections[2])
    text = pdf.text_of(paper.render_note(replace(facts, sections=sections)).content)
    assert (text.count("ikke godkendt"), text.count("status mangler")) == (1, 1)


def test_a_later_version_says_what_it_replaces_and_why(facts):
    text = pdf.text_of(paper.render_note(facts, replace(STAMP, number=2, reason="Et tal er rettet.")).content)
    assert "2 – erstatter version 1: Et tal er rettet." in text


def test_header_cells_say_what_they_head(issued):
    headers = pdf.table_headers(issued)
    assert {scope for scope, _text in headers} == {"Column", "Row"}
    scopes = {text: scope for scope, text in headers}
    assert (scopes["Bevilget"], scopes["Syrien"], scopes["Sagsnr."]) == ("Column", "Row", "Row")


def test_the_chart_is_told_to_those_who_cannot_see_it(issued):
    assert pdf.alternatives(issued) == ["Diagram: Brug af rådgiveren, familier. maj 2017 18, november 2017 35."]


def test_only_the_papers_own_fonts_and_all_embedded(issued):
    fonts = pdf.fonts(issued)
    assert set(fonts.values()) == {True}
    assert all(name.startswith("IBM-Plex-Sans") for name in fonts)


def test_title_language_author_and_both_standards_are_in_the_file(issued, facts):
    with pikepdf.open(io.BytesIO(issued)) as document:
        root = document.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("da", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == facts.title
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert metadata["dc:creator"] == ["Hedensted Kommune"]
        assert str(root.OutputIntents[0].OutputConditionIdentifier).endswith("sRGB")


def test_running_heads_are_not_read_aloud(issued):
    read_aloud = [text for _tag, text in pdf.tagged_text(issued, "[A-Z].*")]
    assert not any("Side 2 af" in text for text in read_aloud)
    with pikepdf.open(io.BytesIO(issued)) as document:
        content = document.pages[1].Contents.read_bytes()
    assert b"/Artifact <</Type /Pagination>> BDC" in content or b"/Artifact << /Type /Pagination >> BDC" in content


def test_an_entry_of_the_contents_is_one_link_told_in_words_and_read_with_its_page_but_not_its_dots(issued, facts):
    headings = ["Overblik", *(section.heading for section in facts.sections), "Bilag"]
    with pikepdf.open(io.BytesIO(issued)) as document:
        told = [str(link.Contents) for link in document.pages[0].Annots]
    read = [text.rpartition(" ") for _tag, text in pdf.tagged_text(issued, "Link")][: len(headings)]
    assert told[: len(headings)] == [title for title, _space, _page in read] == headings
    assert all(page.isdigit() for _title, _space, page in read)
    # The other links of the page are the projects' names in the table.
    assert told[len(headings) :] == [section.heading for section in facts.sections]


def test_bookmarks_lead_to_the_sections(issued, facts):
    with pikepdf.open(io.BytesIO(issued)) as document, document.open_outline() as outline:
        (top,) = outline.root
        names = [item.title for item in top.children]
    assert names == ["Indhold", "Overblik", *(section.heading for section in facts.sections), "Bilag"]


def test_the_same_facts_give_the_same_bytes(facts, issued):
    assert paper.render_note(facts, STAMP).content == issued


def test_the_page_count_is_the_papers(facts):
    made = paper.render_note(facts, STAMP)
    assert made.page_count == pdf.page_count(made.content)


@pytest.mark.parametrize(
    "narrative",
    [
        "![x](file:///etc/passwd)",
        "<img src='file:///etc/passwd'>",
        "<link rel='attachment' href='file:///etc/passwd'>",
        "<style>@import url(http://127.0.0.1:9/x.css)</style>",
        "<p style='background: url(http://127.0.0.1:9/x.png)'>x</p>",
        "<svg><image href='http://127.0.0.1:9/x.svg'/></svg>",
        "<object data='http://127.0.0.1:9/x.pdf'></object>",
    ],
)
def test_a_hostile_narrative_is_only_text(facts, narrative, monkeypatch):
    fetched = []
    fetch = weasyprint.URLFetcher.fetch
    monkeypatch.setattr(
        weasyprint.URLFetcher, "fetch", lambda self, url, headers=None: fetched.append(url) or fetch(self, url, headers)
    )
    made = paper.render_note(with_narrative(facts, f"Før.\n\n{narrative}\n\nEfter.")).content
    text = pdf.text_of(made)
    assert "Før." in text
    assert "Efter." in text
    assert [url for url in fetched if not url.startswith("data:")] == []
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [name for name in document.attachments if not name.endswith(".csv")] == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "paper:///../../manage.py"])
def test_an_address_outside_the_map_fails_the_whole_paper(facts, address, monkeypatch):
    image = {"src": address, "alt": "x", "text": "x", "id": "figur-1"}
    monkeypatch.setattr("reports.markup._chart", lambda fact: {"fact": fact, **image})
    with pytest.raises(paper.PaperError):
        paper.render_note(facts)


@pytest.mark.parametrize("narrative", ["x" * 100_000, "**" + "ø" * 50_000 + "**", "> " * 400 + "dybt"])
def test_huge_words_and_deep_quotes_are_laid_out(facts, narrative):
    made = paper.render_note(with_narrative(facts, narrative))
    assert made.page_count >= 2


def test_huge_words_outside_the_narrative_are_laid_out_too(facts):
    made = paper.render_note(replace(with_narrative(facts, "x"), title="y" * 6_000, case_officer="æ&<" * 3_000))
    assert "æ&<" in pdf.text_of(made.content)


def test_footnotes_stand_at_the_foot_of_their_page_and_are_read_where_they_belong(facts):
    typed = "## Tal[^h]\n\nDer er 41[^1] borgere.\n\n- Ét punkt[^2]\n\n[^1]: Opgjort **her**.\n[^2]: To.\n[^h]: Om tal."
    made = paper.render_note(with_narrative(facts, typed)).content
    notes = [("Lbl", "1"), ("Note", "1  Om tal."), ("Note", "2  Opgjort her."), ("Note", "3  To.")]
    assert [found for found in pdf.tagged_text(made, "Note|Lbl") if found in notes] == [notes[1], notes[0], *notes[2:]]
    ((_tag, paragraph),) = [found for found in pdf.tagged_text(made, "P") if "borgere." in found[1]]
    assert paragraph == "Der er 4122  Opgjort her. borgere."
    lines = pdf.page_texts(made)[1].split()
    assert lines.index("borgere.") < lines.index("Opgjort")
    assert flaws(made) == {}


def test_more_footnotes_than_a_page_holds_are_printed_on_the_next(facts):
    typed = " ".join(f"Ord{n}[^{n}]" for n in range(80)) + "\n\n" + "\n".join(f"[^{n}]: Note {n}." for n in range(80))
    notes = pdf.tagged_text(paper.render_note(with_narrative(facts, typed)).content, "Note")
    assert [text for _tag, text in notes] == [f"{n + 1}  Note {n}." for n in range(80)]


def test_text_with_markup_signs_is_printed_as_typed(facts):
    titled = replace(facts, title="Børn & unge < 25 år", case_officer="<b>Navn</b>")
    text = pdf.text_of(paper.render_note(titled).content)
    assert "Børn & unge < 25 år" in text
    assert "<b>Navn</b>" in text


def test_compounds_divide_at_their_joints(facts):
    compounds = "virksomhedspraktikken rehabiliteringsteamet beskæftigelsesindsatsen "
    narrative = "\n\n".join("og " * start + compounds * 2 for start in range(1, 25))
    lines = "\n".join(pdf.page_texts(paper.render_note(with_narrative(facts, narrative)).content))
    divided = set(re.findall(r"(\w+)-$", lines, re.MULTILINE))
    assert divided == {"virksomheds", "rehabiliterings", "beskæftigelses"}
