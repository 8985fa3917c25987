"""Every pattern that the project matches texts with."""

import importlib
import pkgutil
from functools import lru_cache

import actions
import bot
import common
import legal
from actions.message import cues, slot_names
from bot.nlu.values.extract import find_values
from common import patterns
from common.clock import now

# Modules that start a process when they are imported, or belong to a database.
_NOT_IMPORTED = ("__main__", "migrations", "preload")


@lru_cache(maxsize=1)
def every_pattern() -> tuple[patterns.Pattern, ...]:
    """All of them, those included that are compiled when they are first used."""
    for package in (actions, bot, common, legal):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in _NOT_IMPORTED):
                importlib.import_module(module.name)
    cues()
    slot_names()
    for text in ("Jeg hedder Bo Li, tlf. 38214236, mødet er d. 3/12 kl. 14, ikke på torsdag hos jobcentret", "i dag"):
        find_values(text, now())
    return tuple(patterns.compiled())
