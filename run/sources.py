"""Checks before a training that its YAML files can be parsed."""

from pathlib import Path

import yaml

from common.settings import ROOT
from common.yaml_files import LOADER

_FILES = ("config.yml", "domain/**/*.yml", "data/**/*.yml")


def unreadable(root: Path = ROOT) -> str | None:
    """A Danish message about the first file that is not valid YAML, with its line; None when all are valid."""
    for pattern in _FILES:
        for file in sorted(root.glob(pattern)):
            try:
                for _ in yaml.parse(file.read_text(encoding="utf-8"), Loader=LOADER):
                    pass
            except yaml.MarkedYAMLError as error:
                line = f", linje {error.problem_mark.line + 1}," if error.problem_mark else ""
                where = file.relative_to(root)
                return (
                    f"{where}{line} kan ikke læses. Se efter kolon, anførselstegn og indrykning dér og nogle linjer "
                    "højere oppe, eller kør script/bot check. Der er ikke trænet."
                )
            except (yaml.YAMLError, UnicodeDecodeError):
                return f"{file.relative_to(root)} kan ikke læses som tekst. Gem den som UTF-8. Der er ikke trænet."
    return None
