"""Clauses that tell what no field of the request holds: they are kept as written (data/choices/told_beside.yml)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.nlu.acts.request.by_sentence.beside_spans import about_an_hour, is_first_of_two, spans_beside
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message, cues
from bot.nlu.acts.request.people import support_person
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.acts.request.texts.removed_words import is_told_in
from bot.nlu.clauses import bare
from common import patterns
from common.acts import (
    ADDS,
    CHANGE,
    LAST_CHANGE,
    NO,
    REOPEN,
    RESTART,
    SET,
    SIMPLIFY,
    SKIP,
    SMALL_TALK,
    STOP,
    UNREAD,
    UNSURE,
    WAIT,
    YES,
    Act,
)
from common.request import State
from common.slots import FREE_TEXT, READ_FROM, SUPPORT_PERSON_TEXT, TEXT_OF, TOLD_BESIDE
from common.texts import in_one_text

_ANSWERS = (SET, CHANGE, YES, NO, SKIP, UNSURE)
_ENDS = (STOP, RESTART)
_WHO_COMES = "support_person_possible"
_KEPT_BESIDE = (SUPPORT_PERSON_TEXT, TOLD_BESIDE)
_HOW, _PURPOSE = "meeting_kind", "recording_purpose"
# Before a number or an address: 'ring på 22 33 44 55, helst om aftenen'.
_AT = patterns.compile(r" (?:på|til) ?$", patterns.IGNORECASE)
_OF_A_MEETING = ("department", "date", "time", "meeting_kind")
_IN_WORDS = (*FREE_TEXT, "behalf_words", "meeting_department_text", SUPPORT_PERSON_TEXT)
_TEXTS = (*FREE_TEXT, *READ_FROM.values())


@dataclass(frozen=True)
class Told:
    """What a message tells beside its answers: who the support person is, and what has no field; "" for nothing."""

    who_comes: str = ""
    remarks: str = ""

    @property
    def whole(self) -> str:
        """All of it."""
        return in_one_text(filter(None, (self.who_comes, self.remarks)))

    def without_who_comes(self) -> "Told":
        """The same, with who comes among the remarks."""
        return Told(remarks=self.whole)


def with_told_beside(acts: Sequence[Act], message: Message, state: State) -> list[Act]:
    """The acts of a message inside a request, with what it tells besides; a sentence kept whole is not unread.

    A number or an address that is a value is none of it at its beginning: '22 33 44 55. Ring helst om formiddagen'.
    """
    made = [_without_contacts(act, message) for act in _with_told_beside(acts, message, state)]
    return [act for act in made if (act.act, act.slot) != (SET, TOLD_BESIDE) or act.value]


def _leaves_open(act: Act) -> bool:
    """Whether an act asks for something anew, or says that there is no answer."""
    return act.act == REOPEN or (act.act, act.value) == (SMALL_TALK, "out_of_scope")


def _without_contacts(act: Act, message: Message) -> Act:
    """A remark without the numbers and addresses that are values: '22 33 44 55. Ring helst om formiddagen'.

    A line that ends with one says no more than the value: 'I kan ringe til mig på 22 33 44 55'.
    """
    if (act.act, act.slot) != (SET, TOLD_BESIDE):
        return act
    lines = str(act.value).split("\n")
    for one in message.values("email", "phone"):
        contact = message.text[one.start : one.end]
        lines = [line for line in lines if not line.rstrip(" .").endswith(contact) or line == contact]
        lines = [_AT.sub("", line.partition(contact)[0]) + line.partition(contact)[2] for line in lines]
    left = "\n".join(line.lstrip(" .,") for line in lines if line.strip(" .,"))
    return replace(act, value=left, words=left)


def _with_told_beside(acts: Sequence[Act], message: Message, state: State) -> list[Act]:
    only_asks = (message.answered or message.is_question) and not any(act.act in _ANSWERS and act.slot for act in acts)
    if (
        state.kind == "question"
        or state.asked in _TEXTS
        or state.pending
        or only_asks
        or any(_rules_out(act) for act in acts)
    ):
        return list(acts)
    acts = _without_begin_of_a_span(acts, message, state)
    known = [str(state.known.get(slot) or "") for slot in (TEXT_OF[state.kind or "question"], *_KEPT_BESIDE)]
    said = beside(message, acts, known, state.asks)
    told = said.whole
    if any(act.slot == "applicant_name" and act.value and str(act.value) in told for act in acts):
        told = ""  # 'Advokat Niels Sejr, ns@eksempel.dk' is who writes
    if not told:
        return list(acts)
    comes = next((act.value for act in acts if act.slot == _WHO_COMES and act.value), state.known.get(_WHO_COMES))
    if state.kind != "recording" or comes == "no":
        said = said.without_who_comes()
    # Who tells more while they are asked needs no time: 'min kone holder telefonen' is like 'vent, jeg har telefonen'.
    left = [act for act in acts if act.act != WAIT and not (act.act == UNREAD and _overlaps(act.words, told))]
    if len(told) >= len(bare(message.text)):
        # All of it is kept, so that nothing is left to be corrected or to have no answer: 'sagen har nummer 26-4471'.
        left = [act for act in left if not _leaves_open(act)]
    # How to be reached is kept with it.
    how = [one for act in left if act.slot == TOLD_BESIDE for one in str(act.value).split("\n")]
    remarks = in_one_text(filter(None, (*_without_told_twice(how, told), said.remarks)))
    answers = any(act.act == SET and act.slot and act.slot != TOLD_BESIDE for act in left)
    # 'De skal gerne tale højt og tydeligt' asks for no plainer words beside an answer.
    left = [act for act in left if act.slot != TOLD_BESIDE and not (answers and act.act == SIMPLIFY and not act.slot)]
    if said.who_comes and not comes:
        left += support_person.answer_of(said.who_comes, message)
    if said.who_comes:
        left += support_person.in_words(said.who_comes, state, instead=message.cue("correction"))
    return [*left, Act(SET, remarks, slot=TOLD_BESIDE, words=remarks)] if remarks else left


def _without_told_twice(lines: Sequence[str], told: str) -> list[str]:
    """The lines without those whose words all stand in the others or in what is told."""
    kept: list[str] = []
    for place, one in enumerate(lines):
        if not is_told_in(one, " ".join([*kept, *lines[place + 1 :], told])):
            kept.append(one)
    return kept


def beside(message: Message, acts: Iterable[Act], known: Sequence[str] = (), asks: Sequence[str] = ()) -> Told:
    """What a message tells for which there is no field, and who comes along.

    `acts`: what was read from it, whose words are not told again; `known`: texts told before; `asks`: the slots asked
    for.
    """
    acts = list(acts)
    read = [taken for act in acts if (taken := _words(act))]
    told_how = tuple(asks) == (_HOW,) and any(act.slot == _HOW for act in acts)
    nobody = any(act.slot == _WHO_COMES and (act.act == NO or act.value == "no") for act in acts)
    other_use = any(act.slot == _PURPOSE and act.value == "other" for act in acts)
    # 'Vilkår 3 rejser et spørgsmål: ...': what leads up to it is said to the chat.
    comes = known[1] if len(known) > 1 else ""
    spans = spans_beside(message, asks, told_how=told_how, nobody=nobody, other_use=other_use, comes=comes)
    comes_along = {_own_words(message.text[slice(*span)]): who for span, who in spans}
    # 'Altså vi mødes hjemme hos hende' says it already.
    homes = [] if any(cues()["at_home"].search(one.lower()) for one in comes_along) else _at_home(message)
    said = [one for one in (*comes_along, *homes) if comes_along.get(one) or len(one.split()) >= FEW_WORDS]
    said += _about_an_hour(message)
    new = (one for one in said if not any(is_told_in(one, text) for text in (*read, *filter(None, known))))
    # A department's name stands in what tells more of it.
    longer = [text for text in read if len(text.split()) > FEW_WORDS]
    kept = [one for one in new if not any(is_told_in(text, one) for text in longer)]
    lines = [one for one in dict.fromkeys(kept) if not any(one != other and one in other for other in kept)]
    told = Told(
        in_one_text(one for one in lines if comes_along.get(one)),
        in_one_text(one for one in lines if not comes_along.get(one)),
    )
    return told if len(told.whole) <= FREE_TEXT[TOLD_BESIDE] else Told()


def _at_home(message: Message) -> Iterator[str]:
    """At whose home a meeting is held: 'hjemme hos mor'; with its day where several are told."""
    if message.is_question or not any(one.entity in _OF_A_MEETING for one in message.found):
        return
    days = [one.start for one in message.values("date")]
    for found in cues()["at_home"].finditer(message.text.lower()):
        day = max((start for start in days if start < found.start()), default=found.start())
        yield message.text[day if len(days) > 1 else found.start() : found.end()]


def _about_an_hour(message: Message) -> Iterator[str]:
    """The hours told as 'ca. kl. 13', of which the request holds only the hour; with the day where several are told."""
    days = [one.start for one in message.values("date")]
    for hour in message.values("time"):
        start = about_an_hour(hour, message)
        if start is not None:
            day = max((one for one in days if one < start), default=start)
            yield message.text[day if len(days) > 1 else start : hour.end]


def _own_words(told: str) -> str:
    """What is told, without a yes or what asks us to write it: 'ja, men der skal stå, at ...'."""
    asks = words().find("asks_to_write", told)
    said = bare(told[asks.end() :] if asks else told.rpartition(": ")[2])
    yes = cues()["yes_first"].match(said.lower())
    return said[yes.end() :] if yes else said


def _without_begin_of_a_span(acts: Sequence[Act], message: Message, state: State) -> Sequence[Act]:
    """The acts, with no hour where the known one is only the first of those told: 'mellem 9 og 10, ikke præcis 9'."""
    held = state.former.get("meeting_date", {}).get("values", {})
    known = state.known.get("meeting_time") or held.get("meeting_time")
    first = {one.value["readings"][0] for one in message.values("time") if is_first_of_two(one, message)}
    if known not in first:
        return acts
    unsaid = [act for act in acts if act.slot != "meeting_time" and (act.act, act.slot) != (REOPEN, "")]
    return [*unsaid, Act(CHANGE, None, slot="meeting_time")]


def _rules_out(act: Act) -> bool:
    """Whether an act ends the request, changes its text, or undoes a change."""
    changes_text = act.slot in FREE_TEXT and (act.act == REOPEN or (act.act == CHANGE and act.about != ADDS))
    return act.act in _ENDS or changes_text or act.slot == LAST_CHANGE


def _words(act: Act) -> str:
    """The citizen's words that an act keeps; "" for none."""
    return act.value if act.slot in _IN_WORDS and isinstance(act.value, str) else ""


def _overlaps(words: str, told: str) -> bool:
    return words in told or told in words
