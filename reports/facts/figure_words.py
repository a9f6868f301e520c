"""A figure said in words, for those who cannot see it, and where a section's figures come from."""

from django.utils.translation import gettext as _

from projects.counts import format_count, format_percent, format_signed, share
from projects.dates import format_date
from projects.months import format_month
from reports.facts.note import FigureFact, SectionFacts


def figure_text(fact: FigureFact) -> str:
    """Return the figure in one sentence: from its first point to its last."""
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
