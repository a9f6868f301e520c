"""A letter that answers numbered questions, with the tables each answer rests on.

The tables are those of approved statuses; what they print is frozen with the letter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from projects.enums import SnapshotState
from projects.models import Breakdown, StatusSnapshot
from projects.queries.known import Known
from projects.queries.snapshots import SnapshotContent, snapshot_contents
from projects.rules.benefits import duration_notices
from projects.rules.notices import Notice
from projects.rules.privacy import personal_notices
from projects.rules.text import draft_notices
from reports.facts.note import CountTable
from reports.facts.papers.head import GatheredPaper, MetaLine, PaperHead
from reports.facts.sections import Numbers, count_table
from reports.models import Letter


@dataclass(frozen=True)
class TableFact:
    """`project_code` says which project's status of the month filled it in."""

    month: date
    table: CountTable
    project_code: str = ""


@dataclass(frozen=True)
class AnswerFact:
    """A question with its answer. `caveat` stands as a note under the tables."""

    number: int
    question: str
    answer: str
    caveat: str
    tables: tuple[TableFact, ...]

    @property
    def anchor(self) -> str:
        return f"spoergsmaal-{self.number}"


@dataclass(frozen=True)
class LetterFacts:
    """`remarks` are sentences about durations that cannot be, which are printed with the figures. R17."""

    head: PaperHead
    introduction: str
    answers: tuple[AnswerFact, ...]
    closing: str
    example: str
    remarks: tuple[str, ...]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Return nothing: a letter is read from end to end."""
        return ()


def letter(found: Letter, day: date) -> GatheredPaper:
    """Return the letter with the newest approved figures of its tables. 17 queries at most, however many questions."""
    questions = list(found.questions.prefetch_related("tables__project__unit"))
    contents = _contents({table.project_id for question in questions for table in question.tables.all()})
    numbers, known = Numbers(), Known()
    dated = found.dated or day
    answers = tuple(
        AnswerFact(
            number=number,
            question=question.text,
            answer=question.answer,
            caveat=question.caveat,
            tables=tuple(_tables(question.tables.all(), contents, numbers)),
        )
        for number, question in enumerate(questions, start=1)
    )
    notices = _notices(found, answers, known, dated)
    lines = (MetaLine(_("To"), found.recipient),)
    head = PaperHead(
        municipality=found.sender or settings.SITE_MUNICIPALITY,
        kind=_("Letter"),
        title=found.title,
        dated=dated,
        lines=lines,
        case_number=found.case_number,
        address=found.sender_address if found.sender else "",
    )
    facts = LetterFacts(
        head=head,
        introduction=found.introduction,
        answers=answers,
        closing=found.closing,
        example=found.example_note,
        remarks=tuple(dict.fromkeys(notice.message for notice in notices if notice.rule == "R17")),
    )
    return GatheredPaper(facts, notices)


def _contents(project_ids: Iterable[int]) -> Mapping[int, SnapshotContent]:
    """Return what each project's newest approved status says, by project id."""
    newest: dict[int, StatusSnapshot] = {}
    approved = StatusSnapshot.objects.filter(project__in=project_ids, state=SnapshotState.APPROVED)
    for snapshot in approved.order_by("month", "revision"):
        newest[snapshot.project_id] = snapshot
    return {content.project.pk: content for content in snapshot_contents(list(newest.values())).values()}


def _tables(
    tables: Iterable[Breakdown], contents: Mapping[int, SnapshotContent], numbers: Numbers
) -> Iterable[TableFact]:
    """Yield the tables that an approved status has filled in."""
    for table in tables:
        content = contents.get(table.project_id)
        facts = {fact.breakdown_id: fact for fact in content.breakdowns} if content else {}
        if content is not None and table.pk in facts:
            by = _("The project's monthly status, %(unit)s") % {"unit": table.project.unit.name}
            printed = count_table(content, facts[table.pk], numbers.table(), reported_by=by)
            yield TableFact(content.month, printed, table.project.code)


def _notices(found: Letter, answers: Iterable[AnswerFact], known: Known, day: date) -> list[Notice]:
    """Return R9, R14 and R17 for what is written, the questions read together with their tables' names."""
    texts = [("introduction", found.introduction), ("closing", found.closing)]
    texts += [(answer.anchor, f"{answer.answer}\n\n{answer.caveat}") for answer in answers]
    notices = []
    for field, text in texts:
        notices += draft_notices(text, field) + personal_notices(text, field, known.staff)
        notices += duration_notices(text, known.benefits, day=day, field=field)
    for answer in answers:
        for printed in answer.tables:
            names = [row.label for row in printed.table.rows if row.value]
            names += [column.label for column in printed.table.columns if column.total]
            for name in names:
                notices += duration_notices(
                    name, known.benefits, day=day, field=answer.anchor, context=printed.table.caption
                )
    # Said once, however many answers it is true of.
    return list({(notice.rule, notice.message): notice for notice in reversed(notices)}.values())[::-1]
