"""The grounds of a recording as a message tells, adds, denies or names them.

A ground that is denied takes the sentences of the explanation with it that tell nothing else
(docs/decisions/0031).
"""

from collections.abc import Sequence

from bot.nlu.acts.request.limits import SAID_TO_BE_WHY
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_around, sentence_spans
from bot.nlu.acts.request.slot_values import Reading, changed, given, reopened
from bot.nlu.acts.request.texts.ground_mentions import (
    Mention,
    Said,
    is_general,
    is_of_somebody,
    said_of_grounds,
    states,
)
from bot.nlu.acts.request.texts.reason_spans import begins_with_a_reason, is_of_who
from bot.nlu.acts.request.texts.text_changes import behalf_words_left, changes_text, replaces_text
from bot.nlu.acts.request.texts.told_grounds import without_ground
from common import patterns
from common.acts import AGAIN, Act
from common.request import State
from common.slots import READ_FROM
from common.texts import in_one_text

_GROUNDS, _REASON = "recording_grounds", "recording_explanation"
_ASKED_FOR = (*READ_FROM, *READ_FROM.values())
# Clauses with one of these entities answer something else.
_OF_SOMETHING_ELSE = ("date", "time", "department", "name", "email", "phone", "support_person", "recording_purpose")
_JOINS = patterns.compile(r"^(?:\W|(?:og|men|ja|jo|nej)\b)+", patterns.IGNORECASE)


def leave_what_is_told(message: Message, reading: Reading, asked: str | None = _REASON) -> None:
    """Takes out of a reading the grounds that the words deny, or that only a word to us was read as.

    Outside a request (`asked` is None), also those of nobody: 'gælder det, hvis man er døv?'
    """
    said = said_of_grounds(message)
    if asked is None and said.told and all(is_general(message, one.clause) for one in said.mentions):
        reading.values.pop(_GROUNDS, None)
        return
    read = reading.values.get(_GROUNDS) or []
    told = [
        one for one in read if one not in said.denied and (one in said.told or _is_learned_from(one, message, said))
    ]
    if asked == _REASON and len(told) > 1:
        # 'De siger noget andet bagefter': beside a ground, 'noget andet' is none.
        told = [one for one in told if one != "other"]
    if told or (said.told and read):
        reading.values[_GROUNDS] = told or said.told
    else:
        reading.values.pop(_GROUNDS, None)


def _is_learned_from(ground: str, message: Message, said: Said) -> bool:
    """Whether a clause that may tell a ground supports a learnt one."""
    if all(said.may_tell(start, message) for start, _ in said.clauses):
        return True
    clauses = [one for one in message.clauses if said.may_tell(one.start, message)]
    learned = [one for clause in clauses for one in clause.value if one["slot"] == _GROUNDS]
    return any(one["value"] == ground and one["part"] >= SAID_TO_BE_WHY for one in learned)


def settle_grounds(message: Message, state: State, reading: Reading) -> None:
    """Leaves of the grounds in a reading what counts where a reason is known: all that hold from now on, or none."""
    known = list(state.known.get(_GROUNDS) or ())
    if state.asked in _ASKED_FOR or not (known or state.known.get(_REASON)):
        return
    said = _said(message, state)
    new = _corrected(message, said, known)
    if new is None and replaces_text(message, state):
        return  # the new text has grounds of its own
    if new is None:
        told = [one.ground for one in _told_as_reason(message, state, said)]
        spoken_of = {*said_of_grounds(message).told}
        again = bool(spoken_of) and spoken_of <= {*known}
        new = _joined(known, told) if told or again else None
    if new:
        reading.values[_GROUNDS] = new
    else:
        reading.values.pop(_GROUNDS, None)


def correct_grounds(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The grounds that are left or meant, where known ones are denied, or others named."""
    known = list(state.known.get(_GROUNDS) or ())
    if not known or state.asked in _ASKED_FOR or state.kind != "recording":
        return None
    if state.asked in reading.values and not message.cue("correction"):
        return None  # 'for min egen hukommelses skyld' is the purpose
    said = _said(message, state)
    by_name = only_names(said) and _GROUNDS in message.named_slots()
    anew = replaces_text(message, state) and not by_name
    if (message.is_question or anew) and not said.removes:
        return None
    new = _corrected(message, said, known)
    if new is None:
        # 'Fjern svært ved at høre', where it is not among them
        return given({_GROUNDS: known}, AGAIN) if said.denied and said.removes and not said.told else None
    if new == known:
        return given({_GROUNDS: known}, AGAIN) if only_names(said) else None
    # Where another is the ground, the words stand.
    return grounds_left(state, new) if {*said.told} <= {*known} else changed({_GROUNDS: new})


def grounds_left(state: State, new: Sequence[str]) -> list[Act]:
    """The acts that leave these grounds, and take the words that tell only the others out of the explanation.

    None where these are the known ones; where none are left, they are asked for.
    """
    known = list(state.known.get(_GROUNDS) or ())
    if [*new] == known:
        return []
    held = text = str(state.known.get(_REASON) or "")
    for gone in [one for one in known if one not in new] if new else ():
        text = without_ground(text, gone, for_another=bool(state.known.get("behalf_relation"))) or text
    told = changed({_REASON: text} | behalf_words_left(state, held, text)) if text != held else []
    return [*(changed({_GROUNDS: [*new]}) if new else reopened([_GROUNDS])), *told]


def only_names(said: Said) -> bool:
    """Whether grounds are only called by their names, or denied: that tells no reason in words."""
    return bool(said.mentions) and all(one.is_name or one.denied for one in said.mentions)


def says_no_more(message: Message) -> bool:
    """Whether a message only calls grounds by their names, or denies them, in each of its clauses."""
    said = said_of_grounds(message)
    return only_names(said) and {one.clause for one in said.mentions} == {*said.clauses} and not message.cue("because")


def words_of_reason(message: Message, state: State) -> str:
    """The sentences of the message that tell a further reason; '' for none."""
    told = _told_as_reason(message, state, _said(message, state))
    spans = sentence_spans(message.text, message.unbroken)
    own = [span for span in spans if any(span[0] <= one.clause[0] < span[1] for one in told)]
    return in_one_text(_JOINS.sub("", message.text[slice(*span)].strip()) for span in own)


def _said(message: Message, state: State) -> Said:
    of_another = bool(state.known.get("behalf_relation")) or changes_text(message, state)
    return said_of_grounds(message, for_another=of_another)


def _corrected(message: Message, said: Said, known: list[str]) -> list[str] | None:
    """All grounds that hold, where some are denied or they are named by their names; None where neither."""
    if said.told and said.alone:
        return said.told
    if denied := {*said.denied} & {*known}:
        return _joined([ground for ground in known if ground not in denied], said.told)
    besides = _adds(message) or (message.cue("named_besides") and not _is_told_of_somebody(message))
    named = besides or message.cue("names_the_ground") or _GROUNDS in message.named_slots()
    if not (said.told and only_names(said) and named):
        return None
    return _joined(known, said.told) if besides else said.told


def calls_by_name(clause: Message, message: Message) -> bool:
    """Whether a clause only calls a ground by its name, in a message that says that it holds beside the others."""
    return message.cue("named_besides") and says_no_more(clause) and not _is_told_of_somebody(clause)


def _is_told_of_somebody(message: Message) -> bool:
    """Whether a ground is told of the citizen or of another, and not only named: 'jeg ser også dårligt'."""
    return any(is_of_somebody(message, one.clause) for one in said_of_grounds(message).mentions)


def _told_as_reason(message: Message, state: State, said: Said) -> list[Mention]:
    """The mentions that tell a further ground, or the reason of a known one; none in passing."""
    adds = _adds(message) or begins_with_a_reason(message) or changes_text(message, state)
    adds = adds or _GROUNDS in message.named_slots()
    told = [one for one in said.mentions if not one.denied and one.ground in said.told]
    stated = [one for one in told if _is_stated(one, message)]
    if message.cue("because") and stated:
        return told
    known = state.known.get(_GROUNDS) or ()
    by_words = [one for one in told if adds and (one.is_name or is_of_somebody(message, one.clause))]
    return [one for one in told if one.ground not in known and one in (*stated, *by_words)]


def _adds(message: Message) -> bool:
    return message.cue("adds") or message.cue("also_a_reason")


def _is_stated(one: Mention, message: Message) -> bool:
    """Whether a clause states a condition of the citizen, or of the person it is for, and nothing else."""
    around = sentence_around(message.text, one.place, one.place + 1, message.unbroken)
    if one.by_chance or not states(message, one.clause, one.ground) or is_of_who(message, around):
        return False
    return not any(one.clause[0] <= other.start < one.clause[1] for other in message.values(*_OF_SOMETHING_ELSE))


def _joined(known: list[str], told: list[str]) -> list[str]:
    """Both; 'en anden grund' is over once another is told."""
    kept = [ground for ground in known if ground != "other" or not told]
    return list(dict.fromkeys([*kept, *told]))
