"""The addresses of papers beside the notes with those who may open them, for tests/test_access.py."""

from tests.access_pages import CASEWORKERS, COMPOSERS, COUNTERS, MANAGER, MANAGERS, POST, Page, only

# Those who read papers of some pool or project, and not of this one.
PAPER_STRANGERS = CASEWORKERS | {"other_manager"}
LETTER, QUESTION = {"pk": "letter"}, {"pk": "letter", "question": "question"}
CATALOGUE = {"kind": "catalogue", "of": "pool"}
CATALOGUE_ORDER = {**CATALOGUE, "order": "paper_order"}
CATALOGUE_VERSION = {**CATALOGUE, "number": "version"}

PAPER_PAGES = (
    # A letter of the manager's unit
    Page("reports:letter-create", MANAGERS | COMPOSERS),
    Page("reports:letter-create", MANAGERS | COMPOSERS, method=POST, status=422),
    Page("reports:letter-edit", MANAGER | COMPOSERS, only("other_manager"), LETTER),
    Page("reports:letter-edit", MANAGER | COMPOSERS, only("other_manager"), LETTER, POST, 422),
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
    Page("reports:paper-facts", MANAGER | COUNTERS, PAPER_STRANGERS, CATALOGUE_VERSION),
)
