"""What is asked or remarked where a text is asked for."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue.small_talk import SAID
from bot.nlu.acts.request.limits import (
    ASKED,
    ASKED_WITHOUT_FORM,
    CERTAIN,
    HARDLY_TELLS_A_REASON,
    QUESTION_WORDS,
    TALK_WORDS,
)
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading
from common.acts import ASK, Act

# Labels with which own words may be a department or a reason.
NEUTRAL = {
    "inform",
    "nlu_fallback",
    "faq_special_needs",
    "out_of_scope",
    "faq_contact",
    "faq_video",
    "faq_phone_calls",
}
# Topics confused with the text of a wish.
_OF_TEXTS = ("faq_not_on_page", "faq_notes", "faq_alternatives", "faq_criteria", "faq_position")


def is_asked(message: Message) -> str:
    """Whether a reason or wish is a question: 'asked', 'doubtful', 'told', or '' without the form of one."""
    topic = message.intent.startswith("faq_") and message.intent not in (*NEUTRAL, *_OF_TEXTS)
    asks = message.intent.startswith("faq_") and message.is_question
    if asks or (topic and message.confidence >= ASKED_WITHOUT_FORM):
        tells = bool(message.values("recording_grounds"))
        if tells and not message.text.rstrip().endswith("?"):
            # 'Hvordan skal jeg ellers kunne huske det? Jeg har haft en blodprop i hjernen.'
            return "told"
        longest = QUESTION_WORDS if message.confidence >= CERTAIN else TALK_WORDS
        plainly = message.confidence >= ASKED and message.words <= longest and asks and not tells
        return "asked" if plainly else "doubtful"
    return "doubtful" if _asks_something(message) else ""


def is_a_remark(message: Message) -> bool:
    """Whether a text hardly tells a reason: 'puha, I spørger om meget'. It is asked what it is."""
    if message.is_question or "?" in message.text:
        return not learned_answers.tells_a_reason(message)
    # Beside a sentence that is read apart, others may tell the reason.
    return not message.apart and not learned_answers.tells_a_reason(message, HARDLY_TELLS_A_REASON)


def _is_answerable(label: str) -> bool:
    """Whether there is a reply to that label."""
    return (label.startswith("faq_") and label not in NEUTRAL) or label in SAID


def _asks_something(message: Message) -> bool:
    """Whether it is a short question, whatever its topic."""
    says = any(character.isalpha() for character in message.text)
    asks = message.is_question and message.text.rstrip().endswith("?") and message.words <= TALK_WORDS
    return says and asks and not message.values("recording_grounds")


def question_or_text(message: Message, slot: str, reading: Reading) -> Act:
    """ASK that may also be the text, with the grounds it would give."""
    read = reading.values.get("recording_grounds") if slot == "recording_explanation" else None
    # Nobody here can answer another question.
    answerable = _is_answerable(message.intent) or message.intent.startswith("faq_")
    asked = message.intent if answerable else "human_handover"
    return Act(ASK, asked, label=message.intent, words=message.text, slot=slot, readings=tuple(read or ()))
