"""Actual spend: files loaded whole or not at all, and whole loads undone."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from projects.actions import ledger_staging as staging
from projects.actions.events import record_event
from projects.actions.fiscal_years import lock_open_year
from projects.actions.rollups import refresh_rollups
from projects.counts import format_count
from projects.dates import format_date
from projects.enums import BatchKind, Subject
from projects.ledger_files import Layout, LedgerReader, LedgerRow, Problem, UnreadableFileError
from projects.ledger_files.tables import MAX_TEXT
from projects.models import ImportBatch, Pool, Posting, Project, User
from projects.money import format_kroner, from_ore
from projects.queries.accounts import chart
from projects.queries.ledger import later_corrections, placement_of, same_file_of_another_system
from projects.queries.moved_postings import moves_built_on
from projects.rules.accounts import is_in_chart
from projects.rules.ledger import check_control_total, check_undo

LONGEST_NAME = 250


class LedgerRefusedError(Exception):
    """Nothing was stored. `problems` are the first of `count`, each with its line and why."""

    def __init__(self, problems: Sequence[Problem], count: int | None = None) -> None:
        self.problems = list(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__(self.problems[0].message if self.problems else "")


@dataclass(frozen=True)
class LoadResult:
    """What a load did, or would do. Kroner; `batch` is None for a dry run, and when everything was there already.

    `row_count` and `total` are the file's, `imported_total` is what the ledger grows by: new rows less what they
    correct. `unplaced_count` of the new rows match no project. `unknown_accounts` are those the chart has not, with
    how many rows they have and the first one's line; none when no chart is loaded.
    """

    batch: ImportBatch | None
    row_count: int
    total: Decimal
    imported: int
    imported_total: Decimal
    skipped: int
    corrected: int
    unplaced_count: int
    unplaced_total: Decimal
    control_total: Decimal | None = None
    ignored: int = 0
    blotted: int = 0
    unknown_accounts: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class Source:
    """Where rows come from, as it is kept with the batch."""

    file_name: str
    sha256: str
    system: str = ""
    example_note: str = ""


def import_file(
    *,
    path: Path,
    file_name: str,
    layout: Layout,
    pool: Pool,
    by: User,
    year: int | None = None,
    system: str = "",
    control_total: Decimal | None = None,
    dry_run: bool = False,
    example_note: str = "",
    max_bytes: int = MAX_TEXT,
) -> LoadResult:
    """Load a finance system's file into the pool's ledger: everything that is new in it, or nothing.

    `year` refuses rows of another year, None takes all. `control_total` is what a person typed; the file's own total
    is checked anyhow. Raises LedgerRefusedError.
    """
    try:
        reader = LedgerReader(path, layout, year=year, max_bytes=max_bytes)
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
        result = load_postings(
            pool=pool,
            rows=reader.rows(),
            source=Source(file_name[-LONGEST_NAME:], sha256, system, example_note),
            by=by,
            year=year,
            check=lambda: _check_read(reader, control_total),
            dry_run=dry_run,
        )
    except UnreadableFileError as error:
        raise LedgerRefusedError([Problem(None, str(error))]) from None
    stated = from_ore(reader.total) if reader.total is not None else control_total
    counts = {"control_total": stated, "ignored": reader.ignored, "blotted": reader.blotted}
    return LoadResult(**{**vars(result), **counts})


def _check_read(reader: LedgerReader, control_total: Decimal | None) -> None:
    if reader.problem_count:
        raise LedgerRefusedError(reader.problems, reader.problem_count)
    try:
        check_control_total(
            typed=control_total,
            total=from_ore(reader.sum),
            is_needed=reader.may_be_cut,
            has_total=reader.layout.has_total,
        )
    except ValidationError as error:
        raise LedgerRefusedError([Problem(None, message) for message in error.messages]) from None


def _nothing_to_check() -> None:
    """The rows come from the program itself."""


@staging.room_for_many()
@transaction.atomic
def load_postings(
    *,
    pool: Pool,
    rows: Iterable[LedgerRow],
    source: Source,
    by: User,
    year: int | None = None,
    check: Callable[[], None] = _nothing_to_check,
    dry_run: bool = False,
) -> LoadResult:
    """Add the rows that are new to the pool's ledger, in one transaction and bounded memory.

    A row that was loaded before adds nothing. A voucher's row that says something else than before is a correction:
    the old row is taken back by one that reverses it. A row whose project number is no project's code and whose
    placement nobody has told is put aside. `check` is called when the last row is read, and may refuse. Raises
    LedgerRefusedError when a project is deleted meanwhile, and passes on what `check` raises.
    """
    # The year before the pool, as everybody locks them.
    _check_open(year)
    # The pool is the lock: two loads of the same file, one after the other, add its rows once.
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    _check_one_system(pool, source)
    staging.stage(rows, namespace=f"{pool.pk}\x1f{source.system}", place=placement_of(pool))
    check()
    _lock_projects()
    whole = staging.staged()
    unknown = _unknown_accounts()
    is_known = staging.compare()
    fixes = staging.find_corrections() if is_known else staging.NOTHING
    if fixes.count:
        staging.keep_placements()
    fresh = staging.new_rows(is_known)
    batch = None
    if fresh.count and not dry_run:
        batch = _store(pool, source, year, by, whole, fresh, fixes, is_known)
        _refresh(batch)
    staging.drop_staging()
    return LoadResult(
        batch=batch,
        row_count=whole.count,
        total=whole.total,
        imported=fresh.count,
        imported_total=fresh.total - fixes.total,
        skipped=whole.count - fresh.count,
        corrected=fixes.count,
        unplaced_count=fresh.unplaced_count,
        unplaced_total=fresh.unplaced_total,
        unknown_accounts=unknown,
    )


def _check_open(year: int | None) -> None:
    try:
        if year is not None:
            lock_open_year(year)
    except ValidationError as error:
        raise LedgerRefusedError([Problem(None, message) for message in error.messages]) from None


def _check_one_system(pool: Pool, source: Source) -> None:
    """Refuse a file that was loaded as another system's: none of its rows would be known again."""
    earlier = same_file_of_another_system(pool, source.sha256, source.system)
    if earlier is not None:
        message = _("The file was loaded on %(day)s as a file of “%(system)s”. Say the same system, or undo that load.")
        words = {"day": format_date(localtime(earlier.created_at).date()), "system": earlier.system or "–"}
        raise LedgerRefusedError([Problem(None, message % words)])


def _refresh(batch: ImportBatch) -> None:
    touched = Posting.objects.filter(batch=batch, project__isnull=False).order_by()
    refresh_rollups(pk for pk in touched.values_list("project_id", flat=True).distinct() if pk is not None)


def _lock_projects() -> None:
    wanted = staging.staged_projects()
    kept = set(Project.objects.select_for_update(of=("self",)).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - kept:
        message = _("A project was deleted while its postings were read, so nothing is loaded. Load the file again.")
        raise LedgerRefusedError([Problem(None, message)])


def _unknown_accounts() -> tuple[tuple[str, int, int], ...]:
    held = chart()
    if not held:
        return ()
    return tuple(
        (account, count, line)
        for account, first, last, count, line in staging.staged_accounts()
        if not (is_in_chart(account, first, held) and is_in_chart(account, last, held))
    )


def _store(
    pool: Pool,
    source: Source,
    year: int | None,
    by: User,
    whole: staging.Staged,
    fresh: staging.Staged,
    fixes: staging.Staged,
    is_known: bool,
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        pool=pool,
        year=year,
        system=source.system,
        file_name=source.file_name,
        sha256=source.sha256,
        row_count=whole.count,
        imported_count=fresh.count,
        skipped_count=whole.count - fresh.count,
        corrected_count=fixes.count,
        control_total=whole.total,
        created_by=by,
        example_note=source.example_note,
    )
    if fixes.count:
        _take_back(batch)
    staging.insert_new(batch.pk, is_known)
    words = {"count": format_count(fresh.count), "name": source.file_name[:150], "total": format_kroner(whole.total, 2)}
    record_event(
        subject=Subject.IMPORT,
        subject_id=batch.pk,
        verb="loaded",
        actor=by,
        summary=_("%(count)s postings were loaded from “%(name)s”, control total %(total)s") % words,
    )
    return batch


_COPIED = (
    "p.project_id, p.posted_on, p.account, p.text, -p.amount, p.project_key, p.voucher, p.row_key, p.content_key,"
    " -p.sign, p.id"
)
_REVERSED = (
    "batch_id, line_number, project_id, posted_on, account, text, amount, project_key, voucher, row_key, content_key,"
    " sign, reverses_id"
)


def _take_back(batch: ImportBatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO projects_posting ({_REVERSED})"  # noqa: S608
            f" SELECT %s, c.line_number, {_COPIED}"
            " FROM ledger_corrected c JOIN projects_posting p ON p.id = c.posting_id ORDER BY c.line_number",
            [batch.pk],
        )


@transaction.atomic
def undo_batch(*, batch: ImportBatch, reason: str, by: User, moves: Collection[int] = ()) -> ImportBatch:
    """Take back every posting of a load by one that reverses it, and return the reversal. The rows stay as a trace.

    A moved posting goes back to the project it came from. `moves` are the moves of the load's postings that the person
    was told of: they are undone first, the newest before what it builds on. Raises ValidationError: year_closed,
    already_undone, not_a_load, reason_missing, moved_later (there is a move the person was not told of) and
    corrected_later (a later load builds on it).
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.year is not None:
        lock_open_year(batch.year)
    if batch.pool is not None:
        Pool.objects.select_for_update(of=("self",)).get(pk=batch.pool.pk)
    built_on = moves_built_on(batch)
    later = later_corrections(batch)
    reason = check_undo(
        kind=batch.kind,
        is_undone=ImportBatch.objects.filter(reverses=batch).exists(),
        corrected_by=later.file_name if later else "",
        are_moves_seen={move.batch.pk for move in built_on} <= set(moves),
        reason=reason,
    )
    for move in built_on:
        undo_batch(batch=move.batch, reason=reason, by=by)
    return _reverse(batch, reason, by)


def _reverse(batch: ImportBatch, reason: str, by: User) -> ImportBatch:
    reversal = ImportBatch.objects.create(
        pool=batch.pool,
        kind=BatchKind.REVERSAL,
        year=batch.year,
        system=batch.system,
        file_name=batch.file_name,
        sha256=batch.sha256,
        row_count=batch.row_count,
        imported_count=batch.imported_count,
        control_total=-batch.control_total,
        reverses=batch,
        reason=reason,
        created_by=by,
        example_note=batch.example_note,
    )
    with connection.cursor() as cursor:
        # A row that was corrected by a load since undone stands in the row that undid the correction.
        cursor.execute(
            f"INSERT INTO projects_posting ({_REVERSED})"  # noqa: S608
            " WITH RECURSIVE chain (line, sign_then, id) AS ("
            "  SELECT line_number, sign, id FROM projects_posting WHERE batch_id = %s"
            "  UNION ALL SELECT chain.line, chain.sign_then, p.id"
            "  FROM projects_posting p JOIN chain ON p.reverses_id = chain.id)"
            f" SELECT %s, chain.line, {_COPIED} FROM projects_posting p JOIN chain ON chain.id = p.id"
            " WHERE p.sign = chain.sign_then"
            " AND NOT EXISTS (SELECT 1 FROM projects_posting r WHERE r.reverses_id = p.id)",
            [batch.pk, reversal.pk],
        )
    _refresh(reversal)
    record_event(
        subject=Subject.IMPORT,
        subject_id=batch.pk,
        verb="undone",
        actor=by,
        summary=_("The load of “%(name)s” was undone") % {"name": batch.file_name[:150]},
        reason=reason,
    )
    return reversal
