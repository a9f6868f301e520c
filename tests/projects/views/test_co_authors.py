"""A proposal written by several: who may, what they see, and what happens when two write at once."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from projects.actions.co_authors import add_co_author, remove_co_author
from projects.actions.proposals import save_proposal
from projects.enums import MailKind, ProposalState, ReminderChoice, Role, Subject
from projects.models import Event, MailMessage, Proposal
from tests.factories import PoolFactory, ProposalFactory, UserFactory
from tests.projects.views.test_proposals import text, typed, url

pytestmark = pytest.mark.django_db


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author():
    return UserFactory(first_name="Anna", last_name="Holm", roles=[Role.PROPOSER])


@pytest.fixture
def colleague():
    return UserFactory(first_name="Bo", last_name="Krog", roles=[Role.PROPOSER])


@pytest.fixture
def proposal(author):
    return ProposalFactory(pool=PoolFactory(), author=author, title="Mentorkorps", short_name="Mentorkorps")


@pytest.fixture
def shared(proposal, author, colleague):
    add_co_author(proposal=proposal, user=colleague, by=author)
    return proposal


def verbs(proposal):
    events = Event.objects.filter(subject=Subject.PROPOSAL, subject_id=proposal.pk).order_by("pk")
    return list(events.values_list("verb", flat=True))


def test_the_author_adds_a_colleague_who_then_finds_and_writes_it(proposal, author, colleague):
    bo = browser(colleague)
    assert bo.get(url("proposal-edit", proposal.pk)).status_code == 404
    added = browser(author).post(url("co-author-add", proposal.pk), {"user": colleague.pk})
    assert (added.status_code, list(proposal.co_authors.all()), verbs(proposal)) == (
        302,
        [colleague],
        ["co_author_added"],
    )
    assert "Anna Holm, Bo Krog" in text(bo.get(url("proposal-list")))
    assert "Anna Holm, Bo Krog" in text(bo.get(url("proposal-detail", proposal.pk)))
    assert "Mentorkorps" in text(bo.get("/"))
    assert [row.pk for row in bo.get(url("proposal-list") + "?search=krog").context["filter"].qs] == [proposal.pk]
    data = typed(proposal.pool, title="Mentorer", version=proposal.version)
    assert bo.post(url("proposal-edit", proposal.pk), data).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.title, proposal.author) == ("Mentorer", author)


def test_two_authors_at_once_see_what_the_other_saved(shared, author, colleague):
    opened = shared.version
    values = {"title": "Mentorkorps", "challenge": "Unge står alene."}
    save_proposal(proposal=shared, expected_version=opened, values=values, costs=[], by=author)
    late = typed(shared.pool, title="Mentorkorps", challenge="Noget andet.", version=opened)
    response = browser(colleague).post(url("proposal-edit", shared.pk), late)
    assert (response.status_code, Proposal.objects.get(pk=shared.pk).challenge) == (409, "Unge står alene.")
    assert "Unge står alene." in text(response)


def test_a_co_author_cannot_let_in_others_but_may_leave(shared, author, colleague):
    third = UserFactory(roles=[Role.PROPOSER])
    bo = browser(colleague)
    assert bo.post(url("co-author-add", shared.pk), {"user": third.pk}).status_code == 403
    assert browser(third).post(url("co-author-remove", shared.pk, colleague.pk)).status_code == 404
    left = bo.post(url("co-author-remove", shared.pk, colleague.pk))
    assert (left.url, list(shared.co_authors.all())) == (url("proposal-list"), [])
    assert verbs(shared) == ["co_author_added", "co_author_removed"]
    assert bo.get(url("proposal-detail", shared.pk)).status_code == 404


def test_only_those_who_write_proposals_can_be_chosen(proposal, author, colleague):
    reader = UserFactory(roles=[Role.READER])
    response = browser(author).post(url("co-author-add", proposal.pk), {"user": reader.pk})
    assert (response.status_code, list(response.context["co_author_form"].fields["user"].queryset)) == (
        422,
        [colleague],
    )
    assert (proposal.co_authors.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("state", "who", "code"),
    [("granted", "colleague", "decided"), ("draft", "author", "is_author"), ("draft", "reader", "cannot_write")],
)
def test_add_co_author_refuses(proposal, author, colleague, state, who, code):
    proposal.state = ProposalState(state)
    proposal.save()
    user = {"colleague": colleague, "author": author, "reader": UserFactory(roles=[Role.READER])}[who]
    with pytest.raises(ValidationError) as refused:
        add_co_author(proposal=proposal, user=user, by=author)
    assert (refused.value.code, proposal.co_authors.count(), Event.objects.count()) == (code, 0, 0)


def test_nobody_is_added_or_removed_twice(shared, author, colleague):
    with pytest.raises(ValidationError, match="skriver allerede"):
        add_co_author(proposal=shared, user=colleague, by=author)
    remove_co_author(proposal=shared, user=colleague, by=author)
    with pytest.raises(ValidationError, match="skriver ikke"):
        remove_co_author(proposal=shared, user=colleague, by=author)
    assert verbs(shared) == ["co_author_added", "co_author_removed"]


def test_a_co_author_whose_role_has_ended_sees_it_no_longer(shared, colleague):
    colleague.role_assignments.update(valid_to="2011-01-01")
    assert browser(colleague).get(url("proposal-detail", shared.pk)).status_code == 403


def test_the_short_form_has_its_own_numbers_and_refuses_a_schedule(proposal, author):
    anna = browser(author)
    data = typed(proposal.pool, title="Mentorkorps", version=proposal.version, variant="short", schedule="I april.")
    refused = anna.post(url("proposal-edit", proposal.pk), data)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["schedule"])
    assert "Det korte skema har ikke dette felt" in text(refused)
    assert Proposal.objects.get(pk=proposal.pk).variant == "long"
    anna.post(url("proposal-edit", proposal.pk), data | {"schedule": ""})
    shown = text(anna.get(url("proposal-detail", proposal.pk)))
    assert '<span class="paper-number">7</span> Investering og afkast' in shown
    assert '<span class="paper-number">8</span> Motivering' in shown
    assert "Tidsplan" not in shown.split("<article")[1].split("</article>")[0]


def test_a_new_co_author_gets_one_mail_however_often_they_are_put_on(proposal, author, colleague):
    for _time in range(2):
        add_co_author(proposal=proposal, user=colleague, by=author)
        remove_co_author(proposal=proposal, user=colleague, by=author)
    mail = MailMessage.objects.get()
    assert (mail.recipient, mail.kind, mail.subject) == (
        colleague,
        MailKind.CO_AUTHOR,
        "Du er medforfatter på “Mentorkorps”",
    )
    assert "Anna Holm har gjort dig til medforfatter på forslaget “Mentorkorps”" in mail.body
    assert url("proposal-detail", proposal.pk) in mail.body


def test_nobody_who_wants_no_mail_is_written_to_nor_who_puts_themselves_on(proposal, author, colleague):
    colleague.reminders = ReminderChoice.NONE
    add_co_author(proposal=proposal, user=colleague, by=author)
    manager = UserFactory(roles=[Role.MANAGER])
    add_co_author(proposal=proposal, user=manager, by=manager)
    assert (proposal.co_authors.count(), MailMessage.objects.count()) == (2, 0)
