"""Rows of the tables (.tsv) that lie beside the unit tests of values and CPR numbers."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TUESDAY = datetime(2026, 11, 24, 10, 20, tzinfo=COPENHAGEN)


def rows(file: Path, columns: int | None = None) -> list[tuple[str, ...]]:
    """The file's lines without comments, split at tabs; ValueError for a row with another number of columns."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            row = tuple(line.split("\t"))
            if columns is not None and len(row) != columns and row[0] != "now":
                raise ValueError(f"{file.name}: {line!r} must have {columns} columns, has {len(row)}")
            found.append(row)
    return found


def listed(cell: str) -> list[str]:
    """A cell with commas as a list."""
    return [part for part in cell.split(",") if part]


def unescaped(cell: str) -> str:
    r"""A cell with its invisible characters, which the file writes as \u200b, \n or \t."""
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in cell else cell
