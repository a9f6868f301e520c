from decimal import Decimal

import pytest
from django.urls import reverse

from projects.actions.proposals import save_proposal
from projects.enums import ProposalState, Role
from projects.models import Event, Pool, Proposal
from projects.views.kept_forms import KEPT
from tests.factories import (
    FteRateFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    StrategicGoalFactory,
    TargetGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return PoolYearFactory(pool__code="GENINV-2016").pool


@pytest.fixture
def proposer(client):
    user = UserFactory(roles=[Role.PROPOSER])
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"projects:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def typed(pool, *rows, **values):
    data = {
        "title": "Mentorkorps i den unges netværk",
        "pool": pool.pk,
        "unit": pool.unit.pk,
        "variant": "long",
        "costs-TOTAL_FORMS": str(len(rows)),
        "costs-INITIAL_FORMS": "0",
        "returns-TOTAL_FORMS": "0",
        "returns-INITIAL_FORMS": "0",
        **values,
    }
    for number, row in enumerate(rows):
        names = ("label", "year", "fte", "amount", "basis")
        data |= {f"costs-{number}-{name}": value for name, value in zip(names, row, strict=True)}
    return data


FULL = {
    "challenge": "Unge står alene.",
    "intervention": "Et korps af mentorer.",
    "expected_results": "Flere i uddannelse.",
    "motivation": "Kerneopgaven.",
    "target_group_text": "Unge under 30",
}


def test_a_draft_needs_title_pool_and_unit_only(client, proposer, pool):
    response = client.post(url("proposal-create"), typed(pool, ("", "2016", "", "", "")))
    proposal = Proposal.objects.get()
    assert response.url == url("proposal-edit", proposal.pk)
    assert (proposal.state, proposal.author, proposal.number, proposal.short_name) == (
        ProposalState.DRAFT,
        proposer,
        1,
        "Mentorkorps i den unges netværk",
    )
    assert proposal.costs.count() == 0


def test_everything_typed_is_there_again(client, proposer, pool):
    goal, group = StrategicGoalFactory(), TargetGroupFactory()
    rows = [("Koordinator", "2016", "0,5", "", ""), ("Møder", "2016", "", "5.000,50", "Tilbud")]
    data = typed(pool, *rows, **FULL, goals=goal.pk, target_groups=group.pk)
    client.post(url("proposal-create"), data)
    response = client.get(url("proposal-edit", Proposal.objects.get().pk))
    form, costs = response.context["form"], response.context["rows"]
    assert {name: form[name].value() for name in FULL} == FULL
    assert (form["goals"].value(), form["target_groups"].value()) == ([goal.pk], [group.pk])
    shown = [tuple(row[name].value() for name in ("label", "fte", "amount")) for row in costs][:2]
    assert shown == [("Koordinator", "0,5", None), ("Møder", None, "5.000,50")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("Koordinator", "2016", "en halv", "", ""), "fte"),
        (("Koordinator", "2016", "", "1,2,3", ""), "amount"),
        (("Koordinator", "2016", "-0,5", "", ""), "fte"),
        (("Koordinator", "2016", "0", "", ""), "fte"),
        (("Koordinator", "", "0,5", "", ""), "year"),
        (("", "2016", "0,5", "", ""), "label"),
        (("Koordinator", "2016", "", "-5", ""), "amount"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_in_its_place_and_comes_back(client, proposer, pool, row, field):
    response = client.post(url("proposal-create"), typed(pool, row, challenge="Skrevet i lang tid"))
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    assert list(response.context["rows"].forms[0].errors) == [field]
    page = text(response)
    assert "Skrevet i lang tid" in page
    assert all(f'value="{value}"' in page for value in row if value)


def test_a_line_whose_size_is_not_known_yet_stays_in_the_draft_and_holds_the_sending_back(client, proposer, pool):
    row = ("Kurser", "2016", "", "", "")
    client.post(url("proposal-create"), typed(pool, row, **FULL))
    proposal = Proposal.objects.get()
    assert proposal.costs.get().label == "Kurser"
    sent = client.post(url("proposal-submit", proposal.pk), follow=True)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DRAFT
    assert (sent.context["form"].errors, list(sent.context["rows"].forms[0].errors)) == ({}, ["amount"])
    assert "Linje 1, eller beløb – Skriv årsværk eller et beløb, eller fjern linjen." in text(sent)


def test_a_cpr_number_is_refused_without_being_repeated_in_the_error(client, proposer, pool):
    response = client.post(url("proposal-create"), typed(pool, challenge="Borgeren 010190-1234 mangler støtte"))
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == ["challenge"]


def test_a_new_proposal_begins_with_the_form_its_pool_suggests(client, proposer, pool):
    Pool.objects.update(form_variant="short")
    page = client.get(url("proposal-create") + f"?pool={pool.code}")
    assert page.context["form"]["variant"].value() == "short"
    client.post(url("proposal-create"), typed(pool, variant=""))
    client.post(url("proposal-create"), typed(pool, variant="long"))
    assert list(Proposal.objects.order_by("pk").values_list("variant", flat=True)) == ["short", "long"]


def test_save_and_send(client, proposer, pool):
    rows = [("Koordinator", "2016", "0,5", "", "")]
    response = client.post(url("proposal-create"), typed(pool, *rows, **FULL, send="1"))
    proposal = Proposal.objects.get()
    assert response.url == url("proposal-detail", proposal.pk)
    assert proposal.state == ProposalState.SUBMITTED


def test_sending_too_early_saves_the_draft_and_says_what_is_missing_beside_the_fields(client, proposer, pool):
    response = client.post(url("proposal-create"), typed(pool, challenge="Noget", send="1"), follow=True)
    assert Proposal.objects.get().state == ProposalState.DRAFT
    form = response.context["form"]
    assert set(form.errors) == {"intervention", "expected_results", "motivation", "target_groups", "economy"}
    assert form["challenge"].value() == "Noget"


def test_two_people_on_the_same_proposal_the_second_loses_nothing(client, proposer, pool):
    proposal = ProposalFactory(pool=pool, author=proposer, title="Mentorkorps", challenge="Først")
    save_proposal(proposal=proposal, expected_version=1, values={"challenge": "Deres ord"}, costs=[], by=UserFactory())
    edit = url("proposal-edit", proposal.pk)
    mine = typed(pool, ("Løn", "2016", "1", "", ""), title="Mentorkorps", challenge="Mine ord", version="1")
    response = client.post(edit, mine)
    assert response.status_code == 409
    proposal.refresh_from_db()
    assert proposal.challenge == "Deres ord"
    differences = {each.label: (each.mine, each.theirs) for each in response.context["differences"]}
    assert differences == {
        "Kort navn": ("", "Mentorkorps"),
        "Hvilken udfordring skal løses?": ("Mine ord", "Deres ord"),
        "Økonomi pr. år": ("Løn · 2016 · 1", ""),
    }
    form = response.context["form"]
    assert (form["challenge"].value(), form["version"].value()) == ("Mine ord", "2")
    client.post(edit, {**mine, "version": form["version"].value()})
    proposal.refresh_from_db()
    assert (proposal.challenge, proposal.costs.count()) == ("Mine ord", 1)


def test_a_draft_that_was_sent_meanwhile_keeps_the_text_on_the_page(client, proposer, pool):
    proposal = ProposalFactory(pool=pool, author=proposer, state=ProposalState.SUBMITTED)
    response = client.post(url("proposal-edit", proposal.pk), typed(pool, challenge="Mine ord", version="1"))
    assert response.status_code == 422
    assert "Mine ord" in text(response)
    assert Proposal.objects.get().challenge == ""


def test_a_session_that_expired_while_typing_keeps_the_text(client, proposer, pool):
    client.logout()
    response = client.post(url("proposal-create"), typed(pool, challenge="Lang tekst", writer=proposer.pk))
    assert response.url.startswith(reverse("account:login"))
    assert Proposal.objects.count() == 0
    client.force_login(proposer)
    page = client.get(url("proposal-create"))
    assert page.context["form"]["challenge"].value() == "Lang tekst"
    client.post(url("proposal-create"), typed(pool, challenge="Lang tekst"))
    assert Proposal.objects.get().challenge == "Lang tekst"
    assert client.session[KEPT] == {}


def test_somebody_elses_text_is_not_shown_to_the_next_one(client, proposer, pool):
    client.logout()
    client.post(url("proposal-create"), typed(pool, challenge="Lang tekst", writer=proposer.pk))
    client.force_login(UserFactory(roles=[Role.PROPOSER]))
    assert "Lang tekst" not in text(client.get(url("proposal-create")))


def test_withdraw_is_a_post_by_the_author(client, proposer, pool):
    proposal = ProposalFactory(pool=pool, author=proposer, state=ProposalState.SUBMITTED)
    withdraw = url("proposal-withdraw", proposal.pk)
    assert client.get(withdraw).status_code == 405
    client.post(withdraw, {"reason": "Tallene skal regnes om"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    client.force_login(UserFactory(roles=[Role.MANAGER]))
    assert client.post(url("proposal-edit", proposal.pk), typed(pool)).status_code == 403


def test_another_proposers_draft_does_not_exist(client, proposer, pool):
    draft = ProposalFactory(pool=pool)
    for name in ("proposal-detail", "proposal-edit"):
        assert client.get(url(name, draft.pk)).status_code == 404


def test_the_pools_manager_sees_what_was_sent_from_another_unit(client, pool):
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=pool.unit))
    sent = ProposalFactory(pool=pool, unit=OrgUnitFactory(), state=ProposalState.SUBMITTED)
    draft = ProposalFactory(pool=pool, unit=OrgUnitFactory())
    assert client.get(url("proposal-detail", sent.pk)).status_code == 200
    assert client.get(url("proposal-detail", draft.pk)).status_code == 404


def test_the_paper_computes_the_economy(client, proposer, pool):
    FteRateFactory(year=2016, amount=Decimal(370_000))
    proposal = ProposalFactory(pool=pool, author=proposer)
    ProposalCostFactory(proposal=proposal, label="Rådgiver", fte=Decimal("0.5"), amount=None, basis="")
    ProposalCostFactory(proposal=proposal, label="Møder", amount=Decimal(5_000))
    page = text(client.get(url("proposal-detail", proposal.pk)))
    assert all(part in page for part in ("0,5 × 370.000 kr.", "185.000 kr.", "190.000 kr."))


def test_the_project_it_became_is_a_link_only_for_those_who_may_read_it(client, proposer, pool):
    proposal = ProposalFactory(pool=pool, author=proposer, state=ProposalState.GRANTED)
    project = ProjectFactory(pool=pool, proposal=proposal, name="Mentorkorpset")
    link = f'<a href="{reverse("projects:project-detail", args=[project.code])}">Blev til projektet Mentorkorpset</a>'
    own = text(client.get(url("proposal-detail", proposal.pk)))
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert (link in own, "Blev til projektet Mentorkorpset" in own) == (False, True)
    assert link in text(client.get(url("proposal-detail", proposal.pk)))


@pytest.fixture
def three(pool):
    client_of = UserFactory(roles=[Role.CONTROLLER])
    author = UserFactory(last_name="Forfatter")
    goal = StrategicGoalFactory()
    rows = [
        ProposalFactory(pool=pool, number=1, title="Økonomisk rådgiver", state=ProposalState.SUBMITTED, author=author),
        ProposalFactory(pool=pool, number=2, title="Ældre ansøgere", author=author),
        ProposalFactory(pool=PoolFactory(name="Anden pulje"), number=3, title="Mentorkorps", author=author),
    ]
    rows[0].goals.add(goal)
    for row, amount in zip(rows, (5_000, 90_000, None), strict=True):
        if amount:
            ProposalCostFactory(proposal=row, amount=Decimal(amount))
    return client_of, rows, goal


def listed(client, query=""):
    response = client.get(url("proposal-list") + query)
    return [row.proposal.number for row in response.context["rows"]], response


def test_the_list_narrows_adds_and_keeps_its_choices(client, three, pool):
    user, rows, goal = three
    client.force_login(user)
    assert listed(client)[0] == [1, 2, 3]
    for query, expected in (
        (f"?pool={pool.pk}", [1, 2]),
        ("?state=submitted", [1]),
        (f"?unit={rows[2].unit.pk}", [3]),
        (f"?goals={goal.pk}", [1]),
        ("?search=ansøgere", [2]),
        ("?search=3", [3]),
    ):
        assert listed(client, query)[0] == expected, query
    numbers, response = listed(client, f"?pool={pool.pk}&sort=-amount")
    assert (numbers, response.context["total"], response.context["unpriced"]) == ([2, 1], Decimal(95_000), 0)
    sorts = [heading.url for heading in response.context["headings"]]
    assert all(f"pool={pool.pk}" in each for each in sorts)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", [3, 2, 1]),
        ("-title", [1, 2, 3]),
        ("amount", [1, 2, 3]),
        ("-amount", [2, 1, 3]),
        ("sludder", [1, 2, 3]),
    ],
)
def test_the_list_sorts_in_danish_and_puts_the_unknown_last(client, three, sort, expected):
    client.force_login(three[0])
    assert listed(client, f"?sort={sort}")[0] == expected


def test_a_choice_that_does_not_exist_is_said_and_left_out(client, three):
    client.force_login(three[0])
    numbers, response = listed(client, "?pool=999&page=77")
    assert numbers == [1, 2, 3]
    assert "pool" in response.context["filter"].form.errors


def test_a_proposer_without_any_pool_is_told_before_writing(client):
    client.force_login(UserFactory(roles=[Role.PROPOSER]))
    page = text(client.get(url("proposal-create")))
    assert ("Der er endnu ingen pulje at sende et forslag til" in page, 'name="title"' in page) == (True, False)


def test_nothing_is_stored_by_looking(client, proposer, pool):
    client.get(url("proposal-create"))
    client.get(url("proposal-list"))
    assert (Proposal.objects.count(), Event.objects.count()) == (0, 0)


def test_author_and_decider_comment_and_nobody_else_sees_it(client, proposer, pool):
    proposal = ProposalFactory(pool=pool, author=proposer, state=ProposalState.SUBMITTED)
    comment = url("proposal-comment", proposal.pk)
    for refused in ("  ", "Borgeren 010190-1234"):
        assert client.post(comment, {"text": refused}).status_code == 422
    assert proposal.comments.count() == 0
    client.post(comment, {"text": "Er timerne regnet med?"})
    client.force_login(UserFactory(roles=[Role.MANAGER], roles__unit=pool.unit))
    client.post(comment, {"text": "Ja, i linje to."})
    page = text(client.get(url("proposal-detail", proposal.pk)))
    assert page.index("Er timerne regnet med?") < page.index("Ja, i linje to.")
    client.force_login(UserFactory(roles=[Role.CONTROLLER]))
    assert "Er timerne regnet med?" not in text(client.get(url("proposal-detail", proposal.pk)))
    assert client.post(comment, {"text": "Også mig"}).status_code == 403
    assert proposal.comments.count() == 2
