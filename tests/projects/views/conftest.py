"""The people around the integration project's November, each with a browser of their own."""

import pytest
import time_machine
from django.test import Client

from tests.integration_month import World, integration_month


@pytest.fixture
def in_november():
    with time_machine.travel("2017-11-27 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world() -> World:
    return integration_month()


@pytest.fixture
def sara(world, client) -> Client:
    client.force_login(world.caseworker)
    return client


@pytest.fixture
def manager(world) -> Client:
    lone = Client()
    lone.force_login(world.manager)
    return lone


@pytest.fixture
def karl(world) -> Client:
    colleague = Client()
    colleague.force_login(world.colleague)
    return colleague
