"""A request is written down, then sent; what the citizen is told is what happened."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.request.payload import draft, opaque
from common.settings import settings
from legal.delivery.attempt import attempt
from legal.outbox import Entry, Outbox

logger = logging.getLogger(__name__)
# The citizen waits this long at most for Jura's system; the request is on disk by then.
_FIRST_ATTEMPT_SECONDS = 3.0


@dataclass(frozen=True)
class Sent:
    """A request that is on disk, and whether Jura has it."""

    entry: Entry
    state: str


@lru_cache(maxsize=1)
def outbox() -> Outbox:
    """This process's way into the outbox."""
    config = settings()
    config.data_dir.mkdir(parents=True, exist_ok=True)
    return Outbox(config.database("outbox"))


def send(
    known: Mapping[str, Any], meetings: Sequence[Mapping[str, Any]], conversation: str, draft_id: str
) -> Sent | None:
    """Writes the request down and makes the first attempt. None when it could not be written: then nothing is sent.

    The same draft sent again is the same request: the outbox knows it by conversation and draft.
    """
    try:
        entry = outbox().store(draft(known, meetings, conversation), f"{conversation}:{draft_id}", opaque(conversation))
    except (SQLAlchemyError, OSError) as error:
        logger.error("A request could not be written to the outbox: %s", type(error).__name__)
        return None
    except ValueError as error:
        # The schema refused what the form let through: a fault of ours, named by field, without values.
        logger.error("A request does not fit the schema: %s", error)
        return None
    try:
        state = attempt(outbox(), entry.id, _FIRST_ATTEMPT_SECONDS)
    except Exception as error:
        # It is on disk: whatever broke here, delivery takes it up.
        logger.error("The first attempt for %s broke off: %s", entry.id, type(error).__name__)
        state = "pending"
    return Sent(entry, state)
