"""The addresses of papers beside the notes with those who may open them, for tests/test_access.py."""

from tests.access_pages import CASEWORKERS, COMPOSERS, COUNTERS, EVERYBODY, MANAGER, MANAGERS, POST, Page, only

# Those who read papers of some pool or project, and not of this one.
PAPER_STRANGERS = CASEWORKERS | {"other_manager"}
LETTER, QUESTION = {"pk": "letter"}, {"pk": "letter", "question": "question"}
CATALOGUE = {"kind": "catalogue", "of": "pool"}
CATALOGUE_ORDER = {**CATALOGUE, "order": "paper_order"}
CATALOGUE_VERSION = {**CATALOGUE, "number": "version"}
REPORT = {"kind": "report", "of": "code", "number": "version"}
# Those who see the project's report and do not issue it.
REPORT_READERS = only("caseworker", "controller")
NO_REPORT = only("other_caseworker", "other_manager")
ISSUERS = MANAGER | COMPOSERS


def public_paper_page(name: str) -> Page:
    """What is done to the public edition of a project's report, begun and not issued."""
    return Page(f"reports:{name}", ISSUERS, NO_REPORT, REPORT, POST, 302)


def autosave_page(name: str, args: dict[str, str]) -> Page:
    """A letter's page saves itself for those who write it; one who is logged out is told so."""
    writers, strangers = MANAGER | COMPOSERS, only("other_manager")
    return Page(name, writers, strangers, args, POST, 422, otherwise={"anonymous": 401})


PAPER_PAGES = (
    # A letter of the manager's unit
    Page("reports:letter-create", MANAGERS | COMPOSERS),
    Page("reports:letter-create", MANAGERS | COMPOSERS, method=POST, status=422),
    Page("reports:letter-edit", MANAGER | COMPOSERS, only("other_manager"), LETTER),
    Page("reports:letter-edit", MANAGER | COMPOSERS, only("other_manager"), LETTER, POST, 422),
    autosave_page("reports:letter-autosave", LETTER),
    autosave_page("reports:question-autosave", QUESTION),
    Page("reports:question-create", MANAGER | COMPOSERS, only("other_manager"), LETTER),
    Page("reports:question-create", MANAGER | COMPOSERS, only("other_manager"), LETTER, POST, 422),
    Page("reports:question-edit", MANAGER | COMPOSERS, only("other_manager"), QUESTION),
    Page("reports:question-edit", MANAGER | COMPOSERS, only("other_manager"), QUESTION, POST, 422),
    Page("reports:question-delete", MANAGER | COMPOSERS, only("other_manager"), QUESTION, POST, 302),
    # Other papers: of the manager's pool
    Page("reports:paper-list", CASEWORKERS | MANAGERS | COUNTERS),
    Page("reports:paper-show", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE),
    Page("reports:paper-preview", MANAGER | COMPOSERS, PAPER_STRANGERS, CATALOGUE, POST, 302),
    # It says what was issued already, so one is sent to that.
    Page("reports:paper-issue", MANAGER | COMPOSERS, PAPER_STRANGERS, CATALOGUE, POST, 302),
    Page("reports:paper-order", MANAGER | COMPOSERS, PAPER_STRANGERS, CATALOGUE_ORDER),
    Page("reports:paper-again", MANAGER | COMPOSERS, PAPER_STRANGERS, CATALOGUE_ORDER, POST, 302),
    Page("reports:paper-draft", MANAGER | COMPOSERS, PAPER_STRANGERS, CATALOGUE_ORDER),
    Page("reports:paper-version", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
    Page("reports:paper-pdf", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
    Page("reports:paper-word", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
    Page("reports:paper-package", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
    Page("reports:paper-public", ISSUERS, NO_REPORT | REPORT_READERS, REPORT),
    Page("reports:paper-public-begin", ISSUERS, NO_REPORT, REPORT, POST, 422),
    Page("reports:paper-public-texts", ISSUERS, NO_REPORT, REPORT, POST, 422),
    *(
        public_paper_page(name)
        for name in (
            *("paper-public-answer", "paper-public-approve", "paper-public-again", "paper-public-discard"),
            *("paper-page-open", "paper-page-close"),
        )
    ),
    Page("reports:paper-public-file", ISSUERS | REPORT_READERS, NO_REPORT, {**REPORT, "ending": "pdf"}),
    # Everybody's: the page of a project that is open
    Page("reports:public-project", EVERYBODY, args={"code": "open_project"}, is_public=True),
    Page("reports:public-project-pdf", EVERYBODY, args={"code": "open_project"}, is_public=True),
    Page("reports:robots", EVERYBODY, is_public=True),
    Page("reports:paper-facts", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
)
