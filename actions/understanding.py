"""Actions room: the one place that decides what a message inside a request means. Pure: no Rasa, no clock."""

from actions import answering, consent, corrections, leaving_out, pending, talk
from actions.decision import Decision, Kind, Say, State
from actions.message import CERTAIN, SURE, Message
from actions.reading import LOOSE, Reading, explanation, own_question, read, without_old
from actions.slots import FREE_TEXT, ORDER, previous_slot
from actions.unclear import unclear
from actions.wording import date_buttons, time_buttons

TYPE_OF_INTENT = {"request_recording": "recording", "request_notes": "notes", "request_question": "question"}
# With these labels, own words may still be a department or a reason.
_NEUTRAL = {
    "inform",
    "nlu_fallback",
    "faq_special_needs",
    "out_of_scope",
    "faq_contact",
    "faq_video",
    "faq_phone_calls",
}
# Topics that what is asked for in a text may sound like.
_OF_TEXTS = ("faq_not_on_page", "faq_notes", "faq_alternatives", "faq_criteria", "faq_position")
# Topics that 'why do you ask?' sounds like.
_LIKE_WHY = ("faq_position", "faq_not_on_page")
_MOST_STEERING_WORDS = 8
_MOST_WORDS_OF_A_WISH = 12
_FEW_WORDS = 5
_MOST_WORDS_OF_TALK = 15
_MOST_WORDS_OF_A_STOP = 40
_MOST_WORDS_OF_A_NAME = 4
# A topic this sure is asked about also where nothing has the form of a question.
_PLAIN = 0.97
_QUESTIONS = ("faq_", "human_handover", "bot_challenge", "help")


def decide(message: Message, state: State) -> Decision:
    """What a message means, at the slot asked for, with what is known."""
    reading = read(message, state.kind, state.asked, state.today, state.prompted, bool(state.failures))
    reading = without_old(reading, message, state.known)
    for rule in (
        pending.answer,
        _begin,
        _another_kind,
        corrections.free_text,
        _steering,
        _free_text,
        consent.review,
        consent.terms,
        corrections.correction,
        _type_change,
        _clear_question,
        _values,
        _yes_no,
        leaving_out.nothing,
        _own_words,
        corrections.without_value,
        leaving_out.telephone_instead,
        leaving_out.no_telephone,
        talk.talk,
        _said_again,
    ):
        decision = rule(message, state, reading)
        if decision is not None:
            return decision
    return unclear(message, state)


def _begin(message: Message, state: State, reading: Reading) -> Decision | None:
    """The form begins: the request's kind is the intent's, and what the first message says is taken."""
    if state.asked is not None:
        return None
    kind = TYPE_OF_INTENT.get(message.intent) or state.kind
    reading = read(message, kind, None, state.today)
    decision = from_reading(reading, Kind.VALUE)
    if kind:
        decision.values["request_type"] = kind
    if kind == "question" and (own := own_question(message)):
        decision.values["question_text"] = own
    if kind == "recording" and "recording_grounds" in reading.values and (said := explanation(message)):
        decision.values["recording_explanation"] = said
    return decision


def _steering(message: Message, state: State, reading: Reading) -> Decision | None:
    """Stop, begin again, back, and 'why do you ask?'."""
    short = message.words <= _MOST_STEERING_WORDS
    free = state.asked not in FREE_TEXT or (message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_A_STOP)
    by_intent = message.confidence >= SURE and not reading.values and (short or free)
    if (message.cue("stop") and short) or (message.intent == "cancel" and by_intent and not message.is_question):
        return stop(state)
    if message.intent == "restart" and by_intent and short and not answering.steers(message, "back"):
        return Decision(Kind.ASK_BACK, says=[Say("utter_confirm_restart")], pending={"kind": "restart"}, prompt=False)
    waits = (message.cue("wait") or answering.steers(message, "wait", state.asked)) and not (message.intent in ("correct", "cancel", "restart") and by_intent)
    if waits and short and not message.is_question and not reading.values:
        return Decision(Kind.TALK, says=[Say("utter_take_your_time")], prompt=False)
    asked_for = [slot for slot in ORDER.get(state.kind or "", ()) if slot in message.named_slots()]
    if message.cue("back") and short and (given := [slot for slot in asked_for if slot in state.known]):
        return corrections.reopen(given, state)
    if (message.cue("back") or (answering.steers(message, "back", state.asked) and not reading.values)) and short:
        before = previous_slot(state.asked, state.kind)
        if before == "request_type":
            return Decision(Kind.BACK, ask="request_type")
        if before:
            return Decision(Kind.BACK, reopened={before}, ask=before)
    # A question to Jura may well begin so.
    topic = message.intent.startswith("faq_") and message.intent not in _LIKE_WHY and message.confidence >= CERTAIN
    why = message.cue("why") or (answering.steers(message, "why", state.asked) and not reading.values and not topic)
    if why and (state.asked != "question_text" or message.words <= _FEW_WORDS):
        return Decision(Kind.WHY, says=[Say(f"utter_explain_{state.asked}")])
    return None


def stop(state: State) -> Decision:
    """Stops at once where nothing would be lost; otherwise asks once to be sure."""
    given = {slot for slot, value in state.known.items() if value not in (None, [], "")} - {"request_type"}
    if given or state.settled:
        return Decision(Kind.STOP, says=[Say("utter_confirm_stop")], pending={"kind": "stop"}, prompt=False)
    return Decision(Kind.STOPPED, says=[Say("utter_request_stopped")], prompt=False)


def _free_text(message: Message, state: State, reading: Reading) -> Decision | None:
    """In free text everything is the text, except what clearly steers, and a clear question, which beats a value."""
    slot = state.asked or ""
    if slot not in FREE_TEXT or message.button:
        return None
    short = message.words <= _MOST_STEERING_WORDS
    sure = message.confidence >= SURE
    if slot == "question_text":
        # 'Nej tak' and 'det ved jeg ikke' are nothing to send to Jura.
        nothing = message.words <= 4 and (message.cue("dont_know") or message.cue("skip"))
        bare = message.words <= 2 and (message.cue("affirm") or message.cue("deny"))
        if (nothing or bare) and "?" not in message.text:
            return None
    else:
        leaves_out = message.cue("skip") or (message.cue("deny") and message.words <= 3)
        certain = message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_TALK
        if (short and leaves_out) or (message.intent == "skip" and ((short and sure) or certain)):
            return None
        if short and message.intent in ("affirm", "deny") and sure:
            return None
    # 'Jeg glemmer det, vi aftaler' is a reason, whatever its label.
    certain = message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_TALK
    if ((short and sure) or certain) and message.intent in talk.GESTURES and not reading.values:
        return None
    if corrections.is_clear(message, state, reading):
        return None
    other = TYPE_OF_INTENT.get(message.intent, state.kind)
    if other != state.kind and message.confidence >= 0.8 and message.words <= _MOST_WORDS_OF_A_WISH:
        return None
    topic = message.intent.startswith("faq_") and message.intent not in (*_NEUTRAL, *_OF_TEXTS)
    asks = message.intent.startswith("faq_") and message.is_question
    if slot != "question_text" and (asks or (topic and message.confidence >= _PLAIN)):
        tells = bool(message.values("recording_grounds"))
        if tells and not message.text.rstrip().endswith("?"):
            # 'Hvordan skal jeg ellers kunne huske det? Jeg har haft en blodprop i hjernen.'
            return Decision(Kind.VALUE, values={slot: message.text})
        if message.confidence >= 0.6 and message.words <= 15 and asks and not tells:
            return None
        if message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_A_STOP and asks and not tells:
            return None
        return Decision(
            Kind.ASK_BACK,
            says=[Say("utter_question_or_value")],
            pending={"kind": "question_or_value", "text": message.text, "intent": message.intent},
            prompt=False,
        )
    limit = FREE_TEXT[slot]
    if len(message.text) > limit:
        return Decision(Kind.UNCLEAR, says=[Say("utter_too_long_value", {"limit": f"{limit:,}".replace(",", ".")})])
    if not any(character.isalnum() for character in message.text):
        return None
    return Decision(Kind.VALUE, values={slot: message.text})


def _another_kind(message: Message, state: State, reading: Reading) -> Decision | None:
    """Another kind of request, said beyond doubt: 'jeg dropper det med at optage og beder om et referat i stedet'."""
    if state.kind is None or message.button or state.asked == "request_type" or message.words > _MOST_WORDS_OF_A_STOP:
        return None
    if state.asked == "question_text" and "?" in message.text and not message.cue("instead"):
        return None
    wished = TYPE_OF_INTENT.get(message.intent)
    long_text = state.asked in FREE_TEXT and message.words > _MOST_WORDS_OF_A_WISH
    if wished == state.kind or wished is None or message.confidence < CERTAIN or long_text:
        steers = message.intent in ("cancel", "correct", *TYPE_OF_INTENT) and message.confidence >= SURE
        wished = None
        wishes = message.intent in TYPE_OF_INTENT and steers
        asks = message.is_question and not wishes
        if message.cue("instead") and (steers or state.asked not in FREE_TEXT) and not asks:
            named = [kind for kind in ORDER if kind != state.kind and message.cue(f"kind_{kind}")]
            wished = named[0] if len(named) == 1 else None
    return _changed_to(wished, message, state) if wished else None


def _type_change(message: Message, state: State, reading: Reading) -> Decision | None:
    """The citizen wants another kind of request; what was said is kept."""
    named = _named_kind(message) if state.asked == "request_type" else None
    new = reading.values.get("request_type") or TYPE_OF_INTENT.get(message.intent) or named
    if named:
        return Decision(Kind.VALUE, values={"request_type": new})
    if new is None or (message.confidence < 0.5 and not message.button):
        return None
    if state.kind is None or state.asked == "request_type":
        decision = from_reading(read(message, new, state.asked, state.today), Kind.VALUE)
        decision.values["request_type"] = new
        return decision
    if new == state.kind and message.button:
        # 'Bed om lov til at optage', pressed while that goes on.
        return Decision(Kind.TALK)
    if new == state.kind or (reading.values.keys() & {state.asked}):
        return None
    return _changed_to(new, message, state)


def _changed_to(new: str, message: Message, state: State) -> Decision:
    """The request becomes one of another kind; what was said is kept, and what the message says besides is taken."""
    decision = from_reading(read(message, new, None, state.today), Kind.TYPE_CHANGE)
    decision.values["request_type"] = new
    decision.says.insert(0, Say("utter_type_changed", {"title": talk.TYPE_TITLES[new]}))
    day = state.known.get("meeting_date")
    if new == "recording" and "meeting_date" not in decision.values and day and day < state.today.isoformat():
        # Notes are of a meeting that has been; a recording is of one to come.
        decision.reopened |= {"meeting_date", "meeting_time"}
    return decision


def _named_kind(message: Message) -> str | None:
    """The kind of request that one or two words name."""
    if message.button or message.words > 2 or message.is_question:
        return None
    return next((kind for kind in TYPE_OF_INTENT.values() if message.cue(f"kind_{kind}")), None)


def _clear_question(message: Message, state: State, reading: Reading) -> Decision | None:
    """A question is answered, also where words in it look like a choice ('kan jeg tage min søster med?')."""
    if not message.is_question or message.button or not message.intent.startswith(_QUESTIONS):
        return None
    answers = reading.values.keys() & {state.asked} & corrections.EXPLICIT
    if message.confidence >= CERTAIN:
        answers = set()  # 'Hvordan får jeg fat i Jura på telefonen?', 'Har I åbent fredag eftermiddag?'
    if message.confidence < SURE or answers:
        return None
    return talk.talk(message, state, reading)


def _values(message: Message, state: State, reading: Reading) -> Decision | None:
    """A value that parses for the slot asked for, or for one that is still open, beats a guess about the intent."""
    elsewhere = message.intent == "out_of_scope" and message.confidence >= CERTAIN and not message.values("time")
    if elsewhere and {found.rule for found in message.values("date")} == {"named_day"}:
        return None  # 'Sikke et vejr i dag!'
    decision = from_reading(reading, Kind.VALUE, state)
    # What is known already changes by a correction alone.
    decision.values = {
        slot: value for slot, value in decision.values.items() if slot == state.asked or slot not in state.known
    }
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
    if message.is_question and message.words > 3 and message.intent != "inform" and decision.values.keys() <= LOOSE:
        # 'Kan I ringe til mig?' is no telephone meeting.
        return None
    if state.asked not in decision.values and state.asked in ("terms_accepted", "review"):
        return None
    own = state.asked == "recording_grounds" and decision.values.get("recording_grounds") == ["other"]
    if own and not message.button and not message.values("recording_grounds") and message.words >= _FEW_WORDS:
        return _own_grounds(message, decision)
    return decision


def from_reading(reading: Reading, kind: Kind, state: State | None = None) -> Decision:
    """A reading as a decision: its values, and the question about the day or hour that it leaves open."""
    decision = Decision(kind, values=dict(reading.values), settled=set(reading.settled))
    asked = state.asked if state else None
    if "applicant_phone" in reading.values:
        decision.settled.add("applicant_email")
    elif "applicant_email" in reading.values and asked != "applicant_email":
        decision.settled.add("applicant_phone")
    if reading.dates:
        decision.says.append(Say("utter_which_date", buttons=date_buttons(reading.dates)))
        decision.pending = {"kind": "date", "readings": reading.dates}
        decision.prompt = False
    elif reading.times:
        decision.says.append(Say("utter_which_time", buttons=time_buttons(reading.times)))
        decision.pending = {"kind": "time", "readings": reading.times}
        decision.prompt = False
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
        if no:
            return Decision(Kind.SKIP, settled={state.asked})
        if yes:
            return Decision(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")], prompt=False)
    if no and state.asked in ("applicant_email", "applicant_phone"):
        return leaving_out.leave_out(state)
    if no and state.asked == "meeting_date":
        return Decision(Kind.VALUE, settled={"meeting_date"})
    return None


def _own_grounds(message: Message, decision: Decision) -> Decision:
    """Another ground in own words: they are kept, and stand unless the explanation asked for says more."""
    decision.values["recording_explanation"] = message.text
    decision.ask = "recording_explanation"
    return decision


def _said_again(message: Message, state: State, reading: Reading) -> Decision | None:
    """What is known already, said once more, is understood, and changes nothing."""
    again = [slot for slot, value in reading.values.items() if state.known.get(slot) == value]
    return Decision(Kind.TALK) if again and len(again) == len(reading.values) else None


def _own_words(message: Message, state: State, reading: Reading) -> Decision | None:
    """A department, a reason or a name that no pattern knows is kept as the citizen wrote it."""
    if message.button or message.is_question or "?" in message.text or len(message.text) > 200:
        return None
    if not any(character.isalpha() for character in message.text):
        return None
    if state.asked == "meeting_department" and message.words <= 3 and (kinds := message.values("meeting_kind")):
        # 'Telefon' is how, and no name of a department.
        return Decision(Kind.VALUE, values={"meeting_kind": kinds[0].value})
    neutral = message.intent in _NEUTRAL or message.confidence < 0.5
    if message.intent == "out_of_scope" and message.confidence >= CERTAIN and message.words > _MOST_WORDS_OF_A_NAME:
        neutral = False
    if state.asked == "meeting_department" and neutral and message.words <= 12:
        return Decision(
            Kind.VALUE, values={"meeting_department": "unknown", "meeting_department_text": message.text.rstrip(" .!")}
        )
    if state.asked == "recording_grounds" and neutral and message.words >= 2:
        return _own_grounds(message, Decision(Kind.VALUE, values={"recording_grounds": ["other"]}))
    plain = not any(character.isdigit() or character in "@/{}<>" for character in message.text)
    if state.asked == "applicant_name" and state.failures and plain and message.words <= 6 and neutral:
        return Decision(Kind.VALUE, values={"applicant_name": message.text.rstrip(" .!")})
    return None
