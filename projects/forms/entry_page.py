"""What the status form's page shows, section by section, ready for a template that calculates nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _

from projects.enums import Dimension, Light
from projects.forms.entry_checks import Check, Measure, child_check, column_check, sum_check, text_measure
from projects.forms.field_places import rule_fields, table_anchor
from projects.forms.snapshot_entry import SnapshotEntry, section_fields
from projects.forms.snapshot_texts import indicator_field, mark_of
from projects.forms.table_fields import cell_field, count_field, out_field, since_field, whole_field
from projects.forms.typed_answers import ANSWER, answer_to, place_of
from projects.queries.breakdowns import BreakdownFact, CellFact, ColumnFact, RowFact
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshot_values import content_with
from projects.queries.snapshots import IndicatorFact, SnapshotContent
from projects.rules.indicators import difference
from projects.rules.lengths import LENGTHS, MANAGER, NARRATIVE, SHORT
from projects.rules.snapshots import comment_field, light_field


@dataclass(frozen=True)
class Cell:
    """A field, whether it still shows last month's value, and what last month's was ("" for none)."""

    field: BoundField
    is_carried: bool
    previous: str


@dataclass(frozen=True)
class IndicatorLine:
    fact: IndicatorFact
    cell: Cell

    @property
    def change(self) -> int | Decimal | None:
        return difference(self.fact.value, self.fact.previous)


@dataclass(frozen=True)
class RowLine:
    """A row of a table. A total row has no fields, only its sums.

    A split has `count`, a flow `out` and `since` too, a part `count` and `whole`. In a cross-table `cells` has one
    per column: its count, and the sum a total row shows instead.
    """

    fact: RowFact
    count: Cell | None = None
    out: Cell | None = None
    since: Cell | None = None
    check: Check | None = None
    whole: Cell | None = None
    cells: tuple["CellLine", ...] = ()

    @property
    def change(self) -> int | Decimal | None:
        return difference(self.fact.value, self.fact.previous)

    @property
    def every_cell(self) -> list[Cell]:
        own = (self.count, self.out, self.since, self.whole, *(line.cell for line in self.cells))
        return [cell for cell in own if cell is not None]


@dataclass(frozen=True)
class CellLine:
    """A place in a cross-table. `cell` None: a total row's, which shows `fact.value`."""

    fact: CellFact
    cell: Cell | None
    label: str


@dataclass(frozen=True)
class ColumnLine:
    """A column of a cross-table with the total its source states, and whether the rows agree."""

    fact: ColumnFact
    stated: Cell
    check: Check


@dataclass(frozen=True)
class Table:
    fact: BreakdownFact
    rows: tuple[RowLine, ...]
    sum: Check
    carried: int
    total_field: str
    columns: tuple[ColumnLine, ...] = ()

    @property
    def section(self) -> str:
        return f"table_{self.fact.breakdown_id}"

    @property
    def change(self) -> int | Decimal | None:
        return difference(self.fact.total, self.fact.previous_total)


@dataclass(frozen=True)
class LightLine:
    dimension: Dimension
    light: BoundField
    comment: BoundField
    previous: str
    needs_comment: bool


@dataclass(frozen=True)
class TextLine:
    """One of the three texts. `limit` None: as long as it needs to be; `tools` are the buttons it gets."""

    name: str
    field: BoundField
    is_carried: bool
    hint: str
    limit: int | None
    measure: Measure
    tools: tuple[str, ...]


@dataclass(frozen=True)
class FindingLine:
    """A finding with the field it is about ("" for none), and what stands where it is answered.

    `before` is the mark of the answer that is stored, to see later whether somebody else has changed it.
    """

    answered: AnsweredNotice
    anchor: str
    where: str
    typed: str
    error: str
    before: str

    @property
    def key(self) -> str:
        return self.answered.notice.fingerprint

    @property
    def place(self) -> str:
        return place_of(self.answered)

    @property
    def is_being_answered(self) -> bool:
        return bool(self.error) or self.typed != self.answered.answer


@dataclass(frozen=True)
class Section:
    """A part of the page: its element's id, its heading, and how many of its fields still show last month."""

    key: str
    title: str
    carried: int = 0


@dataclass(frozen=True)
class Problem:
    """A line of the error summary."""

    label: str
    message: str
    anchor: str


def cell(entry: SnapshotEntry, name: str) -> Cell:
    return Cell(entry.form[name], name in entry.carried, entry.previous.get(name, ""))


def indicator_lines(entry: SnapshotEntry) -> list[IndicatorLine]:
    shown = shown_content(entry).indicators
    return [IndicatorLine(fact, cell(entry, indicator_field(fact.indicator_id))) for fact in shown]


def tables(entry: SnapshotEntry) -> list[Table]:
    """Return the tables with the sums of what is on the page, stored or not."""
    shown = shown_content(entry)
    return [_table(entry, fact) for fact in shown.breakdowns]


def shown_content(entry: SnapshotEntry) -> SnapshotContent:
    """Return the status as the page shows it, last month's untouched values counted in."""
    return content_with(entry.content, entry.values(with_carried=True))


def sections(entry: SnapshotEntry, shown: Iterable[Table]) -> list[Section]:
    """Return the parts of the page in order."""
    return [
        Section("numbers", _("Figures"), carried_count(entry, "numbers")),
        *(Section(table.section, table.fact.name, table.carried) for table in shown),
        Section("text", _("Status in words"), carried_count(entry, "text")),
        Section("lights", _("Lights")),
        Section("economy", _("Economy"), carried_count(entry, "economy")),
        Section("attachments", _("Annexes")),
        Section("references", _("References")),
    ]


def carried_count(entry: SnapshotEntry, section: str) -> int:
    return len(entry.carried & (section_fields(entry.content, section) or set()))


def _table(entry: SnapshotEntry, fact: BreakdownFact) -> Table:
    rows = tuple(_row(entry, fact, row) for row in fact.rows)
    columns = tuple(
        ColumnLine(column, cell(entry, count_field(column.category_id)), column_check(fact, column))
        for column in fact.columns
    )
    cells = [each for row in rows for each in row.every_cell] + [column.stated for column in columns]
    name = indicator_field(fact.indicator_id) if fact.indicator_id and fact.is_exclusive else ""
    return Table(
        fact=fact,
        rows=rows,
        sum=sum_check(fact),
        carried=sum(each.is_carried for each in cells),
        columns=columns,
        total_field=entry.form[name].auto_id if name in entry.form.fields else "",
    )


def _row(entry: SnapshotEntry, fact: BreakdownFact, row: RowFact) -> RowLine:
    pk = row.category_id
    if fact.is_cross:
        lines = zip(row.cells, fact.columns, strict=True)
        return RowLine(row, cells=tuple(_cell_line(entry, row, each, column) for each, column in lines))
    if row.is_total:
        return RowLine(row)
    count = cell(entry, count_field(pk))
    if fact.is_share:
        return RowLine(row, count, whole=cell(entry, whole_field(pk)))
    if fact.is_flow:
        return RowLine(row, count, cell(entry, out_field(pk)), cell(entry, since_field(pk)))
    return RowLine(row, count, check=child_check(fact, row))


def _cell_line(entry: SnapshotEntry, row: RowFact, fact: CellFact, column: ColumnFact) -> CellLine:
    typed = None if row.is_total else cell(entry, cell_field(row.category_id, fact.column_id))
    return CellLine(fact, typed, column.label)


def light_lines(entry: SnapshotEntry) -> list[LightLine]:
    previous = entry.content.previous
    lines = []
    for key in Dimension:
        light = entry.texts.get(light_field(key), "")
        lines.append(
            LightLine(
                dimension=key,
                light=entry.form[light_field(key)],
                comment=entry.form[comment_field(key)],
                previous=previous.light(key) if previous else "",
                needs_comment=light in {Light.YELLOW, Light.RED},
            )
        )
    return lines


def text_lines(entry: SnapshotEntry) -> list[TextLine]:
    """Return the texts, the longest first."""
    hints = {
        NARRATIVE: _("Write so that no citizen can be recognised. An empty line begins a new paragraph."),
        MANAGER: _("What goes well, what is at risk, and what you need from the manager."),
        SHORT: _("The one thing a politician must remember, in plain words."),
    }
    tools = {NARRATIVE: ("heading", "bold", "list", "link"), MANAGER: ("bold", "list"), SHORT: ()}
    lines = []
    for name in LENGTHS:
        limit = settings.TEXT_LIMITS.get(name)
        measure = text_measure(entry.texts.get(name, ""), limit)
        carried = name in entry.carried
        lines.append(TextLine(name, entry.form[name], carried, hints[name], limit, measure, tools[name]))
    return lines


def places(entry: SnapshotEntry) -> dict[str, tuple[str, str]]:
    """Return a rule's place → (id of the element on the page, its label)."""
    form = entry.form
    found = {name: (_anchor(form[name]), str(form[name].label)) for name in form.fields}
    for formset, label in ((entry.attachments, _("Annex")), (entry.references, _("Reference"))):
        for form_row in formset.forms:
            for name in form_row.fields:
                found[form_row.add_prefix(name)] = (form_row[name].auto_id, f"{label}: {form_row[name].label}")
    found |= {place: found[name] for place, name in rule_fields(entry.content).items() if name in found}
    found |= {f"breakdown.{fact.code}": (table_anchor(fact), fact.name) for fact in entry.content.breakdowns}
    for reference in entry.content.references:
        place = f"references.{reference.key}"
        if place in found:
            found[place] = (found[place][0], f"{_('Reference')}: {reference.title}")
    for number, annex in enumerate(entry.content.attachments):
        place = f"attachments.{number}"
        if place in found:
            found[place] = (found[place][0], f"{_('Annex')}: {annex.title}")
    return found


def _anchor(field: BoundField) -> str:
    return f"{field.auto_id}_0" if field.field.widget.__class__.__name__ == "RadioSelect" else str(field.auto_id)


def finding_lines(entry: SnapshotEntry, notices: Iterable[AnsweredNotice]) -> list[FindingLine]:
    """Return the findings, what must be solved first, then the unanswered, then the answered."""
    where = places(entry)
    lines = []
    for answered in notices:
        typed = answer_to(answered, entry.answers)
        lines.append(
            FindingLine(
                answered,
                *where.get(answered.notice.field, ("", "")),
                typed=typed.text if typed else answered.answer,
                error=entry.answer_errors.get(typed.key, "") if typed else "",
                before=mark_of(answered.answer),
            )
        )
    return sorted(lines, key=lambda line: (not line.answered.notice.is_blocking, bool(line.answered.answer)))


def problems(entry: SnapshotEntry, submission: Mapping[str, Iterable[str]]) -> list[Problem]:
    """Return what is wrong, in the order of the page: what cannot be read, and what is missing to send it."""
    where = places(entry)
    found: dict[tuple[str, str], Problem] = {}

    def add(name: str, message: str) -> None:
        anchor, label = where.get(name, ("", ""))
        found.setdefault((anchor, message), Problem(label, message, anchor))

    for form in (entry.form, *entry.references.forms, *entry.attachments.forms):
        for name, errors in form.errors.items():
            for message in errors:
                add(form.add_prefix(name), str(message))
    for key, message in entry.answer_errors.items():
        anchor = f"{ANSWER}{key}"
        found[(anchor, message)] = Problem(_("Your answer"), message, anchor)
    unread = {problem.anchor for problem in found.values()}
    for name, messages in submission.items():
        for message in messages:
            # What cannot be read has been said already, in the parser's own words.
            if where.get(name, ("", ""))[0] not in unread:
                add(name, message)
    answers = [f"{ANSWER}{key}" for key in entry.answer_errors]
    order = [*answers, *dict.fromkeys(anchor for anchor, _label in where.values())]
    return sorted(found.values(), key=lambda problem: order.index(problem.anchor) if problem.anchor else len(order))


def show_missing(entry: SnapshotEntry, submission: Mapping[str, Iterable[str]]) -> None:
    """Say beside each light and comment what is missing. Last of all: a field with an error has no value any longer."""
    for name, messages in submission.items():
        if name.startswith(("light_", "comment_")) and name in entry.form.fields and name not in entry.form.errors:
            entry.form.add_error(name, list(messages))
