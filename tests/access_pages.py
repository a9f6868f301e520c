"""Every address of the product with those who may open it, for tests/test_access.py."""

from dataclasses import dataclass, field

GET, POST = "GET", "POST"

LOGIN, REFUSED, HIDDEN = "login", 403, 404

# Those who have something to do with what is opened, and those who hold the same role elsewhere.
PEOPLE = (
    *("anonymous", "outsider", "reader", "proposer", "other_proposer", "caseworker", "other_caseworker"),
    *("manager", "other_manager", "secretary", "controller", "administrator"),
)
EVERYBODY = frozenset(PEOPLE[1:])
MANAGERS = frozenset({"manager", "other_manager"})
PROPOSERS = frozenset({"proposer", "other_proposer"})
CASEWORKERS = frozenset({"caseworker", "other_caseworker"})
COUNTERS = frozenset({"secretary", "controller", "administrator"})
CONTROLLERS = frozenset({"controller", "administrator"})
PUBLISHERS = MANAGERS | frozenset({"secretary", "administrator"})
COMPOSERS = frozenset({"secretary", "administrator"})
# Everybody but those who may see the project.
STRANGERS = EVERYBODY - {"caseworker", "manager"} - COUNTERS

POOL = {"code": "pool"}
SHEET = {"kind": "csv"}
FRAME = {"code": "pool", "year": "year"}
LINE = {"code": "pool", "pk": "line"}
SCENARIO = {"code": "pool", "pk": "scenario"}
STATE_POOL, EFFORT = {"code": "state_pool"}, {"code": "state_pool", "pk": "effort"}
DRAFT, SENT = {"pk": "draft"}, {"pk": "sent"}
PROJECT = {"code": "code"}
INDICATOR = {"code": "code", "pk": "indicator"}
STORY = {"code": "code", "pk": "story"}
TABLE = {"code": "code", "pk": "table"}
MONTH = {"code": "code", "month": "month"}
INDICATOR_MONTH, TABLE_MONTH = INDICATOR | MONTH, TABLE | MONTH
FOLLOW_UP = {"code": "code", "pk": "follow_up"}
NOTE = {"pk": "note"}
ABSENCE = {"pk": "absence"}
COMMITMENT = {"code": "code", "pk": "commitment"}
CARRIED = {"code": "pool", "pk": "carried"}
POSTING = {"code": "pool", "pk": "posting"}
EXPLAINED = {"code": "pool", "month": "month", "project": "code"}
BATCH, UPLOAD = {"code": "pool", "pk": "batch"}, {"code": "pool", "pk": "upload"}
MEETING, ROUND = {"pk": "meeting"}, {"pk": "round"}
NOTE_SECTION, NOTE_PART = {"pk": "note", "code": "code"}, {"pk": "note", "part": "part"}
NOTE_ANNEX = {"pk": "note", "annex": "note_annex"}
NOTE_REFERENCE = {"pk": "note", "reference": "note_reference"}
VERSION = {"pk": "note", "number": "version"}
PAPER = {"pk": "note", "rendering": "rendering"}


@dataclass(frozen=True)
class Page:
    """Who opens an address, and with which answer. `hidden` are told it does not exist, all others it is not theirs.

    A form that is posted empty answers 422; 302 is the page one is sent on to.
    """

    name: str
    opens: frozenset[str]
    hidden: frozenset[str] = frozenset()
    args: dict[str, str] = field(default_factory=dict)
    method: str = GET
    status: int = 200
    otherwise: dict[str, int] = field(default_factory=dict)
    is_public: bool = False

    def expected(self, who: str) -> int | str:
        if who == "anonymous":
            return self.otherwise.get(who, self.status if self.is_public else LOGIN)
        if who in self.otherwise:
            return self.otherwise[who]
        if who in self.opens:
            return self.status
        return HIDDEN if who in self.hidden else REFUSED


def only(*names: str) -> frozenset[str]:
    return frozenset(names)


MANAGER, ELSEWHERE = only("manager"), only("other_manager")
# Those who set a pool up.
POOL_KEEPERS = only("manager", "administrator")
COMMITTERS = only("manager", "controller")
RETURN_KEEPERS = only("manager", "controller", "administrator")
# Those who decide what a project counts.
SETTERS, NOT_ON_IT = only("caseworker", "manager", "administrator"), only("other_caseworker", "other_manager")
AUTHOR = only("proposer", "administrator")
# A draft is its author's; who may not read it is told that it does not exist.
NOT_THE_AUTHOR = EVERYBODY - AUTHOR - {"secretary", "controller"}

PAGES = (
    Page("projects:help", EVERYBODY),
    Page("projects:healthz", EVERYBODY, is_public=True),
    Page("projects:readyz", EVERYBODY, is_public=True),
    Page("account:login", EVERYBODY, is_public=True, otherwise=dict.fromkeys(EVERYBODY, 302)),
    Page("account:password", EVERYBODY),
    Page("reports:home", EVERYBODY),
    Page("reports:overview", MANAGERS | COUNTERS),
    Page("reports:overview-print", MANAGERS | COUNTERS),
    Page("reports:overview-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:overview-lines", MANAGERS | COUNTERS),
    Page("reports:overview-lines-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:overview-postings", MANAGERS | COUNTERS),
    Page("reports:overview-postings-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:overview-commitments", MANAGERS | COUNTERS),
    Page("reports:overview-commitments-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:overview-rest", MANAGERS | COUNTERS),
    Page("reports:overview-rest-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:overview-expected", MANAGERS | COUNTERS),
    Page("reports:overview-expected-export", MANAGERS | COUNTERS, args=SHEET),
    Page("reports:committee-list", only("reader") | MANAGERS | COUNTERS),
    Page("reports:committee-show", only("reader") | MANAGERS | COUNTERS, args={"code": "committee"}),
    Page("reports:view-save", MANAGERS | COUNTERS),
    Page("reports:view-save", MANAGERS | COUNTERS, method=POST, status=422),
    # Somebody's own; another's does not exist.
    Page("reports:view-delete", only("manager"), only("other_manager") | COUNTERS, {"pk": "view"}, POST, 302),
    # Pools and their economy lists
    Page("projects:pool-list", MANAGERS | COUNTERS),
    Page("projects:pool-create", MANAGERS | {"administrator"}),
    Page("projects:pool-create", MANAGERS | {"administrator"}, method=POST, status=422),
    Page("projects:pool-detail", MANAGER | COUNTERS, ELSEWHERE, POOL),
    Page("projects:pool-settings", POOL_KEEPERS, ELSEWHERE, POOL),
    Page("projects:pool-settings", POOL_KEEPERS, ELSEWHERE, POOL, POST, 422),
    Page("projects:frame-create", POOL_KEEPERS, ELSEWHERE, POOL),
    Page("projects:frame-create", POOL_KEEPERS, ELSEWHERE, POOL, POST, 422),
    Page("projects:frame-edit", POOL_KEEPERS, ELSEWHERE, FRAME),
    Page("projects:frame-edit", POOL_KEEPERS, ELSEWHERE, FRAME, POST, 422),
    Page("projects:estimate-create", MANAGER, ELSEWHERE, FRAME),
    Page("projects:estimate-create", MANAGER, ELSEWHERE, FRAME, POST, 422),
    Page("projects:estimate-edit", MANAGER, ELSEWHERE, LINE),
    Page("projects:estimate-edit", MANAGER, ELSEWHERE, LINE, POST, 422),
    Page("projects:estimate-remove", MANAGER, ELSEWHERE, LINE, POST, 422),
    Page("projects:board", MANAGER | COUNTERS, ELSEWHERE, POOL),
    Page("projects:board", MANAGER | COUNTERS, ELSEWHERE, POOL, POST),
    Page("projects:board-scenario", MANAGER | COUNTERS, ELSEWHERE, SCENARIO),
    Page("projects:board-compare", MANAGER | COUNTERS, ELSEWHERE, POOL),
    Page("projects:scenario-adopt", MANAGER, ELSEWHERE, SCENARIO),
    Page("projects:scenario-adopt", MANAGER, ELSEWHERE, SCENARIO, POST, 422),
    Page("projects:scenario-delete", POOL_KEEPERS, ELSEWHERE, SCENARIO, POST, 302),
    Page("projects:criteria-edit", POOL_KEEPERS, ELSEWHERE, POOL),
    Page("projects:criteria-edit", POOL_KEEPERS, ELSEWHERE, POOL, POST, 422),
    Page("projects:score-edit", POOL_KEEPERS, ELSEWHERE, {"code": "pool", "pk": "sent"}),
    Page("projects:state-pool", MANAGER | COUNTERS, ELSEWHERE, STATE_POOL),
    Page("projects:terms-edit", POOL_KEEPERS, ELSEWHERE, STATE_POOL),
    Page("projects:terms-edit", POOL_KEEPERS, ELSEWHERE, STATE_POOL, POST, 422),
    Page("projects:effort-create", POOL_KEEPERS, ELSEWHERE, STATE_POOL),
    Page("projects:effort-create", POOL_KEEPERS, ELSEWHERE, STATE_POOL, POST, 422),
    Page("projects:effort-edit", POOL_KEEPERS, ELSEWHERE, EFFORT),
    Page("projects:effort-edit", POOL_KEEPERS, ELSEWHERE, EFFORT, POST, 422),
    Page("projects:effort-remove", POOL_KEEPERS, ELSEWHERE, EFFORT, POST, 422),
    # Ledgers
    Page("projects:ledger-show", MANAGER | COUNTERS, ELSEWHERE, POOL),
    Page("projects:posting-list", MANAGER | COUNTERS, ELSEWHERE, POOL),
    Page("projects:month-end", MANAGER | COUNTERS, ELSEWHERE, {"code": "pool", "month": "month"}),
    Page("projects:deviation-explain", MANAGER | CONTROLLERS, ELSEWHERE, EXPLAINED, POST, 422),
    Page("projects:chart-show", CONTROLLERS),
    Page("projects:fiscal-years", CONTROLLERS),
    Page("projects:fiscal-year-change", CONTROLLERS, args={"year": "year"}, method=POST, status=422),
    Page("projects:pool-carry-over", CONTROLLERS, args=FRAME),
    Page("projects:pool-carry-over", CONTROLLERS, args=FRAME, method=POST, status=422),
    Page("projects:carry-over-back", CONTROLLERS, args=CARRIED, method=POST, status=422),
    Page("projects:posting-show", MANAGER | COUNTERS, ELSEWHERE, POSTING),
    Page("projects:posting-move", CONTROLLERS, args=POSTING, method=POST, status=422),
    Page("projects:batch-show", MANAGER | COUNTERS, ELSEWHERE, BATCH),
    Page("projects:batch-undo", CONTROLLERS, args=BATCH, method=POST, status=422),
    Page("projects:postings-place", CONTROLLERS, args=POOL),
    Page("projects:postings-place", CONTROLLERS, args=POOL, method=POST, status=422),
    Page("projects:placement-forget", CONTROLLERS, args={"code": "pool", "pk": "placement"}, method=POST, status=302),
    Page("projects:upload-create", CONTROLLERS, args=POOL),
    Page("projects:upload-create", CONTROLLERS, args=POOL, method=POST, status=422),
    # A file on its way is its owner's alone.
    Page("projects:upload-edit", only("controller"), only("administrator"), UPLOAD),
    Page("projects:upload-edit", only("controller"), only("administrator"), UPLOAD, POST, 422),
    Page("projects:upload-discard", only("controller"), only("administrator"), UPLOAD, POST, 302),
    Page("projects:project-postings", only("caseworker", "manager") | COUNTERS, NOT_ON_IT, PROJECT),
    # Proposals
    Page("projects:proposal-list", PROPOSERS | MANAGERS | COUNTERS),
    Page("projects:proposal-list-export", PROPOSERS | MANAGERS | COUNTERS, args=SHEET),
    Page("projects:proposal-create", PROPOSERS | MANAGERS | {"administrator"}),
    Page("projects:proposal-detail", only("proposer") | COUNTERS, MANAGERS | {"other_proposer"}, DRAFT),
    Page(
        "projects:proposal-detail",
        only("proposer", "manager") | COUNTERS,
        only("other_manager", "other_proposer"),
        SENT,
    ),
    Page("projects:proposal-compare", only("proposer") | COUNTERS, MANAGERS | {"other_proposer"}, DRAFT),
    Page(
        "projects:proposal-compare",
        only("proposer", "manager") | COUNTERS,
        only("other_manager", "other_proposer"),
        SENT,
    ),
    Page("projects:proposal-edit", AUTHOR, NOT_THE_AUTHOR, DRAFT),
    Page("projects:proposal-edit", AUTHOR, NOT_THE_AUTHOR, DRAFT, POST, 422),
    Page(
        "projects:proposal-autosave",
        AUTHOR,
        NOT_THE_AUTHOR,
        DRAFT,
        POST,
        422,
        otherwise={"anonymous": 401},
    ),
    Page("projects:proposal-submit", AUTHOR, NOT_THE_AUTHOR, DRAFT, POST, 302),
    Page("projects:proposal-withdraw", AUTHOR, only("other_manager", "other_proposer"), SENT, POST, 302),
    Page("projects:co-author-add", AUTHOR, only("other_manager", "other_proposer"), SENT, POST, 422),
    Page(
        "projects:co-author-remove",
        AUTHOR,
        MANAGERS | {"other_proposer"},
        {"pk": "draft", "user_pk": "co_author"},
        POST,
        302,
    ),
    Page(
        "projects:proposal-comment",
        only("proposer", "manager", "administrator"),
        only("other_manager", "other_proposer"),
        SENT,
        POST,
        422,
    ),
    Page("projects:proposal-decide", MANAGER, ELSEWHERE, SENT),
    Page("projects:proposal-decide", MANAGER, ELSEWHERE, SENT, POST, 422),
    Page("projects:proposal-reject", MANAGER, ELSEWHERE, SENT),
    Page("projects:proposal-reject", MANAGER, ELSEWHERE, SENT, POST, 422),
    # Projects
    Page("projects:project-list", CASEWORKERS | MANAGERS | COUNTERS),
    Page("projects:project-list-export", CASEWORKERS | MANAGERS | COUNTERS, args=SHEET),
    Page(
        "projects:project-detail",
        only("caseworker", "manager") | COUNTERS,
        only("other_caseworker", "other_manager"),
        PROJECT,
    ),
    Page("projects:commitment-create", COMMITTERS, ELSEWHERE, PROJECT),
    Page("projects:commitment-create", COMMITTERS, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:commitment-end", COMMITTERS, ELSEWHERE, COMMITMENT, POST, 302),
    Page("projects:budget-line-create", MANAGER, ELSEWHERE, PROJECT),
    Page("projects:budget-line-create", MANAGER, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:budget-transfer", MANAGER, ELSEWHERE, PROJECT),
    Page("projects:budget-transfer", MANAGER, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:budget-carry-over", MANAGER, ELSEWHERE, PROJECT),
    Page("projects:budget-carry-over", MANAGER, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:caseworker-assign", MANAGER, ELSEWHERE, PROJECT),
    Page("projects:caseworker-assign", MANAGER, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:caseworker-end", MANAGER, ELSEWHERE, {"code": "code", "pk": "assignment"}, POST, 422),
    Page("projects:project-handover", only("caseworker", "manager") | COUNTERS, NOT_ON_IT, PROJECT),
    Page("projects:project-handover", MANAGER, NOT_ON_IT, PROJECT, POST, 422),
    Page("reports:project-timeline", only("caseworker", "manager") | COUNTERS, NOT_ON_IT, PROJECT),
    Page("projects:realised-returns", RETURN_KEEPERS, ELSEWHERE, PROJECT),
    Page("projects:realised-returns", RETURN_KEEPERS, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:project-create", MANAGERS | {"administrator"}),
    Page("projects:project-create", MANAGERS | {"administrator"}, method=POST, status=422),
    Page("projects:project-close", MANAGER, ELSEWHERE, PROJECT),
    Page("projects:project-close", MANAGER, ELSEWHERE, PROJECT, POST, 422),
    Page("projects:follow-up-create", COMPOSERS, args=PROJECT),
    Page("projects:follow-up-create", COMPOSERS, args=PROJECT, method=POST, status=422),
    # Secretaries and controllers see the project, and answer nothing on it.
    Page("projects:follow-up-answer", only("caseworker", "manager"), NOT_ON_IT, FOLLOW_UP),
    Page("projects:follow-up-answer", only("caseworker", "manager"), NOT_ON_IT, FOLLOW_UP, POST, 422),
    Page("projects:follow-up-close", COMPOSERS, args=FOLLOW_UP, method=POST, status=302),
    # What a project counts
    Page("projects:indicator-list", only("caseworker", "manager") | COUNTERS, NOT_ON_IT, PROJECT),
    Page("projects:indicator-create", SETTERS, NOT_ON_IT, PROJECT),
    Page("projects:indicator-create", SETTERS, NOT_ON_IT, PROJECT, POST, 422),
    Page("projects:indicator-edit", SETTERS, NOT_ON_IT, INDICATOR),
    Page("projects:indicator-edit", SETTERS, NOT_ON_IT, INDICATOR, POST, 422),
    Page("projects:indicator-delete", SETTERS, NOT_ON_IT, INDICATOR, POST, 302),
    Page("projects:indicator-move", SETTERS, NOT_ON_IT, INDICATOR, POST, 302),
    Page("projects:story-create", only("caseworker"), STRANGERS, PROJECT),
    Page("projects:story-create", only("caseworker"), STRANGERS, PROJECT, POST, 422),
    Page("projects:story-edit", only("caseworker"), STRANGERS, STORY),
    Page("projects:story-show", only("caseworker", "manager"), STRANGERS | COUNTERS, STORY),
    Page("projects:story-read", only("caseworker", "manager"), STRANGERS, STORY, POST, 302),
    Page("projects:story-approve", only("manager"), STRANGERS, STORY, POST, 302),
    Page("projects:story-return", only("caseworker", "manager"), STRANGERS, STORY, POST, 422),
    Page("projects:story-delete", only("caseworker", "manager"), STRANGERS, STORY, POST, 302),
    Page("projects:breakdown-create", SETTERS, NOT_ON_IT, PROJECT),
    Page("projects:breakdown-create", SETTERS, NOT_ON_IT, PROJECT, POST, 422),
    Page("projects:breakdown-edit", SETTERS, NOT_ON_IT, TABLE),
    Page("projects:breakdown-edit", SETTERS, NOT_ON_IT, TABLE, POST, 422),
    Page("projects:breakdown-delete", SETTERS, NOT_ON_IT, TABLE, POST, 302),
    Page("projects:breakdown-move", SETTERS, NOT_ON_IT, TABLE, POST, 302),
    Page("reports:indicator-figure", SETTERS, NOT_ON_IT, INDICATOR_MONTH),
    Page("reports:indicator-figure", SETTERS, NOT_ON_IT, INDICATOR_MONTH, POST, 302),
    Page("reports:table-figure", SETTERS, NOT_ON_IT, TABLE_MONTH),
    Page("reports:table-figure", SETTERS, NOT_ON_IT, TABLE_MONTH, POST, 302),
    # Monthly statuses
    Page("projects:status-list", EVERYBODY),
    Page("projects:status-list-export", EVERYBODY, args=SHEET),
    # Without a status there is nobody to remind; whose it is decides, see the tests of the page.
    Page("projects:status-remind", MANAGER | COMPOSERS, method=POST, status=302),
    Page(
        "projects:snapshot-edit",
        only("caseworker"),
        STRANGERS,
        MONTH,
        # Those who read but do not write are sent to the page that shows.
        otherwise=dict.fromkeys(COUNTERS | MANAGER, 302),
    ),
    Page("projects:snapshot-edit", only("caseworker"), STRANGERS, MONTH, POST, 302),
    Page("projects:snapshot-show", only("caseworker", "manager") | COUNTERS, STRANGERS, MONTH),
    Page("projects:snapshot-compare", only("caseworker", "manager") | COUNTERS, STRANGERS, PROJECT),
    Page("projects:snapshot-preview", only("caseworker", "manager") | COUNTERS, STRANGERS, MONTH, POST),
    Page("projects:snapshot-autosave", only("caseworker"), STRANGERS, MONTH, POST, otherwise={"anonymous": 401}),
    Page("projects:snapshot-submit", only("caseworker"), STRANGERS, MONTH, POST, 302),
    Page("projects:snapshot-approve", MANAGER, STRANGERS, MONTH, POST, 302),
    Page("projects:snapshot-return", MANAGER, STRANGERS, MONTH, POST, 422),
    Page("projects:snapshot-correct", only("caseworker"), STRANGERS, MONTH, POST, 422),
    Page("projects:snapshot-withdraw", only("caseworker"), STRANGERS, MONTH, POST, 302),
    Page("projects:snapshot-reopen", MANAGER, STRANGERS, MONTH, POST, 422),
    Page("projects:snapshot-discard", only("caseworker"), STRANGERS, MONTH),
    Page("projects:snapshot-discard", only("caseworker"), STRANGERS, MONTH, POST, 302),
    Page(
        "projects:attachment-download",
        only("caseworker", "manager") | COMPOSERS,
        # A controller reads what is approved; this annex belongs to a draft.
        STRANGERS | {"controller"},
        {"code": "code", "pk": "annex"},
    ),
    # Without a finding there is nothing to answer; whose it is decides, see the tests of the page.
    Page("projects:finding-answer", frozenset(), EVERYBODY, method=POST),
    # Meetings, rounds, reminders and calendars
    Page("projects:round-list", CASEWORKERS | MANAGERS | COUNTERS),
    Page("projects:meeting-create", COMPOSERS),
    Page("projects:meeting-create", COMPOSERS, method=POST, status=422),
    Page("projects:round-open", COMPOSERS, args=MEETING),
    Page("projects:round-open", COMPOSERS, args=MEETING, method=POST, status=422),
    Page("projects:meeting-move", COMPOSERS, args=MEETING),
    Page("projects:meeting-move", COMPOSERS, args=MEETING, method=POST, status=422),
    Page("projects:round-close", COMPOSERS, args=ROUND),
    Page("projects:round-close", COMPOSERS, args=ROUND, method=POST, status=302),
    Page("projects:round-reopen", COMPOSERS, args=ROUND),
    Page("projects:round-reopen", COMPOSERS, args=ROUND, method=POST, status=422),
    Page("projects:calendar-feed", EVERYBODY, args={"token": "calendar"}, is_public=True),
    Page("account:reminders", EVERYBODY),
    Page("account:reminders", EVERYBODY, method=POST, status=422),
    Page("account:calendar-renew", EVERYBODY, method=POST, status=302),
    Page("account:calendar-revoke", EVERYBODY, method=POST, status=302),
    # Absence and stand-ins; the absence is the caseworker's, on a project of the manager's unit
    Page("projects:absence-list", CASEWORKERS | MANAGERS | {"administrator"}),
    Page("projects:absence-create", CASEWORKERS | MANAGERS | {"administrator"}),
    Page("projects:absence-create", CASEWORKERS | MANAGERS | {"administrator"}, method=POST, status=422),
    Page("projects:absence-edit", SETTERS, NOT_ON_IT, ABSENCE),
    Page("projects:absence-edit", SETTERS, NOT_ON_IT, ABSENCE, POST, 422),
    Page("projects:absence-remove", SETTERS, NOT_ON_IT, ABSENCE, POST, 302),
    # Notes
    Page("reports:note-list", only("reader") | MANAGERS | COUNTERS),
    Page("reports:note-create", COMPOSERS),
    Page("reports:note-create", COMPOSERS, method=POST),
    Page("reports:note-compose", COMPOSERS, args=NOTE),
    Page("reports:note-compose", COMPOSERS, args=NOTE, method=POST),
    Page("reports:note-autosave", COMPOSERS, args=NOTE, method=POST, status=422, otherwise={"anonymous": 401}),
    Page("reports:note-checklist", COMPOSERS, args=NOTE),
    Page("reports:note-text", COMPOSERS, args=NOTE, status=302),
    Page("reports:note-section", COMPOSERS, args=NOTE_SECTION),
    Page("reports:note-section", COMPOSERS, args=NOTE_SECTION, method=POST, status=422),
    Page("reports:note-part", COMPOSERS, args=NOTE_PART),
    # An empty text is a text: nobody has seen the version it is for.
    Page("reports:note-part", COMPOSERS, args=NOTE_PART, method=POST, status=409),
    Page("reports:note-headings", COMPOSERS, args=NOTE, method=POST, status=302),
    Page("reports:note-additions", COMPOSERS, args=NOTE),
    Page("reports:note-additions", COMPOSERS, args=NOTE, method=POST, status=422),
    Page("reports:note-annex-add", COMPOSERS, args=NOTE, method=POST, status=422),
    Page("reports:note-annex-change", COMPOSERS, args=NOTE_ANNEX, method=POST, status=302),
    Page("reports:note-annex-file", COMPOSERS, args=NOTE_ANNEX),
    Page("reports:note-annex-leave-out", COMPOSERS, args=NOTE_SECTION, method=POST, status=302),
    Page("reports:note-reference-remove", COMPOSERS, args=NOTE_REFERENCE, method=POST, status=302),
    Page("reports:note-drafts", COMPOSERS, args=NOTE),
    Page("reports:note-draft", COMPOSERS, args=VERSION),
    Page("reports:note-restore", COMPOSERS, args=VERSION, method=POST, status=302),
    Page("reports:note-preview", COMPOSERS, args=NOTE, method=POST, status=302),
    Page("reports:note-issue", COMPOSERS, args=NOTE, method=POST, status=409),
    Page("reports:note-paper", COMPOSERS, args=PAPER),
    Page("reports:note-paper-again", COMPOSERS, args=PAPER, method=POST, status=302),
    Page("reports:note-paper-file", COMPOSERS, args=PAPER),
    Page("reports:note-version-show", only("reader") | MANAGERS | COUNTERS, args=VERSION),
    Page("reports:note-version", only("reader") | MANAGERS | COUNTERS, args=VERSION),
    Page("reports:note-version-word", only("reader") | MANAGERS | COUNTERS, args=VERSION),
    Page("reports:note-version-package", only("reader") | MANAGERS | COUNTERS, args=VERSION),
    Page("reports:note-version-facts", only("reader") | MANAGERS | COUNTERS, args=VERSION),
    # The public edition, begun and not issued: it does not exist for those who only read
    Page("reports:public-edition", PUBLISHERS, only("reader", "controller"), VERSION),
    Page("reports:public-begin", COMPOSERS, args=VERSION, method=POST, status=422),
    Page("reports:public-texts", COMPOSERS, args=VERSION, method=POST, status=422),
    Page("reports:public-answer", PUBLISHERS, args=VERSION, method=POST, status=302),
    Page("reports:public-approve", PUBLISHERS, args=VERSION, method=POST, status=302),
    Page("reports:public-again", PUBLISHERS, args=VERSION, method=POST, status=302),
    Page("reports:public-discard", COMPOSERS, args=VERSION, method=POST, status=302),
    Page("reports:public-file", only("reader") | MANAGERS | COUNTERS, args={**VERSION, "ending": "pdf"}),
    Page("reports:project-text", SETTERS, NOT_ON_IT, PROJECT),
    Page("reports:project-text", SETTERS, NOT_ON_IT, PROJECT, POST, 422),
)
