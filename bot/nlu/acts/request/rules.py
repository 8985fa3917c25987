"""A message inside a request becomes acts: the first rule that knows it, with what was known and asked for before."""

from collections.abc import Mapping
from dataclasses import replace

from bot.nlu.acts.request import in_between, learned_answers, wishes
from bot.nlu.acts.request.by_sentence import beside_a_text
from bot.nlu.acts.request.by_sentence.in_order import may_add, one_by_one
from bot.nlu.acts.request.by_sentence.other_sentences import beside, instead
from bot.nlu.acts.request.dialogue import already_known, consent, corrections, skipping, steering
from bot.nlu.acts.request.dialogue.small_talk import in_writing, talk
from bot.nlu.acts.request.limits import CERTAIN, DIGITS_OF_A_PHONE, FEW_WORDS, OWN_GROUNDS_WORDS, SURE
from bot.nlu.acts.request.meeting_text.dates import near_the_known_day
from bot.nlu.acts.request.meetings import meeting_acts, removal
from bot.nlu.acts.request.meetings.same_or_new import which_is_meant
from bot.nlu.acts.request.meetings.which_meeting import without_places
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people import behalf
from bot.nlu.acts.request.people.applicant_name import read_surname
from bot.nlu.acts.request.reading import at_the_same_place, read, told_before_a_question, without_old
from bot.nlu.acts.request.slot_values import Reading, all_of, emptied, given
from bot.nlu.acts.request.texts import grounds, own_words, text_changes
from bot.nlu.acts.request.texts.reason_spans import why
from bot.nlu.acts.request.texts.reasons import in_words, own_reason
from common.acts import ADD_MEETING, ADDS, BINDS, CHANGE, LEFT, NO, SET, SKIP, SMALL_TALK, UNREAD, VAGUE, YES, Act
from common.request import State
from common.slots import BEHALF, BESIDE, EXPLICIT, FREE_TEXT, LOOSE, WHO_WRITES

_WHEN = ("meeting_date", "meeting_time")
_QUESTIONS = ("faq_", "human_handover", "bot_challenge", "help")
_CONTACTS = ("applicant_email", "applicant_phone")


def acts_of(message: Message, state: State) -> list[Act]:
    """What a message does, at the slot asked for, with what is known. Raises OutOfTime (common/patterns.py)."""
    if split := removal.beside_the_rest(message, state):
        gone, rest = split
        return [*(removal.moved(act) for act in acts_of(rest, state) if may_add(act, rest, state)), *gone]
    if cut := beside_a_text.apart(message, state, _as_a_whole):
        told, left = cut
        return [*map(_as_left, _acts_of(left, state) if left else ()), *told]
    return _acts_of(message, state)


def _acts_of(message: Message, state: State) -> list[Act]:
    told = _as_a_whole(message, state)
    told = one_by_one(message, state, told, _as_a_whole) or told
    acts = instead(told, beside(message, state, told, _as_a_whole))
    return which_is_meant([*acts, *own_reason(acts, state.known)], message, state)


def _as_left(act: Act) -> Act:
    """An act of what is left of a message: it binds nobody, and where nothing was read, it is named."""
    if act.about == BINDS:
        return replace(act, about="")
    return replace(act, about=LEFT) if act.act == UNREAD and not act.about else act


def _as_a_whole(message: Message, state: State) -> list[Act]:
    """The acts of the message; of one that has a field written into the text, those of what is to be written."""
    framed = text_changes.framed(message, state)
    of_a_field = _by_the_first_rule(framed, state) if framed else []
    return of_a_field if _tells_fields(of_a_field) else _by_the_first_rule(message, state)


def _tells_fields(acts: list[Act]) -> bool:
    """Whether acts tell values, and no text."""
    return bool(acts) and all(act.act in (SET, CHANGE, ADD_MEETING) and act.slot not in FREE_TEXT for act in acts)


def _by_the_first_rule(message: Message, state: State) -> list[Act]:
    """The acts of the first rule that knows the message."""
    message = without_places(message, state.meetings)
    reading = read(
        message, state.kind, state.asked, state.today, state.prompted, again=bool(state.failures), asks=state.asks
    )
    reading = without_old(reading, message, state.known)
    behalf.read_behalf(message, state.asked, state.known, reading)
    read_surname(message, state.known, reading)
    near_the_known_day(message, reading, state.known, state.last)
    if "meeting_department" in state.asks and "meeting_department" not in state.known:
        at_the_same_place(message, reading, state.last)
    for rule in (
        _command,
        in_between.answer,
        already_known.kept,
        behalf.capacity,
        wishes.beside_a_yes,
        wishes.beside_a_text,
        steering.checks,
        consent.leaves_all,
        grounds.put_right,
        text_changes.edits,
        skipping.declines_name,
        meeting_acts.of_meetings,
        steering.progress,
        steering.noted,
        consent.sending,
        wishes.beyond_doubt,
        steering.steering,
        own_words.free_text,
        grounds.own_reason,
        consent.review,
        consent.terms,
        own_words.also_a_reason,
        corrections.correction,
        wishes.type_change,
        _clear_question,
        _values,
        _yes_no,
        skipping.nothing,
        in_writing,
        own_words.own_words,
        own_words.more_of_the_reason,
        own_words.more_of_the_wish,
        behalf.said_again,
        corrections.without_value,
        skipping.telephone_instead,
        skipping.no_telephone,
        talk,
        own_words.another_ground,
        already_known.said_again,
        already_known.at_the_review,
    ):
        acts = rule(message, state, reading)
        if acts is not None:
            return acts
    return [unread(message, state)]


def unread(message: Message, state: State) -> Act:
    """What was not understood: of other matters, or meant as an e-mail or a number."""
    if message.intent == "out_of_scope" and message.confidence >= SURE:
        return Act(SMALL_TALK, "out_of_scope", words=message.text)
    about = ""
    if state.asked in _CONTACTS:
        digits = sum(character.isdigit() for character in message.text)
        about = "email" if "@" in message.text else "phone" if digits >= DIGITS_OF_A_PHONE else ""
    return Act(UNREAD, about=about, words=message.text)


def _command(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'/restart', typed, steers nothing and is the answer to nothing."""
    return [unread(message, state)] if message.like_a_command else None


def _clear_question(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A question is answered, also where words in it look like a choice ('kan jeg tage min søster med?')."""
    if not message.is_question or not message.intent.startswith(_QUESTIONS) or message.confidence < SURE:
        return None
    if state.asked in reading.settled and not message.text.rstrip().endswith("?"):
        return None  # 'Har ikke fået nogen tid endnu'
    # 'Hvordan får jeg fat i Jura på telefonen?', 'Har I åbent fredag eftermiddag?' give no value.
    if message.confidence < CERTAIN and reading.values.keys() & {state.asked} & EXPLICIT:
        return None
    acts = talk(message, state, reading)
    dates = message.values("date")
    told = state.asked == "meeting_date" and dates and all(told_before_a_question(message, one) for one in dates)
    if acts and told:
        # 'Det er i morgen kl. 10, er det for sent?': the question is answered, and the day is known.
        acts += given({slot: reading.values[slot] for slot in _WHEN if slot in reading.values})
    return acts


def _values(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A value that parses for the slot asked for, or for one that is still open, beats a guess about the intent."""
    elsewhere = message.intent == "out_of_scope" and message.confidence >= CERTAIN
    if elsewhere and not message.values("time") and {found.rule for found in message.values("date")} == {"named_day"}:
        return None  # 'Sikke et vejr i dag!'
    values = _open_values(message, state, reading, elsewhere)
    told = Reading(values, reading.settled, reading.dates, reading.times, elsewhere=reading.elsewhere)
    if (reading.vague or reading.has_been) and state.asked == "meeting_date":
        return [*given(values), *emptied(reading.settled), Act(VAGUE, reading.has_been or "", slot="meeting_date")]
    if not all_of(told):
        return None
    asks = message.is_question and not told.settled
    if asks and message.words > FEW_WORDS and message.intent != "inform" and values.keys() <= LOOSE:
        # 'Kan I ringe til mig?' is no telephone meeting.
        return None
    for_whom = not values.keys().isdisjoint(BEHALF)
    who_writes = state.asked == "terms_accepted" and values.keys() <= WHO_WRITES
    if state.asked not in values and state.asked in ("terms_accepted", "review") and not (for_whom or who_writes):
        return None
    own = state.asked == "recording_grounds" and values.get("recording_grounds") == ["other"]
    if own and not message.values("recording_grounds") and message.words >= OWN_GROUNDS_WORDS:
        values.pop("recording_grounds")
        return [*all_of(told), *own_words.own_grounds(message)]
    return [*all_of(told), *_reason_in_words(message, state, values)]


def _reason_in_words(message: Message, state: State, values: Mapping[str, object]) -> list[Act]:
    """The words in which a reason is told before it is asked for: they are kept, whatever the explanation adds."""
    known = str(state.known.get("recording_explanation") or "")
    if not known and "recording_explanation" in state.settled and state.asked != "recording_grounds":
        return []
    if state.asked == "recording_grounds":
        # The words in which it is told are kept (conversation.md, 4).
        tells = message.words > FEW_WORDS and len(message.text) <= FREE_TEXT["recording_explanation"]
        return given({"recording_explanation": message.text}) if tells else []
    if state.kind != "recording" or state.asked in FREE_TEXT:
        return []
    names_a_ground = "recording_grounds" in values
    medium = message.values("recording_medium") if state.asked == "recording_medium" else []
    said = why(message, named=names_a_ground, behind=medium[0].end if medium else None)
    if known:
        # Told later, it stands behind what was told.
        new = said if said and said not in known and not message.is_question else None
        return [Act(CHANGE, new, ADDS, slot="recording_explanation")] if new else []
    if names_a_ground:
        return given({"recording_explanation": said}) if said else []
    return given(in_words(said, message)) if said else []


def _open_values(message: Message, state: State, reading: Reading, elsewhere: bool) -> dict[str, object]:
    """The values for the slot asked for and for those that are open: what is known changes by a correction alone."""
    answers = (state.asked, *BESIDE.get(state.asked or "", ()))
    values = {slot: value for slot, value in reading.values.items() if slot in answers or slot not in state.known}
    settled = "meeting_date" in state.settled or elsewhere
    if settled and state.asked != "meeting_date" and not message.cue("the_meeting"):
        # No day is fixed: 'min datter ved først på mandag, om hun kan' fixes none.
        values = {slot: value for slot, value in values.items() if slot not in _WHEN}
    if state.asked == "support_person_possible" and state.asked not in values and values:
        # 'Nej, og den er kun til mig selv' answers what was asked, too.
        said = _yes_no(message, state, reading)
        values |= {act.slot: act.value for act in said or () if act.act == SET}
    return values


def _yes_no(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if message.cue("torn"):
        return None
    sure = message.confidence >= SURE
    yes = message.cue("affirm") or (message.intent == "affirm" and sure)
    no = message.cue("deny") or (message.intent == "deny" and sure)
    if state.asked == "support_person_possible":
        meant = state.prompted and not message.cue("dont_know") and (message.yes or message.cue("deny"))
        return given({state.asked: "yes" if message.yes else "no"}) if meant else None
    if state.asked in FREE_TEXT and state.asked != "question_text":
        # 'Det vil jeg gerne springe over' begins as a yes does.
        if no or message.cue("skip") or learned_answers.leaves_out(message):
            return [Act(SKIP, slot=state.asked)]
        if yes:
            return [Act(YES, slot=state.asked)]
    return [Act(NO, slot=state.asked)] if no and state.asked in (*_CONTACTS, "meeting_date", "behalf_name") else None
