"""Terms and sending: only an explicit yes binds (binding.py; conversation.md, Acts)."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.dialogue import corrections
from bot.nlu.acts.request.dialogue.binding import binds
from bot.nlu.acts.request.limits import NO_WORDS, YES_WORDS, YES_WORDS_BY_LABEL
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, all_of, given, reopened
from bot.nlu.clauses import clauses
from bot.nlu.values.people.names import holds_a_word
from common.acts import BINDS, NO, YES, Act
from common.request import State
from common.slots import WHO_WRITES

# A part with one of these agrees or leaves all as it is, whatever it denies.
_LEAVES = ("plain_send", "confirms", "keep", "nothing_to_correct")
# A part with one of these agrees, unless it corrects or doubts something.
_AGREES = ("affirm", "thanks", "nothing_else")
_WHO_WRITES = {"name": "applicant_name", "email": "applicant_email", "phone": "applicant_phone"}


def sending(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A yes to sending what was shown, where no part of the message says anything else."""
    if state.asked != "review" or _changes(state, reading):
        return None
    if binds(message.text, "review"):
        return [Act(YES, about=BINDS, slot="review")]
    return [Act(YES, slot="review")] if leaves_all(message, state) else None


def review(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A yes or a no to sending, by the label or the first word of a message that may say more."""
    if state.asked != "review" or _changes(state, reading):
        return None
    sends = message.cue("says_send") and not message.cue("denies_sending")
    short = message.words <= YES_WORDS_BY_LABEL and (sends or message.intent == "affirm")
    yes = message.cue("plain_send") or short
    doubts = message.cue("correction") or message.cue("reservation") or message.is_question or _takes_back(message)
    if (yes or (message.yes and message.words <= YES_WORDS)) and not (doubts or _wants_more(message)):
        return [Act(YES, slot="review")]
    no = message.intent == "deny" or message.cue("deny")
    if no and message.words <= NO_WORDS and not message.named_slots():
        return reopened(())
    return None


def _wants_more(message: Message) -> bool:
    """Whether a clause beside the yes wants something else: 'det er fint, I skal bare vide, at ...'."""
    said = [as_message(message, one.start, one.end, learned=True) for one in message.clauses]
    return any(one.cue("wants") and not (one.cue("thanks") or any(map(one.cue, _LEAVES))) for one in said)


def leaves_all(message: Message, state: State, *, plainly: bool = True) -> bool:
    """Whether each part sends, agrees, leaves all as it is, or is a remark about that; it binds nothing.

    `plainly`: one part says yes or leaves all as it is, and is no mere remark.
    """
    spans = clauses(message.text) or [(0, len(message.text))]
    said = [as_message(message, *span, learned=True) if len(spans) > 1 else message for span in spans]
    says = not plainly or any(one.cue("affirm") or any(map(one.cue, _LEAVES)) for one in said)
    doubts = message.is_question or message.cue("takes_back")
    return says and not doubts and all(agrees_only(one, state) for one in said)


def agrees_only(said: Message, state: State) -> bool:
    """Whether a clause sends, agrees, leaves all as it is, or is a remark about that."""
    kind = str((state.waiting or {}).get("kind") or "")
    later = bool(kind) and said.cue(f"kind_{kind}") and said.cue("wishes_also")
    if said.cue("says_send") and said.cue("denies_sending"):
        return False
    if later or said.cue("harmless") or any(map(said.cue, _LEAVES)):
        return True
    agrees = any(map(said.cue, _AGREES)) and not said.cue("reservation")
    # 'Husk at ringe til mig' is like a remark about what was asked.
    remarks = learned_answers.remarks(said) and not said.cue("wants")
    return (agrees or remarks) and not said.cue("correction")


def _changes(state: State, reading: Reading) -> bool:
    new = any(state.known.get(slot) != value for slot, value in reading.values.items())
    return bool(new or reading.dates or reading.times)


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
    if binds(message.text, "terms", written_of_who_writes(message, reading)):
        if corrects:
            return [Act(YES, slot="terms_accepted")]
        return [*all_of(reading), Act(YES, about=BINDS, slot="terms_accepted")]
    agrees = leaves_all(message, state)
    likely = agrees or message.yes or learned_answers.agrees(message) or message.is_labelled("affirm")
    doubts = message.is_question or _takes_back(message) or (message.cue("condition") and not agrees)
    # A yes to another question: 'ja, min søster kan godt', 'okay. jeg vil hellere filme'.
    told = {slot: value for slot, value in reading.values.items() if state.known.get(slot) != value}
    doubts = doubts or bool(told.keys() & state.known.keys()) or bool(told.keys() - WHO_WRITES)
    # Name and contact are kept; only the yes is asked for again.
    who = {slot: value for slot, value in reading.values.items() if slot in WHO_WRITES}
    return [*given(who), Act(YES, slot="terms_accepted")] if likely and not doubts else None


def written_of_who_writes(message: Message, reading: Reading) -> list[str]:
    """The citizen's name and contact as written, where they are stored: they may stand next to a binding yes.

    Words that only look like a name are none of them.
    """
    taken = [entity for entity, slot in _WHO_WRITES.items() if slot in reading.values]
    own = [message.text[one.start : one.end] for one in message.values(*taken)]
    name = str(reading.values.get("applicant_name") or "")
    # A name in no list, capitalised: 'det er Skjalme Thorup'.
    written = [name] if len(name.split()) > 1 and name.istitle() and name in message.text else []
    return [one for one in (*own, *written) if not holds_a_word(one)]


def _takes_back(message: Message) -> bool:
    """Whether a yes is revoked in the same message."""
    return message.cue("takes_back") or message.intent == "cancel"
