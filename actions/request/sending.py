"""Sends a request: stores it in the outbox, then makes the first delivery attempt."""

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
# The citizen waits for this attempt; the request is on disk already.
_FIRST_ATTEMPT_SECONDS = 3.0


@dataclass(frozen=True)
class Sent:
    """A stored request and its state after the first attempt (`delivered`: Jura has it)."""

    entry: Entry
    state: str


@lru_cache(maxsize=1)
def outbox() -> Outbox:
    """This process's outbox."""
    config = settings()
    config.data_dir.mkdir(parents=True, exist_ok=True)
    return Outbox(config.database("outbox"))


def send(
    known: Mapping[str, Any], meetings: Sequence[Mapping[str, Any]], conversation: str, draft_id: str
) -> Sent | None:
    """Stores a request and tries once to deliver it; None if it could not be stored (request.md, Promises 1 and 2).

    The same `conversation` and `draft_id` again give the request that is stored already.
    """
    try:
        entry = outbox().store(draft(known, meetings, conversation), f"{conversation}:{draft_id}", opaque(conversation))
    except (SQLAlchemyError, OSError) as error:
        logger.error("A request could not be written to the outbox: %s", type(error).__name__)
        return None
    except ValueError as error:
        # A bug of ours; the error names fields, not values.
        logger.error("A request does not fit the schema: %s", error)
        return None
    try:
        state = attempt(outbox(), entry.id, _FIRST_ATTEMPT_SECONDS)
    except Exception as error:
        # The request is on disk: the delivery process tries again.
        logger.error("The first attempt for %s broke off: %s", entry.id, type(error).__name__)
        state = "pending"
    return Sent(entry, state)
