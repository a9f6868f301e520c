"""How the paper looks, measured: nothing cut off, no heading alone at a page's foot, odd names and signs printed."""

import re
from dataclasses import replace

import pytest

from reports.markup import note_markup
from reports.pdf import print_paper, render_note
from tests import pdf
from tests.pdf_checkpoints import flaws

PLEX = ("IBM-Plex-Sans", "IBM-Plex-Sans-Semi-Bold")
MM = 72 / 25.4
LONG_NAME = "Rehabiliteringsteamets beskæftigelsesindsatskoordinering for sygedagpengemodtagere med forlængelse"
LIGHTS = re.compile(r"Samlet +Økonomi +Tidsplan +Resultater *\n+(?: +\S.*\n)+\n*(.*\n)")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.fixture
def facts(note_facts):
    return note_facts


def words_by_page(paper: bytes) -> list[list[tuple[float, float, str]]]:
    """Return each page's words as (left, right, word), in points."""
    pages = pdf.poppler("pdftotext", paper, "-bbox", "-", "-").split("<page ")[1:]
    return [[(float(x0), float(x1), word) for x0, _y0, x1, _y1, word in WORD.findall(page)] for page in pages]


def feet(paper: bytes) -> list[str]:
    """Return the last line of each page's text above its foot."""
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pdf.page_texts(paper)]
    return [page[-2] for page in lines]


def test_a_paper_of_the_worst_names_is_not_cut_off_and_no_heading_stands_alone(facts):
    """Long names everywhere, a 400-letter title, and texts of every length, so that pages break in many places."""
    section = facts.sections[0]
    rows = tuple(replace(row, label=f"{LONG_NAME} {row.label}") for row in section.tables[0].rows)
    sections = tuple(
        replace(
            section,
            project_code=f"p{number}",
            heading=f"{LONG_NAME} {number}",
            project=LONG_NAME,
            narrative="" if number == 8 else "### Hvad der virker\n\n" + "Indsatsen følger planen. " * (9 * number),
            tables=(replace(section.tables[0], rows=rows),) if number == 4 else section.tables[1:],
        )
        for number in range(1, 9)
    )
    paper = render_note(replace(facts, title="Et navn uden ende " * 22, sections=sections)).content
    for page in words_by_page(paper):
        assert [word for left, right, word in page if left < 24 * MM or right > (210 - 24) * MM] == []
    alone = {heading for _level, heading in pdf.headings(paper)}
    assert [foot for foot in feet(paper) if any(heading.endswith(foot) for heading in alone)] == []


def test_a_projects_heading_its_lights_and_what_comes_next_stand_on_one_page(facts):
    """Sections that begin everywhere near a page's foot, a few points apart: a row of lights was divided."""
    bare = replace(
        facts.sections[0], tables=(), measures=None, narrative="", references=(), remarks=(), example="Prøve"
    )
    sections = tuple(replace(bare, project_code=f"p{number}") for number in range(16))
    markup = note_markup(replace(facts, sections=sections, overview=None, annexes=(), introduction=""))
    start, *bodies = markup.html.split('<section class="project"')
    for number, body in enumerate(bodies):
        start += f'<div style="break-before: page; height: {545 + 7 * number}pt"></div><section class="project"{body}'
    pages = pdf.page_texts(print_paper(replace(markup, html=start), key="").content)
    told = [(page.count("Status for november 2017"), LIGHTS.findall(page)) for page in pages]
    assert [number for number, (begun, lights) in enumerate(told, 1) if len(lights) != begun] == []
    assert {line.split()[0] for _begun, lights in told for line in lights} == {"Økonomi:"}
    assert sum(begun for begun, _lights in told) == len(sections)


def test_names_and_signs_of_everybody_are_printed_with_fonts_that_come_along(facts):
    text = "Łukasz Đặng og Навигатор. عبد الرحمن er kommet. Det går godt 😀 ✅"
    bare = replace(facts, sections=(), overview=None, annexes=(), introduction=text)
    paper = render_note(bare).content
    assert pdf.fonts(paper) == dict.fromkeys((*PLEX, "IBM-Plex-Sans-Arabic", "Noto-Emoji"), True)
    assert ("Łukasz Đặng og Навигатор" in pdf.text_of(paper), flaws(paper)) == (True, {})
    (told,) = [told for _tag, told in pdf.tagged_text(paper, "P") if told.startswith("Łukasz")]
    # Written from the right, and drawn from the left: the letters of each name are all there, in one piece.
    assert {"عبد"[::-1], "الرحمن"[::-1]} <= set(told.split())


def test_a_table_of_many_pages_has_its_head_on_each(facts):
    section = facts.sections[0]
    row = section.tables[0].rows[0]
    rows = tuple(replace(row, label=f"Række {number}") for number in range(150))
    long = replace(section, tables=(replace(section.tables[0], rows=rows),), figures=())
    paper = render_note(replace(facts, sections=(long,), overview=None)).content
    pages = [page for page in pdf.page_texts(paper) if "Række" in page]
    assert len(pages) > 2
    assert all(re.search(r"Kategori +Antal", page) for page in pages)


class TestLetterhead:
    def test_logo_colour_and_address_of_the_municipality(self, facts, settings):
        settings.SITE_LOGO = ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        settings.SITE_COLOUR, settings.SITE_ADDRESS = "#7a1f3d", "Tingvejen 1, 8722 Hedensted"
        paper = render_note(replace(facts, sections=(), overview=None)).content
        assert pdf.alternatives(paper) == ["Hedensted Kommune"]
        assert "Tingvejen 1, 8722 Hedensted" in pdf.text_of(paper)
