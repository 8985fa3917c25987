"""Counts conversations: topics, outcomes of messages, outcomes of requests."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from workbench.log.conversation import LEFT, SENT, STOPPED, Conversation, Turn
from workbench.log.masking import PRIVATE_SLOTS, Masker

# Intents that are no topic: answers and courtesies.
_NO_TOPIC = frozenset(
    {"affirm", "deny", "inform", "correct", "skip", "greet", "goodbye", "thank", "will_ask", "nlu_fallback"}
)


@dataclass(frozen=True)
class Missed:
    """A masked line to be labelled. `guess`: the likeliest label; `chosen`: the label whose button was pressed."""

    text: str
    guess: str
    chosen: str | None


@dataclass
class Overview:
    """All counts since a day. `outcomes` and `days` count typed messages, `given_up` the last slots of unsent requests.

    `withheld`: missed lines that are too private to show. `oldest`: the earliest time of last activity among the
    conversations with a line in `missed`; None without lines.
    """

    since: date
    conversations: int = 0
    buttons: int = 0
    chosen: int = 0
    withheld: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, str]] = field(default_factory=Counter)
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    given_up: Counter[str] = field(default_factory=Counter)
    missed: list[Missed] = field(default_factory=list)
    oldest: float | None = None

    @property
    def typed(self) -> int:
        """The number of typed messages."""
        return self.outcomes.total()

    def of_request(self, outcome: str) -> int:
        """The number of requests of all kinds with an outcome."""
        return sum(count for (_, its), count in self.requests.items() if its == outcome)


def count(conversations: Iterable[Conversation], since: float, first_day: date) -> Overview:
    """Counts the turns and requests since a time (seconds since 1970)."""
    found = Overview(first_day)
    for conversation in conversations:
        turns = [turn for turn in conversation.turns if turn.at >= since]
        found.conversations += bool(turns)
        masker: Masker | None = None
        for turn in turns:
            if turn.topic and turn.topic not in _NO_TOPIC:
                found.topics[turn.topic] += 1
            if turn.button:
                found.buttons += 1
                continue
            found.outcomes[turn.outcome] += 1
            found.days[turn.day, turn.outcome] += 1
            found.chosen += turn.chosen is not None
            if not turn.teaches:
                continue
            if _private(turn, conversation):
                found.withheld += 1
                continue
            masker = masker or Masker(conversation)
            guess = turn.ranking[0][0] if turn.ranking else ""
            found.missed.append(Missed(masker.mask(turn.text), guess, turn.chosen))
            last_active = conversation.turns[-1].at
            found.oldest = min(found.oldest or last_active, last_active)
        for request in conversation.requests:
            if request.at >= since:
                found.requests[request.kind or "", request.outcome] += 1
                if request.outcome in (STOPPED, LEFT):
                    found.given_up[request.slot or "request_type"] += 1
    return found


def _private(turn: Turn, conversation: Conversation) -> bool:
    """Whether a line is about the person, or belongs to an unsent request, which is erased within hours."""
    unsent = any(request.outcome != SENT for request in conversation.requests)
    return turn.asked in PRIVATE_SLOTS or (turn.asked is not None and unsent)
