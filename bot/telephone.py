"""Who has said that they cannot telephone is told to write (conversation.md, What every citizen can rely on, 7)."""

from functools import lru_cache

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.acts.request.message import cues
from common import patterns
from common.settings import ROOT
from common.slots import FREE_TEXT
from common.yaml_files import read_yaml

_WORDS = ROOT / "data" / "values" / "telephone.yml"


def cannot_telephone(tracker: DialogueStateTracker) -> bool:
    """Whether the citizen has said so in the turns that the tracker holds, or in a text of the request."""
    said = [event.text or "" for event in tracker.events if isinstance(event, UserUttered)]
    said += [str(tracker.get_slot(slot) or "") for slot in FREE_TEXT]
    return any(cues()["cannot_telephone"].search(text.lower()) for text in said)


def without_ringing(text: str) -> str:
    """The text, with an offer to write to Jura in place of each one to ring."""
    for ring, write in _instead():
        text = ring.sub(write, text)
    return text


@lru_cache(maxsize=1)
def _instead() -> list[tuple[patterns.Pattern, str]]:
    words = read_yaml(_WORDS)
    return [(patterns.compile(ring.format(number=words["number"])), write) for ring, write in words["instead"]]
