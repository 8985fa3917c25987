"""The file of lines to be labelled, in Rasa's format, with the label left empty."""

from collections.abc import Sequence
from pathlib import Path

from bot.nlu.text import clean
from workbench.log.grouping import Group

_HEAD = """\
# Det, assistenten ikke forstod, samlet efter lighed. Skrevet af 'script/bot log'.
# 1. Læs hver linje, og fjern alt personligt, som ikke er skjult: fornavne, veje, sygdom.
# 2. Skriv emnet mellem gåseøjnene, for eksempel intent: "faq_notes". Slet linjer, der hører til et andet emne.
# 3. Flyt linjerne til emnets fil i data/nlu, kør script/train og script/bot evaluate, og slet filen her.
# Der bliver ikke trænet på filen.
"""
_LONGEST = 300
# [ord](navn) would be read as an annotated value.
_BRACKETS = str.maketrans("[]{}", "()()")


def write(groups: Sequence[Group], file: Path) -> None:
    """Writes the groups, readable by their owner alone: they are citizens' words."""
    parts = [_HEAD, 'version: "3.1"\n', "nlu:\n" if groups else "nlu: []\n"]
    for number, one in enumerate(groups, 1):
        said = "1 gang" if one.count == 1 else f"{one.count} gange"
        parts.append(
            f"# Gruppe {number}: {said}.{_told('Gættet', one.guesses)}{_told('Borgeren valgte', one.chosen)}\n"
        )
        parts.append('- intent: ""\n  examples: |\n')
        parts += [f"    - {_line(text)}\n" for text in one.lines]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text("".join(parts), encoding="utf-8")


def _told(title: str, counts: list[tuple[str, int]]) -> str:
    names = ", ".join(f"{name} ({count})" for name, count in counts)
    return f" {title}: {names}." if names else ""


def _line(text: str) -> str:
    return clean(text)[:_LONGEST].translate(_BRACKETS).removeprefix("- ").strip()
