"""Every address with those who may open it; an address that is not listed here fails the test.

The list stands in tests/access_pages.py. Each is opened by everyone in PEOPLE, one request after the other, and
whatever a request changed is rolled back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, reverse

from projects.actions.reminders import renew_calendar_key
from projects.enums import PoolKind, ProposalState, Role
from projects.models import Meeting, OrgUnit, Pool, Project, User
from reports.actions.issued_papers import gathered_paper
from reports.enums import Edition, Failure, PaperFormat, PaperKind, RenderingState
from reports.facts.canonical import to_json
from reports.facts.gathering import gather
from reports.models import Rendering, StatusNote
from tests import factories
from tests.access_pages import GET, LOGIN, PEOPLE, POST, REFUSED, Page
from tests.access_pages import PAGES as FIRST_PAGES
from tests.access_papers import PAPER_PAGES

PAGES = (*FIRST_PAGES, *PAPER_PAGES)

# Answered elsewhere: logging out has nobody to refuse, and the administration has one rule for all its pages.
APART = {"account:logout", "administration/login/"}


@dataclass
class World:
    """`sessions` of those who are logged in, by their names above; `where` the parts of addresses."""

    sessions: dict[str, str]
    where: dict[str, Any]
    # One for all, because each of their own would load every middleware anew.
    client: Client = field(default_factory=Client)

    def ask(self, who: str, url: str, method: str = GET) -> Any:
        """Return the answer to one request; what it changed is taken back."""
        before = transaction.savepoint()
        self.client.cookies.clear()
        if who in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        response = self.client.generic(method, url, content_type="application/x-www-form-urlencoded")
        if response.streaming:
            list(response.streaming_content)
        transaction.savepoint_rollback(before)
        return response


def answer(response: Any) -> int | str:
    is_to_login = response.status_code == 302 and response.url.startswith(f"{reverse('account:login')}?")
    return LOGIN if is_to_login else response.status_code


def addresses(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name (the route, for one without) and the route of every address."""
    for pattern in resolver.url_patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, pattern.namespace or namespace, path)
        else:
            yield (f"{namespace}:{pattern.name}".strip(":") if pattern.name else path), path


def ledger_of(project: Project, controller: User | None) -> dict[str, int]:
    """Store a load of the project's pool, a file on its way and a remembered placement; return where they are."""
    batch = factories.ImportBatchFactory(pool=project.pool)
    line = factories.BudgetLineFactory(project=project)
    carried = factories.BudgetLineFactory(project=project, kind="carry_over", counterpart=line)
    return {
        "batch": batch.pk,
        "carried": carried.pk,
        "posting": factories.PostingFactory(batch=batch, project=project).pk,
        "commitment": factories.CommitmentFactory(project=project).pk,
        "placement": factories.PlacementRuleFactory(pool=project.pool, project=project).pk,
        "upload": factories.LedgerUploadFactory(pool=project.pool, created_by=controller).pk,
    }


def note_with_papers(meeting: Meeting, secretary: User | None, project: Project) -> tuple[StatusNote, Rendering]:
    """Store a note with an issued version and its files, and a draft that failed but has a paper."""
    note = factories.StatusNoteFactory(meeting=meeting, created_by=secretary)
    factories.NoteSectionFactory(note=note, project=project)
    version = factories.NoteVersionFactory(note=note, facts=to_json(gather(note).facts))
    for kind in (PaperFormat.WORD, PaperFormat.PACKAGE):
        factories.NoteFileFactory(version=version, format=kind)
    factories.PublicEditionFactory(version=version)
    factories.NoteFileFactory(version=version, edition=Edition.PUBLIC, format=PaperFormat.PDF)
    failed = {"state": RenderingState.FAILED, "failure": Failure.TIME}
    return note, factories.RenderingFactory(note=note, content=b"%PDF", **failed)


def papers_of(pool: Pool) -> dict[str, Any]:
    """Store an issued catalogue of the pool, a draft of it that failed but has a paper, and a letter."""
    facts = to_json(gathered_paper(PaperKind.CATALOGUE, pool.code).facts)
    factories.PaperFileFactory(paper=factories.IssuedPaperFactory(of=pool.code, facts=facts))
    failed = {"state": RenderingState.FAILED, "failure": Failure.TIME, "content": b"%PDF"}
    order = factories.RenderingFactory(note=None, paper_kind=PaperKind.CATALOGUE, paper_of=pool.code, **failed)
    question = factories.LetterQuestionFactory(letter__unit=pool.unit)
    return {
        "catalogue": PaperKind.CATALOGUE,
        "report": PaperKind.CLOSING,
        "paper_order": order.pk,
        "letter": question.letter_id,
        "question": question.pk,
    }


def reports_of(project: Project) -> str:
    """Store the project's report with a public edition that is begun; return the code of one whose page is open."""
    begun = factories.issued_report(project)
    factories.PublicPaperFactory(paper=begun)
    factories.PaperFileFactory(paper=begun, edition=Edition.PUBLIC, format=PaperFormat.PDF)
    return factories.ProjectPageFactory().project.code


def people_around(unit: OrgUnit, elsewhere: OrgUnit) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "outsider": factories.UserFactory(),
        "reader": factories.UserFactory(roles=[Role.READER]),
        "proposer": factories.UserFactory(roles=[Role.PROPOSER]),
        "other_proposer": factories.UserFactory(roles=[Role.PROPOSER]),
        "caseworker": factories.UserFactory(roles=[Role.CASEWORKER]),
        "other_caseworker": factories.UserFactory(roles=[Role.CASEWORKER]),
        "manager": factories.UserFactory(roles=[Role.MANAGER], roles__unit=unit),
        "other_manager": factories.UserFactory(roles=[Role.MANAGER], roles__unit=elsewhere),
        "secretary": factories.UserFactory(roles=[Role.SECRETARY]),
        "controller": factories.UserFactory(roles=[Role.CONTROLLER]),
        "administrator": factories.UserFactory(roles=[Role.ADMINISTRATOR]),
    }


def logged_in(user: User) -> str:
    """Return the session of a new login."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Store it once for the whole file; what a test's requests change is rolled back on top of it."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield stored_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world, db) -> World:
    return _world


def stored_world() -> World:
    frame = factories.PoolYearFactory(pool__code="PULJE-2016")
    pool, unit = frame.pool, frame.pool.unit
    elsewhere = factories.OrgUnitFactory()
    people = people_around(unit, elsewhere)
    project = factories.ProjectFactory(code="projekt", pool=pool)
    assignment = factories.ProjectAssignmentFactory(project=project, user=people["caseworker"])
    factories.ProjectAssignmentFactory(
        project=factories.ProjectFactory(pool__unit=elsewhere), user=people["other_caseworker"]
    )
    draft = factories.ProposalFactory(pool=pool, author=people["proposer"])
    draft.co_authors.add(co_author := factories.UserFactory(roles=[Role.PROPOSER]))
    sent = factories.ProposalFactory(pool=pool, author=people["proposer"], state=ProposalState.SUBMITTED)
    line = factories.EstimateLineFactory(proposal=sent, pool_year=frame, amount=Decimal(1000))
    snapshot = factories.StatusSnapshotFactory(project=project, created_by=people["caseworker"])
    annex = factories.AttachmentFactory(snapshot=snapshot, file=ContentFile(b"%PDF-1.7", name="bilag.pdf"))
    meeting = factories.MeetingFactory(committee=pool.committee)
    round_ = factories.StatusRoundFactory(committee=pool.committee, meeting=meeting)
    note, paper = note_with_papers(meeting, people["secretary"], project)
    factories.NoteDraftFactory(note=note)
    state_pool = factories.PoolFactory(code="STATSPULJE", kind=PoolKind.STATE_POOL, unit=unit)
    where = {
        "code": project.code,
        "pool": pool.code,
        "year": frame.year,
        "month": snapshot.month,
        "line": line.pk,
        "scenario": factories.ScenarioFactory(pool=pool).pk,
        "state_pool": state_pool.code,
        "effort": factories.EffortFactory(pool=state_pool).pk,
        "draft": draft.pk,
        "co_author": co_author.pk,
        "sent": sent.pk,
        "assignment": assignment.pk,
        "absence": factories.AbsenceFactory(user=people["caseworker"]).pk,
        "indicator": factories.IndicatorFactory(project=project).pk,
        "story": factories.CaseStoryFactory(project=project).pk,
        "table": factories.BreakdownFactory(project=project).pk,
        "annex": annex.pk,
        **ledger_of(project, people["controller"]),
        "meeting": meeting.pk,
        "round": round_.pk,
        "calendar": renew_calendar_key(user=people["caseworker"]),
        "note": note.pk,
        "csv": "csv",
        "committee": pool.committee.code,
        "pdf": "pdf",
        "view": factories.SavedViewFactory(owner=people["manager"]).pk,
        "version": 1,
        "rendering": paper.pk,
        "follow_up": factories.FollowUpFactory(project=project).pk,
        **papers_of(pool),
        "open_project": reports_of(project),
        "part": factories.NotePartFactory(note=note).pk,
        "note_annex": factories.NoteAnnexFactory(note=note, file=ContentFile(b"%PDF-1.7", name="bilag.pdf")).pk,
        "note_reference": factories.NoteReferenceFactory(note=note).pk,
    }
    return World({who: logged_in(user) for who, user in people.items() if user}, where)


def test_every_address_is_listed():
    unlisted = {name for name, route in addresses(get_resolver()) if not route.startswith("administration/")}
    assert unlisted - {page.name for page in PAGES} - APART == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.name} {'-'.join(page.args.values())}")
def test_each_page_opens_for_those_listed_and_nobody_else(page: Page, world: World):
    url = reverse(page.name, kwargs={name: world.where[key] for name, key in page.args.items()})
    found = {who: answer(world.ask(who, url, page.method)) for who in PEOPLE}
    assert found == {who: page.expected(who) for who in PEOPLE}


POST_ONLY = {page.name for page in PAGES if page.method == POST} - {page.name for page in PAGES if page.method == GET}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name in POST_ONLY], ids=lambda page: page.name)
def test_what_changes_something_is_never_a_link(page: Page, world: World):
    url = reverse(page.name, kwargs={name: world.where[key] for name, key in page.args.items()})
    answers = {answer(world.ask(who, url)) for who in PEOPLE}
    assert answers <= {405, LOGIN, REFUSED}
    assert 405 in answers


def test_logging_out_is_a_post_that_ends_at_the_login(world):
    url = reverse("account:logout")
    assert {world.ask(who, url).status_code for who in PEOPLE} == {405}
    assert {world.ask(who, url, POST).url for who in PEOPLE} == {reverse("account:login")}


def administration() -> list[str]:
    """Return an address for every page of the administration, with ids that need not exist."""
    examples = {"<path:object_id>": "1", "<id>": "1", "<path:content_type_id>": "1"}
    found = set()
    for _name, route in addresses(get_resolver()):
        if route.startswith("administration/") and not route.endswith("login/"):
            path = re.sub(r"\^|\$|\(\?P<app_label>[^)]*\)", lambda m: "projects" if m[0].startswith("(") else "", route)
            path = re.sub(r"\(\?P<url>[^)]*\)", "findes-ikke", path)
            for pattern, example in examples.items():
                path = path.replace(pattern, example)
            found.add("/" + path)
    return sorted(found)


def test_the_whole_administration_is_the_administrators_alone(world):
    pages = administration()
    assert len(pages) > 100
    for url in pages:
        assert not re.search(r"[<>()^$]", url), url
        found = {who: answer(world.ask(who, url)) for who in ("anonymous", "outsider", "manager", "controller")}
        expected = {"anonymous": LOGIN, "outsider": REFUSED, "manager": REFUSED, "controller": REFUSED}
        assert found == expected, url
        assert world.ask("administrator", url).status_code in {200, 301, 302, 403, 404, 405}, url


def test_administrations_own_login_is_the_one_login(world):
    found = {
        who: answer(world.ask(who, "/administration/login/")) for who in ("anonymous", "outsider", "administrator")
    }
    assert found == {"anonymous": LOGIN, "outsider": REFUSED, "administrator": REFUSED}
