"""The expectation tables beside the tests, one example a line."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=COPENHAGEN)


def rows(name: str, columns: int | None = None) -> list[tuple[str, ...]]:
    """The lines of ``<name>.tsv`` without comments; each with so many columns where that is fixed."""
    found = []
    for line in (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row = tuple(line.split("\t"))
            if columns is not None and len(row) != columns and row[0] != "now":
                raise ValueError(f"{name}.tsv: {line!r} must have {columns} columns, has {len(row)}")
            found.append(row)
    return found


def listed(cell: str) -> list[str]:
    """A cell with commas as a list."""
    return [part for part in cell.split(",") if part]


def unescaped(cell: str) -> str:
    r"""A cell with characters that cannot be seen, written as \u200b, \n or \t."""
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in cell else cell
