"""Lists every pattern that the project compiles.

A process of its own lists them, since one that runs tests has compiled the tests' patterns as well.
"""

import importlib
import json
import pkgutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import actions
import bot
import common
import legal
from bot.nlu.acts.request.message import cues, slot_names
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.values.extract import find_values
from common import patterns
from common.clock import now

# Modules that start a process on import, or that Alembic runs.
_NOT_IMPORTED = ("__main__", "migrations", "preload")


@lru_cache(maxsize=1)
def every_pattern() -> tuple[patterns.Pattern, ...]:
    """All patterns, including those that are compiled on first use."""
    listed = subprocess.run(
        [sys.executable, "-m", "tests.every_pattern"],
        cwd=Path(__file__).parent.parent,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return tuple(patterns.compile(pattern, flags) for pattern, flags in json.loads(listed.stdout))


def _compiled() -> list[patterns.Pattern]:
    for package in (actions, bot, common, legal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in _NOT_IMPORTED):
                importlib.import_module(module.name)
    cues()
    slot_names()
    words()
    for text in ("Jeg hedder Bo Li, tlf. 38214236, mødet er d. 3/12 kl. 14, ikke på torsdag hos jobcentret", "i dag"):
        find_values(text, now())
    return patterns.compiled()


if __name__ == "__main__":
    print(json.dumps([(pattern.pattern, pattern.flags) for pattern in _compiled()]))
