"""Units, users and their roles."""

from typing import Any

import factory
from factory.django import DjangoModelFactory, Password

from projects import models
from projects.enums import Role
from tests.factories.dates import SINCE


class OrgUnitFactory(DjangoModelFactory):
    class Meta:
        model = models.OrgUnit

    name = factory.Sequence("Enhed {}".format)


class UserFactory(DjangoModelFactory):
    """`roles=[Role.MANAGER]` gives roles for the whole municipality; `roles__unit=unit` for a unit and those below."""

    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence("bruger{}".format)
    first_name = "Bruger"
    last_name = factory.Sequence("Nr. {}".format)
    email = factory.LazyAttribute("{0.username}@example.com".format)
    password = Password("demo")

    @factory.post_generation
    def roles(self, create: bool, extracted: Any, unit: Any = None) -> None:
        for role in extracted or ():
            RoleAssignmentFactory(user=self, role=role, unit=unit)


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.CASEWORKER
    valid_from = SINCE


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Absence

    user = factory.SubFactory(UserFactory)
    valid_from = SINCE


class StandInFactory(DjangoModelFactory):
    class Meta:
        model = models.StandIn

    absent = factory.SubFactory(UserFactory)
    stand_in = factory.SubFactory(UserFactory)
    valid_from = SINCE
