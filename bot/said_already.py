"""Several answers in one turn say each thing once (conversation.md, What every citizen can rely on, 10: Short)."""

from collections.abc import Sequence

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from common import patterns

_PARAGRAPHS = "\n\n"
_SENTENCE_ENDS = patterns.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
_NUMBER = patterns.compile(r"\d{4} \d{4}")
# In characters: a shorter sentence may be said of different things ('Det står der ikke noget om.').
_LEAST = 40


def said_in_this_turn(tracker: DialogueStateTracker) -> list[str]:
    """The texts of the messages that were said since the citizen's last one."""
    said: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and event.text:
            said.append(event.text)
    return said


def without_said_already(answer: str, said: Sequence[str]) -> str:
    """The answer without what `said` says in the same words, and without a second offer to ring Jura.

    Its first paragraph, which answers the question, stays as it is.
    """
    first, *further = answer.split(_PARAGRAPHS)
    before = {sentence for text in said for sentence in _sentences(text)}
    offered = any(map(_offers_to_ring, before))
    kept = [first]
    for paragraph in further:
        sentences = [one for one in _sentences(paragraph) if one not in before or len(one) < _LEAST]
        # Only at the end an offer goes: before it, the number may be what was asked for.
        if offered and paragraph is further[-1]:
            sentences = [one for one in sentences if not _offers_to_ring(one)]
        kept.append(paragraph if sentences == _sentences(paragraph) else " ".join(sentences))
    return _PARAGRAPHS.join(filter(None, kept))


def _sentences(text: str) -> list[str]:
    return [one for paragraph in text.split(_PARAGRAPHS) for one in _SENTENCE_ENDS.split(paragraph.strip())]


def _offers_to_ring(sentence: str) -> bool:
    return "Jura" in sentence and bool(_NUMBER.search(sentence))
