"""A note or another paper as HTML: the one description that its PDF, its Word file and its data files are made from."""

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from projects.dates import format_date
from projects.markdown import LONGEST_UNBROKEN, SOFT_BREAK
from reports.charts import ChartSpec, to_svg
from reports.enums import Edition, PaperKind
from reports.facts.body import BodyItem, body, contents
from reports.facts.figure_specs import chart_spec
from reports.facts.figure_words import figure_points, figure_text
from reports.facts.note import FigureFact, NoteFacts, Stamp
from reports.facts.papers.head import PaperFacts, PaperHead
from reports.facts.papers.kinds import PAPER_TYPES


@dataclass(frozen=True)
class FileHead:
    """What a file says of itself and at the head of its pages. `running` stands at the right of every page's head."""

    title: str
    municipality: str
    subject: str
    running: str
    case_number: str


# As wide as a figure is printed.
WIDTH_MM = 120


@dataclass(frozen=True)
class Markup:
    """`charts` are its drawings by the id they have in the HTML (`data-chart`)."""

    html: str
    charts: Mapping[str, ChartSpec]
    made_at: datetime
    head: FileHead


def note_markup(facts: NoteFacts, stamp: Stamp | None = None) -> Markup:
    """Return the note as it is printed; without a stamp marked as a draft. The same input gives the same text."""
    specs = {spec.id: spec for item in body(facts) for fact in _figures(item) for spec in [chart_spec(fact)]}
    context = {
        "facts": facts,
        "is_public": facts.edition == Edition.PUBLIC,
        "contents": contents(facts),
        "letterhead": letterhead(),
        "items": [{"item": item, "charts": [_chart(fact) for fact in _figures(item)]} for item in body(facts)],
    }
    return _markup("reports/pdf/note.html", context, _note_head(facts), facts.dated, stamp, specs)


def _markup(
    template: str,
    context: dict[str, Any],
    head: FileHead,
    dated: date,
    stamp: Stamp | None,
    charts: Mapping[str, ChartSpec],
) -> Markup:
    # A draft has no moment of its own: drafts of the same facts are the same.
    made_at = stamp.issued_at if stamp else datetime.combine(dated, time(), tzinfo=UTC)
    context |= {"head": head, "stamp": stamp, "made_at": made_at.isoformat(timespec="seconds")}
    return Markup(breakable(render_to_string(template, context)), charts, made_at, head)


def _note_head(facts: NoteFacts) -> FileHead:
    subject = f"{facts.committee}, {format_date(facts.meeting_date)}"
    words = {"committee": facts.committee_code, "date": format_date(facts.meeting_date)}
    running = _("%(committee)s, meeting %(date)s") % words
    return FileHead(facts.title, facts.municipality, subject, running, facts.case_number)


def paper_markup(kind: str, facts: PaperFacts, stamp: Stamp | None = None) -> Markup:
    """Return a paper of the kind as it is printed; without a stamp marked as a draft. Same input, same text."""
    head = facts.head
    context = {
        "facts": facts,
        "is_public": head.edition == Edition.PUBLIC,
        "contents": facts.contents,
        "template": PAPER_TYPES[PaperKind(kind)].template,
        "letterhead": letterhead() if head.municipality == settings.SITE_MUNICIPALITY else _foreign_letterhead(head),
    }
    file_head = FileHead(head.title, head.municipality, head.kind, head.kind, head.case_number)
    return _markup("reports/pdf/paper.html", context, file_head, head.dated, stamp, {})


def letterhead() -> dict[str, str]:
    """Return the municipality's logo as part of the page, its colour and its address, as far as they are set."""
    kind, logo = settings.SITE_LOGO
    source = f"data:{kind};base64,{base64.b64encode(logo).decode()}" if logo else ""
    return {"logo": source, "colour": settings.SITE_COLOUR, "address": settings.SITE_ADDRESS}


def _foreign_letterhead(head: PaperHead) -> dict[str, str]:
    """Return the head of somebody else's paper: not under this municipality's logo."""
    return {"logo": "", "colour": "", "address": head.address}


def _figures(item: BodyItem) -> tuple[FigureFact, ...]:
    return tuple(item.section.drawn_figures) if item.section else ()


def height_mm(spec: ChartSpec) -> float | None:
    """Return a figure's height; None: as high as its bars lying down need."""
    return None if spec.is_horizontal else 60


def _chart(fact: FigureFact) -> dict[str, Any]:
    spec = chart_spec(fact)
    image = base64.b64encode(to_svg(spec, WIDTH_MM, height_mm(spec)).encode()).decode()
    alt = _("Chart: %(caption)s. %(points)s.") % {"caption": fact.caption, "points": figure_points(fact)}
    src = f"data:image/svg+xml;base64,{image}"
    return {"fact": fact, "id": spec.id, "src": src, "alt": alt, "text": figure_text(fact)}


_TAG = re.compile(r"(<[^>]*>)")
_LONG_RUN = re.compile(rf"[^\s{SOFT_BREAK}]{{{LONGEST_UNBROKEN}}}(?=[^\s{SOFT_BREAK}])")


def breakable(markup: str) -> str:
    """Let every word wrap after 40 signs. Without this one word of 100.000 letters takes minutes to lay out."""
    parts = _TAG.split(markup)
    for place in range(0, len(parts), 2):
        if len(parts[place]) > LONGEST_UNBROKEN and not parts[max(place - 1, 0)].startswith("<style"):
            text = html.unescape(parts[place])
            parts[place] = html.escape(_LONG_RUN.sub(lambda run: run.group() + SOFT_BREAK, text), quote=False)
    return "".join(parts)
