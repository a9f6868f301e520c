"""What texts are held against is read once for any number of statuses, and only when a text asks."""

from datetime import date

import pytest

from projects.actions.snapshots import save_snapshot, start_snapshot
from projects.queries.findings import snapshot_notices
from projects.queries.notices import status_notices
from projects.queries.snapshots import snapshot_content, snapshot_contents
from tests import factories
from tests.cross_tables import cross_world

pytestmark = pytest.mark.django_db
JUNE = date(2018, 6, 1)


def told(content):
    return [(notice.rule, notice.field) for notice in status_notices(content)]


def test_those_who_work_here_may_be_named_and_others_are_pointed_out():
    factories.UserFactory(first_name="Astrid", last_name="Holm")
    snapshot = factories.StatusSnapshotFactory(narrative="Astrid Holm mødte Fatima.")
    assert told(snapshot_content(snapshot)) == [("R14", "narrative")]


def test_the_name_of_an_annex_is_pointed_out_at_the_annex():
    factories.UserFactory(first_name="Astrid", last_name="Holm")
    snapshot = factories.StatusSnapshotFactory()
    factories.AttachmentFactory(snapshot=snapshot, title="Referat af Astrid Holm", file="bilag/2017/11/referat.pdf")
    factories.AttachmentFactory(snapshot=snapshot, title="Skema", file="bilag/2017/11/Skema_Fatima.pdf", position=1)
    assert told(snapshot_content(snapshot)) == [("R14", "attachments.1")]


def test_a_column_of_a_benefit_younger_than_the_tables_name_says_is_found():
    factories.BenefitFactory(name="Integrationsydelse", valid_from=date(2015, 9, 1))
    factories.BenefitFactory(name="Kontanthjælp", valid_from=date(2025, 7, 1))
    factories.BenefitFactory(name="Kontanthjælp", valid_from=date(1976, 4, 1))
    world = cross_world()
    for table in (world.cross, world.share):
        table.name = f"{table.name}, over 5 år"
        table.save()
    snapshot = start_snapshot(project=world.project, month=JUNE, by=world.by)
    snapshot = save_snapshot(snapshot=snapshot, expected_version=0, values=world.values(), by=world.by)
    assert told(snapshot_content(snapshot)) == [
        ("R17", "breakdown.ydelse-og-indsats.integrationsydelse"),
        ("R17", "breakdown.andel-paa-ydelsen.integrationsydelse"),
    ]
    assert {found.rule for found in snapshot_notices(snapshot_content(snapshot))} == {"R17"}


def test_a_row_with_a_digit_too_many_is_asked_about():
    category = factories.BreakdownCategoryFactory(name="Mentor", code="mentor", breakdown__name="Indsats")
    project = category.breakdown.project
    october = factories.StatusSnapshotFactory(project=project, month=date(2017, 10, 1))
    factories.BreakdownValueFactory(snapshot=october, category=category, count=42)
    factories.approved(october)
    november = factories.StatusSnapshotFactory(project=project, month=date(2017, 11, 1))
    factories.BreakdownValueFactory(snapshot=november, category=category, count=420)
    (notice,) = status_notices(snapshot_content(november))
    assert (notice.rule, notice.message) == ("R21", "“Indsats: Mentor”: 42 sidst, 420 nu?")


def test_a_project_is_called_what_it_is_called_today():
    snapshot = factories.StatusSnapshotFactory(
        project__name="Housing First",
        narrative="Houseing first går godt.",
        comment_economy="Frivillighed går godt.",
    )
    factories.ProjectAliasFactory(project=snapshot.project, name="Houseing first")
    factories.ProjectAliasFactory(name="Frivillighed")
    assert told(snapshot_content(snapshot)) == [("R19", "narrative")]


@pytest.mark.parametrize("count", [1, 3])
def test_many_statuses_that_ask_cost_three_queries(count, django_assert_num_queries):
    text = "Fatima har været over 5 år på ydelse."
    snapshots = [factories.StatusSnapshotFactory(narrative=text) for _number in range(count)]
    contents = snapshot_contents(snapshots)
    with django_assert_num_queries(3):
        assert [told(content) for content in contents.values()] == [[("R14", "narrative")]] * count
    quiet = snapshot_contents([factories.StatusSnapshotFactory(narrative="Intet nyt.") for _number in range(count)])
    with django_assert_num_queries(1):
        assert [told(content) for content in quiet.values()] == [[]] * count
