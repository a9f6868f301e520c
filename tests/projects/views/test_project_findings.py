"""What the rules notice of a project stands on its page, is answered there, and the answer is taken back there."""

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.models import Finding
from tests.factories import PoolFactory, ProjectAssignmentFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = reverse("projects:project-detail", args=["rum-til-os"])


@pytest.fixture
def project():
    project = ProjectFactory(code="rum-til-os", name="Rum til os", pool=None, other_funding="")
    ProjectAssignmentFactory(project=project)
    return project


def of_rule(response, rule: str):
    return [item for item in response.context["findings"] if item.rule == rule]


def answer(client, item, **more):
    posted = {"subject": item.subject, "fingerprint": item.notice.fingerprint, "next": PAGE, **more}
    return client.post(reverse("projects:finding-answer"), posted, follow=True)


def test_a_project_without_a_pool_is_noticed_answered_and_taken_back(client, project):
    client.force_login(project.assignments.get().user)
    (found,) = of_rule(client.get(PAGE), "R15")
    assert found.is_open
    response = answer(client, found, answer="Betales af Socialstyrelsen.")
    assert response.redirect_chain == [(PAGE, 302)]
    (answered,) = of_rule(response, "R15")
    assert answered.answer == "Betales af Socialstyrelsen."
    assert "Tag svaret tilbage" in response.content.decode()
    (again,) = of_rule(answer(client, found, withdraw="1"), "R15")
    assert (again.is_open, Finding.objects.count()) == (True, 0)


def test_who_only_reads_the_project_answers_nothing(client, project):
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    response = client.get(PAGE)
    assert of_rule(response, "R15")
    assert "Gem svaret" not in response.content.decode()


def test_nothing_noticed_is_nothing_shown(client):
    project = ProjectFactory(code="rum-til-os", pool=PoolFactory())
    client.force_login(ProjectAssignmentFactory(project=project).user)
    response = client.get(PAGE)
    assert response.context["findings"] == []
    assert 'id="findings"' not in response.content.decode()
