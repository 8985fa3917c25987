"""One attempt to deliver one request of the outbox, from taking it to writing down what came of it."""

import logging
from functools import lru_cache
from typing import Any

from common.settings import Settings, settings
from legal.delivery.post import post
from legal.delivery.version_1 import as_version_1
from legal.labels import load_departments
from legal.outbox import Entry, Outbox, State
from legal.outcome import Outcome
from legal.schema import VERSION_1

# Longer than an attempt can last, so that nobody else takes the entry meanwhile.
_LEASE_MARGIN = 20.0

log = logging.getLogger("levering")


def lease_for(timeout: float) -> float:
    """Seconds for which an entry is taken when its attempt may last `timeout` seconds."""
    return timeout + _LEASE_MARGIN


@lru_cache(maxsize=1)
def _departments() -> dict[str, str]:
    return load_departments()


def _wanted(entry: Entry, config: Settings) -> dict[str, Any]:
    """The payload in the version that the receiver takes; the outbox keeps it as it was stored."""
    if config.legal_schema != "1" or entry.payload["schema"] == VERSION_1:
        return entry.payload
    fitted = as_version_1(entry.payload, _departments())
    if not fitted.whole:
        log.warning(
            "%s fylder for meget til version 1: ikke alt er med. Se den med 'script/bot outbox export'.", entry.id
        )
    return fitted.payload


def deliver(outbox: Outbox, entry: Entry, timeout: float, config: Settings) -> tuple[Outcome, State]:
    """Posts an entry that the caller has claimed, and records the outcome; returns it with the state that followed."""
    outcome = post(_wanted(entry, config), config, timeout)
    return outcome, outbox.record(entry.id, outcome)


def attempt(outbox: Outbox, id: str, timeout: float, config: Settings | None = None) -> State:
    """Tries once to deliver the request `id`, in `timeout` seconds at most, and returns its state afterwards.

    `delivered` means that Jura has it, `pending` that it is kept and will be tried again. A request that is no longer
    pending, or that another process is delivering, is left alone. KeyError where there is none with this id.
    """
    entry = outbox.claim_one(id, lease_for(timeout))
    if entry is None:
        return outbox.get(id).state
    return deliver(outbox, entry, timeout, config or settings())[1]
