"""Actions room: free text, and a department or a reason that the citizen has own words for. Pure."""

from actions import answering, corrections, talk
from actions.decision import Decision, Kind, Say, State
from actions.message import CERTAIN, SURE, Message
from actions.naming import NO_NAME
from actions.other_kind import MOST_WORDS_IN_A_TEXT, TYPE_OF_INTENT
from actions.steering import MOST_WORDS
from actions.values import Reading
from actions.wording import limit_text
from common import cpr
from common.slots import FREE_TEXT

# With these labels, own words may still be a department or a reason.
_NEUTRAL = {
    "inform",
    "nlu_fallback",
    "faq_special_needs",
    "out_of_scope",
    "faq_contact",
    "faq_video",
    "faq_phone_calls",
}
# Topics that what is asked for in a text may sound like.
_OF_TEXTS = ("faq_not_on_page", "faq_notes", "faq_alternatives", "faq_criteria", "faq_position")
_MOST_WORDS_OF_NOTHING = 4
_MOST_WORDS_OF_TALK = 15
_MOST_WORDS_OF_A_QUESTION = 40
_MOST_WORDS_OF_A_NAME = 4
# 'I kan bare slå mig op, cpr (CPR-nummer skjult)' gives no reason.
_MOST_WORDS_BESIDE_A_NUMBER = 10
# A question this sure is answered; a topic as sure as `_PLAIN` is asked about also where nothing has a question's form.
_LIKELY_ASKED = 0.6
_PLAIN = 0.985


def free_text(message: Message, state: State, reading: Reading) -> Decision | None:
    """In free text everything is the text, except what clearly steers, and a clear question, which beats a value."""
    slot = state.asked or ""
    if slot not in FREE_TEXT or message.button:
        return None
    short = message.words <= MOST_WORDS
    sure = message.confidence >= SURE
    if short and message.cue("about_writing"):
        return Decision(Kind.TALK, says=[Say(f"utter_example_{slot}")])
    if slot == "question_text":
        # 'Nej tak' and 'det ved jeg ikke' are nothing to send to Jura.
        nothing = message.words <= 4 and (message.cue("dont_know") or message.cue("skip"))
        bare = message.words <= 2 and (message.cue("affirm") or message.cue("deny"))
        if (nothing or bare) and "?" not in message.text:
            return None
    else:
        leaves_out = message.cue("skip") or (message.cue("deny") and message.words <= 3)
        certain = message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_TALK
        # 'Jeg sover næsten ikke og kan ikke holde noget i hovedet' sounds like one who has nothing to say, and tells.
        says_nothing = message.words <= _MOST_WORDS_OF_NOTHING or message.cue("skip") or answering.leaves_out(message)
        says_nothing = says_nothing or (short and message.cue("deny"))
        if (short and leaves_out) or (message.intent == "skip" and ((short and sure) or certain) and says_nothing):
            return None
        if short and message.intent in ("affirm", "deny") and sure:
            return None
    # 'Jeg glemmer det, vi aftaler' is a reason, whatever its label.
    certain = message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_TALK
    gesture = message.intent in talk.GESTURES and not reading.values
    if message.intent == "thank":
        gesture = gesture and message.cue("thanks")
    if slot == "question_text":
        certain = False  # what is said to Jura in anger is said to Jura
    if gesture and ((short and sure) or certain):
        return None
    if corrections.is_clear(message, state, reading):
        return None
    other = TYPE_OF_INTENT.get(message.intent, state.kind)
    if other != state.kind and message.confidence >= 0.8 and message.words <= MOST_WORDS_IN_A_TEXT:
        return None
    topic = message.intent.startswith("faq_") and message.intent not in (*_NEUTRAL, *_OF_TEXTS)
    asks = message.intent.startswith("faq_") and message.is_question
    if slot != "question_text" and (asks or (topic and message.confidence >= _PLAIN)):
        tells = bool(message.values("recording_grounds"))
        if tells and not message.text.rstrip().endswith("?"):
            # 'Hvordan skal jeg ellers kunne huske det? Jeg har haft en blodprop i hjernen.'
            return as_text(slot, message.text)
        longest = _MOST_WORDS_OF_A_QUESTION if message.confidence >= CERTAIN else _MOST_WORDS_OF_TALK
        if message.confidence >= _LIKELY_ASKED and message.words <= longest and asks and not tells:
            return None
        return _question_or_text(message)
    if slot != "question_text" and _asks_something(message):
        return _question_or_text(message)
    if not any(character.isalnum() for character in message.text) and len(message.text) <= FREE_TEXT[slot]:
        return None
    return as_text(slot, message.text)


def as_text(slot: str, text: str) -> Decision:
    """The text as the slot's value. With a longer one than Jura takes, the request could not be sent: that is said."""
    if len(text) > FREE_TEXT[slot]:
        return Decision(Kind.UNCLEAR, says=[Say("utter_too_long_value", {"limit": limit_text(slot)})])
    return Decision(Kind.VALUE, values={slot: text})


def _asks_something(message: Message) -> bool:
    """'Må jeg ringe til jer i stedet for at skrive?': a question, whatever it is about."""
    says = any(character.isalpha() for character in message.text)
    asks = message.is_question and message.text.rstrip().endswith("?") and message.words <= _MOST_WORDS_OF_TALK
    return says and asks and not message.values("recording_grounds")


def _question_or_text(message: Message) -> Decision:
    """Asks whether a question is one, or belongs into the request."""
    return Decision(
        Kind.ASK_BACK,
        says=[Say("utter_question_or_value")],
        pending={"kind": "question_or_value", "text": message.text, "intent": message.intent},
        prompt=False,
    )


def own_words(message: Message, state: State, reading: Reading) -> Decision | None:
    """A department, a reason or a name that no pattern knows is kept as the citizen wrote it."""
    if message.button or message.is_question or "?" in message.text or len(message.text) > 200:
        return None
    if not any(character.isalpha() for character in message.text):
        return None
    if state.asked == "meeting_department" and message.words <= 3 and (kinds := message.values("meeting_kind")):
        # 'Telefon' is how, and no name of a department.
        return Decision(Kind.VALUE, values={"meeting_kind": kinds[0].value})
    neutral = message.intent in _NEUTRAL or message.confidence < 0.5
    if message.intent == "out_of_scope" and message.confidence >= CERTAIN and message.words > _MOST_WORDS_OF_A_NAME:
        neutral = False
    if state.asked == "meeting_department" and message.intent == "out_of_scope":
        # Who writes it a third time means it.
        neutral = neutral or message.cue("describes") or state.failures > 1
    if message.intent == "correct" and state.asked == "recording_grounds":
        # 'Jeg skal citere korrekt, det er den eneste grund' puts nothing right.
        neutral = not (
            message.cue("correction") or message.cue("asks_to_correct") or answering.steers(message, "correct")
        )
    vague = message.cue("only_the_municipality") and not state.failures
    if state.asked == "meeting_department" and neutral and message.words <= 12 and not vague:
        return Decision(
            Kind.VALUE, values={"meeting_department": "unknown", "meeting_department_text": message.text.rstrip(" .!")}
        )
    number_alone = cpr.MASK in message.text and message.words <= _MOST_WORDS_BESIDE_A_NUMBER
    if state.asked == "recording_grounds" and neutral and message.words >= 2 and not number_alone:
        return own_grounds(message, Decision(Kind.VALUE, values={"recording_grounds": ["other"]}))
    plain = not any(character.isdigit() or character in "@/{}<>" for character in message.text)
    plain = plain and not any(message.cue(cue) for cue in (*NO_NAME, "kind_notes", "kind_question"))
    if state.asked == "applicant_name" and state.failures and plain and message.words <= 6 and neutral:
        # On one line, as Jura takes it.
        return Decision(Kind.VALUE, values={"applicant_name": " ".join(message.text.split()).rstrip(" .!")})
    return None


def own_grounds(message: Message, decision: Decision) -> Decision:
    """Another ground in own words: they are kept, and stand unless the explanation asked for says more."""
    if len(message.text) <= FREE_TEXT["recording_explanation"]:
        decision.values["recording_explanation"] = message.text
    decision.ask = "recording_explanation"
    return decision
