"""Where a rule's place is: the field of the status form it is mended in, and the part of the page that shows it."""

from projects.enums import Dimension
from projects.forms.snapshot_texts import ATTACHMENT, REFERENCE, indicator_field
from projects.forms.table_fields import cell_field, count_field
from projects.queries.breakdowns import BreakdownFact
from projects.queries.snapshots import SnapshotContent
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import comment_field


def rule_fields(content: SnapshotContent) -> dict[str, str]:
    """Return the name of the form's field by a rule's place. A whole table has none, see `table_anchor`."""
    found = {f"indicator.{fact.code}": indicator_field(fact.indicator_id) for fact in content.indicators}
    for fact in content.breakdowns:
        found |= _table_fields(fact)
    for number, reference in enumerate(content.references):
        found[f"references.{reference.key}"] = f"{REFERENCE}-{number}-title"
    for number in range(len(content.attachments)):
        found[f"attachments.{number}"] = f"{ATTACHMENT}-{number}-title"
    return found


def _table_fields(fact: BreakdownFact) -> dict[str, str]:
    place, found = f"breakdown.{fact.code}", {}
    for row in fact.rows:
        if row.is_total:
            continue
        for each in row.cells:
            found[f"{place}.{row.code}.{each.column_code}"] = cell_field(row.category_id, each.column_id)
        if not fact.is_cross:
            found[f"{place}.{row.code}"] = count_field(row.category_id)
    return found | {f"{place}.{column.code}": count_field(column.category_id) for column in fact.columns}


def table_anchor(fact: BreakdownFact) -> str:
    return f"table_{fact.breakdown_id}"


def form_anchors(content: SnapshotContent) -> dict[str, str]:
    """Return the id of the element on the form by a rule's place."""
    own = ["as_of", "forecast", *LENGTHS, *(comment_field(each) for each in Dimension)]
    tables = {f"breakdown.{fact.code}": table_anchor(fact) for fact in content.breakdowns}
    fields = {name: name for name in own} | rule_fields(content)
    return {place: f"id_{name}" for place, name in fields.items()} | tables


def shown_anchor(content: SnapshotContent, place: str) -> str:
    """Return the id of the part that shows the place on the page a status is read on, "" for none."""
    if place in LENGTHS:
        return "read-text"
    if place.startswith("comment_"):
        return "read-lights"
    kind, _dot, rest = place.partition(".")
    if kind == "breakdown":
        shown = (f"read-{table_anchor(fact)}" for fact in content.breakdowns if rest.split(".")[0] == fact.code)
        return next(shown, "")
    parts = {
        "indicator": "read-numbers",
        "forecast": "read-economy",
        "attachments": "read-references",
        "references": "read-references",
    }
    return parts.get(kind, "")
