"""Writes the lines to be labelled in Rasa's training format, with empty labels."""

from collections.abc import Sequence
from pathlib import Path

from workbench.log.grouping import Group
from workbench.shared.lines import as_example

_HEAD = """\
# Det, assistenten ikke forstod, samlet efter lighed. Skrevet af 'script/bot log'.
# 1. Læs hver linje, og fjern alt personligt, som ikke er skjult: fornavne, veje, sygdom.
# 2. Skriv emnet mellem gåseøjnene, for eksempel intent: "faq_notes". Slet linjer, der hører til et andet emne.
# 3. Flyt linjerne til emnets fil i data/nlu, kør script/train og script/bot evaluate, og slet filen her.
# Der bliver ikke trænet på filen.
"""
_LONGEST = 300


def write(groups: Sequence[Group], file: Path) -> None:
    """Writes the groups; the file is readable by its owner only."""
    parts = [_HEAD, 'version: "3.1"\n', "nlu:\n" if groups else "nlu: []\n"]
    for number, one in enumerate(groups, 1):
        said = "1 gang" if one.count == 1 else f"{one.count} gange"
        parts.append(
            f"# Gruppe {number}: {said}.{_counts('Gættet', one.guesses)}{_counts('Borgeren valgte', one.chosen)}\n"
        )
        parts.append('- intent: ""\n  examples: |\n')
        parts += [f"    - {as_example(text, _LONGEST)}\n" for text in one.lines]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text("".join(parts), encoding="utf-8")


def _counts(title: str, counts: list[tuple[str, int]]) -> str:
    names = ", ".join(f"{name} ({count})" for name, count in counts)
    return f" {title}: {names}." if names else ""
