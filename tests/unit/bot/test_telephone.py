"""Who has said that they cannot telephone is told to write to Jura."""

from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.telephone import cannot_telephone, without_ringing
from common import patterns
from common.settings import ROOT
from common.yaml_files import read_yaml

_TOLD_TO_RING = patterns.compile(r"[Rr]inge? til Jura\b[^.]{0,9} på \W{0,2}\d{4}|, ring på \W{0,2}\d{4}")


def _texts(content: Any) -> list[str]:
    responses = (read_yaml(content) or {}).get("responses") or {}
    return [one["text"] for variants in responses.values() for one in variants if one.get("text")]


def test_every_response_that_tells_to_ring_can_be_said_without() -> None:
    texts = [text for file in sorted((ROOT / "domain").rglob("*.yml")) for text in _texts(file)]
    told = [text for text in texts if _TOLD_TO_RING.search(text)]
    # A new number, or another way to write it, must not leave a deaf citizen with the telephone alone.
    assert len(told) > 100 and [text for text in told if _TOLD_TO_RING.search(without_ringing(text))] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ring til Jura på **3821 4236**.", "Send et spørgsmål til Jura her."),
        ("Spørg Jura her, ring på **3821 4236**, eller skriv.", "Spørg Jura her eller skriv."),
        ("Du kan ringe til Jura på 3821 4236 i dag.", "Du kan sende et spørgsmål til Jura her i dag."),
    ],
)
def test_the_offer_to_write_fits_into_the_sentence(text: str, said: str) -> None:
    assert without_ringing(text) == said


@pytest.mark.parametrize(
    ("text", "cannot"),
    [
        ("jeg er døv", True),
        ("Jeg kan ikke høre noget i telefonen", True),
        ("jeg kan desværre ikke ringe", True),
        ("I må gerne ringe", False),
        ("min mor hører dårligt", False),
    ],
)
def test_what_the_citizen_said_counts(text: str, cannot: bool) -> None:
    tracker = DialogueStateTracker.from_events("a", [UserUttered(text), BotUttered("jeg er døv")])
    assert cannot_telephone(tracker) is cannot


def test_what_stands_in_the_reason_is_remembered() -> None:
    slot = TextSlot("recording_explanation", mappings=[])
    tracker = DialogueStateTracker.from_events("a", [SlotSet(slot.name, "jeg kan ikke høre telefonen")], slots=[slot])
    assert cannot_telephone(tracker)
