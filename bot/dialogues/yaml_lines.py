"""Bot room, dialogues: YAML with line numbers, in which only true, false and null are more than text."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.dialogues.problems import FormatError, Problem


class _Texts(RoundTripConstructor):
    """+4522334455, 14:30 and 2026-12-03 stay as they are written: slots and payloads hold them as text."""


for _tag in ("int", "float", "timestamp"):
    _Texts.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda constructor, node: str(node.value))


def load(file: Path) -> Any:
    """A file's content as mappings and lists that know their lines; FormatError where it is no YAML."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Texts
    try:
        return yaml.load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError([Problem(file, 1, "Filen er ikke gemt som UTF-8. Gem den igen som UTF-8.")]) from error
    except OSError as error:
        raise FormatError([Problem(file, 1, f"Filen kan ikke læses ({error.strerror}).")]) from error
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormatError([Problem(file, line, "Det samme navn står to gange. Slet det ene.")]) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (
            f"Filen kan ikke læses som YAML ({error.problem}). Se på indrykningen, som skal være mellemrum, "
            "og sæt anførselstegn om tekster, der indeholder kolon, # eller citater."
        )
        raise FormatError([Problem(file, mark.line + 1 if mark else 1, what)]) from error
    except YAMLError as error:
        what = "Filen indeholder tegn, som YAML ikke tillader. Slet dem."
        raise FormatError([Problem(file, 1, what)]) from error


def line_of(node: Any, key: Any = None) -> int:
    """The line, counted from 1, on which a node, or one key or item of it, begins."""
    marks = getattr(node, "lc", None)
    if marks is None:
        return 1
    if key is not None and marks.data and key in marks.data:
        return int(marks.data[key][0]) + 1
    return int(marks.line) + 1


def plain(node: Any) -> Any:
    """The same content as ordinary dicts, lists and texts."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node if node is None or isinstance(node, bool) else str(node)
