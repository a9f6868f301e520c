"""Narrative text: stored as Markdown exactly as typed, shown as a small, clean set of HTML."""

import re
from collections.abc import Iterable, Iterator

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SOFT_BREAK = "\u200b"
LONGEST_UNBROKEN = 40

# A narrative stands under a page's h1 and h2, so its own first level is h3.
_FIRST_LEVEL = 3
_LAST_LEVEL = 6
_TAGS = {"h3", "h4", "h5", "h6", "p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "hr", "span"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "span": {"class"}}
_SCHEMES = {"http", "https", "mailto"}
_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_LONG_WORD = re.compile(rf"[^\s{SOFT_BREAK}]{{{LONGEST_UNBROKEN}}}(?=[^\s{SOFT_BREAK}])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# "27. november" and "2016. Året" open a sentence, not the 27th point of a list.
_ORDINAL = re.compile(
    r"^( {0,3}(?:\d{4}|\d{1,2}(?=\. +(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|kvartal|halvår|pkt))))\.(?= )",
    re.IGNORECASE | re.MULTILINE,
)
# "text[^1]", and on a line of its own "[^1]: the note", which ends at an empty line or the next note.
_NOTE_MARK = re.compile(r"\[\^([\w-]{1,20})\]")
_NOTE = re.compile(r"^\[\^([\w-]{1,20})\]:[ \t]*(\S.*(?:\n(?!\[\^)[ \t]*\S.*)*)\n?", re.MULTILINE)
# A longer one stands in the text: the foot of a page cannot hold it.
_LONGEST_NOTE = 600
# Off: what people write without meaning markup (indented lines, a row of dashes under a line, `code`, definitions
# that would vanish from the page), and pictures.
_OFF = ["code", "fence", "lheading", "reference", "html_block", "html_inline", "backticks", "image"]


def _narrative_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_OFF)
    parser.validateLink = lambda url: bool(_ALLOWED_LINK.match(url))  # type: ignore[method-assign]
    return parser


_parser = _narrative_parser()


def to_html(text: str) -> SafeString:
    """Return the narrative as HTML that is safe to show.

    Headings begin at h3 and skip no level; links are http, https or mailto. A footnote is a span at the place it
    belongs to; the style sheets say where it is shown.
    """
    text, notes = _notes_apart(_CONTROL.sub("", text))
    tokens = _parser.parse(_ORDINAL.sub(r"\1\\.", text))
    _nest_headings(tokens)
    for token in tokens:
        if token.children:
            token.children = [piece for child in token.children for piece in _pieces(child, notes)]
    clean = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has cleaned it


def _notes_apart(text: str) -> tuple[str, dict[str, str]]:
    """Return the text without its footnotes, and them by their marks. What no mark in the text asks for stays in it."""
    asked_for = set(_NOTE_MARK.findall(_NOTE.sub("", text)))
    notes: dict[str, str] = {}

    def taken(found: re.Match[str]) -> str:
        if found[1] not in asked_for or found[1] in notes:
            return found[0]
        notes[found[1]] = found[2]
        return ""

    return _NOTE.sub(taken, text), notes


def _pieces(token: Token, notes: dict[str, str]) -> Iterator[Token]:
    """Yield a piece of a line with its long words breakable, and each footnote, taken out of `notes`, at its mark."""
    if token.type != "text":
        yield token
        return
    # Every other part is a mark.
    for place, part in enumerate(_NOTE_MARK.split(token.content)):
        if place % 2 and part in notes:
            # Once: a hundred marks of a long note must not make a long text of a short one.
            yield Token("html_inline", "", 0, content=_note(notes.pop(part)))
        elif part:
            yield Token("text", "", 0, content=_breakable(f"[^{part}]" if place % 2 else part))


def _note(text: str) -> str:
    tokens = _parser.parseInline(" ".join(text.split()))
    for child in tokens[0].children or []:
        if child.type == "text":
            child.content = _breakable(child.content)
    kind = "footnote footnote-long" if len(text) > _LONGEST_NOTE else "footnote"
    # Two of them: the outer one is what the PDF tells apart from the text around it (reports/tagging.py).
    return (
        f'<span class="noted"><span class="{kind}">{_parser.renderer.render(tokens, _parser.options, {})}</span></span>'
    )


def _nest_headings(tokens: Iterable[Token]) -> None:
    """Put headings one level apart, however many signs were typed: a screen reader finds the way by them."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_FIRST_LEVEL - 1 + len(open_levels), _LAST_LEVEL)}"


def _breakable(text: str) -> str:
    """Let a word of any length wrap: an invisible opportunity every 40 signs."""
    return _LONG_WORD.sub(lambda word: word.group() + SOFT_BREAK, text)
