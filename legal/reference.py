"""The reference that a citizen is given, reads aloud and types again.

Eight characters, the last of them a check character. The alphabet leaves out I O 0 1 and the letters that
are taken for digits (B for 8, S for 5, Z for 2); 29 are left, a prime. With weights that differ from place to
place, every single mistyped character and every swap of two neighbours then changes the sum.
"""

import secrets

from common import patterns

ALPHABET = "23456789ACDEFGHJKLMNPQRTUVWXY"
LENGTH = 8
_BETWEEN = patterns.compile(r"[\s\-\u2010-\u2015_.]+")


def _sum(characters: str) -> int:
    """Weighted sum of the characters, the last place weighing 1, the place before it 2 and so on."""
    return sum(weight * ALPHABET.index(char) for weight, char in enumerate(reversed(characters), start=1))


def _mixed(characters: str) -> bool:
    """A digit and a letter at least: never a word, never mistaken for a telephone number."""
    return any(char.isdigit() for char in characters) and any(char.isalpha() for char in characters)


def new_reference() -> str:
    """A fresh random reference of eight characters, without hyphen (29^7, about 17 billion, to choose from)."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        # The check character has weight 1, so it is whatever brings the sum to a multiple of 29.
        whole = body + ALPHABET[-_sum(body + ALPHABET[0]) % len(ALPHABET)]
        if _mixed(whole):
            return whole


def normalize(text: str) -> str | None:
    """The eight characters of a reference as typed, or None where it cannot be one of ours.

    Case, spaces, hyphens, dashes and full stops are forgiven. A wrong check character is not.
    """
    if len(text) > 64:
        return None
    plain = _BETWEEN.sub("", text).upper()
    if len(plain) != LENGTH or any(char not in ALPHABET for char in plain):
        return None
    return plain if _mixed(plain) and _sum(plain) % len(ALPHABET) == 0 else None


def display(reference: str) -> str:
    """A reference as people see it: K7QF-3MX5. Takes the eight characters."""
    return f"{reference[:4]}-{reference[4:]}"
