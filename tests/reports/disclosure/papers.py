"""Public notes as an attacker reads them. He knows which rows every table has; only their counts are kept from him."""

from collections.abc import Iterator, Sequence

from reports.facts.note import CountRow, CountTable, NoteFacts, SectionFacts
from tests.reports.disclosure.attacker import HIDDEN, Attacker

OTHERS = "Øvrige"


def paths(rows: Sequence[CountRow]) -> list[str]:
    found, above = [], []
    for row in rows:
        above = [*above[: row.depth], row.label]
        found.append("/".join(above))
    return found


def parent_of(path: str) -> str:
    return path.rpartition("/")[0]


def reads(attacker: Attacker, full: NoteFacts, public: NoteFacts) -> None:
    """Let the attacker read a public note. `full` tells him the rows there are, and which sums are right."""
    for truth, section in zip(full.sections, public.sections, strict=True):
        for measure in section.measures.measures if section.measures else ():
            for month, field in ((section.month, "value"), (measure.previous_month, "previous")):
                count = HIDDEN if field in measure.masked else getattr(measure, field)
                attacker.sees(f"{section.project_code}/{measure.name}/{month}", count)
        for true_table, table in zip(truth.tables, section.tables, strict=True):
            _reads_flow(attacker, section, table) if table.is_flow else _reads_split(
                attacker, section, true_table, table
            )


def _reads_flow(attacker: Attacker, section: SectionFacts, table: CountTable) -> None:
    for row in table.rows:
        names = [f"{section.project_code}/{row.label}/{field}" for field in ("value", "count_out", "remaining")]
        for name, field in zip(names, ("value", "count_out", "remaining"), strict=True):
            attacker.sees(name, HIDDEN if field in row.masked else getattr(row, field))
        if all(name in attacker.low for name in names):
            attacker.knows({names[0]: 1, names[1]: -1, names[2]: -1})


def _reads_split(attacker: Attacker, section: SectionFacts, truth: CountTable, table: CountTable) -> None:
    word = f"{section.project_code}/{truth.caption}/{section.month}"
    printed = dict(zip(paths(table.rows), table.rows, strict=True))
    true_rows = dict(zip(paths(truth.rows), truth.rows, strict=True))
    for path, row in true_rows.items():
        if row.value is not None:
            shown = printed.get(path)
            attacker.sees(f"{word}/{path}", HIDDEN if shown is None or shown.masked else shown.value)
    for path, row in printed.items():
        if path not in true_rows:
            assert row.label == OTHERS
            missing = [p for p in true_rows if p not in printed and parent_of(p) == parent_of(path)]
            attacker.sees(f"{word}/{path}", row.value)
            attacker.knows({f"{word}/{path}": -1, **{f"{word}/{p}": 1 for p in missing}})
    for equation in _sums(word, truth, true_rows):
        attacker.knows(equation)
    if table.is_exclusive:
        attacker.sees(f"{word}//total", HIDDEN if "total" in table.masked else table.total)
    for field in ("expected",) if table.expected_label else ():
        name = f"{section.project_code}/{table.expected_label}/{section.month}"
        attacker.sees(name, HIDDEN if field in table.masked else getattr(table, field))
        if truth.total == truth.expected:
            attacker.knows({name: 1, f"{word}//total": -1})


def _sums(word: str, truth: CountTable, rows: dict[str, CountRow]) -> Iterator[dict[str, int]]:
    for path, row in {**rows, "": None}.items():
        if not truth.is_exclusive:
            return
        below = [one for one in rows if parent_of(one) == path and one != path and rows[one].value is not None]
        whole = truth.total if row is None else row.value
        if not below or whole is None:
            continue
        name = f"{word}/{path}" if path else f"{word}//total"
        equation = {name: -1, **{f"{word}/{one}": 1 for one in below}}
        left = whole - sum(rows[one].value or 0 for one in below)
        yield {**equation, f"{name}//left": 1} if left else equation


def weakest(papers: Sequence[tuple[NoteFacts, NoteFacts]], *, enough: int) -> tuple[int, str]:
    """Return the fewest counts any hidden cell may hold once every (full, public) paper is read, and which it is."""
    attacker = Attacker()
    for full, public in papers:
        reads(attacker, full, public)
    for equation in attacker.equations:
        for name in equation:
            attacker.supposes(name, 0)
    secret = [name for name in attacker.low if attacker.low[name] != attacker.high[name]]
    return min(((attacker.candidates(name, enough=enough), name) for name in secret), default=(enough, ""))
