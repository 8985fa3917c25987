"""Wishes for a request in a message outside a form: the kinds wished for, and the words that belong to each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.nlu.acts.request.kinds_said import kinds_said
from bot.nlu.acts.request.limits import VALUES_OF_A_WISH
from bot.nlu.acts.request.message import ANSWER, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.reasons import WHO_WHERE_WHEN
from bot.nlu.intents.follow_ups import takes
from bot.nlu.parts import split
from bot.past import Past
from common.acts import ASK, START, UNREAD, YES, Act
from common.rest import in_rest

_LABEL = "request_"
_WISHES = f"/{_LABEL}"
# A question to Jura begins with its own words.
_ACCEPTED_IN_WORDS = ("recording", "notes")
_MAY_WISH = ("inform", "nlu_fallback", "human_handover")
_MAY_ASK_LEAVE = (*_MAY_WISH, "faq_may_i_record", "faq_phone_calls", "faq_video", "faq_how_to_ask")
_MAY_ASK_FOR_NOTES = (*_MAY_WISH, "faq_notes", "faq_not_on_page", "faq_for_somebody_else")
_NAMES_A_MEETING = {"department", "date"}


def parts_by_wish(
    acts: Iterable[Act], said: Message, spans: Sequence[Sequence[int]] | None
) -> list[tuple[str, Message]]:
    """Each kind wished for with its part of the message; text before the first wish belongs to the first.

    `spans`: the parts of the message that `said` consists of.
    """
    starts = ((str(act.value), act.start) for act in acts if act.act == START)
    wishes = {kind: start if spans is None else in_rest(start, spans) for kind, start in starts}
    places = [0, *list(wishes.values())[1:], len(said.text)]
    return [(kind, said.within(places[n], places[n + 1])) for n, kind in enumerate(wishes)]


def behind_its_wish(part: Message, acts: Iterable[Act]) -> Message:
    """What a message tells from its wish on."""
    starts = (part.text.find(act.words) for act in acts if act.act == START and act.words)
    return part.within(max(0, next(starts, len(part.text))), len(part.text))


def wished_beside_values(label: str, said: Message) -> str | None:
    """The kind wished for in a message with several values, whatever its `label`; None for none."""
    values = {found.entity for found in said.found} - {"reference", ANSWER}
    # Asks for permission for one meeting: 'må jeg få lov at optage mødet med jobcentret den 8.?'
    asks_leave = said.cue("asks_leave") and label in _MAY_ASK_LEAVE and values >= _NAMES_A_MEETING
    # 'Kan jeg få referatet fra mødet den 19. november på jobcentret på hendes vegne?'
    asks_leave |= said.cue("asks_for_notes") and label in _MAY_ASK_FOR_NOTES and values >= _NAMES_A_MEETING
    if len(values) < VALUES_OF_A_WISH or not (label in _MAY_WISH or asks_leave):
        return None
    # Beside a question as well: 'jeg vil bede om referatet fra den 3., og kan min nabo hente det?'
    parts = [
        part.text for part in split(said.text) if asks_leave or not (part.asks or said.cue_in("question", part.text))
    ]
    wished = ((kind, part) for part in parts for kind in ("recording", "notes"))
    return next((kind for kind, part in wished if said.cue_in(f"wish_{kind}", part)), None)


def of_the_kind_meant(acts: list[Act], said: Message) -> list[Act]:
    """The acts, with the kind that is wanted in place of a denied one: 'ikke spørge Jura, bare have notaterne'."""
    meant = kinds_said(said)
    wrong = [act for act in acts if act.act == START and act.value in meant.given_up - meant.wanted]
    if len(meant.left) != 1 or not wrong:
        return acts
    kind = meant.left.pop()
    left = [act for act in acts if act not in wrong and (act.act, act.value) != (START, kind)]
    return [*left, replace(wrong[0], value=kind, label=f"{_LABEL}{kind}")]


def with_accepted(acts: list[Act], said: Message, past: Past) -> list[Act]:
    """The acts, with the start of a request that was offered in place of the words that accept it.

    A sentence accepts that says yes beside values, a yes that says more ('ja, det vil vi gerne'), or a wish for what
    was offered: 'kan jeg ikke bede om det?'.
    """
    offered = (payload.removeprefix(_WISHES) for _, payload in past.buttons if payload.startswith(_WISHES))
    kind = next(offered, None)
    if kind not in _ACCEPTED_IN_WORDS or any(act.act == START for act in acts):
        return acts
    offers = any(act.act == YES for act in acts)
    sentences = [(said.within(*span), *span) for span in sentence_spans(said.text, said.unbroken)]
    # 'Ja, jeg har lige søgt. Må vi filme den 16.?' tells no meeting.
    told = any(one.entity in WHO_WHERE_WHEN for part, *_ in sentences if not part.is_question for one in part.found)
    for sentence, start, end in sentences:
        wishes = sentence.cue("wishes_it") and not sentence.cue("denies_wish")
        # 'Ok tak. Må en veninde så optage for mig?' thanks, and accepts nothing.
        thanks = any(act.value == "thank" and start <= act.start < end for act in acts)
        more = not (offers or thanks) and takes(sentence.text) and len(said.text) > len(sentence.text)
        accepts = told or more or sentence.cue("says_will")
        if wishes or (accepts and sentence.yes and not sentence.is_question):
            # What of it is only that: a yes, or a question answered just before.
            only = [act for act in acts if act.act in (YES, UNREAD) or (act.act == ASK and act.value in past.topics)]
            left = [act for act in acts if act not in only or not start <= act.start < end]
            return [*left, Act(START, kind, words=sentence.text, start=start, end=end)]
    return acts
