"""Reference numbers that citizens read aloud and type: eight characters, the last one a check character.

The alphabet has no look-alikes (I O 0 1 B S Z): 29 characters, a prime. With a weight for each place every mistyped
character and every swap of neighbours changes the sum.
"""

import secrets

from common import patterns

ALPHABET = "23456789ACDEFGHJKLMNPQRTUVWXY"
LENGTH = 8
_BETWEEN = patterns.compile(r"[\s\-\u2010-\u2015_.]+")


def _sum(characters: str) -> int:
    """Weighted sum of the characters: the last has weight 1, the one before it 2, and so on."""
    return sum(weight * ALPHABET.index(char) for weight, char in enumerate(reversed(characters), start=1))


def _mixed(characters: str) -> bool:
    """Whether there are a digit and a letter, so that it is no word and no telephone number."""
    return any(char.isdigit() for char in characters) and any(char.isalpha() for char in characters)


def new_reference() -> str:
    """A random reference of eight characters without hyphen, out of about 29^7."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        # The check character has weight 1, so it is whatever brings the sum to a multiple of 29.
        whole = body + ALPHABET[-_sum(body + ALPHABET[0]) % len(ALPHABET)]
        if _mixed(whole):
            return whole


def normalize(text: str) -> str | None:
    """The eight characters of a typed reference; None if it is none.

    Ignores case, spaces, hyphens, dashes and full stops; the check character must fit.
    """
    if len(text) > 64:
        return None
    plain = _BETWEEN.sub("", text).upper()
    if len(plain) != LENGTH or any(char not in ALPHABET for char in plain):
        return None
    return plain if _mixed(plain) and _sum(plain) % len(ALPHABET) == 0 else None


def display(reference: str) -> str:
    """Eight characters as people see them: K7QF-3MX5."""
    return f"{reference[:4]}-{reference[4:]}"
