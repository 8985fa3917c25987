"""Random request bodies: broken JSON, wrong shapes, and right shapes filled with hostile texts."""

import copy
import json
from random import Random
from typing import Any

from hostile_texts import hostile_text

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, float("nan"), float("inf"), "", " ", "\ud800", "\x00", "x" * 5000, [], {},
    [[]], {"$ref": "#"}, ["x"] * 3000, {"a": {"b": {"c": None}}}, "2026-02-30", "2026-12-01T10:00:00+99:99", "٣" * 8,
    "\u202e",
)  # fmt: skip
_ENCODINGS = ("utf-8", "utf-16", "utf-32", "latin-1", "cp1252")
_LARGEST = 200_000


def hostile_body(content: dict[str, Any], seed: int, number: int) -> bytes:
    """A body derived from a valid one; the same seed and number give the same body."""
    chance = Random(f"{seed}:body:{number}")
    text = hostile_text(seed, number)
    kind = chance.randrange(10)
    if kind == 0:
        return text.encode(chance.choice(_ENCODINGS), "replace")
    if kind == 1:
        return chance.randbytes(chance.choice((1, 50, 5000)))
    if kind == 2:
        opening = chance.choice((b"[", b'{"a":', b'{"text":[', b"[[", b'"', b"{"))
        return opening * chance.choice((10, 1000, 30_000))
    changed = _changed(content, text, chance, chance.choice((1, 1, 1, 2, 5)))
    body = json.dumps(changed, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if kind == 3:
        return body[: chance.randrange(len(body))]
    if kind == 4:
        return body[:-1] + b", " + body[1:]  # each key twice
    if kind == 5:
        more = {f"{text[:20]}{index}": index for index in range(chance.choice((1, 100, 5000)))}
        return json.dumps(changed | more).encode()[:_LARGEST]
    return body


def _changed(content: dict[str, Any], text: str, chance: Random, times: int) -> Any:
    """The content with some values replaced, by the text or by odd values."""
    changed: Any = copy.deepcopy(content)
    for _ in range(times):
        owner, key = chance.choice(_places(changed))
        if chance.random() < 0.2:
            del owner[key]
        else:
            owner[key] = text if chance.random() < 0.6 else copy.deepcopy(chance.choice(_ODD))
    return changed


def _places(node: Any) -> list[tuple[Any, Any]]:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [(node, key) for key in keys] + [place for key in keys for place in _places(node[key])] or [({"x": 1}, "x")]
