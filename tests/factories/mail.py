"""Mail in the queue."""

import factory
from factory.django import DjangoModelFactory

from projects import models
from projects.enums import MailKind
from tests.factories.dates import MOMENT
from tests.factories.people import UserFactory


class MailMessageFactory(DjangoModelFactory):
    """A mail that waits, and may be sent now."""

    class Meta:
        model = models.MailMessage

    key = factory.Sequence("digest/2017-11-27/{}".format)
    kind = MailKind.DIGEST
    recipient = factory.SubFactory(UserFactory)
    address = factory.LazyAttribute(lambda mail: mail.recipient.email)
    subject = "Tre ting venter på dig"
    body = "Kære kollega"
    created_at = MOMENT
    due_at = MOMENT
