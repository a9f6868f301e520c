"""An administrator, and a client that is logged in as one."""

import pytest

from projects.enums import Role
from tests import factories


@pytest.fixture
def administrator():
    return factories.UserFactory(first_name="Ada", last_name="Min", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client
