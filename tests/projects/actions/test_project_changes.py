"""A project's own fields, changed after it was created."""

import pytest
from django.core.exceptions import ValidationError

from projects.actions.projects import change_project
from projects.enums import Subject
from projects.models import Event, Project
from tests import factories

pytestmark = pytest.mark.django_db


def test_new_values_are_stored_and_recorded():
    by, pool = factories.UserFactory(), factories.PoolFactory(name="Puljen 2018")
    project = factories.ProjectFactory(pool=None, name="Sund i job")
    change_project(project=project, by=by, pool=pool, name="Sund i arbejde")
    stored = Project.objects.get()
    assert (stored.pool, stored.name) == (pool, "Sund i arbejde")
    event = Event.objects.get()
    assert (event.subject, event.subject_id, event.actor) == (Subject.PROJECT, project.pk, by)
    assert sorted(event.changes) == [["navn", "Sund i job", "Sund i arbejde"], ["pulje", "", "Puljen 2018"]]


def test_same_values_change_nothing():
    project = factories.ProjectFactory()
    change_project(project=project, by=factories.UserFactory(), name=project.name, pool=project.pool)
    assert not Event.objects.exists()


@pytest.mark.parametrize("tie", ["proposal", "money", "posting"])
def test_pool_that_has_paid_or_been_asked_is_kept(tie):
    year = factories.PoolYearFactory()
    proposal = factories.ProposalFactory(pool=year.pool) if tie == "proposal" else None
    project = factories.ProjectFactory(pool=year.pool, proposal=proposal)
    if tie == "money":
        factories.BudgetLineFactory(project=project, pool_year=year)
    if tie == "posting":
        factories.PostingFactory(project=project, batch__pool=year.pool)
    with pytest.raises(ValidationError) as refusal:
        change_project(project=project, by=factories.UserFactory(), pool=factories.PoolFactory())
    assert refusal.value.code == "money_taken"
    assert (Project.objects.get().pool, Event.objects.count()) == (year.pool, 0)


def test_code_in_use_is_refused_by_field():
    project, other = factories.ProjectFactory(), factories.ProjectFactory()
    with pytest.raises(ValidationError) as refusal:
        change_project(project=project, by=factories.UserFactory(), code=other.code)
    assert list(refusal.value.message_dict) == ["code"]
    assert Project.objects.get(pk=project.pk).code == project.code
