"""Public editions of papers that are not notes, as they are stored: what came before, what their texts still need."""

from projects.models import Project
from projects.queries.findings import with_answers
from projects.queries.notices import AnsweredNotice
from reports.disclosure.collecting import Published
from reports.disclosure.earlier import earlier_papers, mark_of
from reports.disclosure.edition import Choices
from reports.disclosure.papers import counts_of, paper_texts
from reports.disclosure.stored import noticed
from reports.facts.papers.kinds import frozen_facts
from reports.models import PublicPaper


def paper_choices(edition: PublicPaper) -> Choices:
    return Choices(edition.threshold, edition.shows_zeros, edition.removes_contacts, {})


def told_before_paper(edition: PublicPaper) -> list[Published]:
    """Return what was told and hidden publicly of the paper's projects before it. Three queries."""
    return earlier_papers(committees_of(edition), _codes(edition))


def mark_for_paper(edition: PublicPaper) -> str:
    """Return what `told_before_paper` rests on, as one mark that changes with it. Three queries."""
    return mark_of(committees_of(edition))


def committees_of(edition: PublicPaper) -> set[int]:
    """Return the committees that are told of the same projects. One query."""
    return set(Project.objects.filter(code__in=_codes(edition)).values_list("committee_id", flat=True))


def _codes(edition: PublicPaper) -> set[str]:
    paper = edition.paper
    counts = counts_of(paper.kind, paper.of, frozen_facts(paper.kind, paper.facts))
    return {section.project_code for section in counts.sections}


def paper_notices(edition: PublicPaper) -> list[AnsweredNotice]:
    """Return what the rules notice in the texts as the public would read them, with answers. At most two queries.

    Names that may be a citizen's, addresses and contact details cannot be answered: they must go.
    """
    if not edition.is_worked_out:
        return []
    paper = edition.paper
    places = paper_texts(paper.kind, frozen_facts(paper.kind, edition.facts))
    return with_answers(noticed(places, f"public/{paper.kind}/{paper.of}/v{paper.number}", edition))


def open_paper_notices(edition: PublicPaper) -> list[AnsweredNotice]:
    """Return what must be solved or answered before anyone can approve. At most two queries."""
    return [item for item in paper_notices(edition) if item.is_blocking or item.is_open]
