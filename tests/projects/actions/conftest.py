"""After every action the sums that lists are sorted by are what their rows make them."""

import pytest

from projects.queries.rollups import rollup_differences


@pytest.fixture(autouse=True)
def _kept_sums_follow(request):
    """Fail the test of an action that changed a budget line, a posting or a status and did not refresh the sums."""
    uses_database = request.node.get_closest_marker("django_db") is not None
    if uses_database:
        request.getfixturevalue("db" if not _is_transactional(request) else "transactional_db")
    yield
    if uses_database:
        assert list(rollup_differences()) == []


def _is_transactional(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker.kwargs.get("transaction"))
