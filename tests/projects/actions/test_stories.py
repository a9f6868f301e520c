"""Case stories: written, read by another, approved, told until their day, and never shown before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from projects.actions.stories import approve_story, delete_story, read_story, return_story, save_story
from projects.enums import MailKind, Role, StoryState
from projects.models import CaseStory, Event, MailMessage
from projects.queries.stories import printable_stories, project_stories
from projects.rules.stories import check_step, check_story, is_told
from reports.facts.home.stories import story_blocks
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY, NEXT_YEAR = date(2017, 11, 27), date(2018, 11, 27)
VALUES = {
    "title": "Fra sygemelding til fleksjob",
    "situation": "En borger har været sygemeldt længe.",
    "effort": "Kontakt hver uge og en praktik i små skridt.",
    "result": "Borgeren arbejder ti timer om ugen.",
    "consent_note": "Mundtligt samtykke, noteret på sagen.",
    "expires_on": NEXT_YEAR,
}


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def project():
    return factories.ProjectFactory()


def written(project, **other):
    return save_story(story=None, project=project, values=VALUES | other, by=factories.UserFactory())


def test_a_story_is_read_by_another_and_approved_and_only_then_told(project):
    story = written(project)
    seen = lambda: project_stories(project, day=TODAY, with_drafts=False)  # noqa: E731
    assert (seen(), printable_stories([project], day=TODAY)) == ([], {})
    story = read_story(story=story, by=factories.UserFactory())
    assert seen() == []
    story = approve_story(story=story, by=factories.UserFactory())
    assert (seen(), printable_stories([project], day=NEXT_YEAR)) == ([story], {project.pk: [story]})
    assert printable_stories([project], day=date(2018, 11, 28)) == {}
    assert [event.verb for event in Event.objects.order_by("pk")] == ["story_written", "story_read", "story_approved"]


def test_what_is_changed_is_a_draft_again_and_the_same_changes_nothing(project):
    story = read_story(story=written(project), by=factories.UserFactory())
    by = factories.UserFactory()
    assert save_story(story=story, project=project, values=VALUES, by=by).state == StoryState.READ
    changed = save_story(story=story, project=project, values=VALUES | {"result": "Nyt."}, by=by)
    assert (changed.state, changed.read_by, changed.written_by) == (StoryState.DRAFT, None, by)
    assert "ti timer" not in str(Event.objects.latest("pk").changes)


def test_nobody_reads_or_approves_their_own(project):
    story = written(project)
    with pytest.raises(ValidationError) as refused:
        read_story(story=story, by=story.written_by)
    assert refused.value.code == "own_story"
    read_story(story=story, by=factories.UserFactory())
    with pytest.raises(ValidationError) as refused:
        approve_story(story=story, by=story.written_by)
    assert (refused.value.code, CaseStory.objects.get().state) == ("own_story", StoryState.READ)


def test_a_returned_story_is_changed_before_it_is_read_and_the_reason_goes_with_the_change(project):
    reader = factories.UserFactory()
    story = read_story(story=written(project), by=reader)
    returned = return_story(story=story, reason="Butikken kan kendes.", by=reader)
    assert (returned.state, returned.read_by, returned.return_reason) == ("returned", None, "Butikken kan kendes.")
    assert "Butikken" not in str(Event.objects.latest("pk").changes) + Event.objects.latest("pk").reason
    for step in (read_story, approve_story):
        with pytest.raises(ValidationError):
            step(story=story, by=reader)
    changed = save_story(story=story, project=project, values=VALUES | {"effort": "Mentor."}, by=story.written_by)
    assert (changed.state, changed.returned_by, changed.return_reason) == (StoryState.DRAFT, None, "")


class TestWhoIsTold:
    """On the front page and by mail: the one who must act, and nothing of what the story says in the mail."""

    @pytest.fixture
    def people(self, project):
        author, colleague = (factories.UserFactory(roles=[Role.CASEWORKER], email=f"{n}@example.org") for n in "ab")
        for user in (author, colleague):
            factories.ProjectAssignmentFactory(project=project, user=user)
        manager = factories.UserFactory(roles=[Role.MANAGER], roles__unit=project.unit, email="leder@example.org")
        factories.UserFactory(roles=[Role.MANAGER], roles__unit=factories.OrgUnitFactory(), email="x@example.org")
        return author, colleague, manager

    def waiting(self, *people):
        return [[task.note for block in story_blocks(user) for task in block.tasks] for user in people]

    def test_a_whole_story_waits_for_its_second_reader_then_for_approval_and_a_returned_one_to_be_mended(
        self, project, people
    ):
        author, colleague, manager = people
        story = save_story(story=None, project=project, values=VALUES | {"effort": ""}, by=author)
        assert self.waiting(*people) == [[], [], []]
        story = save_story(story=story, project=project, values=VALUES, by=author)
        to_read = f"{project.name}. En anden end forfatteren skal læse den: Kan nogen genkendes?"
        assert self.waiting(*people) == [[], [to_read], [to_read]]
        story = read_story(story=story, by=colleague)
        to_approve = f"{project.name}. Den er læst af en anden og venter på din godkendelse."
        assert self.waiting(*people) == [[], [], [to_approve]]
        return_story(story=story, reason="Butikken kan kendes.", by=manager)
        to_mend = f"{project.name}. Returneret af {manager}."
        assert self.waiting(*people) == [[to_mend], [to_mend], []]
        (block,) = story_blocks(author)
        assert (block.heading, block.tasks[0].quote) == ("Én borgerhistorie venter på dig.", "Butikken kan kendes.")

    def test_each_is_told_once_by_mail_without_the_storys_words(self, project, people):
        author, colleague, manager = people
        story = save_story(story=None, project=project, values=VALUES | {"effort": ""}, by=author)
        assert not MailMessage.objects.exists()
        story = save_story(story=story, project=project, values=VALUES, by=author)
        story = save_story(story=story, project=project, values=VALUES | {"result": "Nyt."}, by=author)
        return_story(story=story, reason="Butikken kan kendes.", by=manager)
        save_story(story=story, project=project, values=VALUES, by=author)
        waits = f"En borgerhistorie om “{project.name}” venter på en andenlæser"
        returned = f"En borgerhistorie om “{project.name}” er returneret"
        mails = MailMessage.objects.order_by("pk")
        assert [(mail.recipient, mail.kind, mail.subject) for mail in mails] == [
            (manager, MailKind.STORY, waits),
            (author, MailKind.STORY, returned),
            (colleague, MailKind.STORY, returned),
            (manager, MailKind.STORY, waits),
        ]
        address = reverse("projects:story-show", args=[project.code, story.pk])
        for mail in mails:
            told = [words in mail.body for words in (address, VALUES["title"], VALUES["situation"], "Butikken")]
            assert told == [True, False, False, False]

    def test_the_author_is_not_asked_to_read_their_own_as_the_only_manager(self, project):
        author = factories.UserFactory(roles=[Role.MANAGER], roles__unit=project.unit, email="a@example.org")
        save_story(story=None, project=project, values=VALUES, by=author)
        assert (story_blocks(author), MailMessage.objects.count()) == ([], 0)


@pytest.mark.parametrize("reason", ["", "Født 010190-1234"])
def test_a_return_without_a_reason_or_with_a_cpr_number_changes_nothing(project, reason):
    story = written(project)
    with pytest.raises(ValidationError):
        return_story(story=story, reason=reason, by=factories.UserFactory())
    with pytest.raises(ValidationError):
        return_story(story=story, reason="Butikken kan kendes.", by=story.written_by)
    assert (CaseStory.objects.get().state, Event.objects.filter(verb="story_returned").count()) == (StoryState.DRAFT, 0)


@pytest.mark.parametrize("name", ["situation", "effort", "result", "consent_note", "expires_on"])
def test_what_is_missing_is_asked_for_before_another_reads(project, name):
    story = written(project, **{name: None if name == "expires_on" else " "})
    with pytest.raises(ValidationError) as refused:
        read_story(story=story, by=factories.UserFactory())
    assert (list(refused.value.error_dict), CaseStory.objects.get().state) == ([name], StoryState.DRAFT)


@pytest.mark.parametrize(
    ("day", "code"), [(TODAY, "expired"), (date(2020, 11, 28), "too_long"), (date(2020, 11, 27), None)]
)
def test_a_story_has_a_day_ahead_and_at_most_three_years(day, code):
    if code is None:
        check_story(texts={}, expires_on=day, today=TODAY)
        return
    with pytest.raises(ValidationError) as refused:
        check_story(texts={}, expires_on=day, today=TODAY)
    assert [each.code for each in refused.value.error_dict["expires_on"]] == [code]


def test_a_cpr_number_is_refused_and_a_deleted_story_leaves_nothing(project):
    with pytest.raises(ValidationError) as refused:
        written(project, effort="Sag 010190-1234")
    assert (refused.value.code, CaseStory.objects.count()) == ("cpr", 0)
    delete_story(story=written(project), by=factories.UserFactory())
    assert CaseStory.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "needed", "is_right"),
    [("draft", "draft", True), ("draft", "read", False), ("read", "draft", False), ("approved", "read", False)],
)
def test_each_step_is_taken_once_and_in_order(state, needed, is_right):
    if is_right:
        check_step(state=state, needed=StoryState(needed))
        return
    with pytest.raises(ValidationError):
        check_step(state=state, needed=StoryState(needed))


def test_only_an_approved_story_is_told_and_only_until_its_day():
    assert [is_told(state=state, expires_on=TODAY, day=TODAY) for state in StoryState] == [False, False, False, True]
    assert not is_told(state="approved", expires_on=TODAY, day=NEXT_YEAR)


def test_the_way_through_the_pages(client, project):
    author, second = (factories.ProjectAssignmentFactory(project=project).user for _number in range(2))
    client.force_login(author)
    url = reverse("projects:story-create", args=[project.code])
    assert client.post(url, {"title": "", "expires_on": "27-11-2018"}).status_code == 422
    answer = client.post(url, VALUES | {"effort": "Fatima hjalp.", "expires_on": "27.11.2018"})
    story = CaseStory.objects.get()
    assert answer.url == reverse("projects:story-show", args=[project.code, story.pk])
    shown = client.get(answer.url).content.decode()
    assert "“Fatima” er et navn" in shown
    assert "Jeg har læst den" not in shown
    client.force_login(second)
    assert "Jeg har læst den" in client.get(answer.url).content.decode()
    client.post(reverse("projects:story-read", args=[project.code, story.pk]))
    assert CaseStory.objects.get().read_by == second
    assert "venter på lederen" in client.get(reverse("projects:project-detail", args=[project.code])).content.decode()
