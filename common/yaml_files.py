"""Reads YAML fast."""

from pathlib import Path
from typing import Any, ClassVar

import yaml

from common import patterns

# libyaml where it is installed: many times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextLoader(LOADER):  # type: ignore[misc, valid-type]  # the machine decides which class it is
    """Every scalar is a text, except true, false and null: 'no' and 14:30 are texts, as in YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", patterns.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", patterns.compile(r"^(?:null|Null|NULL|~|)$"), ["n", "N", "~", ""]
)


def read_yaml(source: Path | str | bytes) -> Any:
    """The content of a file or of a text; raises OSError, or yaml.YAMLError for what is no YAML."""
    return _read(source, LOADER)


def read_texts(file: Path) -> Any:
    """The content of a file in which every scalar is a text, except true, false and null; raises as `read_yaml`."""
    return _read(file, _TextLoader)


def _read(source: Path | str | bytes, loader: Any) -> Any:
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return yaml.load(text, Loader=loader)
