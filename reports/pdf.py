"""Facts to paper: one tagged PDF (PDF/UA-1 and PDF/A-3a), with only embedded fonts and nothing fetched.

The only module that knows the PDF library, which takes a second and native libraries to load: views import it when
a paper is asked for.
"""

import base64
import html
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from projects.counts import format_count
from projects.markdown import LONGEST_UNBROKEN, SOFT_BREAK
from projects.months import format_month, format_month_short
from reports.charts import ChartSpec, Series, to_svg
from reports.facts.body import body, contents
from reports.facts.canonical import to_json
from reports.facts.figure_words import figure_text
from reports.facts.note import FigureFact, NoteFacts, PaperError, SectionFacts, Stamp
from reports.tagging import finished, with_accessibility_claim

VARIANT = "pdf/a-3a"
# Our own name for sRGB: the library's own one leaves a file open for every paper.
COLOURS = "--paper"
_FONTS = Path("static/vendor/dkfds/fonts/IBMPlexSans/complete/woff2")
_STYLE = Path("static/css/pdf/note.css")
_PAPER = "paper:///"
_COLOURS_FILE = "sRGB2014.icc"
_FONT_NAMES = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")


@dataclass(frozen=True)
class Paper:
    content: bytes
    page_count: int


def render_note(facts: NoteFacts, stamp: Stamp | None = None) -> Paper:
    """Return the note as a PDF. The same facts and stamp give the same bytes on the same machine.

    Raises PaperError when anything in it asks to be fetched, or cannot be drawn.
    """
    made_at = stamp.issued_at if stamp else datetime.combine(facts.dated, time(), tzinfo=UTC)
    markup = _wrapped(render_to_string("reports/pdf/note.html", _context(facts, stamp, made_at)))
    identifier = sha256(f"{to_json(facts)}{stamp}".encode()).hexdigest()[:32]
    with _strict():
        document = _document(markup)
        plain = document.metadata.generate_rdf_metadata
        document.metadata.generate_rdf_metadata = lambda *parts: with_accessibility_claim(plain(*parts))
        content = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier.encode(), output_intent=COLOURS)
    return Paper(finished(content), len(document.pages))


# --- What the template needs -------------------------------------------------------------------------------------


def _context(facts: NoteFacts, stamp: Stamp | None, made_at: datetime) -> dict[str, Any]:
    return {
        "facts": facts,
        "stamp": stamp,
        "made_at": made_at.isoformat(timespec="seconds"),
        "contents": contents(facts),
        "items": [
            {
                "item": item,
                "charts": [_chart(item.section, fact) for fact in item.section.figures] if item.section else [],
            }
            for item in body(facts)
        ],
    }


def _charts(section: SectionFacts | None) -> list[dict[str, Any]]:
    return [_chart(section, fact) for fact in section.figures] if section else []


def _chart(section: SectionFacts, fact: FigureFact) -> dict[str, Any]:
    text = figure_text(fact)
    spec = ChartSpec(
        id=f"figur-{fact.number}",
        kind="bar" if len(fact.points) <= 6 else "line",
        title=fact.caption,
        x_labels=tuple(format_month_short(point.month) for point in fact.points),
        series=(Series(fact.caption, tuple(point.value for point in fact.points)),),
        unit=fact.unit,
        source=fact.source,
    )
    image = base64.b64encode(to_svg(spec, width_mm=120, height_mm=60).encode()).decode()
    points = ", ".join(f"{format_month(point.month)} {format_count(point.value)}" for point in fact.points)
    alt = _("Chart: %(caption)s. %(points)s.") % {"caption": fact.caption, "points": points}
    return {"fact": fact, "src": f"data:image/svg+xml;base64,{image}", "alt": alt, "text": text}


_TAG = re.compile(r"(<[^>]*>)")
_LONG_RUN = re.compile(rf"[^\s{SOFT_BREAK}]{{{LONGEST_UNBROKEN}}}(?=[^\s{SOFT_BREAK}])")


def _wrapped(markup: str) -> str:
    """Let every word wrap after 40 signs. Without this one word of 100.000 letters takes minutes to lay out."""
    parts = _TAG.split(markup)
    for place in range(0, len(parts), 2):
        if len(parts[place]) > LONGEST_UNBROKEN and not parts[max(place - 1, 0)].startswith("<style"):
            text = html.unescape(parts[place])
            parts[place] = html.escape(_LONG_RUN.sub(lambda run: run.group() + SOFT_BREAK, text), quote=False)
    return "".join(parts)


# --- Rendering -----------------------------------------------------------------------------------------------------


class _Fetcher(weasyprint.URLFetcher):
    """Hands out the paper's own fonts and pictures inside the page itself; refuses everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"})

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        own = _own_files().get(url)
        if own is not None:
            return URLFetcherResponse(url, own)
        return super().fetch(url, headers)


@lru_cache(maxsize=1)
def _own_files() -> dict[str, bytes]:
    """Return what a style sheet may ask for, by address: the fonts and what its colours mean."""
    names = [f"IBMPlexSans-{name}.woff2" for name in _FONT_NAMES]
    found = {f"{_PAPER}{name}": (settings.BASE_DIR / _FONTS / name).read_bytes() for name in names}
    colours = resources.files("weasyprint.pdf") / _COLOURS_FILE
    return found | {f"{_PAPER}{_COLOURS_FILE}": colours.read_bytes()}


def _document(markup: str) -> weasyprint.Document:
    colours: dict[str, object] = {}
    fonts, fetcher = FontConfiguration(), _Fetcher()
    style = (settings.BASE_DIR / _STYLE).read_text(encoding="utf-8")
    sheet = weasyprint.CSS(string=style, font_config=fonts, color_profiles=colours, url_fetcher=fetcher)
    page = weasyprint.HTML(string=markup, base_url=_PAPER, url_fetcher=fetcher)
    return page.render(
        stylesheets=[sheet], font_config=fonts, color_profiles=colours, pdf_variant=VARIANT, output_intent=COLOURS
    )


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

    _own_files()
    preload_charts()
