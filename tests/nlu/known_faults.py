"""Rows of messages with the faults that are known of them, written beside the row: what is missed, changed or taken.

A fault that is not written there fails the test. A known one may be gone, since readings at a threshold differ between
processors; where many are gone, the rows must lose them. `script/test tests/nlu --every-row --renew-faults` writes the
faults of today into the rows, and `git diff tests/nlu` shows what a change of training lines costs and wins.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from common.yaml_files import read_yaml

_FOLDER = Path(__file__).parent
# Of the known faults of a test.
GONE_SHARE = 0.25


class Row(dict[str, Any]):
    """A row of a file, and where it stands: the file, and its number among the rows there."""

    def __init__(self, row: Mapping[str, Any], file: Path, number: int) -> None:
        super().__init__(row)
        self.file = file
        self.number = number

    @property
    def place(self) -> tuple[str, int, str]:
        """What names the row where it is told of."""
        return self.file.name, self.number, self["say"]


# A row and its faults: by kind the single ones, or `True` where the row as a whole is wrong.
Found = Sequence[tuple[Row, Mapping[str, Collection[str] | bool]]]


def read_rows(folder: str, files: str = "*.yml") -> list[Row]:
    """The rows of a folder of tests/nlu, file by file."""
    found = sorted((_FOLDER / folder).glob(files))
    return [Row(row, file, number) for file in found for number, row in enumerate(read_yaml(file))]


@dataclass(frozen=True)
class KnownFaults:
    """Holds rows to their known faults, or writes the faults of today into them."""

    renews: bool

    def hold(
        self,
        found: Found,
        kinds: Collection[str] = ("missed",),
        *,
        among: Collection[str] | None = None,
        gone: float = GONE_SHARE,
        few: int = 0,
    ) -> None:
        """Fails for a fault that is not known, and where too many of the known ones are gone.

        Args:
            found: The rows that were read, with their faults.
            kinds: The kinds of faults that were looked for.
            among: The only faults that were looked for, if not all of these kinds were.
            gone: The share of the known faults that may be gone.
            few: How many may be gone in any case.
        """
        if self.renews:
            _renew(found, kinds, among)
            return
        new = {(*row.place, kind, one) for row, faults in found for kind in kinds for one in _single(faults.get(kind))}
        known = {
            (*row.place, kind, one)
            for row, _ in found
            for kind in kinds
            for one in _single(row.get(kind))
            if among is None or one in among
        }
        assert new <= known, "faults that are not known"
        assert len(known - new) <= max(few, gone * len(known)), "known faults that are gone: --renew-faults"


def _renew(found: Found, kinds: Collection[str], among: Collection[str] | None) -> None:
    changed: dict[Path, dict[int, Mapping[str, Any]]] = {}
    for row, faults in found:
        kept = {kind: _renewed(row.get(kind), faults.get(kind), among) for kind in kinds}
        if any(_single(row.get(kind)) != _single(kept[kind]) for kind in kinds):
            without = {name: value for name, value in row.items() if name not in kinds}
            told = {kind: value for kind, value in kept.items() if value}
            changed.setdefault(row.file, {})[row.number] = {**without, **told}
            # What another test looks for among the same kind is written after it.
            row.clear()
            row.update({**without, **told})
    for file, rows in changed.items():
        file.write_text(_written(file.read_text(encoding="utf-8"), rows), encoding="utf-8")


def _single(faults: Collection[str] | bool | None) -> set[str | bool]:
    return {True} if faults is True else set(faults or ())


def _renewed(
    known: Collection[str] | None, found: Collection[str] | bool | None, among: Collection[str] | None
) -> list[str] | bool:
    if isinstance(found, bool):
        return found
    others = [fault for fault in known or () if among is not None and fault not in among]
    return [*others, *(found or ())]


def _written(text: str, rows: Mapping[int, Mapping[str, Any]]) -> str:
    """The text of a file with some of its rows written anew, each in the style that it has."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("- ") or not pieces:
            pieces.append("")
        pieces[-1] += line
    heads = [number for number, piece in enumerate(pieces) if piece.startswith("- ")]
    for number, row in rows.items():
        pieces[heads[number]] = _in_the_style_of(pieces[heads[number]], row)
    return "".join(pieces)


def _in_the_style_of(piece: str, row: Mapping[str, Any]) -> str:
    if piece.startswith('- {"'):
        return f"- {json.dumps(row, ensure_ascii=False)}\n"
    flow = piece.startswith("- {")
    dumped = yaml.safe_dump(dict(row), allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=flow)
    return "- " + "\n  ".join(dumped.splitlines()) + "\n"
