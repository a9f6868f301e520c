"""A posting in the wrong project is moved by two rows, and the file it came from is still known."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.urls import reverse

from projects.actions.fiscal_years import close_year
from projects.actions.ledger import import_file, undo_batch
from projects.actions.posting_moves import move_posting
from projects.enums import Role
from projects.ledger_files import Layout
from projects.models import Event, ImportBatch, Posting
from projects.queries.ledger import standing
from projects.queries.money import project_money
from projects.queries.moved_postings import moves_built_on
from projects.queries.rollups import rollup_differences
from tests.factories import PoolFactory, PostingFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
ROWS = "Dato;Projekt;Bilag;Linje;Beløb\n30.06.2016;mentor;1;1;100,00\n30.06.2016;mentor;2;1;40,50\n"


@pytest.fixture
def by():
    return UserFactory(roles=[Role.CONTROLLER])


@pytest.fixture
def mentor():
    return ProjectFactory(code="mentor", pool=PoolFactory(code="PULJE"))


@pytest.fixture
def other(mentor):
    return ProjectFactory(code="andet", pool=mentor.pool)


@pytest.fixture
def load(mentor, tmp_path, by):
    def load_text(text=ROWS):
        path = tmp_path / "juni.csv"
        path.write_text(text)
        values = {"layout": Layout(), "pool": mentor.pool, "year": 2016, "system": "Opus", "by": by}
        return import_file(path=path, file_name="juni.csv", **values)

    return load_text


@pytest.fixture
def posting(load):
    return load().batch.postings.get(line_number=2)


def spent(*projects):
    money = project_money([project.pk for project in projects])
    assert list(rollup_differences()) == []
    return [money[project.pk].spent for project in projects]


def total():
    return Posting.objects.aggregate(total=Sum("amount"))["total"]


def test_it_counts_in_the_other_project_with_the_same_file_and_line(posting, mentor, other, by):
    moved = move_posting(posting=posting, project=other, reason="Forkert projektnummer", by=by)
    assert spent(mentor, other) == [Decimal("40.50"), Decimal(100)]
    assert (moved.line_number, moved.batch.file_name, moved.batch.reason) == (2, "juni.csv", "Forkert projektnummer")
    assert list(standing(Posting.objects.filter(project=other))) == [moved]
    posting.refresh_from_db()
    assert (posting.project, posting.amount, Posting.objects.count()) == (mentor, Decimal(100), 4)
    told = Event.objects.filter(verb="moved").order_by("pk")
    assert [(event.project, event.subject_id) for event in told] == [
        (mentor, posting.batch_id),
        (other, moved.batch_id),
    ]


def test_the_file_loaded_again_adds_nothing_and_a_correction_follows_the_row(posting, mentor, other, load, by):
    move_posting(posting=posting, project=other, reason="Forkert projektnummer", by=by)
    assert (load().imported, Posting.objects.count()) == (0, 4)
    assert load(ROWS.replace("100,00", "130,00")).corrected == 1
    assert spent(mentor, other) == [Decimal("40.50"), Decimal(130)]
    # A project number the finance system itself has put right is the file's to say.
    assert load(ROWS.replace("mentor;1;1;100,00", "andet;1;1;150,00")).corrected == 1
    assert spent(mentor, other) == [Decimal("40.50"), Decimal(150)]


def test_it_can_be_moved_on_and_every_move_undone_from_the_last(posting, mentor, other, by):
    third = ProjectFactory(code="tredje", pool=mentor.pool)
    first = move_posting(posting=posting, project=other, reason="Forkert", by=by)
    second = move_posting(posting=first, project=third, reason="Også forkert", by=by)
    assert spent(mentor, other, third) == [Decimal("40.50"), 0, Decimal(100)]
    for batch in (posting.batch, first.batch):
        with pytest.raises(ValidationError) as refused:
            undo_batch(batch=batch, reason="Fortrudt", by=by)
        assert refused.value.code == "moved_later"
    undo_batch(batch=second.batch, reason="Fortrudt", by=by)
    assert spent(mentor, other, third) == [Decimal("40.50"), Decimal(100), 0]
    undo_batch(batch=first.batch, reason="Fortrudt", by=by)
    assert spent(mentor, other, third) == [Decimal("140.50"), 0, 0]
    undo_batch(batch=posting.batch, reason="Fortrudt", by=by)
    assert (spent(mentor, other, third), total()) == ([0, 0, 0], 0)


def test_a_load_is_undone_with_the_moves_that_were_told_of(posting, mentor, other, by):
    """Moved, moved back, moved again and on: undone at once, newest first, and every row stays as a trace."""
    third = ProjectFactory(code="tredje", pool=mentor.pool)
    back = move_posting(posting=posting, project=other, reason="Forkert", by=by)
    undo_batch(batch=back.batch, reason="Fortrudt", by=by)
    again = standing(Posting.objects.filter(project=mentor, line_number=2)).get()
    first = move_posting(posting=again, project=other, reason="Forkert", by=by)
    second = move_posting(posting=first, project=third, reason="Også forkert", by=by)
    found = moves_built_on(posting.batch)
    assert [(move.batch, move.giver_row.project, move.posting.project, move.is_first) for move in found] == [
        (second.batch, other, third, False),
        (first.batch, mentor, other, True),
    ]
    rows = Posting.objects.count()
    for seen in ((), (second.batch_id,), (first.batch_id,)):
        with pytest.raises(ValidationError) as refused:
            undo_batch(batch=posting.batch, reason="Hele filen er forkert", by=by, moves=seen)
        assert (refused.value.code, Posting.objects.count()) == ("moved_later", rows)
    undo_batch(batch=posting.batch, reason="Hele filen er forkert", by=by, moves=[first.batch_id, second.batch_id])
    assert (spent(mentor, other, third), total()) == ([0, 0, 0], 0)
    assert standing(Posting.objects.all()).count() == 0
    # Two for each move, and one for each of the file's two rows.
    assert Posting.objects.count() == rows + 6
    assert (
        list(Event.objects.filter(verb="undone").order_by("-pk").values_list("reason", flat=True)[:3])
        == ["Hele filen er forkert"] * 3
    )


def test_a_correction_of_a_moved_posting_is_undone_before_both(posting, mentor, other, load, by):
    moved = move_posting(posting=posting, project=other, reason="Forkert", by=by)
    load(ROWS.replace("100,00", "130,00"))
    before = (Posting.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError) as refused:
        undo_batch(batch=posting.batch, reason="Fortrudt", by=by, moves=[moved.batch_id])
    assert refused.value.code == "corrected_later"
    assert (Posting.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_moves_of_a_load_cost_the_same_for_one_and_for_three(load, other, by, count, django_assert_num_queries):
    rows = "".join(f"30.06.2016;mentor;{number};1;100,00\n" for number in range(count))
    batch = load(ROWS.splitlines(keepends=True)[0] + rows).batch
    for posting in batch.postings.all():
        move_posting(posting=posting, project=other, reason="Forkert", by=by)
    with django_assert_num_queries(2):
        assert len(moves_built_on(batch)) == count


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("same", "same_project"),
        ("elsewhere", "other_pool"),
        ("aside", "not_placed"),
        ("moved", "not_standing"),
        ("no reason", "reason_missing"),
        ("closed", "year_closed"),
    ],
)
def test_what_cannot_be_moved_is_refused_and_nothing_is_stored(posting, mentor, other, by, case, code):
    receiver, reason = other, "Forkert projektnummer"
    if case == "same":
        receiver = mentor
    elif case == "elsewhere":
        receiver = ProjectFactory()
    elif case == "aside":
        posting = PostingFactory(batch=posting.batch, project=None, line_number=99)
    elif case == "moved":
        move_posting(posting=posting, project=other, reason=reason, by=by)
    elif case == "no reason":
        reason = " "
    else:
        close_year(year=2016, reason="Regnskabet er godkendt", by=by)
    before = (Posting.objects.count(), ImportBatch.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError) as refused:
        move_posting(posting=posting, project=receiver, reason=reason, by=by)
    assert refused.value.code == code
    assert (Posting.objects.count(), ImportBatch.objects.count(), Event.objects.count()) == before


def test_a_controller_moves_it_on_its_page_and_undoes_it(client, posting, mentor, other, by):
    client.force_login(by)
    page = reverse("projects:posting-show", args=["PULJE", posting.pk])
    assert "juni.csv" in client.get(page).content.decode()
    empty = client.post(page + "flyt/", {"project": other.pk, "reason": ""})
    assert (empty.status_code, Posting.objects.count()) == (422, 2)
    moved = client.post(page + "flyt/", {"project": other.pk, "reason": "Forkert projektnummer"})
    assert client.get(moved.url).context["story"].moved_from == posting
    assert client.get(page).context["story"].moved_to.project == other
    batch = Posting.objects.get(project=other).batch
    shown = client.get(reverse("projects:batch-show", args=["PULJE", posting.batch_id]))
    assert ([move.batch for move in shown.context["moves"]], shown.context["stands"]) == ([batch], 2)
    assert "fra “" in shown.content.decode()
    assert "Flyt tilbage og fortryd" in shown.content.decode()
    undo = reverse("projects:batch-undo", args=["PULJE", posting.batch_id])
    unseen = client.post(undo, {"reason": "Hele filen er forkert", "moves": ""})
    assert (unseen.status_code, unseen.context["move_ids"]) == (422, str(batch.pk))
    assert "er flyttet til et andet projekt" in unseen.content.decode()
    client.post(reverse("projects:batch-undo", args=["PULJE", batch.pk]), {"reason": "Fortrudt"})
    assert spent(mentor, other) == [Decimal("140.50"), 0]
    again = client.post(page + "flyt/", {"project": other.pk, "reason": "Forkert projektnummer"})
    assert again.status_code == 422
    row = standing(Posting.objects.filter(project=mentor, line_number=2)).get()
    client.post(reverse("projects:posting-move", args=["PULJE", row.pk]), {"project": other.pk, "reason": "Forkert"})
    ids = client.get(reverse("projects:batch-show", args=["PULJE", posting.batch_id])).context["move_ids"]
    client.post(undo, {"reason": "Hele filen er forkert", "moves": ids})
    assert spent(mentor, other) == [0, 0]
