"""The intents, slots and responses of the domain that no dialogue reaches."""

from collections.abc import Iterable

from workbench.dialogues.citizen import Touched
from workbench.shared.vocabulary import Vocabulary, vocabulary


def by_title(names: Touched | Vocabulary) -> dict[str, frozenset[str]]:
    """The names by the Danish title of their kind."""
    return {"Intentioner": names.intents, "Felter": names.slots, "Svar": names.responses}


def untouched(touched: Iterable[Touched], known: Vocabulary | None = None) -> dict[str, list[str]]:
    """The known names that did not occur, sorted, by title."""
    occurred = Touched()
    for one in touched:
        occurred = occurred | one
    reached = by_title(occurred)
    return {title: sorted(names - reached[title]) for title, names in by_title(known or vocabulary()).items()}
