"""The responses of domain/, whose contents change without a training, and a digest of the rest, which is trained on."""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from common.settings import ROOT
from common.yaml_files import read_texts, read_yaml

# By name, the wordings of each response, as Rasa has them in its domain.
Responses: TypeAlias = dict[str, list[dict[str, Any]]]
_FILES = "domain/**/*.yml"
_PART = "responses"


def read_responses(root: Path = ROOT) -> Responses:
    """The responses of the files, as Rasa reads them; raises OSError, ValueError or yaml.YAMLError for what is none."""
    found: Responses = {}
    for file in _files(root):
        content = read_texts(file) or {}
        if not isinstance(content, dict) or not isinstance(content.get(_PART) or {}, dict):
            raise ValueError(f"{file.relative_to(root)} is no domain")
        found |= content.get(_PART) or {}
    return found


def digest_of(responses: Responses) -> str:
    """A digest of all that the responses hold, whatever their order: 16 hexadecimal digits."""
    return _digest({name: responses[name] for name in sorted(responses)})


def names_of(responses: Responses) -> str:
    """A digest of the responses' names, which a model is trained on: 16 hexadecimal digits."""
    return _digest(sorted(responses))


def trained_part(root: Path = ROOT) -> str:
    """A digest of what a model is trained on of domain/: all but the contents of the responses."""
    names: set[str] = set()
    rest: dict[str, Any] = {}
    for file in _files(root):
        place = file.relative_to(root).as_posix()
        try:
            content = read_yaml(file)
            names |= {str(name) for name in content.pop(_PART, None) or ()}
        except (yaml.YAMLError, AttributeError, TypeError, ValueError):
            # Not a domain: no model fits it, and run/sources.py says where it is wrong.
            content = hashlib.sha256(file.read_bytes()).hexdigest()
        rest[place] = content
    return _digest([sorted(names), rest])


def _files(root: Path) -> list[Path]:
    return sorted(root.glob(_FILES))


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()[:16]
