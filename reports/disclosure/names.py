"""What each count is called. The same count has the same name in every paper; the month comes last."""

from datetime import date

from reports.facts.note import CountTable, FigureFact, SectionFacts

# The counts of a row that counts in and out, and of one that is a part of a whole.
FLOW_FIELDS = ("value", "count_out", "remaining")
SHARE_FIELDS = ("value", "out_of")


def dated(name: str, month: date) -> str:
    return f"{name}@{month:%Y-%m}"


def undated(key: str) -> str:
    return key.rpartition("@")[0]


def measure_key(project_code: str, name: str, month: date) -> str:
    return dated(f"{project_code}|{name}", month)


def figure_name(figure: FigureFact) -> str:
    """Return the indicator's name: the caption says the unit after it."""
    return figure.caption.removesuffix(f", {figure.unit}") if figure.unit else figure.caption


def row_names(section: SectionFacts, table: CountTable) -> list[str]:
    """Return each row's words: the project, the table, and its label under those it stands below."""
    names, above = [], [section.project_code, table.caption]
    for row in table.rows:
        above = [*above[: row.depth + 2], row.label]
        names.append("|".join(above))
    return names


def row_keys(section: SectionFacts, table: CountTable) -> list[str]:
    """Return the key of each row's own count; in a cross-table that is its sum."""
    return [dated(name, section.month) for name in row_names(section, table)]


def field_keys(section: SectionFacts, table: CountTable, fields: tuple[str, ...]) -> list[dict[str, str]]:
    """Return, by row, the key of each of its counts."""
    return [{field: dated(f"{name}||{field}", section.month) for field in fields} for name in row_names(section, table)]


def cell_keys(section: SectionFacts, table: CountTable) -> list[list[str]]:
    """Return, by row of a cross-table, the key of the cell in each column."""
    return [
        [dated(f"{name}||{column.label}", section.month) for column in table.columns]
        for name in row_names(section, table)
    ]


def column_keys(section: SectionFacts, table: CountTable) -> list[str]:
    name = f"{section.project_code}|{table.caption}"
    return [dated(f"{name}||{column.label}", section.month) for column in table.columns]


def total_key(section: SectionFacts, table: CountTable, field: str = "total") -> str:
    return dated(f"{section.project_code}|{table.caption}||{field}", section.month)


def countable_names(section: SectionFacts, table: CountTable) -> list[str]:
    """Return the words of every count that says how many stand in a row, for comparing months."""
    names = row_names(section, table)
    if table.is_flow:
        return [f"{name}||{field}" for name in names for field in FLOW_FIELDS]
    if table.is_share:
        return [f"{name}||value" for name in names]
    if table.is_cross:
        return [*names, *(f"{name}||{column.label}" for name in names for column in table.columns)]
    return names
