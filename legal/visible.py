"""Tells visible characters from control, format and unassigned ones."""

from unicodedata import category

from common.plain_text import cleaned

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def is_seen(sign: str) -> bool:
    """Whether a character is visible by itself: no control, joiner or line end, nothing that is never drawn."""
    return category(sign) not in _UNSEEN and cleaned(f"a{sign}") == f"a{sign}"
