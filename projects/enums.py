"""States and kinds. Stored values are English and permanent; labels are what people read."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    MANAGER = "manager", _("Unit manager")
    SECRETARY = "secretary", _("Committee secretary")
    CONTROLLER = "controller", _("Controller")
    PROPOSER = "proposer", _("Proposer")
    READER = "reader", _("Reader")
    ADMINISTRATOR = "administrator", _("Administrator")


class UnitKind(TextChoices):
    INTERNAL = "internal", _("Own unit")
    PARTNER = "partner", _("Partner")


class PoolKind(TextChoices):
    REINVESTMENT = "reinvestment", _("Reinvestment pool")
    BUDGET_AGREEMENT = "budget_agreement", _("Budget agreement")
    STATE_POOL = "state_pool", _("State pool")


class ServiceFrame(TextChoices):
    """Whether money counts in the ceiling the state sets for municipal service expenditure."""

    INSIDE = "inside", _("Inside servicerammen")
    OUTSIDE = "outside", _("Outside servicerammen")
    UNKNOWN = "unknown", _("Not known")


class CarryOver(TextChoices):
    """What of a year's unused frame goes on to the next."""

    NONE = "none", _("Nothing: what is unused lapses")
    ALL = "all", _("All that is unused")
    LIMITED = "limited", _("Up to a share of the frame")


class AmountReading(TextChoices):
    """What a state pool's published amount covers; papers often leave it open."""

    TOTAL = "total", _("The whole effort, own share included")
    STATE_SHARE = "state_share", _("Only what the state pays")
    UNCLEAR = "unclear", _("The paper does not say")


class ApplicationDecision(TextChoices):
    UNDECIDED = "undecided", _("Not decided")
    APPLY = "apply", _("Apply")
    DO_NOT_APPLY = "do_not_apply", _("Do not apply")


class TermState(TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    UNKNOWN = "unknown", _("Not known")


class ProposalVariant(TextChoices):
    LONG = "long", _("Long form")
    SHORT = "short", _("Short form, without others responsible and schedule")


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DecisionOutcome(TextChoices):
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Rejected")


class ProjectState(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


class BudgetKind(TextChoices):
    ORIGINAL = "original", _("Original grant")
    SUPPLEMENTARY = "supplementary", _("Supplementary grant")
    TRANSFER = "transfer", _("Transfer")
    CARRY_OVER = "carry_over", _("Carry-over")
    RETURN = "return", _("Return to the pool")
    CORRECTION = "correction", _("Correction")


class BatchKind(TextChoices):
    FILE = "file", _("File")
    REVERSAL = "reversal", _("Undone")
    MOVE = "move", _("Moved posting")


class PlacementKind(TextChoices):
    """By what a ledger row is known to belong to a project."""

    PROJECT_KEY = "project_key", _("Project number")
    ACCOUNT = "account", _("Account")


class LedgerColumn(TextChoices):
    """What a column of a ledger file holds, in the order people are asked for them."""

    DATE = "date", _("Date")
    AMOUNT = "amount", _("Amount")
    CREDIT = "credit", _("Credit, taken off the amount")
    ACCOUNT = "account", _("Account")
    TEXT = "text", _("Text")
    PROJECT_KEY = "project_key", _("Project number or PSP element")
    VOUCHER = "voucher", _("Voucher")
    VOUCHER_LINE = "voucher_line", _("Line of the voucher")


class LedgerEncoding(TextChoices):
    AUTO = "auto", _("Find out")
    UTF_8 = "utf-8-sig", _("UTF-8")
    WINDOWS = "cp1252", _("Windows-1252")
    DOS = "cp865", _("CP865 (older systems)")
    UTF_16 = "utf-16", _("UTF-16 (Excel's Unicode text)")


class LedgerDelimiter(TextChoices):
    AUTO = "auto", _("Find out")
    SEMICOLON = ";", _("Semicolon")
    TAB = "tab", _("Tab")
    COMMA = ",", _("Comma")


class LedgerDecimal(TextChoices):
    COMMA = "comma", _("Comma: 1.234,50")
    DOT = "dot", _("Dot: 1,234.50")


class SnapshotState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class Light(TextChoices):
    GREEN = "green", _("Green")
    YELLOW = "yellow", _("Yellow")
    RED = "red", _("Red")


class Dimension(TextChoices):
    """What a light is set for; each has its own light and comment on the monthly status."""

    OVERALL = "overall", _("Overall")
    ECONOMY = "economy", _("Economy")
    SCHEDULE = "schedule", _("Schedule")
    RESULTS = "results", _("Results")


class Direction(TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NEUTRAL = "neutral", _("Neither")


class CountingRule(TextChoices):
    AT_DATE = "at_date", _("At a date")
    IN_PERIOD = "in_period", _("In the period")
    SINCE_START = "since_start", _("Since start")


class BreakdownKind(TextChoices):
    SPLIT = "split", _("Split by category")
    FLOW = "flow", _("In, out and remaining")
    CROSS = "cross", _("Rows by columns")
    SHARE = "share", _("Part of a whole")


class StoryState(TextChoices):
    """How far a case story is. An approved one whose day has passed is expired, whatever its state."""

    DRAFT = "draft", _("Draft")
    READ = "read", _("Read")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class FollowUpKind(TextChoices):
    """What a committee left for a project in a meeting."""

    QUESTION = "question", _("Question")
    DECISION = "decision", pgettext_lazy("of a committee", "Decision")


class ReminderChoice(TextChoices):
    """When a person wants mail about what they owe."""

    BEFORE_AND_AFTER = "before_and_after", _("Before the deadline, and when it has passed")
    ON_THE_DAY = "on_the_day", _("Only on the day of the deadline")
    NONE = "none", _("No reminders")


class ReminderKind(TextChoices):
    """Which reminder of a deadline."""

    BEFORE = "before", _("Before the deadline")
    ON_THE_DAY = "on_the_day", _("On the day of the deadline")
    AFTER = "after", _("After the deadline")


class AbsenceKind(TextChoices):
    """Why somebody is away. Illness is not among them: nobody else needs to read it here."""

    PARENTAL = "parental", _("Parental leave")
    HOLIDAY = "holiday", _("Holiday")
    OTHER = "other", _("Other absence")


class MailKind(TextChoices):
    DIGEST = "digest", _("Reminder")
    MEETING_MOVED = "meeting_moved", _("Meeting moved")
    STAND_IN = "stand_in", _("Stand-in")
    HANDOVER = "handover", _("Handover")
    RETURNED = "returned", _("Returned status")
    CO_AUTHOR = "co_author", _("Co-author of a proposal")
    STORY = "story", _("Case story")


class MailState(TextChoices):
    """How far a mail is. What was in the server's hands when the program stopped is unclear, and never sent again."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    UNCLEAR = "unclear", _("Perhaps sent")


class Severity(IntegerChoices):
    FINDING = 1, _("Finding")
    BLOCKING = 2, _("Blocking")


class CommitmentEnd(TextChoices):
    """What became of a commitment."""

    POSTED = "posted", _("Posted")
    RELEASED = "released", _("Released")


class Subject(TextChoices):
    """What an event is about."""

    SNAPSHOT = "snapshot", _("Monthly status")
    PROJECT = "project", _("Project")
    BUDGET_LINE = "budget_line", _("Budget line")
    PROPOSAL = "proposal", _("Proposal")
    POOL = "pool", _("Pool")
    IMPORT = "import", _("Import")
    LEDGER_MAPPING = "ledger_mapping", _("Ledger mapping")
    FISCAL_YEAR = "fiscal_year", _("Fiscal year")
    CHART = "chart", _("Chart of accounts")
    NOTE = "note", _("Note")
    PAPER = "paper", _("Issued paper")
    USER = "user", _("User")
    UNIT = "unit", _("Unit")
    COMMITTEE = "committee", _("Committee")
    MEETING = "meeting", _("Meeting")
    ROUND = "round", _("Status round")
    GOAL = "goal", _("Strategic goal")
    TRACK = "track", _("Track")
    TARGET_GROUP = "target_group", _("Target group")
    LEGAL_BASIS = "legal_basis", _("Legal basis")
    BENEFIT = "benefit", _("Benefit")
    FTE_RATE = "fte_rate", _("Full-time rate")
    SAVED_VIEW = "saved_view", _("Saved view")
    PRICE_INDEX = "price_index", _("Price and wage index")
    NOTE_TEMPLATE = "note_template", _("Headings of notes")
