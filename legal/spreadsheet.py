"""CSV for Danish spreadsheets, safe from formula injection.

Citizens' texts are untrusted: a cell that a spreadsheet would calculate, also a telephone number with plus, gets an
apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from legal.visible import is_seen

_FORMULA = ("=", "+", "-", "@", "|", "%")


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula; empty for None."""
    text = "" if value is None else str(value)
    # Some programs skip blanks and invisible characters before a formula.
    seen = next((sign for sign in text if not sign.isspace() and is_seen(sign)), "")
    # Full-width characters count as plain ones.
    first = unicodedata.normalize("NFKC", seen)
    return f"'{text}" if first in _FORMULA or text[:1] in ("\t", "\r", "\n") else text


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header: semicolons, all cells quoted, a byte order mark so that Excel reads UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + file.getvalue()
