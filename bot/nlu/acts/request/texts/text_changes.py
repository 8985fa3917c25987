"""Changes of a known text: sentences added, removed or replaced."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import FEW_WORDS, TOLD_OF, WORDS_OF_A_FIELD
from bot.nlu.acts.request.meeting_text.parts import ANOTHER, ENTITIES, cue, says_nothing_else
from bot.nlu.acts.request.message import ANSWER, Found, Message, slot_names
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading, changed, given, reopened
from bot.nlu.acts.request.texts.edits import (
    ADD,
    REMOVE,
    REOPEN,
    REPLACE,
    Edit,
    edits_of,
    words,
)
from bot.nlu.acts.request.texts.learnt_edits import learnt_edits
from bot.nlu.acts.request.texts.remarks import without_words_of, written_beside
from bot.nlu.acts.request.texts.removed_words import without_words
from bot.nlu.acts.request.texts.said_to_us import own_words
from bot.nlu.acts.request.texts.sentence_replaced import with_sentence_replaced
from bot.nlu.parts import split
from bot.nlu.values import values_in
from common import patterns
from common.acts import ADDS, CHANGE, Act
from common.request import State
from common.slots import EXPLICIT, FREE_TEXT, READ_FROM, TEXT_OF, TOLD_BESIDE
from common.texts import in_one_text

# In characters: 'at min afdeling'.
_BEGINS_WITH_A_NAME = 18
_LEFT_BESIDE = " \n,.;"
_JOINER = patterns.compile(r"^\W*(?:(?:men|og) )?", patterns.IGNORECASE)
_CLAUSE = patterns.compile(r"[.!?;,\n]\s+|\s(?=og (?:jeg|min|mit|vi|han|hun|det|så|at)\b)")


def edit_text(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of the edits in the message."""
    if replaced := _with_sentence_replaced(message, state):
        return changed({TEXT_OF[state.kind or ""]: replaced})
    made = _edits(message, state)
    if not made:
        return _reopened_text(message, state)
    beside: list[Act] = []
    if not dictates(message, state):
        swaps = [one for one in made if one.operation == REPLACE and (len(made) > 1 or _stands_instead(one, message))]
        beside, made = written_beside(made, swaps, message, state)
    if not made:
        return [*_other_answers(message, state, reading), *beside]
    slot = _slot(made, state)
    held = str(state.known.get(slot) or "")
    # The remarks are never asked for: 'under Andet skal der stå: ...'.
    told = slot in state.known or slot in state.settled or slot == TOLD_BESIDE
    others = [one for one in message.named_slots() if one in EXPLICIT]
    named = any(one.slot for one in made)
    if all(one.operation == ADD for one in made):
        text = in_one_text(own_words(message.text[one.start : one.end]) for one in made)
        return [*_other_answers(message, state, reading), *beside, Act(CHANGE, text, ADDS, slot=slot)]
    if not told or (others and not named and not any(one.operation == REPLACE for one in made)):
        return None
    new: str | None = held
    for one in made:
        new = _applied(one, message, new, held)
    if new is None:
        if remarks := without_words_of(message.text, state):
            return remarks
        if "recording_grounds" in message.named_slots() and state.known.get("recording_grounds"):
            return reopened(["recording_grounds"])  # 'Begrundelsen var forkert'
        elsewhere = message.has_values or others
        # Not about a text: 'det med mødet den 11. skal væk'.
        return None if elsewhere and not named else reopened([slot])
    if made[0].operation == REPLACE and len(made) == 1 and held and not _stands_instead(made[0], message):
        return [*beside, Act(CHANGE, new, ADDS, slot=slot)]
    # A new text has grounds of its own; a text that is too long is not stored.
    anew = any(one.operation == REPLACE for one in made) and len(new) <= FREE_TEXT[slot]
    grounds = {s: v for s, v in reading.values.items() if s == "recording_grounds" and anew}
    return [*beside, *changed({slot: new} | grounds | behalf_words_left(state, held, new))]


def _stands_instead(edit: Edit, message: Message) -> bool:
    """Whether a text stands in place of the known one: not 'skriv det i forklaringen, at ...'."""
    asks = message.text[edit.begins : edit.start]
    return message.cue("replaces") or bool(words().named(asks) and not words().find("into_the_text", asks))


def written_spans(message: Message, state: State) -> list[tuple[int, int]]:
    """The spans of a message that add to or replace a text, with the words that ask for it."""
    writing = [one for one in _edits(message, state) if one.operation in (ADD, REPLACE)]
    return [(one.begins, len(message.text) if one.whole else one.end) for one in writing]


def _with_sentence_replaced(message: Message, state: State) -> str | None:
    """The request's text with one sentence replaced; None where none is, or a text is asked for."""
    text = str(state.known.get(TEXT_OF.get(state.kind or "", "")) or "")
    return with_sentence_replaced(message.text, text) if text and state.asked not in FREE_TEXT else None


def changes_text(message: Message, state: State) -> bool:
    """Whether a message adds to or replaces a text."""
    return bool(written_spans(message, state))


def dictates(message: Message, state: State) -> bool:
    """Whether a text is told behind a colon, or behind the sentence that asks for it: nothing is read out of it."""
    if _with_sentence_replaced(message, state):
        return True
    writing = (one for one in _edits(message, state) if one.operation in (ADD, REPLACE) and one.end)
    return any(message.text[: one.start].rstrip(' "\n').endswith((":", ".", "!")) for one in writing)


def dictated_text(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of a text that the citizen tells word by word."""
    return edit_text(message, state, reading) if dictates(message, state) else None


def to_be_written(message: Message) -> str:
    """The words that a message asks to add, whatever they tell: 'skriv, at det er hos Kirsten i seniorteamet'."""
    made = edits_of(message.text, sentence_spans(message.text, message.unbroken))
    return in_one_text(message.text[one.start : one.end] for one in made if one.operation == ADD and one.end)


def replaces_text(message: Message, state: State) -> bool:
    """Whether a message replaces a text, which then has grounds of its own."""
    return any(one.operation == REPLACE for one in _edits(message, state))


def behalf_words_left(state: State, held: str, new: str) -> dict[str, str]:
    """The `behalf_words` that are left, where the text they came from changed."""
    said = str(state.known.get("behalf_words") or "")
    if not said or said in new or said not in held:
        return {}
    told = [one for one in values_in(said) if one.entity == "behalf"]
    clauses = [said[start:end] for start, end in _spans(said, _CLAUSE)]
    who = str(state.known.get("behalf_name") or state.known.get("behalf_who") or "").split()[-1:]
    of_them = next((one for one in clauses if who and who[0].lower() in one.lower()), clauses[0])
    return {"behalf_words": said[told[0].start : told[0].end] if told else of_them.strip(_LEFT_BESIDE)}


def _edits(message: Message, state: State) -> list[Edit]:
    """The edits of a text of the request; none where a text is asked for or a meeting is added."""
    if not TEXT_OF.get(state.kind or "") or state.asked in FREE_TEXT or cue("adds_a_meeting").search(message.text):
        return []
    # The text stands before the request to add it: 'der mangler, at de nægter. Kan du skrive det på?'
    if (before := message.part("text_added_before")) and not _tells_a_meeting(before, message):
        start = message.text.find(before)
        start, before = _without_lead_in(message, start, before)
        last = sentence_spans(before)[-1][0]
        if last and (earlier := edits_of(before[:last], sentence_spans(before[:last]))):
            # 'Der skal bare stå: hele referatet. Og det var om min carport, kan du skrive det på'
            more = Edit(ADD, "", start + last, start + len(before))
            return [
                *(replace(one, start=one.start + start, end=one.end + start, begins=start) for one in earlier),
                more,
            ]
        within = [one for one in edits_of(before, sentence_spans(before)) if one.operation == ADD]
        made = [replace(one, start=one.start + start, end=one.end + start, begins=start) for one in within]
        return made or [Edit(ADD, "", start, start + len(before))]
    own = TEXT_OF[state.kind or ""]
    made = edits_of(message.text, sentence_spans(message.text, message.unbroken), asks=own == "question_text")
    # Texts of other kinds do not count: 'vilkår 3 rejser et spørgsmål: ...'.
    made = [one for one in made if one.slot in ("", "text", own, TOLD_BESIDE)]
    made = [one for one in made if one.operation != ADD or len(message.text[one.start : one.end].split()) >= FEW_WORDS]
    made = [one for one in made if not _is_of_a_field(one, message) and not _tells_something_else(one, message, state)]
    made = [one for one in made if not _tells_fields(one, message)]
    if any(one.operation != REOPEN for one in made) or state.asked != "review" or not state.known.get(own):
        return made
    names_another = {*message.named_slots()} - {own, *READ_FROM.values()}
    return made if names_another else learnt_edits(message) or made


def _without_lead_in(message: Message, start: int, text: str) -> tuple[int, str]:
    """A text and where it begins, without clauses before it that are said to us: 'det ser rigtigt ud, men ...'."""
    end = start + len(text)
    spans = [(one.start, one.end) for one in message.clauses if one.start < end and start < one.end]
    while len(spans) > 1 and learned_answers.is_said_to_us(as_message(message, *spans[0], learned=True)):
        del spans[0]
        start = spans[0][0]
    left = _JOINER.sub("", message.text[start:end])
    return end - len(left), left


def _is_of_a_field(edit: Edit, message: Message) -> bool:
    """Whether the words that ask for an edit name another field: 'afdeling, der skal stå ungeteamet'."""
    asks = message.within(edit.begins, max(edit.begins, edit.start))
    if edit.operation in (ADD, REPLACE) and message.part("named_on_behalf"):
        return True
    return edit.operation in (ADD, REPLACE) and not edit.slot and bool(set(asks.named_slots()) - {*READ_FROM.values()})


def _tells_fields(edit: Edit, message: Message) -> bool:
    """Whether what is to be written, in no text that is named, corrects fields: 'skriv hellere nr. 22 33 44 55'."""
    if edit.slot or edit.operation not in (ADD, REPLACE) or message.text[: edit.start].rstrip().endswith(":"):
        return False
    told = message.within(edit.start, max(edit.start, edit.end))
    if any(part.asks for part in split(told.text)) or "question_text" in told.named_slots():
        return False  # 'at jeg gerne vil vide, hvor lang tid der går'
    said = told.text.lower()
    # 'At min mail er ...', and not 'at mødet er på deres kontor'.
    begins = (one for one in told.named_slots() if slot_names()[one].search(said[:_BEGINS_WITH_A_NAME]))
    return bool({*begins} & {*EXPLICIT} - {*READ_FROM.values()} or told.values("email", "phone"))


def _tells_something_else(edit: Edit, message: Message, state: State) -> bool:
    """Whether the text to be added to a reason tells another part of the request: 'der skal stå den 9. december'."""
    if edit.operation != ADD or state.kind != "recording" or edit.slot:
        return False
    told = as_message(message, edit.begins, edit.end, learned=True) if message.clauses else message
    # 'Der skal stå, at den skal bruges i en klage' tells more than the field holds.
    more = learned_answers.has_no_field(told) or learned_answers.adds_to_the_reason(told)
    # What is known and told again is written all the same: 'skriv også, at jeg vil høre den igen'.
    new = [
        slot
        for slot in learned_answers.told_of(told, TOLD_OF)
        if learned_answers.values(told, slot, TOLD_OF) != [state.known.get(slot)]
    ]
    return bool(new) and not more


def _tells_a_meeting(text: str, message: Message) -> bool:
    """Whether the text to be added is a meeting."""
    return bool(message.values("date", "department")) and any(cue(name).search(text) for name in (*ANOTHER, "adds_one"))


def _slot(made: Iterable[Edit], state: State) -> str:
    """The text named and known, or the remarks where they are named, else the request's own."""
    named = next((one.slot for one in made if one.slot in {*state.known, *state.settled, TOLD_BESIDE}), "")
    return named or TEXT_OF[state.kind or ""]


def _other_answers(message: Message, state: State, reading: Reading) -> list[Act]:
    """The grounds of added text, and the answer to the slot asked for."""
    grounds = reading.values.get("recording_grounds")
    also = (
        changed({"recording_grounds": grounds}) if grounds and grounds != state.known.get("recording_grounds") else []
    )
    # The answer is taken as well: 'min e-mail er li@eksempel.dk. Skriv gerne, at ...'.
    answer = {one: value for one, value in reading.values.items() if one in EXPLICIT and one not in state.known}
    return [*given(answer if state.asked in answer else {}), *also]


def field_in_text(message: Message, state: State) -> Message | None:
    """The text to be written as a message of its own, where it tells a field; None otherwise."""
    made = _edits(message, state)
    if len(made) != 1 or made[0].operation not in (ADD, REPLACE) or words().named(message.text):
        return None
    told = message.within(made[0].start, made[0].end)
    # Read again without the frame: 'mangler' would change for whom it is.
    own = [Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in values_in(told.text)]
    told = replace(told, found=(*own, *(one for one in message.found if one.entity == ANSWER)))
    if told.words > WORDS_OF_A_FIELD or told.values("recording_grounds") or told.is_question:
        return None
    # More than a value: 'skriv, at de ikke må ringe til mig'.
    if any(one.entity in ENTITIES for one in told.found) and not says_nothing_else(told):
        return None
    return replace(told, intent="correct", confidence=1.0)


def _reopened_text(message: Message, state: State) -> list[Act] | None:
    """REOPEN of the text, where the citizen misses something in it."""
    slot = TEXT_OF.get(state.kind or "", "")
    others = [one for one in message.named_slots() if one in EXPLICIT]
    told = (message.has_values and not message.values("recording_grounds")) or learned_answers.capacity(message)
    misses = state.known.get(slot) and message.cue("misses") and state.asked not in FREE_TEXT
    return reopened([slot]) if misses and not told and not others else None


def _applied(edit: Edit, message: Message, text: str | None, held: str) -> str | None:
    """The text after an edit; None where it must be told again."""
    said = message.text[edit.start : edit.end]
    if edit.operation == REPLACE:
        return own_words(said.removeprefix("at "))
    if edit.operation == ADD:
        return in_one_text([held if text is None else text, own_words(said)])
    return without_words(said, text) if edit.operation == REMOVE and text else None


def _spans(text: str, marks: patterns.Pattern) -> list[tuple[int, int]]:
    return list(pairwise([0, *(one.end() for one in marks.finditer(text)), len(text)]))
