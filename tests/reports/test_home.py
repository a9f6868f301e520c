"""The front page says what waits, in whole sentences, to those it waits for."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from projects.enums import ProjectState, ProposalState, Role, SnapshotState
from projects.models import Project, StatusRound, User
from reports.facts.home import Block, home_blocks
from tests.factories import (
    MEETING,
    MOMENT,
    MONTH,
    BudgetLineFactory,
    CommitteeFactory,
    EstimateLineFactory,
    MeetingFactory,
    NoteVersionFactory,
    OrgUnitFactory,
    PoolFactory,
    PoolYearFactory,
    ProjectAssignmentFactory,
    ProjectFactory,
    ProposalCostFactory,
    ProposalFactory,
    StatusNoteFactory,
    StatusRoundFactory,
    StatusSnapshotFactory,
    UserFactory,
    approved,
)
from tests.portfolio import make_portfolio

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_27_november")]

HOME = "/"


@pytest.fixture
def _27_november():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def november() -> StatusRound:
    """Statuses due on the 22nd and approvals on the 24th, for the meeting on 4 December."""
    committee = CommitteeFactory(code="UFB", name="Udvalget for Beskæftigelse")
    return StatusRoundFactory(committee=committee, meeting=MeetingFactory(committee=committee))


@pytest.fixture
def caseworker() -> User:
    return UserFactory(first_name="Asta", last_name="Berg", roles=[Role.CASEWORKER])


def own_project(round_: StatusRound, user: User, name: str, **values) -> Project:
    project = ProjectFactory(pool=None, committee=round_.committee, name=name, code=name.lower(), **values)
    ProjectAssignmentFactory(project=project, user=user)
    return project


def headings(blocks: list[Block]) -> list[str]:
    return [block.heading for block in blocks]


def tasks(block: Block) -> list[tuple[str, str, str, str]]:
    return [(task.title, task.note, task.late, task.link.words) for task in block.tasks]


def test_caseworker_reads_what_is_missing_with_what_came_back_first(november, caseworker):
    own_project(november, caseworker, "Mangler")
    StatusSnapshotFactory(project=own_project(november, caseworker, "Kladde"))
    StatusSnapshotFactory(
        project=own_project(november, caseworker, "Retur"),
        state=SnapshotState.RETURNED,
        return_reason="Tabellen mangler en borger.",
    )
    StatusSnapshotFactory(project=own_project(november, caseworker, "Sendt"), state=SnapshotState.SUBMITTED)
    approved(StatusSnapshotFactory(project=own_project(november, caseworker, "Klar")))
    ProjectFactory(committee=november.committee, name="En andens")
    (block,) = home_blocks(caseworker)
    assert (block.heading, block.text) == (
        "Tre statusser mangler for november 2017.",
        "Én venter på lederen. Én er godkendt.",
    )
    due = "Skal sendes senest den 22. november 2017."
    assert tasks(block) == [
        ("Retur", due, "Fem dage forsinket.", "Ret og send igen"),
        ("Mangler", due, "Fem dage forsinket.", "Udfyld"),
        ("Kladde", due, "Fem dage forsinket.", "Fortsæt"),
    ]
    assert [task.quote for task in block.tasks] == ["Tabellen mangler en borger.", "", ""]
    assert block.tasks[0].link.url == reverse("projects:snapshot-edit", args=["retur", MONTH])


@pytest.mark.parametrize(("day", "late"), [("2017-11-22", ""), ("2017-11-23", "Én dag forsinket.")])
def test_one_missing_status_is_said_in_the_singular(november, caseworker, day, late):
    own_project(november, caseworker, "Integration")
    with time_machine.travel(f"{day}T12:00+01:00", tick=False):
        (block,) = home_blocks(caseworker)
    assert (block.heading, block.tasks[0].late) == ("Én status mangler for november 2017.", late)


def test_caseworker_has_a_block_per_open_month(november, caseworker):
    own_project(november, caseworker, "Integration")
    StatusRoundFactory(committee=november.committee, month=date(2017, 10, 1))
    assert headings(home_blocks(caseworker)) == [
        "Én status mangler for november 2017.",
        "Én status mangler for oktober 2017.",
    ]


def test_caseworker_with_nothing_to_do_is_told_why(november, caseworker):
    assert headings(home_blocks(caseworker)) == ["Du har ingen projekter endnu."]
    project = own_project(november, caseworker, "Integration")
    StatusSnapshotFactory(project=project, state=SnapshotState.SUBMITTED)
    assert headings(home_blocks(caseworker)) == ["Alle statusser for november 2017 er sendt."]
    StatusRound.objects.update(closed_at=MOMENT)
    assert headings(home_blocks(caseworker)) == ["Der skal ikke sendes statusser lige nu."]


def test_manager_reads_what_waits_and_who_has_not_sent(november, caseworker):
    unit = OrgUnitFactory()
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=unit)
    sent = own_project(november, caseworker, "Sendt", unit=unit)
    StatusSnapshotFactory(
        project=sent, state=SnapshotState.SUBMITTED, submitted_by=caseworker, submitted_at=MOMENT, month=MONTH
    )
    own_project(november, caseworker, "Mangler", unit=unit)
    ProjectFactory(pool=None, committee=november.committee, name="Uden sagsbehandler", unit=unit)
    own_project(november, caseworker, "Anden enhed")
    waiting, missing, _pools = home_blocks(manager)
    assert waiting.heading == "Én status venter på din godkendelse."
    assert tasks(waiting) == [
        (
            "Sendt",
            "November 2017. Sendt af Asta Berg den 27. november 2017.",
            "Tre dage forsinket.",
            "Læs og godkend",
        )
    ]
    assert missing.heading == "To statusser mangler for november 2017."
    assert [(task.title, task.note) for task in missing.tasks] == [
        ("Mangler", "Hos Asta Berg."),
        ("Uden sagsbehandler", "Der er ingen sagsbehandler på projektet."),
    ]


def test_the_silent_come_after_what_is_asked_for_now_and_the_rest_are_a_list_away(client, november, caseworker):
    manager = UserFactory(roles=[Role.MANAGER])
    names = ("Avis", "Hestehold", "Kor", "Mentor", "Sund")
    for name in names:
        own_project(november, caseworker, name, starts_on=date(2017, 9, 1))
    before = StatusRoundFactory(committee=november.committee, month=date(2017, 10, 1))
    StatusRound.objects.filter(pk=before.pk).update(closed_at=MOMENT, caseworker_due=date(2017, 10, 20))
    _waiting, missing, silent, _pools = home_blocks(manager)
    assert missing.heading == "Fem statusser mangler for november 2017."
    assert silent.heading == "Fem projekter giver ikke status."
    assert ([task.title for task in silent.tasks], silent.hidden) == (["Avis", "Hestehold", "Kor"], 2)
    client.force_login(manager)
    listed = client.get(silent.more.url)
    assert [row.project.name for row in listed.context["rows"]] == list(names)
    StatusSnapshotFactory(project=Project.objects.get(name="Kor"), month=date(2017, 10, 1))
    assert "Kor" not in [row.project.name for row in client.get(silent.more.url).context["rows"]]


def test_manager_reads_what_is_left_of_the_pool():
    frame = PoolYearFactory(pool__name="Geninvesteringspuljen")
    manager = UserFactory(roles=[Role.MANAGER], roles__unit=frame.pool.unit)
    for state, amount in ((ProposalState.SUBMITTED, 2_310_000), (ProposalState.GRANTED, 500_000)):
        proposal = ProposalFactory(pool=frame.pool, state=state)
        EstimateLineFactory(proposal=proposal, pool_year=frame, amount=Decimal(amount))
    BudgetLineFactory(project__pool=frame.pool, pool_year=frame, amount=Decimal(500_000))
    waiting, pools = home_blocks(manager)
    assert (waiting.heading, waiting.is_done) == ("Ingen statusser venter på din godkendelse.", True)
    assert pools.heading == "Geninvesteringspuljen har 1.490.000\u00a0kr. tilbage, når alt, der afventer, bevilges."
    (line,) = pools.pools
    assert (line.frame, line.granted, line.awaiting, line.left) == tuple(
        Decimal(amount) for amount in (4_300_000, 500_000, 2_310_000, 1_490_000)
    )


def test_a_pool_without_a_frame_is_unknown_and_not_empty():
    PoolYearFactory(pool__name="Geninvesteringspuljen", frame=Decimal(1000))
    PoolFactory(name="En statspulje")
    pools = home_blocks(UserFactory(roles=[Role.CONTROLLER]))[0]
    assert pools.heading == "Geninvesteringspuljen har 1.000\u00a0kr. tilbage, når alt, der afventer, bevilges."
    lines = {line.name: (line.frame, line.left) for line in pools.pools}
    assert lines == {"Geninvesteringspuljen": (Decimal(1000), Decimal(1000)), "En statspulje": (None, None)}


def test_secretary_reads_how_far_the_next_meeting_is(november, caseworker):
    approved(StatusSnapshotFactory(project=own_project(november, caseworker, "Klar"), narrative="Alt følger planen."))
    own_project(november, caseworker, "Mangler")
    StatusSnapshotFactory(
        project=own_project(november, caseworker, "Udkast"),
        state=SnapshotState.SUBMITTED,
        narrative="Projektet -> Bodil -> afventer tal.",
    )
    secretary = UserFactory(roles=[Role.SECRETARY])
    (block,) = home_blocks(secretary)
    assert (block.heading, block.text) == (
        "Udvalget for Beskæftigelse mødes den 4. december 2017, om syv dage.",
        "Tre statusser for november 2017: én er godkendt, én venter på godkendelse og én mangler."
        " Én har noget, der skal løses, før notatet kan udsendes.",
    )
    assert [(task.title, task.note) for task in block.tasks] == [
        ("Mangler", "Hos Asta Berg."),
        ("Udkast", "Hos Asta Berg. Noget skal løses, før notatet kan udsendes."),
    ]
    assert block.link.url == f"{reverse('reports:note-create')}?meeting={november.meeting_id}"
    note = StatusNoteFactory(meeting=november.meeting)
    assert home_blocks(secretary)[0].link.url == reverse("reports:note-compose", args=[note.pk])


def test_secretary_sees_the_soonest_meeting_first_and_rounds_without_one_last(november):
    later = StatusRoundFactory(month=date(2017, 10, 1), meeting=MeetingFactory(date=date(2017, 12, 18)))
    StatusRoundFactory(committee=later.committee, month=date(2017, 9, 1))
    found = headings(home_blocks(UserFactory(roles=[Role.SECRETARY])))
    assert found == [
        "Udvalget for Beskæftigelse mødes den 4. december 2017, om syv dage.",
        f"{later.committee.name} mødes den 18. december 2017, om 21 dage.",
        f"Runden for september 2017 ({later.committee.code}) har intet møde endnu.",
    ]


def test_a_round_too_large_to_read_through_says_where_its_stops_are_told(november, caseworker, monkeypatch):
    monkeypatch.setattr("reports.facts.home.statuses.READ_THROUGH", 1)
    for name in ("Et", "To"):
        draft = own_project(november, caseworker, name)
        StatusSnapshotFactory(project=draft, state=SnapshotState.SUBMITTED, narrative="Afventer tal.")
    (block,) = home_blocks(UserFactory(roles=[Role.SECRETARY]))
    assert block.text == (
        "To statusser for november 2017: to venter på godkendelse."
        " Der er for mange statusser til at læse dem igennem her. Notatet siger selv, hvad der standser det."
    )
    assert [task.title for task in block.tasks] == ["Et", "To"]


def test_secretary_without_a_round_is_told_so():
    assert headings(home_blocks(UserFactory(roles=[Role.SECRETARY]))) == ["Ingen runde er åben."]


def test_controller_reads_which_projects_leave_their_grant():
    controller = UserFactory(roles=[Role.CONTROLLER])
    for name, granted, forecast in (("Under", 200, 150), ("Over", 100, 120), ("Holder", 100, 100)):
        project = ProjectFactory(name=name)
        BudgetLineFactory(project=project, year=2017, amount=Decimal(granted) * 1000)
        StatusSnapshotFactory(project=project, state=SnapshotState.SUBMITTED, forecast=Decimal(forecast) * 1000)
    _pools, block = home_blocks(controller)
    assert block.heading == "Ét projekt ventes at bruge mere end bevilget, ét mindre."
    assert [(task.title, task.note) for task in block.tasks] == [
        ("Over", "20.000\u00a0kr. mere end bevilget: Der ventes brugt 120.000\u00a0kr. ved udgangen af 2017."),
        ("Under", "50.000\u00a0kr. mindre end bevilget: Der ventes brugt 150.000\u00a0kr. ved udgangen af 2017."),
    ]
    Project.objects.exclude(name="Holder").update(state=ProjectState.CLOSED)
    assert len(home_blocks(controller)[1].tasks) == 2


def test_proposer_reads_own_proposals_with_drafts_first():
    proposer = UserFactory(roles=[Role.PROPOSER])
    assert headings(home_blocks(proposer)) == ["Du har ikke skrevet et forslag endnu."]
    draft = ProposalFactory(author=proposer, short_name="Natteravne", pool__name="Puljen")
    sent = ProposalFactory(author=proposer, short_name="Mentorkorps", pool=draft.pool, state=ProposalState.SUBMITTED)
    ProposalCostFactory(proposal=sent, amount=Decimal(185_000))
    ProposalFactory()
    (block,) = home_blocks(proposer)
    assert block.heading == "Ét af dine forslag er en kladde og er ikke sendt."
    assert [(task.title, task.note, task.state, task.link.url) for task in block.tasks] == [
        ("Natteravne", "Puljen: intet beløb i skemaet.", "draft", reverse("projects:proposal-edit", args=[draft.pk])),
        (
            "Mentorkorps",
            "Puljen: søger 185.000\u00a0kr.",
            "submitted",
            reverse("projects:proposal-detail", args=[sent.pk]),
        ),
    ]


def test_reader_reads_the_newest_version_of_each_issued_note():
    reader = UserFactory(roles=[Role.READER])
    assert headings(home_blocks(reader)) == ["Der er ikke udsendt notater endnu."]
    StatusNoteFactory(title="Kun en kladde")
    note = StatusNoteFactory(title="Status på projekterne", meeting__committee__name="Udvalget", meeting__date=MEETING)
    for number in (1, 2):
        NoteVersionFactory(note=note, number=number, reason="Rettelse." if number > 1 else "", page_count=12)
    (block,) = home_blocks(reader)
    assert block.heading == "Det nyeste notat er til mødet den 4. december 2017."
    ((title, text, _late, _words),) = tasks(block)
    assert (title, text) == (
        "Status på projekterne",
        "Udvalget, 4. december 2017. Version 2, udsendt den 27. november 2017, 12 sider.",
    )
    assert block.tasks[0].link.url == reverse("reports:note-version", args=[note.pk, 2])


def test_administrator_reads_what_is_not_set_up(november):
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    PoolFactory(committee=november.committee)
    assert headings(home_blocks(administrator)) == ["Alt er sat op."]
    for first_name in ("Bo", "Ida"):
        UserFactory(first_name=first_name, last_name="Dam")
    ProjectFactory(name="Integration")
    ProjectFactory(name="Lukket", state=ProjectState.CLOSED)
    StatusRoundFactory(committee=november.committee, month=date(2017, 10, 1))
    (block,) = home_blocks(administrator)
    assert block.heading == "Noget er ikke sat op endnu."
    assert [(task.title, task.note) for task in block.tasks] == [
        ("To brugere har ingen rolle.", "Bo Dam og Ida Dam."),
        ("Ét projekt har ingen sagsbehandler.", "Integration."),
        ("Én åben runde har intet møde.", "UFB oktober 2017."),
    ]


def test_administrator_of_an_empty_database_reads_where_to_begin():
    (block,) = home_blocks(UserFactory(roles=[Role.ADMINISTRATOR], roles__unit=None))
    assert [(task.title, task.link.url) for task in block.tasks] == [
        ("Der er ingen enheder endnu.", reverse("admin:projects_orgunit_add")),
        ("Der er ingen udvalg endnu.", reverse("admin:projects_committee_add")),
        ("Der er ingen møder endnu.", reverse("admin:projects_meeting_add")),
        ("Der er ingen pulje endnu.", reverse("projects:pool-create")),
        ("Ingen måned er åbnet for statusser endnu.", reverse("admin:projects_statusround_add")),
    ]


def test_several_roles_give_several_blocks_and_the_pools_only_once(november):
    user = UserFactory(roles=[Role.CASEWORKER, Role.MANAGER, Role.CONTROLLER])
    own_project(november, user, "Integration")
    assert [block.key for block in home_blocks(user)] == ["caseworker", "manager", "missing", "pools", "deviations"]


QUERIES = {
    Role.CASEWORKER: 7,
    Role.MANAGER: 13,
    Role.SECRETARY: 24,
    Role.CONTROLLER: 6,
    Role.PROPOSER: 2,
    Role.READER: 1,
    Role.ADMINISTRATOR: 4,
}


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("role", Role)
def test_query_count(role, size, django_assert_num_queries):
    portfolio = make_portfolio(size)
    user = {
        Role.CASEWORKER: portfolio.caseworker,
        Role.PROPOSER: portfolio.proposer,
    }.get(role) or UserFactory(roles=[role])
    NoteVersionFactory(note=portfolio.note)
    assert user.role_set
    with django_assert_num_queries(QUERIES[role]):
        assert home_blocks(user)


def test_page_shows_the_sentences_and_the_way_on(client, november, caseworker):
    own_project(november, caseworker, "Integration")
    client.force_login(caseworker)
    page = client.get(HOME).content.decode()
    assert "<h1>Hej Asta</h1>" in page
    assert "Én status mangler for november 2017." in page
    assert reverse("projects:snapshot-edit", args=["integration", MONTH]) in page


@pytest.mark.parametrize("role", Role)
def test_every_link_opens_for_the_one_who_is_shown_it(client, role):
    portfolio = make_portfolio(2)
    NoteVersionFactory(note=portfolio.note)
    special = {Role.CASEWORKER: portfolio.caseworker, Role.PROPOSER: portfolio.proposer}
    client.force_login(special.get(role) or UserFactory(roles=[role]))
    page = client.get(HOME).content.decode()
    addresses = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page[page.index("<main") : page.index("</main")]))
    assert addresses
    assert {address: client.get(unescape(address), follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_someone_without_a_role_is_told_what_to_do(client):
    client.force_login(UserFactory())
    assert "Du har ingen rolle endnu" in client.get(HOME).content.decode()


def test_strangers_log_in_first(client):
    response = client.get(HOME)
    assert (response.status_code, response.url) == (302, f"{reverse('account:login')}?next=/")
