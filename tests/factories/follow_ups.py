"""What committees ask."""

import factory
from factory.django import DjangoModelFactory

from projects.models import FollowUp
from tests.factories.meetings import MeetingFactory
from tests.factories.people import UserFactory
from tests.factories.projects import ProjectFactory


class FollowUpFactory(DjangoModelFactory):
    """A question nobody has answered, of a meeting of the project's committee."""

    class Meta:
        model = FollowUp

    project = factory.SubFactory(ProjectFactory)
    meeting = factory.LazyAttribute(lambda row: meeting_of(row.project.committee))
    text = "Hvor mange er kommet i job?"
    created_by = factory.SubFactory(UserFactory)


def meeting_of(committee):
    return committee.meetings.first() or MeetingFactory(committee=committee)
