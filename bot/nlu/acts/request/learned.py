"""What a message answers to the choice asked for, by what was learnt from citizens' answers.

The phrases of data/values/choices.yml are few and say the same wherever they stand; what citizens answer is endless.
On 440 answers that neither knew, phrases alone got 248 right and 29 wrong, both together as here 395 and 18.
"""

from typing import Any

from bot.nlu.acts.request.message import CERTAIN, Answer, Message
from common.slots import FREE_TEXT, SEVERAL

# A value counts as answered from here on.
LIKELY = 0.4
# Who answers a second time has said it as well as they can; the review shows what it was taken for.
LESS_LIKELY = 0.25
# Beside a day, a name or a number it must be plainer.
PLAIN = 0.75
# As near as this, two values are as good as each other: asked again.
_NEAR = 0.08
# A phrase counts only where the message, or its clause, could be the answer that the phrase stands for.
_POSSIBLE = 0.2
# Of a choice that was not asked for, it must say so itself: 'de ringer bare til mig' is no purpose.
_SAID = 0.4
# A first message says much at once, each thing in few words.
_SAID_FIRST = 0.2
# So few say nothing else than what was asked.
_FEW_WORDS = 3
_OFTEN_BY_CHANCE = ("recording_purpose", "recording_grounds", "support_person_possible")
_REASONS = ("recording_grounds", "recording_explanation")
# A second ground beside the likeliest.
_ALSO = 0.85
_ALSO_IN_A_CLAUSE = 0.9
_YES = 0.8
# 'Dem siger jeg ja til' says it in the first person.
_YES_IN_WORDS, _TORN = 0.4, 0.65
# 'Meget gerne', 'det er en aftale', a thumb: a yes without the word, by two witnesses.
_YES_BEYOND_DOUBT, _NO, _MAYBE_NO = 0.9, 0.15, 0.4
_UNLABELLED = ("nlu_fallback", "inform", "affirm")
_MOST_WORDS_OF_A_YES = 8
# Where it names no slot but steers the whole ('lige én tilbage'): it must be plain.
_STEERS = 0.6
_STEERS_FREE_TEXT = 0.9
# What is labelled otherwise says something of its own: anger, a question, a greeting.
_MAY_STEER = {
    *("nlu_fallback", "inform", "correct", "skip", "deny", "restart", "out_of_scope", "help", "bot_challenge"),
    *("faq_position", "faq_not_on_page", "faq_without_name"),
}
_SURELY = 0.97
# 'Hvorfor er jeg nødt til at oplyse det?' sounds like a topic as well.
_STEERS_BEYOND_DOUBT = 0.9


def values(message: Message, slot: str, least: float = LIKELY) -> list[str]:
    """The values with which the message answers the slot, `least` so probably; none where that is in doubt."""
    denied = {
        value for found in message.found if found.negated for value in _listed(found.value) if isinstance(value, str)
    }
    shares = {value: one.whole for value, one in message.answers(slot).items() if value not in denied}
    likely = sorted((value for value, share in shares.items() if share >= least), key=lambda value: -shares[value])
    if slot in SEVERAL and least < LIKELY:
        likely = [] if len(likely) > 1 else likely
    if not likely:
        return []
    if slot in SEVERAL:
        # 'Både fordi jeg hører elendigt, og fordi jeg glemmer': each in a clause of its own.
        parts = {value: one.part for value, one in message.answers(slot).items() if shares.get(value, 0) >= _POSSIBLE}
        also = {value for value, part in parts.items() if shares[value] >= _ALSO or part >= _ALSO_IN_A_CLAUSE}
        return [likely[0], *sorted(also - {likely[0]}, key=lambda value: -shares[value])]
    near = [value for value, share in shares.items() if value != likely[0] and shares[likely[0]] - share < _NEAR]
    return [] if near else likely[:1]


def possible(message: Message, slot: str, value: Any, asked: str | None) -> bool:
    """Whether a phrase's value can be meant. Where nothing was learnt (a button, a test of phrases alone), it can."""
    if not any(found.entity == "answer" for found in message.found):
        return True
    if any(found.negated and found.entity == slot for found in message.found):
        return True  # 'lyd i stedet for video' says it itself
    if slot == asked and message.words <= _FEW_WORDS:
        return True
    if slot != asked and slot not in _OFTEN_BY_CHANCE:
        return True
    if slot == "support_person_possible" and asked is None:
        return True  # 'min kone kan tage med' is plain enough
    if slot in message.named_slots() and (
        message.cue("correction") or slot in ("recording_purpose", "recording_grounds")
    ):
        return True  # 'formålet er kun privat', 'jeg kan godt have en bisidder med alligevel'
    if slot == "recording_purpose" and asked in _REASONS:
        return False  # 'fordi I lyver, og jeg vil have bevis' is why, and not what for
    known = message.answers(slot)
    least = _POSSIBLE if slot == asked else _SAID_FIRST if asked is None else _SAID
    return all(known.get(one, Answer()).part >= least for one in _listed(value))


def agrees(message: Message, sending: bool = False) -> bool:
    """Whether the message as a whole is a yes to the terms or to sending, as far as was learnt.

    What binds must be said in words: there is one of 'ja', 'enig', 'i orden' and the like in it, or 'send'. And three
    witnesses must agree: the word, the label, and what was learnt from answers ('ja, jeg har nogle spørgsmål', 'ja med
    undtagelse af punkt 3' have the word alone).
    """
    shares = {value: one.whole for value, one in message.answers("agreement").items()}
    against = max(shares.get("no", 0), shares.get("unsure", 0))
    said = message.yes or message.cue("says_yes") or message.cue("consents") or (sending and message.cue("says_send"))
    if not said or message.cue("condition"):
        return False
    if affirms(message) and (sending or not message.cue("says_send")):
        return True  # 'send den bare' is no yes to the terms
    if message.cue("consents") and (not shares or (shares.get("yes", 0) >= _YES_IN_WORDS and against <= _TORN)):
        return True  # 'Vilkårene tiltrædes hermed'
    beyond_doubt = shares.get("yes", 0) >= _YES_BEYOND_DOUBT
    if message.intent == "affirm" and message.confidence >= CERTAIN:
        return shares.get("yes", 0) >= _YES and against <= (_MAYBE_NO if beyond_doubt else _NO)
    # 'Ja, også det om databeskyttelse' is labelled as the topic that it names.
    topic = message.intent.startswith("faq_") and message.yes and not message.is_question
    return (topic or message.intent in _UNLABELLED) and beyond_doubt and against <= _NO


def affirms(message: Message) -> bool:
    """Whether both what was learnt from labels and from answers say, beyond doubt, that a short message is a yes."""
    shares = {value: one.whole for value, one in message.answers("agreement").items()}
    doubts = message.cue("condition") or message.cue("reservation") or message.is_question
    label = message.intent == "affirm" and message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_A_YES
    plainly = shares.get("yes", 0) >= _YES_BEYOND_DOUBT and max(shares.get("no", 0), shares.get("unsure", 0)) <= _NO
    return label and plainly and not doubts


def steers(message: Message, how: str, asked: str | None = None) -> bool:
    """Whether the message steers so: `back`, `why`, `correct` (something, without the new value) or `wait`."""
    plainly = values(message, "steering", _STEERS_BEYOND_DOUBT) == [how]
    topic = message.intent.startswith("faq_") and not (how == "why" and plainly and message.confidence < CERTAIN)
    if (message.intent not in _MAY_STEER and (topic or not message.intent.startswith("faq_"))) or (
        message.intent == "faq_position" and message.confidence >= _SURELY
    ):
        return False
    if asked in FREE_TEXT and how == "back":
        return False  # 'Kun det om tilbagebetaling' is what is wanted of the notes
    return values(message, "steering", _STEERS_FREE_TEXT if asked in FREE_TEXT else _STEERS) == [how]


def leaves_out(message: Message) -> bool:
    """Whether the message says that what was asked for is to be left out."""
    said = any(character.isalnum() for character in message.text)
    return said and bool(values(message, "leaving_out", _STEERS))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
