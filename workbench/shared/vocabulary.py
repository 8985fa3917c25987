"""The names of domain/ and of the schema of `request.md`, for what staff write in files."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from common.settings import ROOT
from common.yaml_files import read_yaml
from legal.schema import SCHEMA

# Rasa's built-in actions that a dialogue can see.
_RASAS_OWN = {"action_listen", "action_restart", "action_default_fallback", "action_session_start"}


@dataclass(frozen=True)
class Vocabulary:
    """The names of the domain."""

    intents: frozenset[str]
    slots: frozenset[str]
    responses: frozenset[str]
    actions: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary(folder: Path = ROOT / "domain") -> Vocabulary:
    """Reads domain/*.yml."""
    found: dict[str, set[str]] = {part: set() for part in ("intents", "slots", "responses", "actions", "forms")}
    for path in sorted(folder.rglob("*.yml")):
        content = read_yaml(path) or {}
        for part, names in found.items():
            names.update(_names(content.get(part) or ()))
    return Vocabulary(
        frozenset(found["intents"]),
        frozenset(found["slots"] | {"requested_slot"}),
        frozenset(found["responses"]),
        frozenset(found["actions"] | found["forms"] | found["responses"] | _RASAS_OWN),
    )


def _names(part: Any) -> Iterator[str]:
    for name in part:
        # An intent or action with settings of its own is a mapping of one key.
        yield str(next(iter(name))) if isinstance(name, dict) else str(name)


def payload_keys(path: tuple[str, ...]) -> list[str] | None:
    """The keys of the schema at a path such as ('meeting',); None when there is no object."""
    place: dict[str, Any] = SCHEMA
    for key in path:
        place = place.get("properties", {}).get(key, {})
        place = place.get("items", place)
    properties = place.get("properties")
    return list(properties) if properties else None


def meant(word: str, known: Iterator[str] | frozenset[str] | list[str] | tuple[str, ...]) -> str:
    """' Mente du 'user'?' when a known word is similar, else an empty text."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Mente du '{near[0]}'?" if near else ""
