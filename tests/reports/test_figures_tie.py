"""Over any portfolio, the sum of the postings is what every page, chart and file says was spent."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from random import Random

import pikepdf
import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from projects.actions.rollups import refresh_all_rollups
from projects.enums import Role
from projects.models import BudgetLine, Commitment, Posting, Project
from projects.money import format_amount
from projects.queries.money import ProjectMoney, project_money
from projects.queries.projects import listed_projects, project_rows
from reports.facts.canonical import from_json, to_json
from reports.facts.figures import pool_chart, project_chart
from reports.facts.gathering import gather
from reports.facts.note import NoteFacts, Stamp
from reports.pdf import render_note
from reports.views.overview import OverviewPage
from tests.factories import (
    MOMENT,
    BudgetLineFactory,
    CommitmentFactory,
    CommitteeFactory,
    ImportBatchFactory,
    MeetingFactory,
    NoteSectionFactory,
    PoolYearFactory,
    PostingFactory,
    ProjectFactory,
    StatusNoteFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)
from tests.pdf import text_of

ore = st.integers(-5_000_000, 90_000_000).filter(bool).map(lambda whole: Decimal(whole) / 100)
rows = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([2016, 2017, 2018]), ore), max_size=12)


class FiguresTie(TestCase):
    """Portfolios of four projects in two pools, one of them without a pool."""

    @given(grants=rows, postings=rows, bound=rows)
    @settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
    def test_spent_is_the_sum_of_the_postings_wherever_it_stands(self, grants, postings, bound):
        controller = UserFactory(roles=[Role.CONTROLLER])
        frames = {year: PoolYearFactory(pool__code=f"PULJE-{year}", year=year) for year in (2016, 2017)}
        pools = [frames[2016].pool, frames[2017].pool, frames[2016].pool, None]
        projects = [ProjectFactory(pool=pool, committee=pools[0].committee) for pool in pools]
        note = note_of(projects)
        taken = [frames[2016], frames[2017], frames[2016], None]
        BudgetLine.objects.bulk_create(
            BudgetLine(
                project=projects[n],
                pool_year=taken[n],
                year=year,
                amount=amount,
                price_level=year,
                created_by=controller,
            )
            for n, year, amount in grants
        )
        batches = {pool: ImportBatchFactory(pool=pool) for pool in pools}
        Posting.objects.bulk_create(
            Posting(
                batch=batches[pools[n]],
                line_number=line,
                project=projects[n],
                posted_on=date(year, 5, 1),
                amount=amount,
            )
            for line, (n, year, amount) in enumerate(postings)
        )
        bound = [(n, year, abs(amount)) for n, year, amount in bound]
        Commitment.objects.bulk_create(
            Commitment(project=projects[n], amount=amount, expected_on=date(year, 5, 1), created_by=controller)
            for n, year, amount in bound
        )
        refresh_all_rollups()
        client = Client()
        client.force_login(controller)
        for year in (None, 2017):
            check(client, controller, year, postings, frames)
        check_lists(controller, postings)
        check_committed(client, bound)
        for pool in frames.values():
            check_pool(client, pool.pool, grants, postings, bound)
        for n, project in enumerate(projects):
            sums = client.get(reverse("projects:project-postings", args=[project.code])).context["sums"]
            assert sums.total == total([row for row in postings if row[0] == n])
        check_note(note, postings, bound)


def note_of(projects):
    """Store a note of November 2017 with an approved status of every project."""
    note = StatusNoteFactory(meeting=MeetingFactory(committee=projects[0].committee), dated=date(2017, 11, 27))
    for position, project in enumerate(projects):
        approved(StatusSnapshotFactory(project=project, month=date(2017, 11, 1)))
        NoteSectionFactory(note=note, project=project, position=position)
    return note


def until(amounts, year: int) -> Decimal:
    return sum((amount for _n, at, amount in amounts if at <= year), Decimal(0))


def check_note(note, postings, bound) -> None:
    """The note as it is frozen: money by its own day, each section and their sum."""
    facts = from_json(NoteFacts, to_json(gather(note).facts))
    money = [section.money for section in facts.sections]
    for name, rows_ in (("spent", postings), ("committed", bound)):
        told = sum((getattr(each, name) or Decimal(0) for each in money), Decimal(0))
        assert told == (getattr(facts.overview.total, name) or Decimal(0)) == until(rows_, 2017)
    for each in money:
        if each.granted is not None:
            assert each.rest == each.granted - (each.spent or 0) - (each.committed or 0)


def check_committed(client: Client, bound) -> None:
    assert file_sum(client, "projects:project-list-export", "Disponeret", {}) == total(bound)
    assert file_sum(client, "reports:overview-export", "Disponeret", {}) == total(bound)
    facts = client.get(reverse("reports:overview")).context["facts"]
    assert (facts.total.committed or Decimal(0)) == sum((row.committed for row in facts.by_year), Decimal(0))


def check_pool(client: Client, pool, grants, postings, bound) -> None:
    """The pool's own pages: granted, the ledger, its rows, the year's end and what may be carried over."""
    grants, postings, bound = (
        [row for row in rows_ if row[0] in owners(pool.code)] for rows_ in (grants, postings, bound)
    )
    spent = total(postings)

    def shown(name: str, *args: object, **query: object):
        return client.get(reverse(f"projects:{name}", args=[pool.code, *args]), query).context

    assert shown("pool-detail")["granted_total"] == total(grants)
    ledger = shown("ledger-show")["sums"]
    assert ledger.total == ledger.placed == spent
    assert shown("posting-list")["sums"].total == spent
    assert shown("posting-list", year=2017)["sums"].total == total(postings, year=2017)
    for year in (2016, 2018):
        months = shown("month-end", date(year, 12, 1))
        rows = months["page"].paginator.object_list
        assert sum((row.spent for row in rows), Decimal(0)) == months["total"].spent == until(postings, year)
        assert sum((row.committed for row in rows), Decimal(0)) == months["total"].committed == until(bound, year)
    carried = shown("pool-carry-over", 2017)["page"].rows
    assert sum((row.money.spent for row in carried), Decimal(0)) == total(postings, year=2017)
    assert sum((row.money.committed for row in carried), Decimal(0)) == total(bound, year=2017)


def total(postings, **wanted) -> Decimal:
    return sum((amount for n, year, amount in postings if wanted.get("year") in (None, year)), Decimal(0))


def check(client: Client, controller, year: int | None, postings, frames) -> None:
    query = {} if year is None else {"year": year}
    spent = total(postings, year=year)
    page: OverviewPage = client.get(reverse("reports:overview"), query).context["page"]
    facts = page.facts
    assert (facts.total.spent or Decimal(0)) == spent
    assert sum((row.money.spent for row in facts.projects), Decimal(0)) == spent
    for grouping in facts.groupings:
        if not grouping.overlaps:
            assert sum((group.sums.spent or Decimal(0) for group in grouping.groups), Decimal(0)) == spent
    assert sum((row.spent for row in facts.by_year), Decimal(0)) == spent
    left = client.get(reverse("reports:overview-rest"), query).context["rows"].total
    assert (left["rest"], left["granted"]) == (facts.total.rest, facts.total.granted)
    bound = client.get(reverse("reports:overview-commitments"), query).context["rows"]
    assert (bound.total or Decimal(0)) == sum((row.committed for row in facts.by_year), Decimal(0))
    behind = client.get(reverse("reports:overview-postings"), query).context["rows"]
    assert (behind.total or Decimal(0)) == spent
    assert file_sum(client, "reports:overview-export", "Forbrugt", query) == spent
    assert file_sum(client, "reports:overview-postings-export", "Beløb", query) == spent
    assert file_sum(client, "projects:project-list-export", "Forbrugt", {}) == total(postings)
    shown = project_chart(facts).series[1].values
    assert sum((value or Decimal(0) for value in shown), Decimal(0)) == sum(
        (each.spent or Decimal(0) for each in facts.largest), Decimal(0)
    )
    for pool, label in zip(facts.pools, pool_chart(facts.pools).x_labels, strict=True):
        own = sum((a for n, y, a in postings if y == pool.year and n in owners(pool.code)), Decimal(0))
        assert (pool.spent, bool(label)) == (own, True)


def owners(pool_code: str) -> tuple[int, ...]:
    return (0, 2) if pool_code == "PULJE-2016" else (1,)


def file_sum(client: Client, name: str, column: str, query: dict) -> Decimal:
    text = b"".join(client.get(reverse(name, args=["csv"]), query).streaming_content).decode("utf-8-sig")
    cells = [row[column] for row in csv.DictReader(StringIO(text), delimiter=";")]
    found = sum((Decimal(cell.replace(",", ".")) for cell in cells if cell), Decimal(0))
    book = BytesIO(b"".join(client.get(reverse(name, args=["xlsx"]), query)))
    head, *rows = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    numbers = [row[head.index(column)] for row in rows]
    # A number in the workbook is a float; as it is shown, with two decimals, it is the amount to the øre.
    assert sum((Decimal(f"{number:.2f}") for number in numbers if number != ""), Decimal(0)) == found
    return found


def check_lists(controller, postings) -> None:
    listed = project_rows(listed_projects(controller))
    counted = project_money(Project.objects.values_list("pk", flat=True))
    assert {row.project.pk: row.money for row in listed} == counted
    assert sum((row.money.spent for row in listed), Decimal(0)) == total(postings)


@pytest.mark.django_db
def test_the_demos_spent_is_the_sum_of_its_postings(client):
    call_command("demo", json=True, stdout=StringIO())
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    spent = sum(Posting.objects.filter(project__isnull=False).values_list("amount", flat=True), Decimal(0))
    response = client.get(reverse("reports:overview"))
    # What is put aside belongs to no project yet, but has been spent of the pool.
    of_pools = Posting.objects.filter(Q(project__pool__isnull=False) | Q(project__isnull=True))
    in_pools = sum((pool.spent for pool in response.context["facts"].pools), Decimal(0))
    years = {pool.year for pool in response.context["facts"].pools}
    assert in_pools == sum((row.amount for row in of_pools if row.posted_on.year in years), Decimal(0))
    assert response.context["facts"].total.spent == spent
    assert format_amount(spent) in response.content.decode()
    assert file_sum(client, "reports:overview-export", "Forbrugt", {}) == spent


@pytest.mark.django_db
def test_the_issued_papers_text_and_its_own_data_say_what_the_rows_sum_to():
    """One portfolio at random, the same each time: a paper takes too long to be made for every example above."""
    chance = Random(27112017)
    committee = CommitteeFactory()
    projects = [ProjectFactory(name=f"Projekt {letter}", committee=committee) for letter in "ABC"]
    note = note_of(projects)
    for project in projects:
        BudgetLineFactory(project=project, year=2016, amount=random_amount(chance) * 10)
        for day in (date(2016, 3, 1), date(2017, 5, 1)):
            PostingFactory(project=project, posted_on=day, amount=random_amount(chance))
        CommitmentFactory(project=project, amount=random_amount(chance), expected_on=date(2017, 12, 1))
    money = project_money([project.pk for project in projects])
    expected = {project.name: figures(money[project.pk]) for project in projects}
    expected["I alt"] = [sum(column, Decimal(0)) for column in zip(*expected.values(), strict=True)]
    posted = sum(Posting.objects.values_list("amount", flat=True), Decimal(0))
    assert expected["I alt"][1] == posted != round(posted)
    paper = render_note(gather(note).facts, Stamp(1, "", MOMENT)).content
    text, data = text_of(paper), overview_data(paper)
    for name, amounts in expected.items():
        shown = [format_amount(amount) for amount in amounts]
        # A project's own section says again what the table of them all does.
        assert text.count(" ".join(shown)) == (1 if name == "I alt" else 2), name
        assert data[name] == [each.replace(".", "").replace("−", "-") for each in shown], name


def random_amount(chance: Random) -> Decimal:
    return Decimal(chance.randint(1, 90_000_000)) / 100


def figures(money: ProjectMoney) -> list[Decimal]:
    return [money.granted, money.spent, money.committed, money.rest]


def overview_data(paper: bytes) -> dict[str, list[str]]:
    """Return granted, spent, committed and rest by project, from the table's own data inside the PDF."""
    with pikepdf.open(BytesIO(paper)) as document:
        name = next(name for name in document.attachments if name.startswith("tabel-1-projekterne-samlet"))
        lines = document.attachments[name].get_file().read_bytes().decode("utf-8-sig").splitlines()
    return {row[0]: row[2:6] for row in csv.reader(lines[1:], delimiter=";")}
