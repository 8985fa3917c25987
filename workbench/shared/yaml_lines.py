"""Reads YAML with line numbers; every scalar is text, except true, false and null."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from common.yaml_files import LOADER
from workbench.shared.problems import FormatError, Problem

# As in YAML 1.2: 'no' and 14:30 are texts.
_PLAIN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class Literal(str):
    """A block text, written with '|'."""


class Mapping(dict[Any, Any]):
    """A mapping with its line and the line of each key, counted from 0."""

    line = 0
    lines: dict[Any, int]


class Sequence(list[Any]):
    """A list with its line and the line of each item, counted from 0."""

    line = 0
    lines: dict[Any, int]


class _DuplicateKey(Exception):
    """A key that stands twice; the line is counted from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


def load(file: Path) -> Any:
    """A file's content as mappings and lists with line numbers, not to be changed; FormatError for invalid YAML."""
    try:
        return _parsed(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError([Problem(file, 1, "Filen er ikke gemt som UTF-8. Gem den igen som UTF-8.")]) from error
    except OSError as error:
        raise FormatError([Problem(file, 1, f"Filen kan ikke læses ({error.strerror}).")]) from error
    except _DuplicateKey as error:
        raise FormatError([Problem(file, error.line + 1, "Det samme navn står to gange. Slet det ene.")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (
            f"Filen kan ikke læses som YAML ({error.problem}). Se på indrykningen, som skal være mellemrum, "
            "og sæt anførselstegn om tekster, der indeholder kolon, # eller citater."
        )
        raise FormatError([Problem(file, mark.line + 1 if mark else 1, what)]) from error
    except yaml.YAMLError as error:
        what = "Filen indeholder tegn, som YAML ikke tillader. Slet dem."
        raise FormatError([Problem(file, 1, what)]) from error


# Several checks read the same files.
@lru_cache(maxsize=256)
def _parsed(text: str) -> Any:
    node = yaml.compose(text, Loader=LOADER)
    return None if node is None else _with_lines(node)


def _with_lines(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        if not node.style and node.value in _PLAIN:
            return _PLAIN[node.value]
        return Literal(node.value) if node.style == "|" else str(node.value)
    made: Mapping | Sequence
    if isinstance(node, SequenceNode):
        made = Sequence(_with_lines(item) for item in node.value)
        made.lines = {place: item.start_mark.line for place, item in enumerate(node.value)}
    else:
        assert isinstance(node, MappingNode)
        made = Mapping()
        made.lines = {}
        for key_node, value in node.value:
            key = _with_lines(key_node)
            if key in made:
                raise _DuplicateKey(key_node.start_mark.line)
            made[key], made.lines[key] = _with_lines(value), key_node.start_mark.line
    made.line = node.start_mark.line
    return made


def line_of(node: Any, key: Any = None) -> int:
    """The line of a node, or of a key or item of it, counted from 1."""
    if not isinstance(node, Mapping | Sequence):
        return 1
    return node.lines.get(key, node.line) + 1


def plain(node: Any) -> Any:
    """The same content as plain dicts, lists and texts."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node if node is None or isinstance(node, bool) else str(node)
