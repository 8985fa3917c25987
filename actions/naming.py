"""Actions room: the citizen's name in a message. Pure."""

import re

from actions.message import SURE, Message
from actions.values import Reading

_CAPITAL = r"[^\W\d_a-zæøå](?:[^\W\d_]|['’`´-](?=[^\W\d_])|\.(?=[^\W\d_]))*\.?"
_CAPITALS = re.compile(
    rf"^(?:[^:]{{0,30}}: )?(?P<name>{_CAPITAL}(?: (?:(?:von|van|de|der|al|el|af) )?{_CAPITAL}){{0,5}})"
    r"(?:$|[,.!]\s| \(|\s*[^\w\s]+$)"
)
_NO_NAME = ("stop", "back", "wait", "skip", "dont_know", "affirm", "deny", "why", "correction")
_SAID_IN_ONE_WORD = {
    *("greet", "goodbye", "thank", "affirm", "deny", "skip", "cancel", "help", "restart", "repeat", "simplify"),
    *("human_handover", "bot_challenge", "frustration", "other_language", "inform", "correct"),
}


def read_name(message: Message, asked: str | None, reading: Reading) -> None:
    """Adds the name where one is introduced, or where one was asked for and the message can be nothing else."""
    names = message.values("name")
    if not names and asked == "applicant_name" and (said := _capitals(message)):
        reading.values["applicant_name"] = said
        return
    introduced = [f for f in names if f.rule != "bare"]
    # A message that could be nothing but a name is one only where a name was asked for.
    if introduced or (names and asked == "applicant_name"):
        reading.values["applicant_name"] = (introduced or names)[0].value


def _capitals(message: Message) -> str | None:
    """Words with capitals where the name is asked for, and words that are also others': 'Else Post', 'Maj Fredag'."""
    found = _CAPITALS.match(message.text)
    if not found or message.button or message.is_question or any(message.cue(cue) for cue in _NO_NAME):
        return None
    single = len(found["name"].split()) == 1
    if single and (message.intent in _SAID_IN_ONE_WORD and message.confidence >= SURE):
        return None
    return found["name"].strip()
