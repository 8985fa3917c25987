"""Rasa component that adds the acts of a message for the request under way, or for one it starts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts.request import beside_a_question, wishes
from bot.nlu.acts.request.by_sentence.parts_apart import acts_of
from bot.nlu.acts.request.by_sentence.told_beside import beside, with_told_beside
from bot.nlu.acts.request.clauses import clause_spans
from bot.nlu.acts.request.dialogue.not_understood import instead_of_nothing
from bot.nlu.acts.request.limits import FEW_WORDS, KEPT_LENGTH, READ_FROM_A_SENTENCE
from bot.nlu.acts.request.meeting_text.departments import (
    with_denied_departments,
    with_named_department,
    with_names_joined,
)
from bot.nlu.acts.request.meeting_text.place_in_own_words import with_place_in_own_words
from bot.nlu.acts.request.message import Message as Said
from bot.nlu.acts.request.message import slot_names
from bot.nlu.acts.request.people.support_person import answer_of
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import ENTITIES_OF
from bot.nlu.acts.request.texts.reason_spans import reason_in
from bot.nlu.acts.request.texts.reasons import WHO_WHERE_WHEN
from bot.nlu.acts.request.texts.text_changes import to_be_written
from bot.nlu.acts.request.wishes_outside import (
    behind_its_wish,
    of_the_kind_meant,
    parts_by_wish,
    wished_beside_values,
    with_accepted,
)
from bot.nlu.components import ReadsPast, Untrained
from bot.nlu.parts import Part, split
from bot.nlu.reading import ACTS, REST, read_each
from bot.nlu.values import values_in
from bot.past import Past
from common.acts import (
    ASK,
    CHECK_NOTED,
    FORM,
    LEFT,
    REFERENCE,
    REPEAT,
    SET,
    SIMPLIFY,
    SMALL_TALK,
    START,
    UNREAD,
    YES,
    Act,
    is_about_the_request,
    is_answered_before,
)
from common.clock import now
from common.request import State, sent_before
from common.rest import joined
from common.slots import FREE_TEXT, KEPT, ORDER, READ_FROM, SUPPORT_PERSON_TEXT, TOLD_BESIDE

# By kind of value, the slot that a question about the request names with it.
_SLOT_OF = {
    "behalf": "behalf_name",
    "date": "meeting_date",
    "time": "meeting_time",
    "department": "meeting_department",
    "support_person": "support_person_possible",
    "email": "applicant_email",
    "phone": "applicant_phone",
    "recording_medium": "recording_medium",
    "recording_purpose": "recording_purpose",
}
_BUTTON = "/"
# What leads up to a wish for notes says why they are wanted, which is not asked for.
_TOLD_FIRST = "recording"
_OF_THE_CHAT = ("faq_this_chat", "faq_without_name", "faq_after_sending", "bot_challenge")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RequestReader(ReadsPast, Untrained):
    """Adds acts for the form (`to` is FORM), or for a request that starts with the message (`to` is its kind)."""

    def read(self, messages: list[Message], past: Past) -> list[Message]:
        """The messages with their acts. Payloads of buttons are left to actions/turn/buttons.py."""
        return read_each(messages, lambda message: _add_acts(message, past))


def _add_acts(message: Message, past: Past) -> None:
    text = message.get(TEXT) or ""
    if not text or text.startswith(_BUTTON):
        return
    acts = [Act.of(one) for one in message.get(ACTS) or ()]
    if past.in_form:
        # Where the form is given the whole message, no question of it was answered.
        answered = [act for act in acts if message.get(REST) is not None and is_answered_before(act)]
        apart = [_of_the_request(act) for act in acts if message.get(REST) is not None and is_about_the_request(act)]
        told = _for_the_form(message, past, answered)
        if apart:
            # Beside a question about the request, a remark is none of its text: 'vis mig mødet. Hvad har du skrevet?'
            told = [act for act in told if not (act.act == ASK and act.slot in FREE_TEXT)]
        if not (answered or apart):
            state = State.of(past.slots, past.latest, now().date())
            whole = Said.of(message, whole=True)
            instead = instead_of_nothing(told, whole, state, to_be_written(whole))
            told = [replace(act, to=_reader_of(act)) for act in instead]
        acts = [*answered, *told, *apart]
    else:
        said = Said.of(message, whole=True)
        acts = with_accepted(of_the_kind_meant(acts, said), said, past)
        told = _for_one_that_may_begin(message, acts, past)
        # Text stored as the question to Jura is not reported as not understood.
        kept = " ".join(str(act.value) for act in told if act.slot == "question_text")
        acts = [act for act in acts if act.act != UNREAD or not kept or act.words not in kept]
        if any(act.act == START for act in told):
            acts = _only_questions_unread(acts, said)
        acts += told
    message.set(ACTS, [act.kept() for act in acts], add_to_output=True)


def _of_the_request(act: Act) -> Act:
    """A question about the request, which the form answers; `about`: the slot it asks about, where it names one."""
    if act.value != CHECK_NOTED:
        names_one = any(found.entity == "reference" for found in values_in(act.words))
        return replace(act, about=REFERENCE if names_one else "", to=FORM)
    named = {slot for slot, names in slot_names().items() if names.search(act.words.lower())}
    named |= {_SLOT_OF[found.entity] for found in values_in(act.words) if found.entity in _SLOT_OF}
    about = named.pop() if len(named) == 1 else ""
    return replace(act, act=SMALL_TALK, value="noted", slot="noted", about=about, to=FORM)


def _for_the_form(message: Message, past: Past, answered: Sequence[Act]) -> list[Act]:
    spans = message.get(REST)
    if spans is not None and not joined(message.get(TEXT), spans).strip():
        return []
    state = State.of(past.slots, past.latest, now().date())
    # The day of one of several meetings names it: it is of no other matter.
    days = [str(one.get("meeting_date")) for one in state.meetings] if len(state.meetings) > 1 else ()
    said = with_named_department(with_denied_departments(with_names_joined(Said.of(message, days=days))))
    said = with_place_in_own_words(said, state)
    acts = with_told_beside(acts_of(said, state), said, state)
    if spans is not None:
        acts = beside_a_question.for_the_form(acts, said, message, past, answered)
    return [_with_words(act, said, _reader_of(act)) for act in acts]


def _reader_of(act: Act) -> str:
    """Who an act is `to`: the form, or nobody where the policy in bot/ answers or names it before the form runs."""
    answered = act.about == LEFT if act.act == UNREAD else is_answered_before(act)
    return "" if answered else FORM


def _for_one_that_may_begin(message: Message, acts: Iterable[Act], past: Past) -> list[Act]:
    """Acts for each kind of request that may start next; a kind wished for together with values starts at once."""
    wished = next((str(act.value) for act in acts if act.act == START), None)
    # A question may be the content of the request that follows.
    said = with_names_joined(Said.of(message, whole=wished is None))
    begun = None if wished else wished_beside_values(message.get(INTENT)["name"], said)
    acts = list(acts)
    # An offer may be accepted beside what only earlier messages explain: 'ja tak. Han hedder Kim'.
    accepts = any(act.act == YES for act in acts)
    if not (wished or begun or accepts or said.has_values or reason_in(said)):
        return []
    text = str(message.get(TEXT) or "")
    told = [Act(START, begun, to=begun)] if begun else []
    last = sent_before(past.slots.get("request_last_meeting"))
    who = {slot: past.slots[slot] for slot in KEPT if past.slots.get(slot) is not None}
    spans = message.get(REST)
    for kind, part in parts_by_wish(acts, said, spans) if wished else [(kind, said) for kind in ORDER]:
        kind_acts = wishes.values_told(
            part, kind, now().date(), wished=bool(wished) or kind == begun, last=last, before=past.wrote, who=who
        )
        kept = [act for act in kind_acts if not (act.slot == "question_text" and _asks_the_chat(acts, text))]
        telling = part if kind == _TOLD_FIRST else behind_its_wish(part, acts)
        besides = beside(telling, kept)
        besides = besides if kind == _TOLD_FIRST else besides.without_who_comes()
        if besides.who_comes and not any(act.slot == "support_person_possible" for act in kept):
            kept += answer_of(besides.who_comes, telling)
        for slot, words in ((SUPPORT_PERSON_TEXT, besides.who_comes), (TOLD_BESIDE, besides.remarks)):
            if words and kind != "question":
                kept.append(Act(SET, words, slot=slot, words=words))
        told += [_with_words(act, part, kind) for act in kept]
    told = _without_steering(told, acts)
    return told


def _sentences(text: str) -> list[str]:
    return [text[slice(*span)].strip() for span in sentence_spans(text)]


def _without_steering(told: list[Act], acts: Iterable[Act]) -> list[Act]:
    """The acts, without a reason read from words that ask for plainer ones: 'jeg forstår ikke ordet rammer'."""
    steered = " ".join(act.words.lower() for act in acts if act.act in (SIMPLIFY, REPEAT))
    said = [sentence for act in told if act.slot in READ_FROM for sentence in _sentences(str(act.value))]
    if not said or any(sentence.lower() not in steered for sentence in said):
        return told
    return [act for act in told if act.slot not in READ_FROM and act.slot not in READ_FROM.values()]


def _only_questions_unread(acts: list[Act], said: Said) -> list[Act]:
    """The acts, with only the questions of what was not understood, where the rest of it wished for a request.

    What asks for the notes or the leave that is wished for, and what was answered, is none of them.
    """
    unread = [act for act in acts if act.act == UNREAD]
    left = [act for act in acts if act not in unread]
    spoken = [(act.start, act.end) for act in left if act.act == ASK]
    parts = [part for part in split(said.text) if part.asks] if unread else []
    # Question order in what tells of a meeting: 'og så ringer visitationen fredag kl. 13'.
    asking = [
        one for one in parts if not _wishes_for_one(one.text) and (one.text.endswith("?") or not _tells(one, said))
    ]
    asking = [one for one in asking if not any(start < one.end and one.start < end for start, end in spoken)]
    return [*left, *(Act(UNREAD, words=part.text, start=part.start, end=part.end) for part in asking)]


def _wishes_for_one(words: str) -> bool:
    return any(wishes.asked_for_another(words, kind) for kind in ORDER)


def _tells(part: Part, said: Said) -> bool:
    return bool(said.within(part.start, part.end).values(*WHO_WHERE_WHEN))


def _asks_the_chat(acts: Iterable[Act], text: str) -> bool:
    """Whether the question is about this chat: it is answered here and not sent to Jura."""
    return ":" not in text and any(act.act == ASK and act.value in _OF_THE_CHAT for act in acts)


def _with_words(act: Act, said: Said, to: str) -> Act:
    """The act with the words its value was read from, else with the start of the message, and how certain it is."""
    if act.act == SET and said.words > FEW_WORDS:
        act = replace(act, certainty=READ_FROM_A_SENTENCE)
    if act.words or act.slot in FREE_TEXT:
        return replace(act, to=to)
    if act.readings and act.slot == "meeting_date":
        return replace(act, words=_clauses_with_days(said), to=to)
    found = next((one for one in said.values(*ENTITIES_OF.get(act.slot, (act.slot,)))), None)
    words = said.text[found.start : found.end] if found else said.text[:KEPT_LENGTH]
    return replace(act, words=words, to=to)


def _clauses_with_days(said: Said) -> str:
    """What is said of the days, kept in these words where it stays open which of them it is: 'engang i næste uge'."""
    days = said.values("date")
    around = [one for one in clause_spans(said) if days and one[0] < days[-1].end and days[0].start < one[1]]
    words = said.text[around[0][0] : around[-1][1]].strip(" .,") if around else ""
    return words if len(words) <= KEPT_LENGTH else ""
