"""Which intents, slots and responses of the domain no dialogue came by."""

from collections.abc import Iterable

from workbench.dialogues.citizen import Touched
from workbench.shared.vocabulary import Vocabulary, vocabulary


def untouched(touched: Iterable[Touched], known: Vocabulary | None = None) -> dict[str, list[str]]:
    """The names left, sorted, under 'Intentioner', 'Felter' and 'Svar'."""
    known = known or vocabulary()
    all_of_it = Touched()
    for one in touched:
        all_of_it = all_of_it | one
    return {
        "Intentioner": sorted(known.intents - all_of_it.intents),
        "Felter": sorted(known.slots - all_of_it.slots),
        "Svar": sorted(known.responses - all_of_it.responses),
    }
