"""A figure said in words, for those who cannot see it, and where a section's figures come from."""

from itertools import pairwise

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from projects.counts import format_count, format_percent, format_signed, share
from projects.dates import format_date
from projects.months import format_month
from reports.charts import table
from reports.facts.figure_specs import chart_spec, drawn_rows
from reports.facts.note import CountTable, FigureFact, SectionFacts


def figure_text(fact: FigureFact) -> str:
    """Return the figure in one sentence: from its first point to its last; of a table, which row is the largest."""
    if fact.counts is not None:
        return _largest(fact.counts)
    first, last = fact.points[0], fact.points[-1]
    change = last.value - first.value
    percent = share(change, first.value)
    values = {
        "first": format_count(first.value),
        "first_month": format_month(first.month),
        "last": format_count(last.value),
        "last_month": format_month(last.month),
        "change": format_signed(change),
        "percent": ("+" if change > 0 else "") + format_percent(percent),
    }
    if percent is None:
        return _("From %(first)s in %(first_month)s to %(last)s in %(last_month)s (%(change)s).") % values
    return _("From %(first)s in %(first_month)s to %(last)s in %(last_month)s (%(change)s, %(percent)s).") % values


def figure_points(fact: FigureFact) -> str:
    """Return every point of the drawing in words."""
    if fact.counts is None:
        return ", ".join(f"{format_month(point.month)} {format_count(point.value)}" for point in fact.points)
    spec = chart_spec(fact)
    rows = table(spec).rows
    if len(spec.series) == 1:
        return ", ".join(f"{label} {value}" for label, value in rows)
    names = [series.name for series in spec.series]
    said = ((label, ", ".join(map(" ".join, zip(names, values, strict=True)))) for label, *values in rows)
    return "; ".join(f"{label}: {values}" for label, values in said)


def _largest(counts: CountTable) -> str:
    rows = drawn_rows(counts)
    if counts.is_share:
        # A part of nobody is no part.
        parts = [row for row in rows if row.share is not None]
        if not parts:
            return ""
        most = max(parts, key=lambda row: row.share or 0)
        values = {"label": most.label, "percent": format_percent(most.share)}
        values |= {"part": format_count(most.value), "whole": format_count(most.out_of)}
        return _("The largest share: %(label)s, %(part)s of %(whole)s (%(percent)s).") % values
    # A row that others stand under is larger than they are, and says nothing of which is the largest.
    lowest = [row for row, after in pairwise([*rows, None]) if row and (after is None or after.depth <= row.depth)]
    top = max(row.value or 0 for row in lowest)
    labels = [row.label for row in lowest if row.value == top]
    values = {"label": get_text_list(labels, _("and")), "value": format_count(top), "total": format_count(counts.total)}
    if counts.total is not None and counts.is_exclusive and not counts.is_flow:
        return _("The largest: %(label)s with %(value)s of %(total)s.") % values
    return _("The largest: %(label)s with %(value)s.") % values


def origin_words(section: SectionFacts) -> str:
    """Return "Integration, november 2017, revision 1, godkendt af Mette Holm 24.11.2017"."""
    words = [section.project, format_month(section.month)]
    if section.revision:
        words.append(_("revision %(number)s") % {"number": section.revision})
    if section.approved_by:
        values = {"name": section.approved_by, "date": format_date(section.approved_on)}
        words.append(_("approved by %(name)s on %(date)s") % values)
    elif section.approved_on:
        words.append(_("approved on %(date)s") % {"date": format_date(section.approved_on)})
    elif section.state:
        words.append(_("not approved"))
    return ", ".join(words)
