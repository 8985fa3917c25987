"""Wishes for a request: the first one, or another kind than the one under way (conversation.md, `which_request`)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.nlu.acts.request.kinds_said import kinds_said, wished_kinds
from bot.nlu.acts.request.limits import (
    CERTAIN,
    FEW_WORDS,
    KIND_WORDS,
    NAMED_WORDS,
    SURE,
    WISH_WORDS,
    WISH_WORDS_IN_A_TEXT,
)
from bot.nlu.acts.request.meeting_text.dates import prefer_near_known_day
from bot.nlu.acts.request.meeting_text.parts import days_said
from bot.nlu.acts.request.meetings.meeting_acts import with_several
from bot.nlu.acts.request.message import ANSWER, TYPE_OF_INTENT, Message, cues
from bot.nlu.acts.request.people.behalf import read_behalf
from bot.nlu.acts.request.reading import add_same_department, beginning, read
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, all_of, given
from bot.nlu.acts.request.texts.reasons import add_reason, in_words
from bot.nlu.acts.request.texts.whose_reason import own_reason_mark
from bot.nlu.parts import split
from common.acts import ALSO, INSTEAD, START, Act
from common.request import State
from common.slots import BESIDE, BINDING, FREE_TEXT, MEETING, ORDER, WHO_WRITES

_REASON = "recording_explanation"
_TEXTS = ("notes_wanted", _REASON)


def values_told(
    message: Message,
    kind: str,
    today: date,
    *,
    wished: bool,
    last: Sequence[Mapping[str, Any]] = (),
    before: str = "",
    who: Mapping[str, Any] | None = None,
) -> list[Act]:
    """Acts for a request of `kind` that starts with the message or after it; `wished`: the message wishes for it.

    `last`: the meetings of the request sent before; `before`: what the citizen wrote earlier; `who`: who writes and
    for whom, where that is known.
    """
    reading = beginning(message, kind, today, before, who) if wished else read(message, kind, None, today)
    if not wished:
        read_behalf(message, None, who or {}, reading, before)
    if reading.elsewhere:
        # Not a meeting with the municipality: 'må jeg optage lægen på hospitalet på fredag?'
        reading.drop_meetings()
    if wished and kind != "question":
        _the_same_meeting(message, reading, last)
        add_same_department(message, reading, last)
        prefer_near_known_day(message, reading, {}, last)
    # The reason is kept with a question too: 'jeg vil filme mit møde, fordi de sidst nægtede. Er det lovligt?'
    if kind == "recording" and not wished:
        add_reason(message, reading)
    acts = all_of(with_several(reading, message, kind, today))
    return [*acts, *own_reason_mark(acts, {})]


def _the_same_meeting(message: Message, reading: Reading, last: Sequence[Mapping[str, Any]]) -> None:
    """Drops what was read of a meeting where it is the one sent before: that is asked about (`same_meeting`)."""
    if not last or not message.cue("names_the_same_meeting"):
        return
    days = {day for found in message.values("date") for day in days_said(found)}
    if days and not days & {str(one.get("meeting_date")) for one in last}:
        return
    reading.drop_meetings()
    reading.settled -= set(MEETING)


def sure_other_kind(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The wish for another kind of request, where it is beyond doubt."""
    if state.kind is None or state.asked == "request_type" or message.words > WISH_WORDS or _sends(message, state):
        return None
    if state.asked == "question_text" and "?" in message.text and not message.cue("instead"):
        return None
    # 'Nora Kragh, nora@eksempel.dk. Mødet den 9. er aflyst': what answers is no wish by its label alone.
    answers = not ({*CONTACTS} & reading.values.keys()).isdisjoint(state.asks)
    wished = None if answers else TYPE_OF_INTENT.get(message.intent)
    if other := other_kind(message, state):
        return other
    long_text = state.asked in FREE_TEXT and message.words > WISH_WORDS_IN_A_TEXT
    if wished in (state.kind, None) or message.confidence < CERTAIN or long_text or _is_for_whom(wished, message):
        wished = _named_instead(message, state)
    return wish(wished, message, state) if wished else None


def other_kind(message: Message, state: State) -> list[Act] | None:
    """The other kind that is wanted in place of the one under way."""
    other = _wished_for(message, state)
    return [Act(START, other, INSTEAD), *all_of(begun_with(message, other, state.today))] if other else None


def _wished_for(message: Message, state: State) -> str | None:
    """The other kind that is wanted where the one under way is given up: 'jeg vil ikke optage, kun have referat'."""
    said = kinds_said(message)
    others = said.left - {state.kind}
    gives_up = state.kind in said.given_up - said.wanted and not message.is_question
    return others.pop() if gives_up and len(others) == 1 and state.asked not in FREE_TEXT else None


def _named_instead(message: Message, state: State) -> str | None:
    """The one kind named in place of the one under way."""
    denies = message.cue("denies_kind")
    if not message.cue("instead") and not denies:
        return None
    if not denies and state.kind in kinds_said(message).wanted:
        return None  # 'De referater er nok korte. Jeg vil hellere optage'
    # A denied kind does not count: 'det er ikke et spørgsmål'.
    said = cues()["denies_kind"].sub(" ", message.text.lower())
    named = [kind for kind in ORDER if kind != state.kind and message.cue_in(f"kind_{kind}", said)]
    if len(named) != 1:
        return None
    kind = named[0]
    # A wish whatever the label and the slot asked for: 'jeg vil ikke have et referat?? Jeg vil optage mødet'.
    wishes = kind != "question" and message.cue(f"wish_{kind}") and (denies or not message.is_question)
    steers = message.intent in ("cancel", "correct", *TYPE_OF_INTENT) and message.confidence >= SURE
    asks = message.is_question and not (message.intent in TYPE_OF_INTENT and steers)
    # Too short for a reason: 'så hellere et referat'.
    short = message.words <= NAMED_WORDS and not asks
    return kind if wishes or short or (not asks and (steers or state.asked not in FREE_TEXT)) else None


def kind_or_other_kind(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The kind of request where it is asked for, else the wish for another kind."""
    named = _named_kind(message) if state.asked == "request_type" else None
    if named:
        return [Act(START, TYPE_OF_INTENT.get(message.intent) or named)]
    new = TYPE_OF_INTENT.get(message.intent)
    if new is None or message.confidence < SURE or (state.kind and _is_for_whom(new, message)):
        return None
    if state.kind is None or state.asked == "request_type":
        return [Act(START, new), *all_of(begun_with(message, new, state.today))]
    answers = reading.values.keys() & {state.asked} and not _wishes(new, message)
    if new == state.kind or answers or _sends(message, state):
        return None
    dated = state.asked == "meeting_date" and (reading.dates or "meeting_date" in reading.settled)
    if dated and not message.cue(f"kind_{new}"):
        return None  # 'I dag får jeg tilsendt papirerne, og på torsdag går vi dem igennem' answers the question
    return wish(new, message, state)


def wish(kind: str, message: Message, state: State) -> list[Act]:
    """The wish for a request, and the values told for it."""
    instead = message.cue("instead")
    answers, place = ([], 0) if instead else _answered_before(kind, message, state)
    told = message.within(place, len(message.text)) if answers else message
    # 'Et spørgsmål til Jura, men send først den her' leaves nothing to ask.
    about = INSTEAD if instead else ALSO if message.cue("this_first") else ""
    return [*answers, Act(START, kind, about), *all_of(begun_with(told, kind, state.today))]


def _answered_before(kind: str, message: Message, state: State) -> tuple[list[Act], int]:
    """Acts that answer what is asked for before the wish, and where the wish starts."""
    place = next((part.start for part in split(message.text) if message.cue_in(f"wish_{kind}", part.text)), 0)
    before = message.within(0, place)
    if not before.text.strip() or before.is_question or state.asked in (None, *BINDING):
        return [], 0
    if state.asked in FREE_TEXT:
        told = before.words > FEW_WORDS and state.asked != "question_text"
        return (given({str(state.asked): before.text.strip()}) if told else []), place
    return _answers(before, state), place


def _beside(state: State) -> list[str]:
    return [part for slot in state.asks for part in BESIDE.get(slot, ())]


def wish_after_yes(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A wish for another request after a yes to sending; only whole messages bind."""
    if state.asked != "review":
        return None
    spans = [(part.start, part.end) for part in split(message.text)] + sentence_spans(message.text, message.unbroken)
    for start, end in sorted(span for span in spans if span[0]):
        before = message.within(0, start)
        after = message.within(start, len(message.text))
        kind = _wished_also(message.within(start, end), str(state.kind))
        if kind and (before.yes or before.cue("plain_send")) and not before.cue("correction"):
            return [Act(START, kind, ALSO), *all_of(begun_with(after, kind, state.today))]
    return None


def wish_beside_answer(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A wish for another request after the answer to what is asked for: 'lyd. Kan vi også få notatet fra mødet?'."""
    if state.asked in (None, "request_type", "question_text", *BINDING):
        return None
    for part in split(message.text)[1:]:
        wished, before = message.within(part.start, part.end), message.within(0, part.start)
        kind = _wished_beside(wished, str(state.kind), follows_text=state.asked in {*_TEXTS} | WHO_WRITES)
        answers = _answers(before, state) if kind and kind != state.kind else []
        if kind and answers:
            after = message.within(part.start, len(message.text))
            return [*answers, Act(START, kind, ALSO), *all_of(begun_with(after, kind, state.today))]
    return None


def _wished_beside(message: Message, kind: str, *, follows_text: bool) -> str | None:
    """The kind wished for beside an answer; a question wishes where it names what it wants of which meeting.

    Behind an answer that is a choice, `which_request` asks.
    """
    if asked_for := asked_for_another(message.text, kind):
        return asked_for
    wishes = follows_text and message.cue("wishes_also") and not message.is_question
    return _wished_also(message, kind) if wishes else None


def asked_for_another(text: str, kind: str) -> str | None:
    """The other kind of request that a question asks for: 'kan vi også få referatet fra den 3.?'."""
    asks = {"recording": cues()["asks_for_recording"], "notes": cues()["asks_for_notes"]}
    return next((one for one, pattern in asks.items() if one != kind and pattern.search(text.lower())), None)


def _answers(message: Message, state: State) -> list[Act]:
    """Acts that answer what is asked for."""
    said = message.text.strip(" ,\n")
    if state.asked in _TEXTS:
        return given(in_words(said, message) if state.asked == _REASON else {state.asked: said}) if said else []
    found = tuple(one for one in message.found if one.entity != ANSWER)
    reading = read(replace(message, found=found), state.kind, state.asked, state.today, state.prompted, asks=state.asks)
    answers = {*state.asks, *_beside(state)} | (WHO_WRITES if WHO_WRITES & {*state.asks} else set())
    return given({slot: value for slot, value in reading.values.items() if slot in answers})


def _wished_also(message: Message, kind: str) -> str | None:
    """The kind wished for in addition to the request of `kind`; `kind` itself where it is one more."""
    if message.cue("denies_kind") or message.cue("not_now") or message.words > WISH_WORDS:
        return None
    also = message.cue("wishes_also")
    return next((one for one in wished_kinds(message) if also or one not in (kind, "question")), None)


def begun_with(message: Message, kind: str, today: date) -> Reading:
    """The values of a message that starts a request, of several meetings each by itself."""
    return with_several(beginning(message, kind, today), message, kind, today)


def _sends(message: Message, state: State) -> bool:
    """Whether a yes at the review wants the request sent."""
    return state.asked == "review" and message.yes and not message.cue("instead")


def _is_for_whom(wished: str | None, message: Message) -> bool:
    """Whether a message labelled as a wish says for whom the request under way is, and names no other kind."""
    return bool(message.values("behalf")) and not message.cue(f"kind_{wished}")


def _wishes(new: str, message: Message) -> bool:
    """Whether the message wishes for that kind in so many words."""
    return not message.is_question and message.cue(f"wish_{new}")


def _named_kind(message: Message) -> str | None:
    """The kind of request named in one or two words."""
    if message.words > KIND_WORDS or message.is_question:
        return None
    return next((kind for kind in TYPE_OF_INTENT.values() if message.cue(f"kind_{kind}")), None)
