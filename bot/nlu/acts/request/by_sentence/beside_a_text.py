"""Clauses in a free text that are no part of it: corrections, meetings, names, "is it noted?".

A clause that tells such a thing alone is read alone and left out of the text. For whom it is and who comes along may be
the reason as well: a reason keeps those words (conversation.md, 4), a wish does not. Outside texts only removals of
meetings and "is it noted?" are read so.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.in_order import Read
from bot.nlu.acts.request.by_sentence.state_after import after
from bot.nlu.acts.request.clauses import Span, as_message, clause_spans, keep_spans, with_own_wish
from bot.nlu.acts.request.dialogue.corrections import says_so
from bot.nlu.acts.request.limits import (
    FEW_WORDS,
    MOST_CLAUSES,
    SENTENCE_WORDS,
    STEERING_WORDS,
    TALK_WORDS,
    WORDS_BESIDE_A_VALUE,
    WORDS_OF_A_CHOICE,
    WORDS_OF_A_CORRECTION,
)
from bot.nlu.acts.request.meeting_text.parts import ANOTHER, blanked, cue, other_words, says_nothing_else
from bot.nlu.acts.request.meetings.same_or_new import ask_same_or_new
from bot.nlu.acts.request.message import ANSWER, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import ENTITIES_OF
from bot.nlu.acts.request.texts.said_to_us import own_words
from bot.nlu.acts.request.texts.text_changes import changes_text, written_spans
from common import patterns
from common.acts import (
    ADD_MEETING,
    CHANGE,
    CORRECTS,
    MEETINGS,
    NO,
    REMOVE_MEETING,
    REOPEN,
    SET,
    SMALL_TALK,
    UNREAD,
    WHICH_MEETING,
    YES,
    Act,
)
from common.request import State
from common.slots import BEHALF, FREE_TEXT, LOOSE, MEETING, READ_FROM, WHO_WRITES

# Choices that a clause of a reason may make.
_CHOICES = {"support_person_possible", "recording_purpose"}
# A reason keeps the clauses about these.
_PART_OF_A_REASON = {*BEHALF, *_CHOICES}
_OF_MEETINGS = {ADD_MEETING, REMOVE_MEETING}
# Slots as if asked for while a clause is read: the review takes corrections, the other the name. A name stands beside a
# text and is none by itself.
_READ_AS = ("review", "applicant_name")
# Denied, they say how a meeting is held: 'det sidste var ikke på video'.
_HOW = ("meeting_kind", "recording_medium")
# What a text may tell as well.
_STAYS = {*MEETING, *LOOSE}
_MARKS = " \n.,;!?"
_WORD = patterns.compile(r"\w+")


def split_off(message: Message, state: State, read: Read) -> tuple[list[Act], Message | None] | None:
    """Acts of the clauses read alone, and the message that is left; None where it is read as a whole.

    `read`: reads a clause.
    """
    asked_for = state.asked in FREE_TEXT and state.asked != "question_text"
    if asked_for:
        message = _own_part(message)
    of_a_text = asked_for or changes_text(message, state)
    spans = clause_spans(message)
    if state.pending or len(spans) > MOST_CLAUSES or (len(spans) < 2 and not asked_for):
        return None
    if not of_a_text and cue("only_so_many").search(message.text):
        return None  # 'Der er kun et møde, den 11., slet det andet'
    told, left, values = _read_clauses(message, spans, state, read, of_a_text=of_a_text)
    if asked_for and left and not _tells_nothing(keep_spans(message, left)):
        # 'Nej, du har byttet om. Hele referatet, tak'
        clauses = [(span, as_message(message, *span)) for span in left]
        left = [span for span, one in clauses if not (_is_a_protest(one) and _tells_nothing(one))] or left
    if (not told and not 0 < len(left) < len(spans)) or (not of_a_text and _needs_the_whole(message, told, left)):
        return None
    if told and left and of_a_text and not _tells_nothing(keep_spans(message, left)):
        left = _with_whole_sentences(message, left, values)
    rest = keep_spans(message, left) if left else None
    if rest and asked_for:
        rest = _own_part(rest)
    elif rest and of_a_text:
        rest = rest.within(0, max([len(rest.text.rstrip(" .")), *(one.end for one in rest.found)]))
    nothing = rest and asked_for and (_tells_nothing(rest) or (told and _is_no_reason(message, left, state)))
    tells = rest and rest.text.strip(_MARKS) and not nothing
    return told, rest if tells else None


def _read_clauses(
    message: Message, spans: list[Span], state: State, read: Read, *, of_a_text: bool
) -> tuple[list[Act], list[Span], list[Span]]:
    """Acts of the clauses read alone, the clauses that are left, and those that only tell values."""
    now = replace(state, failures=0)
    told, left, values = list[Act](), list[Span](), list[Span]()
    for start, end in _joined_meeting_clauses(message, spans):
        clause = as_message(message, start, end)
        if of_a_text and state.asked not in FREE_TEXT and clause.cue("nothing_else"):
            continue  # '..., ellers er det rigtigt' is not part of the text
        acts = _noted(clause) if state.asked != "question_text" else []
        if not acts and of_a_text:
            acts = _field_acts(clause, now, read, _READ_AS[: len(spans)])
        elif not acts:
            acts = _removed_meetings(as_message(message, start, end, learned=True), now, read)
        if message.cue("text_added_before"):
            acts = [act for act in acts if act.slot != "noted"]  # 'kan det komme med?' asks for the edit
        told += [act for act in acts if act not in told]
        now = replace(after(replace(now, asked="review"), acts), asked=state.asked)
        if not acts or (state.asked in READ_FROM and any(act.slot in _PART_OF_A_REASON for act in acts)):
            left.append((start, end))
        elif not says_so(clause) and all(act.act in (SET, CHANGE) and act.slot in _STAYS for act in acts):
            values.append((start, end))
    return told, left, values


def split_edits(message: Message, state: State) -> tuple[Message, Message] | None:
    """The sentences that write into a text, and the others as a message of their own; None where all of it writes."""
    sentences = sentence_spans(message.text, message.unbroken)
    writes = written_spans(message, state)
    within = [any(start < last and first < end for first, last in writes) for start, end in sentences]
    if all(within) or not any(within) or message.cue("text_added_before"):
        return None
    edited, others = (
        [span for span, inside in zip(sentences, within, strict=True) if inside is wanted] for wanted in (True, False)
    )
    return keep_spans(message, edited, learned=True), with_own_wish(keep_spans(message, others, learned=True))


def may_stand_beside(act: Act, others: Message) -> bool:
    """Whether an act counts beside an edit, which a protest, a yes and a remark do not."""
    wants = act.act != UNREAD or (act.about != CORRECTS and others.cue("wants"))
    return wants and act.act not in (YES, NO) and (act.act, act.slot) != (REOPEN, "")


def _own_part(message: Message) -> Message:
    """The message without what is said to us at its ends."""
    own = own_words(message.text)
    start = message.text.find(own)
    return message.within(start, start + len(own)) if own != message.text else message


def _field_acts(clause: Message, state: State, read: Read, read_as: Sequence[str]) -> list[Act]:
    """Acts of a clause that is about fields of the request only; empty where it may be text.

    `read_as`: the slots as if asked for, tried in this order.
    """
    # 'Jeg glemte et møde den 15., kan det komme med', 'kan du slette det andet'
    wishes = cue("adds_one").search(clause.text) or cue("requests").search(clause.text)
    if (clause.is_question and not wishes) or clause.words > SENTENCE_WORDS or clause.cue("keep"):
        return []
    for asked in read_as:
        told = ask_same_or_new(read(clause, replace(state, asked=asked)), clause, state)
        if clause.text.islower():
            # Two words in small letters are a name only where it is asked for.
            told = [act for act in told if act.slot != "applicant_name"]
        if any(act.act == ADD_MEETING for act in told):
            # 'Jeg glemte et møde mere' gives no ground.
            told = [act for act in told if act.slot not in READ_FROM.values()]
        if told and all(_is_plain(act, clause) for act in told):
            return told
    return []


def _joined_meeting_clauses(message: Message, spans: Sequence[Span]) -> list[Span]:
    """The clauses, those that go on about an added or corrected meeting joined to it."""
    made: list[Span] = []
    adds = False
    for start, end in spans:
        clause = as_message(message, start, end)
        of_a_meeting = says_nothing_else(clause) or (
            cue("held_as").search(clause.text) and not other_words(clause.text)
        )
        goes_on = of_a_meeting and not says_so(clause) and not clause.cue("is_of_the_meeting")
        if adds and (goes_on or cue("adds_one").search(clause.text)):
            made[-1] = (made[-1][0], end)
            continue
        made.append((start, end))
        adds = any(cue(name).search(clause.text) for name in (*ANOTHER, "adds_one"))
        adds |= any(one.negated and one.entity in _HOW for one in clause.found)
    return made


def _with_whole_sentences(message: Message, left: list[Span], values: list[Span]) -> list[Span]:
    """What is left of the clauses, with those that only tell values and correct nothing; each sentence in one piece.

    conversation.md, What every citizen can rely on, 4: the citizen's words are kept whole.
    """
    made: list[Span] = []
    for start, end in sentence_spans(message.text, message.unbroken):
        own = sorted(span for span in (*left, *values) if start <= span[0] < end)
        if own:
            made.append((own[0][0], own[-1][1]))
    return made


def _is_a_protest(clause: Message) -> bool:
    """Whether a clause has the length of a protest: more than "nej", less than a statement."""
    return FEW_WORDS <= clause.words <= WORDS_BESIDE_A_VALUE


def _tells_nothing(rest: Message) -> bool:
    """Whether it only reacts to what was asked or noted."""
    begins = rest.cue("opens_correction")
    protests = begins and rest.cue("contradicts") and rest.words <= STEERING_WORDS
    return not (rest.found or rest.named_slots()) and (
        protests or (rest.words <= FEW_WORDS and (begins or rest.cue("affirm")))
    )


def _is_no_reason(message: Message, left: Sequence[Span], state: State) -> bool:
    """Whether the few words that are left beside what is told hardly give a reason: 'nej, stop'."""
    rest = keep_spans(message, left, learned=True)
    few = state.asked == "recording_explanation" and rest.words <= FEW_WORDS
    return few and not learned_answers.may_tell_a_reason(rest)


def _needs_the_whole(message: Message, told: Sequence[Act], left: Sequence[Span]) -> bool:
    """Whether only a denial is left, which belongs to what follows."""
    if not left:
        return all(act.act == SMALL_TALK for act in told)
    first = as_message(message, *left[0])
    denies = len(left) == 1 and left[0][0] == 0 and first.words <= FEW_WORDS and first.cue("deny")
    return denies and not message.cue_in("joined", message.text[left[0][1] :])


def _noted(clause: Message) -> list[Act]:
    """A question whether something is noted."""
    asks = clause.asks_what_is_noted and clause.words <= TALK_WORDS
    return [Act(SMALL_TALK, "noted", slot="noted")] if asks else []


def _removed_meetings(clause: Message, state: State, read: Read) -> list[Act]:
    """Removals of meetings in a clause."""
    if len(state.meetings) < 2 or clause.is_question or not cue("removes").search(clause.text):
        return []
    told = read(clause, replace(state, asked="review"))
    return told if told and all(act.act == REMOVE_MEETING for act in told) else []


def _is_plain(act: Act, clause: Message) -> bool:
    """Whether a clause states the act explicitly."""
    if act.act in _OF_MEETINGS or (act.act, act.slot) == (SMALL_TALK, "noted"):
        return True
    if act.act not in (SET, CHANGE, WHICH_MEETING):
        return False
    if act.act == SET and act.slot in _CHOICES:
        # 'Kun til mig selv' as a sentence of its own
        has_purpose = act.slot != "recording_purpose" or clause.cue("own_use")  # 'det bliver for privat' is no purpose
        told = clause.values(*ENTITIES_OF.get(act.slot, (act.slot,)))
        return clause.words <= WORDS_OF_A_CHOICE and bool(told) and has_purpose
    # Only explicit statements, so that 'det, der blev aftalt' raises no question.
    if act.act == WHICH_MEETING or act.slot in (*MEETING, MEETINGS) or act.slot in LOOSE - set(READ_FROM.values()):
        says = says_so(clause) or clause.cue("rather") or any(one.negated for one in clause.found)
        return _says_nothing_else(clause, says=says) and (says or _is_of_the_meeting(act, clause))
    return act.slot in (WHO_WRITES | set(BEHALF)) and _words_outside_values(clause) <= WORDS_BESIDE_A_VALUE


def _is_of_the_meeting(act: Act, clause: Message) -> bool:
    """Whether it is about the meeting asked about, or one it numbers."""
    return act.slot == MEETINGS or (act.slot in MEETING and clause.cue("is_of_the_meeting"))


def _says_nothing_else(clause: Message, *, says: bool) -> bool:
    """Whether a clause has hardly a word about anything but a meeting."""
    told = cue("in_passing").sub(" ", blanked(clause.text, [one for one in clause.found if one.entity != ANSWER]))
    return other_words(told) <= (WORDS_OF_A_CORRECTION if says else 0)


def _words_outside_values(clause: Message) -> int:
    """Number of words outside values; TALK_WORDS where there are no values."""
    values = [one for one in clause.found if one.entity not in (ANSWER, "recording_grounds")]
    if not values:
        return TALK_WORDS
    words = [word.start() for word in _WORD.finditer(clause.text)]
    return sum(not any(one.start <= place < one.end for one in values) for place in words)
