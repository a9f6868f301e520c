"""What the rules notice of a project stands on its page, is answered there, and the answer is taken back there."""

from datetime import date

import pytest
from django.urls import reverse

from projects.enums import ProjectState, Role
from projects.models import Finding
from tests.factories import (
    PoolFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    TargetFactory,
    UserFactory,
)

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


def test_each_is_led_to_where_they_mend_it(client, project):
    project.state = ProjectState.CLOSED
    project.save()
    snapshot = StatusSnapshotFactory(project=project)
    StatusRoundFactory(committee=project.committee, month=date(2017, 10, 1))
    manager = UserFactory(roles=[Role.MANAGER])

    def ways(user) -> dict[str, str]:
        client.force_login(user)
        return {item.rule: item.way for item in client.get(PAGE).context["findings"]}

    missing = reverse("projects:snapshot-edit", args=["rum-til-os", date(2017, 10, 1)])
    indicators = reverse("projects:indicator-list", args=["rum-til-os"])
    absences = reverse("projects:absence-list")
    assert ways(project.assignments.get().user) == {"R15": "", "R16": indicators, "R20": missing}
    assert ways(manager) == {"R15": "", "R16": indicators, "R20": absences}
    TargetFactory(indicator__project=project)
    newest = reverse("projects:snapshot-show", args=["rum-til-os", snapshot.month])
    pool = reverse("admin:projects_project_change", args=[project.pk]) + "#id_pool"
    assert ways(UserFactory(roles=[Role.ADMINISTRATOR])) == {"R15": pool, "R16": newest, "R20": absences}
