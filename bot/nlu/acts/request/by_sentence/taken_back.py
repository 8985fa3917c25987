"""What a message takes back of what is known: a ground, a capacity, for whom it is, a contact, words of a text.

What a clause takes back is learnt (data/choices/taken_back.yml, docs/decisions/0031). Such a clause is read for
nothing else.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.in_order import Read
from bot.nlu.acts.request.clauses import Span, as_message, keep_spans
from bot.nlu.acts.request.limits import FOR_ONESELF_AS_A_WHOLE, TAKES_BACK, TAKES_BACK_BEYOND_DOUBT
from bot.nlu.acts.request.message import ANSWER, Message
from bot.nlu.acts.request.slot_values import CONTACTS, changed, reopened
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.acts.request.texts.ground_mentions import said_of_grounds, word
from bot.nlu.acts.request.texts.grounds import grounds_left
from bot.nlu.acts.request.texts.remarks import without_words_of
from bot.nlu.acts.request.texts.removed_words import without_sentence_about, without_words
from bot.nlu.acts.request.texts.text_changes import behalf_words_left, changes_text, written_spans
from bot.nlu.values.people.relations import is_relative
from common.acts import AGAIN, CHANGE, NO, REOPEN, SET, SMALL_TALK, STOP, UNREAD, Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT, LOOSE, TEXT_OF

_GROUNDS, _RELATION = "recording_grounds", "behalf_relation"
_CAPACITIES = ("guardian", "representative")
_READ = ("communication_impairment", "memory", "documentation")
_PART, _WHOLE_TEXT = "part", "reason"
_FOR_ONESELF = "for_oneself"
_VALUES = ("meeting_time", "meeting_kind", "support_person_possible")
# 'Det skal ikke stå der med video'
_AS_KIND = {"video": "video_call"}
# The entities that what is taken back may be spoken of with; with others, only the clause that takes it back counts.
_SPOKEN_OF = {
    **dict.fromkeys(_READ, frozenset((_GROUNDS,))),
    **dict.fromkeys(CONTACTS, frozenset[str]()),
    "meeting_time": frozenset(("time",)),
    "meeting_kind": frozenset(("meeting_kind", "recording_medium")),
    "support_person_possible": frozenset(("support_person",)),
    **dict.fromkeys(("capacity", _FOR_ONESELF), frozenset(("behalf", "name", "support_person"))),
    **dict.fromkeys((_PART, _WHOLE_TEXT), frozenset((_GROUNDS, "behalf"))),
}


def split_off(message: Message, state: State, read: Read) -> tuple[list[Act], Message | None] | None:
    """The acts of what is taken back, and the message that is left; None where nothing is.

    `read`: reads a clause by the rules, which count where they read something in particular.
    """
    if state.pending or state.asked in FREE_TEXT:
        return None
    told, gone, so_far = list[Act](), list[Span](), state
    taken = list(_taken_back(message, state))
    of_the_reason = [span for span, what in taken if what in (*_READ, _PART, _WHOLE_TEXT)]
    if of_the_reason and any(map(_changes_grounds, by_rule := read(message, state))):
        # The rules read all that is said of the grounds at once: 'den ene er rigtig, men det andet skal væk'.
        told = [act for act in by_rule if act.slot in (_GROUNDS, TEXT_OF["recording"])]
        gone = [span for span in _spans(message) if span in of_the_reason or _is_of_grounds(message, *span)]
        gone, taken = gone or of_the_reason, []
    for (start, end), what in taken:
        acts = _acts(what, as_message(message, start, end, learned=True), so_far, read)
        # 'Tidspunktet er forkert, det er kl. 14'
        elsewhere = message.within(0, start).found + message.within(end, len(message.text)).found
        if not acts or (what in _VALUES and any(one.entity in _SPOKEN_OF[what] for one in elsewhere)):
            continue
        slots = {act.slot for act in acts}
        told = [*(act for act in told if act.slot not in slots), *acts]
        so_far = replace(so_far, known={**so_far.known, **{act.slot: act.value for act in acts}})
        gone.append((start, end))
    if not told:
        return None
    left = [span for span in _spans(message) if not any(start <= span[0] < end for start, end in gone)]
    return told, keep_spans(message, left, learned=True) if left else None


def _is_of_grounds(message: Message, start: int, end: int) -> bool:
    """Whether a clause names a ground, or takes something out."""
    clause = as_message(message, start, end)
    return bool(said_of_grounds(clause).mentions or word("takes_out").search(clause.text.lower()))


def _taken_back(message: Message, state: State) -> Iterator[tuple[Span, str]]:
    """The spans that take something back, each with what: the whole message, else its clauses."""
    values = {one.entity for one in message.found if one.entity != ANSWER and not one.negated}
    spans = [(0, len(message.text)), *_spans(message)]
    written = written_spans(message, state)
    for place, (start, end) in enumerate(dict.fromkeys(spans)):
        if place and any(begins < start < ends for begins, ends in written):
            continue  # 'Skriv også, at ..., så jeg ikke kan koncentrere mig'
        clause = message if not place else as_message(message, start, end, learned=True)
        # 'Kan du slette det om hukommelsen?'
        least = TAKES_BACK_BEYOND_DOUBT if clause.is_question else TAKES_BACK
        taken = [one for one in learned_answers.taken_back(clause, least) if place or values <= _SPOKEN_OF[one]]
        # A new value in its place: 'den mail er gammel, brug bo@eksempel.dk'.
        new = any(one.entity in ("email", "phone") for one in clause.found)
        taken = [one for one in taken if place or not _is_told_apart(one, message)]
        if not taken or new or clause.asks_what_is_noted or changes_text(clause, state):
            continue
        # 'Du glemte den sidste sætning. Tilføj: ...'
        taken = [one for one in taken if one != _PART or not changes_text(message, state)]
        # 'Det er jo mig' is of oneself only where the message as a whole is: not 'det kan hun godt, det er jo mig'.
        as_a_whole = learned_answers.taken_back_of(message, _FOR_ONESELF) >= FOR_ONESELF_AS_A_WHOLE
        # 'Simon er mig. Det er min far, det er på vegne af'
        as_a_whole = as_a_whole and not message.part("named_on_behalf")
        taken = [one for one in taken if one != _FOR_ONESELF or as_a_whole]
        yield from (((start, end), what) for what in taken)
        if taken and not place:
            return


def _is_told_apart(what: str, message: Message) -> bool:
    """Whether another clause than that which misses a value tells it: 'klokkeslættet er væk, det er kl. 9'."""
    clauses = [as_message(message, *span, learned=True) for span in _spans(message)]
    telling = [one for one in clauses if what in _VALUES and one.values(*_SPOKEN_OF[what])]
    return len(clauses) > 1 and any(what not in learned_answers.taken_back(one, TAKES_BACK) for one in telling)


def _spans(message: Message) -> list[Span]:
    """The clauses that have learnt answers of their own."""
    return [(one.start, one.end) for one in message.clauses] or [(0, len(message.text))]


def _acts(what: str, clause: Message, state: State, read: Read) -> list[Act]:
    """The acts that take something back; none where it is not known, or where a rule reads something in particular."""
    known = state.known
    if what in _READ:
        left = [one for one in known.get(_GROUNDS) or () if one != what]
        return [] if clause.cue("it_is_not_me") else grounds_left(state, left)
    by_rule = read(clause, state)
    if any(_is_in_particular(act) for act in by_rule if act.slot != what or act.act == REOPEN or what not in _VALUES):
        return []
    if what in _VALUES:
        return _of_a_value(what, clause, state)
    if what in (_PART, _WHOLE_TEXT):
        return _of_a_text(what, clause.text, state)
    if what in CONTACTS:
        others = [one for one in CONTACTS if one != what and known.get(one)]
        both = {*CONTACTS} <= {*clause.named_slots()}
        return (changed({what: None}) if others else reopened([what])) if known.get(what) and not both else []
    if what == "capacity":
        relation = "relative" if is_relative(known.get("behalf_who")) else "other"
        return changed({_RELATION: relation}) if known.get(_RELATION) in _CAPACITIES else []
    for_oneself = known.get(_RELATION) and state.asked != "support_person_possible"
    return changed({slot: None for slot in BEHALF if known.get(slot)}) if for_oneself else []


def _of_a_value(slot: str, clause: Message, state: State) -> list[Act]:
    """The hour is taken out, another value is asked for again; nothing where a new one is told."""
    known = state.known.get(slot)
    said = [one.value for one in clause.values(*_SPOKEN_OF[slot])]
    new = any(known not in (one["readings"] if isinstance(one, dict) else (one, _AS_KIND.get(one))) for one in said)
    if known is None or slot in state.asks or new or len(state.meetings) > 1:
        return []
    return changed({slot: None}) if slot == "meeting_time" else reopened([slot])


def _changes_grounds(act: Act) -> bool:
    return act.slot == _GROUNDS and act.act in (CHANGE, REOPEN)


def _is_in_particular(act: Act) -> bool:
    """Whether an act changes something that is not read by chance from words of a denial: 'vi har ingen papirer'."""
    if act.act in (CHANGE, SET, REOPEN):
        by_chance = act.act != REOPEN and act.slot in LOOSE
        return bool(act.slot) and act.about != AGAIN and not by_chance
    return act.act not in (UNREAD, SMALL_TALK, STOP, NO)


def _of_a_text(what: str, said: str, state: State) -> list[Act]:
    """The text without the words that are taken back; asked for anew where all of it is."""
    slot = TEXT_OF.get(state.kind or "", "")
    held = str(state.known.get(slot) or "")
    if what == _WHOLE_TEXT:
        return reopened([slot]) if held and words().named(said) else []
    left = without_words(said, held) or without_sentence_about(said, held)
    return changed({slot: left} | behalf_words_left(state, held, left)) if left else without_words_of(said, state)
