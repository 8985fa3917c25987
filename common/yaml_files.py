"""Reads YAML fast."""

from pathlib import Path
from typing import Any

import yaml

# libyaml where it is installed: many times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(source: Path | str | bytes) -> Any:
    """The content of a file or of a text; raises OSError, or yaml.YAMLError for what is no YAML."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return yaml.load(text, Loader=LOADER)
