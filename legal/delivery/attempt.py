"""One attempt to deliver a request: claim, post, record the outcome."""

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

# Seconds beyond the attempt's own, so that no other process claims the entry meanwhile.
_LEASE_MARGIN = 20.0

log = logging.getLogger("levering")


def lease_for(timeout: float) -> float:
    """Seconds to claim an entry for, if its attempt may last `timeout` seconds."""
    return timeout + _LEASE_MARGIN


@lru_cache(maxsize=1)
def _departments() -> dict[str, str]:
    return load_departments()


def _in_receivers_version(entry: Entry, config: Settings) -> dict[str, Any]:
    """The payload in the version that `LEGAL_SCHEMA` asks for; the outbox keeps it as it was stored."""
    if config.legal_schema != "1" or entry.payload["schema"] == VERSION_1:
        return entry.payload
    fitted = as_version_1(entry.payload, _departments())
    if not fitted.whole:
        log.warning(
            "%s fylder for meget til version 1: ikke alt er med. Se den med 'script/bot outbox export'.", entry.id
        )
    return fitted.payload


def deliver(outbox: Outbox, entry: Entry, timeout: float, config: Settings) -> tuple[Outcome, State]:
    """Posts an entry that the caller has claimed and records the outcome; returns it and the new state."""
    outcome = post(_in_receivers_version(entry, config), config, timeout)
    return outcome, outbox.record(entry.id, outcome)


def attempt(outbox: Outbox, id: str, timeout: float, config: Settings | None = None) -> State:
    """Tries once to deliver the request `id`, for at most `timeout` seconds; returns its state afterwards.

    `delivered`: Jura has it; `pending`: it is tried again. Does nothing if the request is not pending or another
    process is delivering it. KeyError if there is none with this id.
    """
    entry = outbox.claim_one(id, lease_for(timeout))
    if entry is None:
        return outbox.get(id).state
    return deliver(outbox, entry, timeout, config or settings())[1]
