"""Notes and other papers in all their shapes, made here or in a child process. Nothing here asks the database."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from reports.enums import Edition, PaperFormat
from reports.facts.annexes import AnnexFile
from reports.facts.note import NoteFacts, PaperError, Stamp
from reports.facts.papers.head import PaperFacts
from reports.isolation import FailedApartError, Limits, in_child
from reports.markup import note_markup, paper_markup
from reports.package import archive_package, paper_package


@dataclass(frozen=True)
class Papers:
    """`others` are the shapes beside the PDF, by PaperFormat."""

    pdf: bytes
    page_count: int
    others: Mapping[str, bytes] = field(default_factory=dict)


def make_papers(facts: NoteFacts, stamp: Stamp, annexes: Sequence[AnnexFile]) -> Papers:
    """Return everything that is issued. The same input gives the same bytes. Raises PaperError."""
    from reports.pdf import render_note  # takes a second to load
    from reports.word import render_word

    paper = render_note(facts, stamp, annexes)
    word = render_word(note_markup(facts, stamp), stamp)
    package = archive_package(facts, stamp, pdf=paper.content, word=word, annexes=annexes)
    return Papers(paper.content, paper.page_count, {PaperFormat.WORD: word, PaperFormat.PACKAGE: package})


def make_preview(facts: NoteFacts, annexes: Sequence[AnnexFile]) -> Papers:
    """Return the PDF as it would be, marked as a draft. Raises PaperError."""
    from reports.pdf import render_note

    paper = render_note(facts, None, annexes)
    return Papers(paper.content, paper.page_count)


def make_draft_in_word(facts: NoteFacts) -> bytes:
    """Return the draft as a Word file."""
    from reports.word import render_word

    return render_word(note_markup(facts))


def make_issued(kind: str, facts: PaperFacts, stamp: Stamp) -> Papers:
    """Return another paper than a note as it is issued: PDF, Word and the archive's package. Raises PaperError."""
    from reports.pdf import render_paper
    from reports.word import render_word

    paper, word = render_paper(kind, facts, stamp), render_word(paper_markup(kind, facts, stamp), stamp)
    package = paper_package(facts, stamp, edition=Edition.FULL, pdf=paper.content, word=word)
    return Papers(paper.content, paper.page_count, {PaperFormat.WORD: word, PaperFormat.PACKAGE: package})


def make_public_paper(kind: str, facts: PaperFacts, stamp: Stamp) -> Papers:
    """Return the public edition of another paper than a note: PDF and Word. Raises PaperError."""
    from reports.pdf import render_paper
    from reports.word import render_word

    paper, word = render_paper(kind, facts, stamp), render_word(paper_markup(kind, facts, stamp), stamp)
    return Papers(paper.content, paper.page_count, {PaperFormat.WORD: word})


def make_paper_draft(kind: str, facts: PaperFacts) -> Papers:
    """Return another paper than a note as a PDF marked as a draft. Raises PaperError."""
    from reports.pdf import render_paper

    paper = render_paper(kind, facts)
    return Papers(paper.content, paper.page_count)


def make_paper_draft_in_word(kind: str, facts: PaperFacts) -> bytes:
    from reports.word import render_word

    return render_word(paper_markup(kind, facts))


def apart(make: Callable[[], Papers], beat: Callable[[], None] = lambda: None) -> Papers:
    """Return what `make` returns, made in a child process that cannot hurt this one.

    Raises PaperError with the failure that tells why there is none.
    """
    return _unpacked(bounded(lambda: _packed(make()), beat))


def bounded(work: Callable[[], bytes], beat: Callable[[], None] = lambda: None) -> bytes:
    """Return what the work returns, done in a child process within a paper's time and memory.

    The work must leave the database alone. Raises PaperError with the failure that tells why there is nothing.
    """
    limits = Limits(seconds=settings.PAPER_SECONDS, megabytes=settings.PAPER_MEGABYTES)
    try:
        return in_child(work, limits, beat)
    except FailedApartError as error:
        raise PaperError(error.detail, error.failure) from error


def preload() -> None:
    """Load what takes seconds to load, so that every child has it from the start."""
    from reports import pdf, word

    pdf.preload()
    word.preload()


def _packed(papers: Papers) -> bytes:
    parts = {"pdf": papers.pdf, **papers.others}
    sizes = {"pages": papers.page_count, "parts": [(name, len(content)) for name, content in parts.items()]}
    return json.dumps(sizes).encode() + b"\n" + b"".join(parts.values())


def _unpacked(packed: bytes) -> Papers:
    head, _line_end, rest = packed.partition(b"\n")
    told = json.loads(head)
    parts, start = {}, 0
    for name, size in told["parts"]:
        parts[name] = rest[start : start + size]
        start += size
    return Papers(parts.pop("pdf"), told["pages"], parts)
