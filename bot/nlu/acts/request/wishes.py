"""The wish for a request: the first one, or one of another kind than the one under way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.nlu.acts.request.limits import (
    CERTAIN,
    CHOICE_WORDS,
    CHOICE_WORDS_BY_NAME,
    FEW_WORDS,
    KIND_WORDS,
    NAMED_WORDS,
    SURE,
    WISH_WORDS,
    WISH_WORDS_IN_A_TEXT,
)
from bot.nlu.acts.request.meeting_text.dates import near_the_known_day
from bot.nlu.acts.request.meetings.meeting_acts import with_several
from bot.nlu.acts.request.message import TYPE_OF_INTENT, Message, cues
from bot.nlu.acts.request.people.behalf import read_behalf
from bot.nlu.acts.request.reading import at_the_same_place, beginning, read
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import ENTITIES_OF, Reading, all_of, given
from bot.nlu.acts.request.texts.reasons import add_reason, in_words, own_reason
from bot.nlu.parts import split
from common.acts import ALSO, CHOOSE, INSTEAD, START, Act
from common.request import State
from common.slots import BESIDE, BINDING, FREE_TEXT, LOOSE, MEETING, ORDER, WHO_WRITES

_REASON = "recording_explanation"
_TEXTS = ("notes_wanted", _REASON)
_NAMES_ONE = ("chooses_this", "chooses_both", "chooses_new")


def told(
    message: Message, kind: str, today: date, *, wished: bool, last: Sequence[Mapping[str, Any]] = (), before: str = ""
) -> list[Act]:
    """What a message tells a request of a kind that begins with it, or after it; `wished`: it wishes for that one.

    `last`: the meetings of the request that was sent before; `before`: what the citizen wrote before it.
    """
    reading = beginning(message, kind, today, before) if wished else read(message, kind, None, today)
    if not wished:
        read_behalf(message, None, {}, reading, before)
    if reading.elsewhere:
        # 'Må jeg optage lægen på hospitalet på fredag?': the day of no meeting with the municipality.
        reading.values = {slot: value for slot, value in reading.values.items() if slot not in MEETING}
        reading.dates, reading.times, reading.vague, reading.has_been = [], [], False, None
    if wished and kind != "question":
        _the_same_meeting(message, reading, last)
        at_the_same_place(message, reading, last)
        near_the_known_day(message, reading, {}, last)
    # 'Jeg vil filme mit møde, fordi de sidst nægtede. Er det lovligt?' asks, and tells why.
    tells = "recording_grounds" in reading.values or message.cue("wish_recording")
    if kind == "recording" and not wished and tells:
        add_reason(message, reading)
    acts = all_of(with_several(reading, message, kind, today))
    return [*acts, *own_reason(acts, {})]


def _the_same_meeting(message: Message, reading: Reading, last: Sequence[Mapping[str, Any]]) -> None:
    """'Notater fra det samme besøg den 10. december': of the meeting sent before, which is then asked about."""
    if not last or not message.cue("names_the_same_meeting"):
        return
    days = {day for found in message.values("date") for day in (*found.value["future"], *found.value["past"])}
    if days and not days & {str(one.get("meeting_date")) for one in last}:
        return
    reading.values = {slot: value for slot, value in reading.values.items() if slot not in MEETING}
    reading.dates, reading.times, reading.vague, reading.has_been = [], [], False, None
    reading.settled -= set(MEETING)


def beyond_doubt(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Another kind of request, said beyond doubt: 'jeg dropper det med at optage og beder om et referat i stedet'."""
    if state.kind is None or state.asked == "request_type" or message.words > WISH_WORDS or _sends(message, state):
        return None
    if state.asked == "question_text" and "?" in message.text and not message.cue("instead"):
        return None
    wished = TYPE_OF_INTENT.get(message.intent)
    long_text = state.asked in FREE_TEXT and message.words > WISH_WORDS_IN_A_TEXT
    if wished in (state.kind, None) or message.confidence < CERTAIN or long_text:
        wished = _named_instead(message, state)
    return wish(wished, message, state) if wished else None


def _named_instead(message: Message, state: State) -> str | None:
    """The one kind that is named in place of the one under way."""
    denies = message.cue("denies_kind")
    if not message.cue("instead") and not denies:
        return None
    # 'Det er ikke et spørgsmål' names none.
    said = cues()["denies_kind"].sub(" ", message.text.lower())
    named = [kind for kind in ORDER if kind != state.kind and message.cue_in(f"kind_{kind}", said)]
    if len(named) != 1:
        return None
    kind = named[0]
    # 'Jeg vil ikke have et referat?? Jeg vil optage mødet' wishes, whatever its label, and whatever is asked for.
    wishes = kind != "question" and message.cue(f"wish_{kind}") and (denies or not message.is_question)
    steers = message.intent in ("cancel", "correct", *TYPE_OF_INTENT) and message.confidence >= SURE
    asks = message.is_question and not (message.intent in TYPE_OF_INTENT and steers)
    # 'Så hellere et referat' is short enough to be no reason.
    short = message.words <= NAMED_WORDS and not asks
    return kind if wishes or short or (not asks and (steers or state.asked not in FREE_TEXT)) else None


def type_change(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The kind of request, where it is asked for, or another kind than the one under way."""
    named = _named_kind(message) if state.asked == "request_type" else None
    if named:
        return [Act(START, TYPE_OF_INTENT.get(message.intent) or named)]
    new = TYPE_OF_INTENT.get(message.intent)
    if new is None or message.confidence < SURE:
        return None
    if state.kind is None or state.asked == "request_type":
        return [Act(START, new), *all_of(_begun(message, new, state.today))]
    answers = reading.values.keys() & {state.asked} and not _wishes(new, message)
    if new == state.kind or answers or _sends(message, state):
        return None
    dated = state.asked == "meeting_date" and (reading.dates or "meeting_date" in reading.settled)
    if dated and not message.cue(f"kind_{new}"):
        return None  # 'I dag får jeg tilsendt papirerne, og på torsdag går vi dem igennem' answers the question
    return wish(new, message, state)


def wish(kind: str, message: Message, state: State) -> list[Act]:
    """The wish for a request, and what is told for it."""
    instead = message.cue("instead")
    answers, place = ([], 0) if instead else _answered_before(kind, message, state)
    told = message.within(place, len(message.text)) if answers else message
    return [*answers, Act(START, kind, INSTEAD if instead else ""), *all_of(_begun(told, kind, state.today))]


def _answered_before(kind: str, message: Message, state: State) -> tuple[list[Act], int]:
    """'Kun lyd. Men jeg vil også have noter ...': what is asked for is answered first; and where the wish begins."""
    place = next((part.start for part in split(message.text) if message.cue_in(f"wish_{kind}", part.text)), 0)
    before = message.within(0, place)
    if not before.text.strip() or before.is_question or state.asked in (None, *BINDING):
        return [], 0
    if state.asked in FREE_TEXT:
        told = before.words > FEW_WORDS and state.asked != "question_text"
        return (given({str(state.asked): before.text.strip()}) if told else []), place
    found = tuple(one for one in before.found if one.entity != "answer")
    reading = read(replace(before, found=found), state.kind, state.asked, state.today, state.prompted, asks=state.asks)
    answers = {*state.asks, *_beside(state)} | (WHO_WRITES if WHO_WRITES & {*state.asks} else set())
    return given({slot: value for slot, value in reading.values.items() if slot in answers}), place


def _beside(state: State) -> list[str]:
    return [part for slot in state.asks for part in BESIDE.get(slot, ())]


def beside_a_yes(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Ja, send. Og så vil jeg også gerne optage det næste møde': the wish is kept, and only whole messages bind."""
    if state.asked != "review":
        return None
    spans = [(part.start, part.end) for part in split(message.text)] + sentence_spans(message.text, message.whole)
    for start, end in sorted(span for span in spans if span[0]):
        before = message.within(0, start)
        after = message.within(start, len(message.text))
        kind = _wished_also(message.within(start, end), str(state.kind))
        if kind and (before.yes or before.cue("plain_send")) and not before.cue("correction"):
            return [Act(START, kind, ALSO), *all_of(_begun(after, kind, state.today))]
    return None


def beside_a_text(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Hele referatet. Og så vil jeg også gerne optage det næste møde': a text, and a wish that is none of it."""
    if state.asked not in _TEXTS:
        return None
    for part in split(message.text)[1:]:
        wished = message.within(part.start, part.end)
        kind = _wished_also(wished, str(state.kind)) if wished.cue("wishes_also") and not wished.is_question else None
        before = message.within(0, part.start)
        said = before.text.strip(" ,\n")
        if kind and kind != state.kind and said:
            text = in_words(said, before) if state.asked == _REASON else {state.asked: said}
            after = message.within(part.start, len(message.text))
            return [*given(text), Act(START, kind, ALSO), *all_of(_begun(after, kind, state.today))]
    return None


def _wished_also(message: Message, kind: str) -> str | None:
    """The kind that is wished for beside the request of `kind`; the same kind, where it is one more."""
    if message.cue("denies_kind") or message.cue("not_now"):
        return None
    also = message.cue("wishes_also")
    wished = [one for one in ORDER if message.cue(f"wish_{one}") and message.cue(f"kind_{one}")]
    return next((one for one in wished if also or one not in (kind, "question")), None)


def _begun(message: Message, kind: str, today: date) -> Reading:
    """What a message tells a request that begins with it, of several meetings each by itself."""
    return with_several(beginning(message, kind, today), message, kind, today)


def chosen(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Which of two requests is wanted, by its name; a plain yes names neither (conversation.md, `which_request`)."""
    assert state.pending is not None
    new = str(state.pending["wish"]["kind"])
    choice = _choice(message, state.kind or "", new) or _choice_first(message, state.kind or "", new)
    if (
        choice
        and state.asked in reading.values
        and not _names_it_besides(message, state, new)
        and not any(message.cue(cue) for cue in _NAMES_ONE)
    ):
        return None  # 'Kun lyd' answers what was asked before, and names no request
    if choice is None:
        names_none = message.cue("affirm") or message.cue("deny")
        bare = names_none and message.words <= CHOICE_WORDS_BY_NAME and not reading.values and not message.is_question
        return [Act(CHOOSE, slot="which_request")] if bare else None
    told = beginning(message, new, state.today)
    # 'Begge to, og referatet er fra den 3. september' is said of the new one; 'begge dele' is no sound and picture.
    values = {slot: told.values[slot] for slot in told.values.keys() - LOOSE} if choice != "this" else {}
    return [Act(CHOOSE, choice, slot="which_request"), *all_of(Reading(values))]


def _names_it_besides(message: Message, state: State, new: str) -> bool:
    """'Kun spørgsmålet til Jura' names a request in other words than those of the value that stands in it."""
    entities = ENTITIES_OF.get(state.asked or "", (state.asked or "",))
    text = message.text
    for one in message.values(*entities):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return any(message.cue_in(f"kind_{kind}", text) for kind in (state.kind, new))


def _choice(message: Message, kind: str, new: str) -> str | None:
    """`this`, `both` or `new`, where the message names one of them."""
    if message.is_question or message.words > CHOICE_WORDS or message.cue("stop"):
        return None
    if message.cue("gives_up_new"):
        return "this"
    named = {choice for choice, of in (("this", kind), ("new", new)) if message.cue(f"kind_{of}")}
    cued = {"this": message.cue("chooses_this"), "new": message.cue("chooses_new")}
    said = {choice for choice, is_said in cued.items() if is_said}
    not_both = message.cue("chooses_not_both")
    gives_up = message.cue("gives_up") and not not_both
    both = message.cue("chooses_both") and not not_both
    if both or (len(named) > 1 and not said and not gives_up):
        return "both"
    if said:
        # 'Referatet først', 'ikke den her': asked again.
        doubtful = len(said) > 1 or (said == {"this"} and (gives_up or named == {"new"}))
        return None if doubtful else said.pop()
    if len(named) != 1 or message.words > CHOICE_WORDS_BY_NAME:
        return None
    return ({"this", "new"} - named if gives_up else named).pop()


def _choice_first(message: Message, kind: str, new: str) -> str | None:
    """The same, where it is the first sentence: 'lav begge. Det andet møde var i borgerservice den 11. november'."""
    spans = sentence_spans(message.text, message.whole)
    first = message.within(*spans[0]) if len(spans) > 1 else None
    names = first and any(map(first.cue, _NAMES_ONE))
    return _choice(first, kind, new) if first and names else None


def _sends(message: Message, state: State) -> bool:
    """'Ja, jeg ønsker, at den sendes til Jura nu', at the review, is no wish for another request."""
    return state.asked == "review" and message.yes and not message.cue("instead")


def _wishes(new: str, message: Message) -> bool:
    """'Jeg vil også have referatet fra 3. september' is a wish, also where a day is asked for."""
    return not message.is_question and message.cue(f"wish_{new}")


def _named_kind(message: Message) -> str | None:
    """The kind of request that one or two words name."""
    if message.words > KIND_WORDS or message.is_question:
        return None
    return next((kind for kind in TYPE_OF_INTENT.values() if message.cue(f"kind_{kind}")), None)
