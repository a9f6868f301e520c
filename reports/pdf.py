"""Facts to paper: one tagged PDF (PDF/UA-1 and PDF/A-3a), with only embedded fonts and nothing fetched.

The only module that knows the PDF library, which takes a second and native libraries to load: views import it when
a paper is asked for.
"""

import io
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

import weasyprint
from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from reports.data_files import Enclosure, enclosed
from reports.facts.annexes import AnnexFile
from reports.facts.canonical import to_json
from reports.facts.note import NoteFacts, PaperError, Stamp
from reports.facts.papers.head import PaperFacts
from reports.markup import Markup, note_markup, paper_markup
from reports.tagging import finished, with_accessibility_claim

VARIANT = "pdf/a-3a"
# Our own name for sRGB: the library's own one leaves a file open for every paper.
COLOURS = "--paper"
_FONTS = Path("static/vendor/dkfds/fonts/IBMPlexSans/complete/woff2")
_STYLE = Path("static/css/pdf/note.css")
_PAPER = "paper:///"
_COLOURS_FILE = "sRGB2014.icc"
_PLEX = tuple(f"IBMPlexSans-{name}.woff2" for name in ("Regular", "Italic", "SemiBold", "SemiBoldItalic"))
_OTHER_FONTS = Path("static/vendor")
# Fonts for what Plex does not have, and the signs that ask for each.
_ARABIC = re.compile("[\u0600-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_EMOJI = re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
# Plex, not Noto: it draws a letter's dots with the letter, so that a screen reader hears names and not their pieces.
_ASKED_FOR = (
    ("IBM Plex Sans Arabic", "plex-arabic/IBMPlexSansArabic-Regular.woff2", _ARABIC),
    ("Noto Emoji", "noto/NotoEmoji-Regular.woff2", _EMOJI),
)


@dataclass(frozen=True)
class Paper:
    content: bytes
    page_count: int


def render_note(facts: NoteFacts, stamp: Stamp | None = None, annexes: Sequence[AnnexFile] = ()) -> Paper:
    """Return the note as a PDF. The same input gives the same bytes on the same machine.

    Raises PaperError when anything in it asks to be fetched, or cannot be drawn.
    """
    markup = note_markup(facts, stamp)
    return print_paper(markup, key=f"{to_json(facts)}{stamp}", files=enclosed(markup, annexes))


def render_paper(kind: str, facts: PaperFacts, stamp: Stamp | None = None) -> Paper:
    """Return another paper than a note as a PDF, its tables enclosed as data. As `render_note` in all else."""
    markup = paper_markup(kind, facts, stamp)
    return print_paper(markup, key=f"{kind}{to_json(facts)}{stamp}", files=enclosed(markup))


def print_paper(markup: Markup, *, key: str, files: Sequence[Enclosure] = ()) -> Paper:
    """Return the markup as a PDF with the files enclosed. `key` tells papers apart: equal ones are the same paper."""
    identifier = sha256(key.encode()).hexdigest()[:32].encode()
    attachments = [_attachment(file, markup.made_at) for file in files]
    with _strict():
        document = _document(markup.html)
        plain = document.metadata.generate_rdf_metadata
        document.metadata.generate_rdf_metadata = lambda *parts: with_accessibility_claim(plain(*parts))
        content = document.write_pdf(
            pdf_variant=VARIANT, pdf_identifier=identifier, output_intent=COLOURS, attachments=attachments
        )
    return Paper(finished(content, markup.html), len(document.pages))


def print_bare(html: str) -> bytes:
    """Return what the library alone makes of the same page: nothing enclosed, finished or checked. For `make bench`."""
    return bytes(_document(html).write_pdf(pdf_variant=VARIANT, output_intent=COLOURS))


def whole_page(html: str) -> str:
    """Return the page with its style inside it, for another program to print. For `make bench`."""
    style = (settings.BASE_DIR / _STYLE).read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>{style}</style></head>", 1)


def _attachment(file: Enclosure, made_at: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content,
        name=file.name,
        description=file.title,
        relationship=file.relationship,
        created=made_at,
        modified=made_at,
    )


# --- Rendering -----------------------------------------------------------------------------------------------------


class _Fetcher(weasyprint.URLFetcher):
    """Hands out the paper's own fonts and pictures inside the page itself; refuses everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"})

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        own = _own_file(url)
        if own is not None:
            return URLFetcherResponse(url, own)
        return super().fetch(url, headers)


def _own_file(address: str) -> bytes | None:
    """Return what a style sheet may ask for, by address: the fonts and what its colours mean. None for all else."""
    name = address.removeprefix(_PAPER)
    if address == f"{_PAPER}{_COLOURS_FILE}":
        return (resources.files("weasyprint.pdf") / _COLOURS_FILE).read_bytes()
    if name in _PLEX:
        return _unpacked(_FONTS / name)
    return _unpacked(_OTHER_FONTS / name) if name in {file for _family, file, _signs in _ASKED_FOR} else None


@lru_cache(maxsize=8)
def _unpacked(path: Path) -> bytes:
    """Return a packed font as it is used. Kept, because unpacking takes as long as a page of text."""
    font = TTFont(settings.BASE_DIR / path, recalcTimestamp=False)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _document(markup: str) -> weasyprint.Document:
    colours: dict[str, object] = {}
    fonts, fetcher = FontConfiguration(), _Fetcher()
    style = _faces(markup) + (settings.BASE_DIR / _STYLE).read_text(encoding="utf-8")
    sheet = weasyprint.CSS(string=style, font_config=fonts, color_profiles=colours, url_fetcher=fetcher)
    page = weasyprint.HTML(string=markup, base_url=_PAPER, url_fetcher=fetcher)
    return page.render(
        stylesheets=[sheet], font_config=fonts, color_profiles=colours, pdf_variant=VARIANT, output_intent=COLOURS
    )


def _faces(markup: str) -> str:
    """Return the rules for the fonts that the text needs beside the paper's own."""
    needed = [(family, file) for family, file, signs in _ASKED_FOR if signs.search(markup)]
    return "".join(f'@font-face {{ font-family: "{name}"; src: url("{_PAPER}{file}"); }}\n' for name, file in needed)


@contextmanager
def _strict() -> Iterator[None]:
    """Raise PaperError for what the library only logs: a refused address, a missing picture, a broken link."""
    logger, collector = logging.getLogger("weasyprint"), _Collector()
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise PaperError("; ".join(collector.messages))


class _Collector(logging.Handler):
    """Keeps this thread's errors: two papers may be made at the same time."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.messages.append(record.getMessage())


def preload() -> None:
    """Read the paper's own files and load what draws its figures."""
    from reports.charts.paper import preload as preload_charts

    for name in _PLEX:
        _own_file(f"{_PAPER}{name}")
    preload_charts()
