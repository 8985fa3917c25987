"""Reads what the project's Python code names: responses, keyword arguments, keys of dictionaries."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from common import patterns

_UTTER = patterns.compile(r"utter_\w+")


@dataclass(frozen=True)
class Code:
    """What a file names.

    `responses` are whole names, `built` are f-strings that begin with 'utter_', `endings` are texts such as '_question'
    that are appended. `keywords`: the keyword arguments of its calls; `keys`: the keys of its dictionaries.
    """

    responses: frozenset[str]
    built: tuple[ast.JoinedStr, ...]
    endings: frozenset[str]
    keywords: frozenset[str]
    keys: frozenset[str]


def code_of(root: Path, globs: Iterable[str]) -> Iterator[Code]:
    """What each file under `root` names that one of the globs matches."""
    for glob in globs:
        for file in sorted(root.glob(glob)):
            yield _read(file.read_text(encoding="utf-8"))


# Several checks read the same files.
@lru_cache(maxsize=512)
def _read(text: str) -> Code:
    responses, built, endings, keywords, keys = set[str](), list[ast.JoinedStr](), set[str](), set[str](), set[str]()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=str(name)) if _UTTER.fullmatch(name):
                responses.add(name)
            case ast.JoinedStr(values=[ast.Constant(value=str(first)), *_]) if first.startswith("utter_"):
                built.append(node)
            case ast.AugAssign(value=ast.Constant(value=str(ending))) if ending.startswith("_"):
                endings.add(ending)
            case ast.Call():
                keywords |= {keyword.arg for keyword in node.keywords if keyword.arg}
            case ast.Dict():
                found = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                keys |= {key for key in found if isinstance(key, str)}
    return Code(frozenset(responses), tuple(built), frozenset(endings), frozenset(keywords), frozenset(keys))
