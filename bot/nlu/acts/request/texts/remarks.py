"""Changes of the remarks: what the citizen told for which there is no other field (`told_beside`)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import MORE_OF_A_REASON, REACHES
from bot.nlu.acts.request.message import Message, slot_names
from bot.nlu.acts.request.people import support_person
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS, changed
from bot.nlu.acts.request.texts.edits import ADD, REPLACE, Edit, words
from bot.nlu.acts.request.texts.ground_mentions import word
from bot.nlu.acts.request.texts.removed_words import names_all, without_words
from common import patterns
from common.acts import ADDS, CHANGE, Act
from common.request import State
from common.slots import SUPPORT_PERSON_TEXT, TOLD_BESIDE
from common.texts import in_one_text

_JOINER = patterns.compile(r"^\W*(?:og )?(?:at )?", patterns.IGNORECASE)
# Words that a remark has in common with another that stands instead: 'min søn Jens'.
_IN_COMMON = 2


def without_named(message: Message, state: State) -> list[Act]:
    """The remarks without what a message takes out of them by their name: 'slet det under andet'."""
    named = slot_names()[TOLD_BESIDE].search(message.text.lower()) and words().find("takes_out", message.text)
    if not named or not state.known.get(TOLD_BESIDE) or message.is_question:
        return []
    return without_words_of(message.text, state) or changed({TOLD_BESIDE: None})


def without_words_of(said: str, state: State) -> list[Act]:
    """The remarks, or who comes along, without the words that a sentence takes out: no act for other words.

    The value is None where these are all of it.
    """
    for slot in (TOLD_BESIDE, SUPPORT_PERSON_TEXT):
        held = str(state.known.get(slot) or "")
        left = without_words(said, held) if held else None
        if left or (held and names_all(said, held)):
            return changed({slot: left})
    return []


def written_beside(
    made: Sequence[Edit], swaps: Sequence[Edit], message: Message, state: State
) -> tuple[list[Act], list[Edit]]:
    """The remarks with what is to be written in no text that is named and is none of the reason; and the other edits.

    'Der skal hellere stå, at min søn Jens kommer med': it takes the place of a remark about the same, and never of
    the reason. `swaps`: the edits whose text stands in place of the known one.
    """
    if state.kind != "recording" or words().named(message.text) not in ("", "text"):
        return [], list(made)
    writes = [one for one in made if one.operation in (ADD, REPLACE) and one.end]
    acts: list[Act] = []
    left: list[Edit] = []
    for one in made:
        rest, comes = _without_who_comes(one, message, state) if one in writes else (one, "")
        instead = one.operation == REPLACE and rest is None
        acts += support_person.written(comes, state, instead=instead) if comes else []
        left += [rest] if rest else []
    remarks, left = _remarks([one for one in left if one.operation in (ADD, REPLACE)], left, swaps, message, state)
    return [*acts, *remarks], left


def _without_who_comes(edit: Edit, message: Message, state: State) -> tuple[Edit | None, str]:
    """The edit without sentences at its end that say who comes along, and these; None where it says no more."""
    spans = sentence_spans(message.text[edit.start : edit.end])
    said = [(edit.start + start, edit.start + end) for start, end in spans]
    first = len(said)
    known = str(state.known.get(SUPPORT_PERSON_TEXT) or "")
    while first and _says_who_comes(*said[first - 1], message, known):
        first -= 1
    if first == len(said):
        return edit, ""
    start = said[first][0]
    comes = _JOINER.sub("", message.text[start : edit.end]).strip()
    return (replace(edit, end=start) if first else None), comes


def _remarks(
    writes: Sequence[Edit], made: list[Edit], swaps: Sequence[Edit], message: Message, state: State
) -> tuple[list[Act], list[Edit]]:
    beside = [
        one
        for one in writes
        if _reaches(one, message)
        or ((one in swaps or _is_of_the_meeting(one, message)) and not _gives_a_reason(one, message))
    ]
    if not beside:
        return [], made
    told = [_words(one, message) for one in beside]
    held = str(state.known.get(TOLD_BESIDE) or "")
    instead = [text for text, one in zip(told, beside, strict=True) if one.operation == REPLACE]
    left = [line for line in held.split("\n") if line and not any(_is_about_the_same(line, text) for text in instead)]
    acts = changed({TOLD_BESIDE: in_one_text([*left, *told])}) if "\n".join(left) != held else []
    acts = acts or [Act(CHANGE, in_one_text(told), ADDS, slot=TOLD_BESIDE)]
    return acts, [one for one in made if one not in beside]


def _says_who_comes(start: int, end: int, message: Message, known: str) -> bool:
    told = as_message(message, start, end, learned=True) if message.clauses else message
    named = support_person.is_named(message.text, start, end)
    known_one = support_person.speaks_of_known(message.text[start:end], known)
    return known_one or support_person.says_who(told, ()) or (named and told.cue("brings"))


def _reaches(edit: Edit, message: Message) -> bool:
    """Whether a text is about how the citizen is reached: 'mailen er min datters', 'ring helst om formiddagen'."""
    told = _as_message(edit, message)
    # What is learnt is learnt of the clause, with the words that ask to write it.
    reaches = learned_answers.says_how_to_reach(told, REACHES) and told.cue("speaks_of_reaching")
    return reaches or not {*told.named_slots()}.isdisjoint(CONTACTS)


def _is_of_the_meeting(edit: Edit, message: Message) -> bool:
    """Whether a text says something of the meeting: 'mødet er på deres kontor'."""
    return message.cue_in("tells_of_the_meeting", _words(edit, message)) and not edit.slot


def _as_message(edit: Edit, message: Message) -> Message:
    return as_message(message, edit.start, edit.end, learned=True) if message.clauses else message


def _words(edit: Edit, message: Message) -> str:
    return message.text[edit.start : edit.end].removeprefix("at ").strip()


def _gives_a_reason(edit: Edit, message: Message) -> bool:
    told = _as_message(edit, message)
    condition = word("conditions").search(told.text.lower()) or learned_answers.grounds(told)
    return bool(condition) or learned_answers.tells_a_reason(told, MORE_OF_A_REASON)


def _is_about_the_same(line: str, text: str) -> bool:
    said, new = ({*one.lower().split()} - words().small_words for one in (line, text))
    return len(said & new) >= _IN_COMMON
