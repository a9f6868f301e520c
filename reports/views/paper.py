"""A note on screen: the paper's own templates, with tables where the paper draws."""

from typing import Any

from reports.charts import table
from reports.facts.body import BodyItem, body
from reports.facts.figure_specs import chart_spec
from reports.facts.figure_words import figure_text
from reports.facts.note import NoteFacts


def screen_items(facts: NoteFacts) -> list[dict[str, Any]]:
    """Return what the paper's templates need to show the note's body, without a drawing."""
    return [screen_item(item) for item in body(facts)]


def screen_item(item: BodyItem) -> dict[str, Any]:
    figures = item.section.drawn_figures if item.section else ()
    return {
        "item": item,
        "charts": [{"fact": fact, "table": table(chart_spec(fact)), "text": figure_text(fact)} for fact in figures],
    }
