"""Whether answers helped: a yes or no of the citizen's for each, kept and erased with the conversation."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.conversations.tables import FEEDBACK


@dataclass(frozen=True)
class Helped:
    """How many citizens an answer helped, and how many it did not."""

    answer: str
    yes: int
    no: int


def note(connection: Connection, conversation: str, message: str, answer: str | None, helped: bool) -> None:
    """Keeps what was said of a message, in a running transaction; what was said of it before goes."""
    row = {"conversation": conversation, "message": message}
    connection.execute(sa.delete(FEEDBACK).filter_by(**row))
    connection.execute(sa.insert(FEEDBACK).values(**row, answer=(answer or "")[:200], helped=helped, at=time.time()))


def forget(connection: Connection, conversations: Sequence[str]) -> None:
    """Erases what was said in conversations, in a running transaction."""
    connection.execute(sa.delete(FEEDBACK).where(FEEDBACK.c.conversation.in_(conversations)))


def counted(connection: Connection, since: float = 0.0) -> list[Helped]:
    """By answer, what was said since a time (seconds since 1970): the most unhelpful first; empty without a table."""
    if not sa.inspect(connection).has_table(FEEDBACK.name):
        return []
    rows = connection.execute(
        sa.select(FEEDBACK.c.answer, FEEDBACK.c.helped, sa.func.count())
        .where(FEEDBACK.c.at >= since)
        .group_by(FEEDBACK.c.answer, FEEDBACK.c.helped)
    )
    return _by_answer(rows)


def _by_answer(rows: Iterable[Any]) -> list[Helped]:
    counts: dict[str, list[int]] = {}
    for answer, helped, count in rows:
        counts.setdefault(answer, [0, 0])[not helped] += count
    return sorted((Helped(answer, *both) for answer, both in counts.items()), key=lambda one: (-one.no, one.answer))
