"""Who has said that they cannot telephone is told to write (conversation.md, What every citizen can rely on, 7)."""

from functools import lru_cache
from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.acts.request.message import cues
from common import patterns
from common.settings import ROOT
from common.yaml_files import read_yaml

_WORDS = ROOT / "data" / "values" / "telephone.yml"


def cannot_telephone(tracker: DialogueStateTracker) -> bool:
    """Whether the citizen has said so in the turns that the tracker holds."""
    said = (event.text or "" for event in tracker.events if isinstance(event, UserUttered))
    return any(cues()["cannot_telephone"].search(text.lower()) for text in said)


def rings(text: str) -> bool:
    """Whether a text tells to ring Jura."""
    return bool(_ring().search(text))


def without_ringing(text: str) -> str:
    """The text, with an offer to write to Jura in place of each one to ring."""
    write: dict[str, str] = _words()["write"]
    return _ring().sub(lambda found: write[found["verb"]], text)


@lru_cache(maxsize=1)
def _words() -> Any:
    return read_yaml(_WORDS)


@lru_cache(maxsize=1)
def _ring() -> patterns.Pattern:
    return patterns.compile(_words()["ring"])
