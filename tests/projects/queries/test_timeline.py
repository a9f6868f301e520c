import pytest

from projects.models import Event
from projects.queries.timeline import TimelineEntry, timeline
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_query_count(count, django_assert_num_queries):
    for _ in range(count):
        EventFactory(subject_id=7)
    with django_assert_num_queries(1):
        assert len([entry.actor_name for entry in timeline(Event.objects.about("project", 7))]) == count


def test_an_entry_says_who_did_what_and_why():
    actor = UserFactory(first_name="Birgit", last_name="Leder")
    event = EventFactory(
        actor=actor,
        summary="Rammen blev ændret",
        reason="Ny aftale",
        changes=[["ramme", None, "5 kr."], ["år", "1", ""]],
    )
    assert timeline([event]) == [
        TimelineEntry(
            at=event.at,
            actor_name="Birgit Leder",
            title="Rammen blev ændret",
            reason="Ny aftale",
            changes=(("Ramme", "", "5 kr."), ("År", "1", "")),
        )
    ]


def test_what_nobody_did_has_no_name():
    [entry] = timeline([EventFactory(actor=None, summary="Indlæst")])
    assert entry.actor_name == ""
