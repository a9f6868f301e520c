"""A measure or a table as a figure: the bars of every kind, the preview, choosing it, and what the public sees."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.enums import BreakdownKind
from projects.models import Event
from reports.charts import ChartSpec
from reports.facts.canonical import from_json, to_json
from reports.facts.figure_specs import chart_spec
from reports.facts.figure_words import figure_points, figure_text
from reports.facts.note import CountColumn, CountRow, CountTable, FigureFact, NoteFacts
from reports.markup import note_markup
from tests.factories import (
    MONTH,
    BreakdownCategoryFactory,
    BreakdownFactory,
    BreakdownValueFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusSnapshotFactory,
)
from tests.reports.disclosure.test_printing import full as full
from tests.reports.disclosure.test_printing import public

HTMX = {"HTTP_HX_REQUEST": "true"}


def row(label: str, value: int | None, **more) -> CountRow:
    told = {"count_out": None, "remaining": None, "since": None, "since_text": "", "depth": 0, "is_total": False} | more
    return CountRow(label=label, value=value, **told)


def figure(rows: list[CountRow], **more) -> FigureFact:
    told = {"is_flow": False, "is_exclusive": True, "total": None, "expected_label": "", "expected": None} | more
    counts = CountTable(0, "Forløb, borgere", "borgere", rows=tuple(rows), source="", as_of=None, key="table.x", **told)
    return FigureFact(1, counts.caption, "borgere", (), "", None, "figure.table.x", counts)


def bars(spec: ChartSpec) -> tuple[str, tuple[str, ...], dict[str, tuple]]:
    return spec.kind, spec.x_labels, {series.name: series.values for series in spec.series}


def test_a_split_is_drawn_row_by_row_with_its_sub_rows():
    fact = figure([row("Afsluttet", 23, is_total=True), row("Job", 23, depth=1), row("Aktiv", 18)], total=41)
    assert bars(chart_spec(fact)) == ("bar", ("Afsluttet", "– Job", "Aktiv"), {"Forløb, borgere": (23, 23, 18)})
    assert figure_text(fact) == "Størst: Job med 23 af 41."
    assert figure_points(fact) == "Afsluttet 23, – Job 23, Aktiv 18"


def test_an_unknown_row_is_left_out_and_the_largest_may_be_several():
    fact = figure([row("Syrien", 4), row("Iran", None), row("Kuwait", 4)], is_exclusive=False)
    assert chart_spec(fact).x_labels == ("Syrien", "Kuwait")
    assert figure_text(fact) == "Størst: Syrien og Kuwait med 4."


def test_in_out_and_remaining_are_three_bars():
    rows = [row("§ 85", 8, count_out=6, remaining=2), row("§ 99", 6, count_out=2, remaining=4)]
    fact = figure(rows, is_flow=True)
    assert bars(chart_spec(fact))[2] == {"Ind": (8, 6), "Ud": (6, 2), "Tilbage": (2, 4)}
    assert figure_points(fact) == "§ 85: Ind 8, Ud 6, Tilbage 2; § 99: Ind 6, Ud 2, Tilbage 4"


def test_parts_are_drawn_as_percentages():
    fact = figure([row("Job", 78, out_of=369), row("Skole", 0, out_of=0)], is_share=True)
    assert bars(chart_spec(fact))[2] == {"Andel": (Decimal("21.1"), None)}
    assert figure_text(fact).replace("\xa0", " ") == "Den største andel: Job, 78 af 369 (21,1 %)."


@pytest.mark.parametrize(("is_exclusive", "kind"), [(True, "stacked"), (False, "bar")])
def test_a_cross_table_has_a_series_per_column_stacked_where_each_is_counted_once(is_exclusive, kind):
    columns = (CountColumn("Mentor", 3), CountColumn("Praktik", 4))
    fact = figure(
        [row("A", 3, cells=(1, 2)), row("B", 4, cells=(2, 2))], columns=columns, is_exclusive=is_exclusive, total=7
    )
    assert bars(chart_spec(fact)) == (kind, ("A", "B"), {"Mentor": (1, 2), "Praktik": (2, 2)})


def with_figure(full: NoteFacts, place: int, table: int) -> NoteFacts:
    """Return the note with a table of a section drawn as well."""
    section = full.sections[place]
    counts = section.tables[table]
    drawn = FigureFact(9, counts.caption, counts.unit, (), counts.source, counts.as_of, "figure.x", counts)
    sections = list(full.sections)
    sections[place] = replace(section, figures=(*section.figures, drawn))
    return replace(full, sections=tuple(sections))


@pytest.mark.django_db
class TestNote:
    def test_a_drawn_table_is_printed_and_kept(self, full):
        facts = with_figure(full, 0, 0)
        html = note_markup(facts).html
        assert "Figur 9. Nationalitet, borgere" in html
        assert "Størst: Syrien med 22 af 41." in html
        assert from_json(NoteFacts, to_json(facts)) == facts
        # A note from before tables could be drawn is read as it was.
        assert from_json(NoteFacts, to_json(full).replace('"counts":null,', "")) == full

    def test_the_public_sees_no_figure_of_a_table_with_hidden_counts(self, full):
        note, _audit, _published = public(with_figure(full, 0, 0))
        assert note.sections[0].tables[0] != full.sections[0].tables[0], "something in it is hidden"
        assert note.sections[0].drawn_figures == []

    def test_the_public_sees_a_figure_only_beside_its_whole_table(self, full):
        counts = replace(full.sections[0].tables[0], unit="kr.")
        section = replace(full.sections[0], tables=(counts,), measures=None)
        facts = with_figure(replace(full, sections=(section,)), 0, 0)
        assert [one.number for one in public(facts)[0].sections[0].figures] == [9]
        alone = replace(facts, sections=(replace(facts.sections[0], tables=()),))
        assert public(alone)[0].sections[0].drawn_figures == []


@pytest.fixture
def project(client):
    project = ProjectFactory(code="projekt")
    client.force_login(ProjectAssignmentFactory(project=project).user)
    return project


def month_with_table(project, counts=(22, 19)):
    snapshot = StatusSnapshotFactory(project=project, month=MONTH, as_of=date(2017, 11, 24))
    table = BreakdownFactory(project=project, kind=BreakdownKind.SPLIT, name="Nationalitet", unit="borgere")
    for name, count in zip(("Syrien", "Øvrige"), counts, strict=True):
        category = BreakdownCategoryFactory(breakdown=table, name=name)
        BreakdownValueFactory(snapshot=snapshot, category=category, count=count)
    return table


def address(shown, kind="table"):
    return reverse(f"reports:{kind}-figure", args=["projekt", MONTH, shown.pk])


@pytest.mark.django_db
class TestPreview:
    def test_a_table_is_seen_as_it_will_print(self, client, project):
        response = client.get(address(month_with_table(project)), **HTMX)
        page = response.content.decode()
        assert "<html" not in page
        assert response.context["chart"].json["data"][0]["x"] == [22, 19]
        for words in ("Figur 1. Nationalitet, borgere", "Størst: Syrien med 22 af 41.", "opgjort 24.11.2017"):
            assert words in page

    @pytest.mark.parametrize("counts", [(22, None), (None, None)])
    def test_too_little_is_said_instead_of_drawn(self, client, project, counts):
        page = client.get(address(month_with_table(project, counts))).content.decode()
        assert "En figur kræver tal i mindst to rækker" in page
        assert "data-chart" not in page

    def test_a_measure_without_a_source_says_so(self, client, project):
        snapshot = StatusSnapshotFactory(project=project, month=MONTH)
        indicator = IndicatorFactory(project=project, source="")
        MeasurementFactory(snapshot=snapshot, indicator=indicator, value=Decimal(41))
        page = client.get(address(indicator, "indicator"), **HTMX).content.decode()
        assert "En figur kræver et tal i denne måned og i en tidligere måned" in page

    def test_choosing_it_is_kept_once_and_told(self, client, project):
        table = month_with_table(project)
        for _twice in range(2):
            assert "Tag den ud af notatet" in client.post(address(table), {"vis": "1"}, **HTMX).content.decode()
        table.refresh_from_db()
        assert table.is_figure
        assert [event.summary for event in Event.objects.filter(verb="figure_chosen")] == [
            "“Nationalitet” vises som figur i notater"
        ]
        response = client.post(address(table), {"vis": "0"})
        assert (response.status_code, response.url) == (302, address(table))
        table.refresh_from_db()
        assert not table.is_figure
