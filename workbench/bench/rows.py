"""What a run measured: rows of a table, each with a column for each server."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.table import Table

OURS, MORE, STOCK, FLOOR = "vores", "flere", "Rasas egen", "gulvet"
COLUMNS = (OURS, MORE, STOCK, FLOOR)


@dataclass(frozen=True)
class Row:
    """A measure by column."""

    section: str
    title: str
    unit: str
    values: Mapping[str, float]

    @property
    def ratio(self) -> float | None:
        """Ours divided by Rasa's own; None where one is missing."""
        ours, stock = self.values.get(OURS), self.values.get(STOCK)
        return ours / stock if ours is not None and stock else None


@dataclass
class Rows:
    """The rows in the order in which they were measured, and turns a second with their milliseconds."""

    rows: list[Row] = field(default_factory=list)
    # By column: turns a second that were asked for, and the 50th, 95th and 99th percentile in ms.
    curves: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)

    def add(self, section: str, title: str, unit: str, values: Mapping[str, float]) -> None:
        """Adds a row."""
        self.rows.append(Row(section, title, unit, values))


def table(rows: list[Row]) -> Table:
    """The table to print."""
    shown = Table("mål", "enhed", *COLUMNS, "vores / Rasas egen")
    for row in rows:
        cells = [_number(row.values.get(column)) for column in COLUMNS]
        shown.add_row(row.title, row.unit, *cells, "" if row.ratio is None else f"{row.ratio:.2f}")
    return shown


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}".replace(",", ".") if value >= 100 else f"{value:.1f}".replace(".", ",")
