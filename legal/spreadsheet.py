"""Rows as CSV that a Danish spreadsheet opens rightly, and in which nothing is a formula.

What citizens wrote is untrusted: a cell that a spreadsheet would calculate gets an apostrophe before it
(OWASP, CSV injection), telephone numbers with their plus included.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from legal.seen import is_seen

_FORMULA = ("=", "+", "-", "@", "|", "%")


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula; empty for None."""
    text = "" if value is None else str(value)
    # Some programs leave out blanks and what is not seen, and calculate what comes then.
    seen = next((sign for sign in text if not sign.isspace() and is_seen(sign)), "")
    # Full-width signs count as their plain siblings.
    first = unicodedata.normalize("NFKC", seen)
    return f"'{text}" if first in _FORMULA or text[:1] in ("\t", "\r", "\n") else text


def to_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a line of heads: semicolons, every cell quoted, and the mark that tells Excel that it is UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + file.getvalue()
