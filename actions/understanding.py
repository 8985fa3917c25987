"""Actions room: the one place that decides what a message inside a request means. Pure: no Rasa, no clock."""

from actions import (
    answering,
    consent,
    corrections,
    leaving_out,
    other_kind,
    own_words,
    pending,
    same_time,
    standing,
    talk,
)
from actions.again import say_otherwise
from actions.decision import Decision, Kind, Say, State
from actions.message import CERTAIN, SURE, Message
from actions.other_kind import TYPE_OF_INTENT
from actions.reading import beginning, read, told_before_a_question, without_old
from actions.steering import steering
from actions.taking import from_reading
from actions.unclear import unclear
from actions.values import LOOSE, Reading
from common.slots import FREE_TEXT

_FEW_WORDS = 5
_WHEN = ("meeting_date", "meeting_time")
_QUESTIONS = ("faq_", "human_handover", "bot_challenge", "help")


def decide(message: Message, state: State) -> Decision:
    """What a message means, at the slot asked for, with what is known. Raises OutOfTime (common/patterns.py)."""
    reading = _read(message, state)
    decision: Decision | None = None
    for rule in (
        _command,
        pending.answer,
        _begin,
        standing.kept,
        leaving_out.declines_name,
        consent.sending,
        other_kind.beyond_doubt,
        corrections.free_text,
        steering,
        own_words.free_text,
        consent.review,
        consent.terms,
        corrections.correction,
        other_kind.type_change,
        _clear_question,
        _values,
        _yes_no,
        leaving_out.nothing,
        own_words.own_words,
        corrections.without_value,
        leaving_out.telephone_instead,
        leaving_out.no_telephone,
        talk.talk,
        standing.said_again,
        standing.at_the_review,
    ):
        decision = None if message.unread else rule(message, state, reading)
        if decision is not None:
            break
    if decision is None:
        decision = unclear(message, state)
    same_time.ask_with(decision, reading, state)
    standing.say_new(decision, state)
    say_otherwise(decision, state)
    return decision


def _read(message: Message, state: State) -> Reading:
    if message.unread:
        return Reading()
    reading = read(message, state.kind, state.asked, state.today, state.prompted, again=bool(state.failures))
    return without_old(reading, message, state.known)


def _command(message: Message, state: State, reading: Reading) -> Decision | None:
    """'/restart', typed, steers nothing and is the answer to nothing."""
    return unclear(message, state) if message.like_a_command and state.asked is not None else None


def _begin(message: Message, state: State, reading: Reading) -> Decision | None:
    """The form begins: the request's kind is the intent's, and what the first message says is taken."""
    if state.asked is not None:
        return None
    kind = TYPE_OF_INTENT.get(message.intent) or state.kind
    decision = from_reading(beginning(message, kind, state.today), Kind.VALUE)
    if kind:
        decision.values["request_type"] = kind
    return decision


def _clear_question(message: Message, state: State, reading: Reading) -> Decision | None:
    """A question is answered, also where words in it look like a choice ('kan jeg tage min søster med?')."""
    if not message.is_question or message.button or not message.intent.startswith(_QUESTIONS):
        return None
    answers = reading.values.keys() & {state.asked} & corrections.EXPLICIT
    if message.confidence >= CERTAIN:
        answers = set()  # 'Hvordan får jeg fat i Jura på telefonen?', 'Har I åbent fredag eftermiddag?'
    if state.asked in reading.settled and not message.text.rstrip().endswith("?"):
        return None  # 'Har ikke fået nogen tid endnu'
    if message.confidence < SURE or answers:
        return None
    decision = talk.talk(message, state, reading)
    dates = message.values("date")
    if decision and state.asked == "meeting_date" and dates and all(told_before_a_question(message, d) for d in dates):
        # 'Det er i morgen kl. 10, er det for sent?': the question is answered, and the day is known.
        decision.values |= {slot: reading.values[slot] for slot in _WHEN if slot in reading.values}
    return decision


def _values(message: Message, state: State, reading: Reading) -> Decision | None:
    """A value that parses for the slot asked for, or for one that is still open, beats a guess about the intent."""
    elsewhere = message.intent == "out_of_scope" and message.confidence >= CERTAIN
    if elsewhere and not message.values("time") and {found.rule for found in message.values("date")} == {"named_day"}:
        return None  # 'Sikke et vejr i dag!'
    decision = from_reading(reading, Kind.VALUE, state)
    # What is known already changes by a correction alone.
    decision.values = {
        slot: value for slot, value in decision.values.items() if slot == state.asked or slot not in state.known
    }
    settled = "meeting_date" in state.settled or elsewhere
    if settled and state.asked != "meeting_date" and not message.cue("the_meeting"):
        # No day is fixed: 'min datter ved først på mandag, om hun kan' fixes none.
        decision.values.pop("meeting_date", None)
        decision.values.pop("meeting_time", None)
    if state.asked == "support_person_possible" and state.asked not in decision.values and decision.values:
        # 'Nej, og den er kun til mig selv' answers what was asked, too.
        said = _yes_no(message, state, reading)
        decision.values |= said.values if said else {}
    answers = bool(decision.values or decision.settled or decision.pending)
    if reading.trouble and state.asked == "meeting_date":
        trouble = Say(reading.trouble, {"date": reading.trouble_date or ""})
        said_before = state.failures and (reading.trouble == "utter_vague_date" or state.failures > 1)
        helped = unclear(message, state) if said_before else Decision(Kind.UNCLEAR, says=[trouble], prompt=False)
        helped.values, helped.settled = decision.values, decision.settled
        return helped
    if not answers:
        return None
    asks = message.is_question and not decision.settled
    if asks and message.words > 3 and message.intent != "inform" and decision.values.keys() <= LOOSE:
        # 'Kan I ringe til mig?' is no telephone meeting.
        return None
    if state.asked not in decision.values and state.asked in ("terms_accepted", "review"):
        return None
    own = state.asked == "recording_grounds" and decision.values.get("recording_grounds") == ["other"]
    if own and not message.button and not message.values("recording_grounds") and message.words >= _FEW_WORDS:
        return own_words.own_grounds(message, decision)
    return decision


def _yes_no(message: Message, state: State, reading: Reading) -> Decision | None:
    sure = message.confidence >= SURE
    if message.cue("torn"):
        return None
    yes = message.cue("affirm") or (message.intent == "affirm" and sure)
    no = message.cue("deny") or (message.intent == "deny" and sure)
    if state.asked == "support_person_possible":
        meant = state.prompted and not message.cue("dont_know") and (message.yes or message.cue("deny"))
        return Decision(Kind.VALUE, values={state.asked: "yes" if message.yes else "no"}) if meant else None
    if state.asked in FREE_TEXT and state.asked != "question_text":
        # 'Det vil jeg gerne springe over' begins as a yes does.
        if no or message.cue("skip") or answering.leaves_out(message):
            return Decision(Kind.SKIP, settled={state.asked})
        if yes:
            return Decision(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")], prompt=False)
    if no and state.asked in ("applicant_email", "applicant_phone"):
        return leaving_out.leave_out(state)
    if no and state.asked == "meeting_date":
        return Decision(Kind.VALUE, settled={"meeting_date"})
    return None
