"""Terms and sending: only an explicit yes binds (binding.py; conversation.md, Acts)."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue import corrections
from bot.nlu.acts.request.dialogue.binding import binds
from bot.nlu.acts.request.limits import NO_WORDS, YES_WORDS, YES_WORDS_BY_LABEL
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, all_of, given, reopened
from bot.nlu.values.people.names import holds_a_word
from common import patterns
from common.acts import BINDS, NO, YES, Act
from common.request import State
from common.slots import WHO_WRITES

_AGREES = ("affirm", "thanks", "nothing_else", "confirms")
_SENDS = ("send", "plain_send")
_WHO_WRITES = {"name": "applicant_name", "email": "applicant_email", "phone": "applicant_phone"}


def sending(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A yes at the review in words of sending, before it is read as a wish to receive something."""
    says_so = message.cue("send") or message.cue("plain_send") or binds(message.text, "review")
    return review(message, state, reading) if state.asked == "review" and says_so else None


def review(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A yes or a no to sending what was shown."""
    if state.asked != "review":
        return None
    if any(state.known.get(slot) != value for slot, value in reading.values.items()) or reading.dates or reading.times:
        return None
    if binds(message.text, "review"):
        return [Act(YES, about=BINDS, slot="review")]
    if only_sends(message) or (message.cue("confirms") and not message.is_question):
        return [Act(YES, slot="review")]
    yes = message.cue("send") or message.cue("plain_send")
    yes = yes or (message.intent == "affirm" and message.words <= YES_WORDS_BY_LABEL)
    if (yes or (message.yes and message.words <= YES_WORDS)) and not _doubts(message):
        return [Act(YES, slot="review")]
    no = message.intent == "deny" or message.cue("deny")
    if no and message.words <= NO_WORDS and not message.named_slots():
        return reopened(())
    return None


def only_sends(message: Message) -> bool:
    """Whether each part agrees or leaves all as it is, and one says to send."""
    said = _pieces(message)
    plain = [one for one in said if not message.cue_in("nothing_to_correct", one)]
    sends = [one for one in plain if _says_send(one, message)]
    agrees = [one for one in plain if one not in sends and any(message.cue_in(cue, one) for cue in _AGREES)]
    left = " ".join(one for one in said if one not in (*sends, *agrees))
    nothing = not left or message.cue_in("nothing_to_correct", left)
    return bool(sends) and nothing and not message.is_question


def keeps_it(message: Message) -> bool:
    """Whether each part keeps the value, sends or agrees."""
    said = _pieces(message)
    leaves = [one for one in said if message.cue_in("keep", one) or _says_send(one, message)]
    return bool(leaves) and all(one in leaves or any(message.cue_in(cue, one) for cue in _AGREES) for one in said)


def keeps_all(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """At the review, all stays as it is; the yes that binds is then asked for."""
    asks = message.is_question or state.asked != "review" or binds(message.text, "review")
    if asks or message.has_values:
        return None
    said = _pieces(message)
    keeps = [one for one in said if message.cue_in("keep", one)]
    # 'Det med goddag behøver ikke stå der, men lad det bare være': the last word counts.
    if len(said) > 1 and said[-1] in keeps and said[-1].lower().startswith("men"):
        return [Act(YES, slot="review")]
    sends = [one for one in said if _says_send(one, message)]
    rest = [one for one in said if one not in (*keeps, *sends) and not _is_harmless(one, message, state)]
    whole = bool(keeps or sends) and not rest and not (message.cue("takes_back") or message.cue("denies_sending"))
    return [Act(YES, slot="review")] if whole and (keeps or len(said) > len(sends)) else None


def _pieces(message: Message) -> list[str]:
    """Parts between marks, and before 'men' or 'og'."""
    return [one.strip() for one in patterns.split(r"[.,;!\n]+|\s(?=(?:men|og)\b)", message.text) if one.strip()]


def _says_send(said: str, message: Message) -> bool:
    return any(message.cue_in(cue, said) for cue in _SENDS)


def _is_harmless(said: str, message: Message, state: State) -> bool:
    """Whether a part next to a yes changes nothing."""
    kind = str((state.waiting or {}).get("kind") or "")
    later = bool(kind) and message.cue_in(f"kind_{kind}", said) and message.cue_in("wishes_also", said)
    if later or message.cue_in("harmless", said) or message.cue_in("nothing_to_correct", said):
        return True
    return any(message.cue_in(cue, said) for cue in _AGREES)


def terms(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Answer to the terms; a yes with a condition, a question or another matter is none."""
    if state.asked != "terms_accepted":
        return None
    no = message.cue("deny") or message.is_labelled("deny")
    corrects = corrections.is_clear(message, state, reading) or corrections.changes(message, state, reading)
    # A no to something else: 'nej, det med bisidderen skal ikke ændres'.
    of_another = message.words > NO_WORDS and {*message.named_slots()} - {"terms_accepted"}
    if no and not message.is_question and not corrects and not of_another:
        return [Act(NO, slot="terms_accepted")]
    if binds(message.text, "terms", _own(message, reading)):
        if corrects:
            return [Act(YES, slot="terms_accepted")]
        return [*all_of(reading), Act(YES, about=BINDS, slot="terms_accepted")]
    likely = message.yes or learned_answers.agrees(message) or message.is_labelled("affirm")
    doubts = message.is_question or _takes_back(message) or message.cue("condition")
    # A yes to another question: 'ja, min søster kan godt', 'okay. jeg vil hellere filme'.
    doubts = doubts or bool(reading.values.keys() & state.known.keys()) or bool(reading.values.keys() - WHO_WRITES)
    # Name and contact are kept; only the yes is asked for again.
    who = {slot: value for slot, value in reading.values.items() if slot in WHO_WRITES}
    return [*given(who), Act(YES, slot="terms_accepted")] if likely and not doubts else None


def _own(message: Message, reading: Reading) -> list[str]:
    """The citizen's name and contact as written, where they are stored: they may stand next to a binding yes.

    Words that only look like a name are none of them.
    """
    taken = [entity for entity, slot in _WHO_WRITES.items() if slot in reading.values]
    own = [message.text[one.start : one.end] for one in message.values(*taken)]
    name = str(reading.values.get("applicant_name") or "")
    # A name in no list, capitalised: 'det er Skjalme Thorup'.
    written = [name] if len(name.split()) > 1 and name.istitle() and name in message.text else []
    return [one for one in (*own, *written) if not holds_a_word(one)]


def _doubts(message: Message) -> bool:
    return message.cue("correction") or message.cue("reservation") or message.is_question or _takes_back(message)


def _takes_back(message: Message) -> bool:
    """Whether a yes is revoked in the same message."""
    return message.cue("takes_back") or message.intent == "cancel"
