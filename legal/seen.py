"""Tells which signs of a text somebody sees."""

from unicodedata import category

from common.plain_text import cleaned

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def is_seen(sign: str) -> bool:
    """Whether a sign by itself is seen: no control, no joiner, no end of a line, nothing that is never drawn."""
    return category(sign) not in _UNSEEN and cleaned(f"a{sign}") == f"a{sign}"
