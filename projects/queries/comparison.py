"""What a status says as a list of plain fields, to be held against another status or an earlier state of itself."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.counts import format_count
from projects.dates import format_date
from projects.enums import Dimension, Light
from projects.models import StatusSnapshot
from projects.money import format_kroner
from projects.queries.breakdowns import BreakdownFact, RowFact
from projects.queries.snapshots import AttachmentFact, SnapshotContent
from projects.rules.comparing import Said
from projects.rules.lengths import LENGTHS, NARRATIVE
from projects.rules.meetings import ReferenceFact


def section_titles(content: SnapshotContent) -> dict[str, str]:
    """Return the sections of a status by their place on the form, in its order. No query."""
    tables = {f"table_{fact.breakdown_id}": fact.name for fact in content.breakdowns}
    return {
        "numbers": _("Figures"),
        **tables,
        "text": _("Status in words"),
        "lights": _("Lights"),
        "economy": _("Economy"),
        "references": _("References"),
        "attachments": _("Annexes"),
    }


def said(content: SnapshotContent) -> list[Said]:
    """Return all a status says, in the order of the form. A month without a status says nothing. No query."""
    snapshot = content.snapshot
    if snapshot is None:
        return []
    titles = section_titles(content)
    return [
        *_numbers(content, titles["numbers"]),
        *(line for table in content.breakdowns for line in _table(table)),
        *_texts(snapshot, titles),
        *_listed("references", titles["references"], [(row.title, _reference(row)) for row in content.references]),
        *_listed("attachments", titles["attachments"], [(row.title, _annex(row)) for row in content.attachments]),
    ]


def _numbers(content: SnapshotContent, title: str) -> Iterable[Said]:
    for fact in content.indicators:
        text = _with_unit(fact.value, fact.unit)
        yield Said("numbers", title, f"indicator.{fact.indicator_id}", fact.name, "number", text, fact.value)
    as_of = content.snapshot.as_of if content.snapshot else None
    yield Said("numbers", title, "as_of", _("Counted at"), "word", format_date(as_of) if as_of else "")


def _texts(snapshot: StatusSnapshot, titles: dict[str, str]) -> Iterable[Said]:
    for name in LENGTHS:
        label = capfirst(str(snapshot._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        label = titles["text"] if name == NARRATIVE else label
        yield Said("text", titles["text"], name, label, "text", getattr(snapshot, name))
    for key in Dimension:
        light = snapshot.light(key)
        word = str(Light(light).label) if light else ""
        yield Said("lights", titles["lights"], f"light.{key.value}", str(key.label), "word", word)
        label = _("%(dimension)s, comment") % {"dimension": key.label}
        yield Said("lights", titles["lights"], f"comment.{key.value}", label, "text", snapshot.comment(key))
    forecast = "" if snapshot.forecast is None else format_kroner(snapshot.forecast)
    label = _("Expected spend for the whole year")
    yield Said("economy", titles["economy"], "forecast", label, "kroner", forecast, snapshot.forecast)


def _with_unit(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{format_count(value)} {unit}".strip()


def _table(table: BreakdownFact) -> list[Said]:
    section = f"table_{table.breakdown_id}"
    lines = [line for row in table.rows for line in _row(section, table, row)]
    for column in table.columns:
        label = _("%(column)s in all") % {"column": column.label}
        lines.append(_count(section, table, f"column.{column.category_id}", label, column.value))
    if not table.is_flow:
        lines.append(_count(section, table, "total", _("Total"), table.total))
    return lines


def _row(section: str, table: BreakdownFact, row: RowFact) -> list[Said]:
    key = f"row.{row.category_id}"
    if table.is_cross:
        return [
            _count(section, table, f"{key}.{column.category_id}", f"{row.label}, {column.label}", cell.value)
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
    if table.is_share:
        whole = _count(section, table, f"{key}.whole", _("%(row)s, out of") % {"row": row.label}, row.out_of)
        return [_count(section, table, key, row.label, row.value), whole]
    if not table.is_flow:
        return [_count(section, table, key, row.label, row.value)]
    since = format_date(row.since) if row.since else row.since_text
    return [
        _count(section, table, f"{key}.in", _("%(row)s, in") % {"row": row.label}, row.value),
        _count(section, table, f"{key}.out", _("%(row)s, out") % {"row": row.label}, row.count_out),
        Said(section, table.name, f"{key}.since", _("%(row)s, counted since") % {"row": row.label}, "word", since),
    ]


def _count(section: str, table: BreakdownFact, key: str, label: str, value: int | None) -> Said:
    number = None if value is None else Decimal(value)
    return Said(section, table.name, key, label, "number", "" if value is None else format_count(value), number)


def _listed(section: str, title: str, rows: Sequence[tuple[str, str]]) -> list[Said]:
    """Rows are known by their titles: a new one in the middle does not make all below it differ."""
    seen: Counter[str] = Counter()
    lines = []
    for name, text in rows:
        seen[name] += 1
        lines.append(Said(section, title, f"{name}/{seen[name]}", name, "word", text))
    return lines


def _reference(row: ReferenceFact) -> str:
    day = format_date(row.meeting_date) if row.meeting_date else ""
    item = _("item %(number)s") % {"number": row.item} if row.item else ""
    return _filled([row.committee, day, item, _("with annex") if row.has_attachment else ""], _("without date or item"))


def _annex(row: AttachmentFact) -> str:
    dated = format_date(row.dated) if row.dated else ""
    publish = _("may be published") if row.may_be_published else _("not to be published")
    return _filled([row.source, dated, publish, "" if row.has_file else _("without a file")], "")


def _filled(parts: Iterable[str], otherwise: str) -> str:
    return ", ".join(part for part in parts if part) or otherwise


def as_json(lines: Iterable[Said]) -> list[dict[str, str | None]]:
    """Return the fields as JSON holds them."""
    return [{**vars(line), "number": None if line.number is None else str(line.number)} for line in lines]


def from_json(rows: Iterable[dict[str, Any]]) -> list[Said]:
    return [Said(**{**row, "number": None if row["number"] is None else Decimal(row["number"])}) for row in rows]
