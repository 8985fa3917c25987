"""Free text asked for, and departments, grounds and names in the citizen's own words."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue import corrections
from bot.nlu.acts.request.dialogue.small_talk import GESTURES
from bot.nlu.acts.request.limits import (
    CERTAIN,
    DEPARTMENT_WORDS,
    ELSEWHERE_WORDS,
    FEW_WORDS,
    MAY_TELL_A_REASON,
    NOTHING_WORDS,
    NOTHING_WORDS_TO_JURA,
    OWN_WORDS_LENGTH,
    PERSON_WORDS,
    REASON_WORDS_BESIDE_A_NUMBER,
    STEERING_WORDS,
    SURE,
    TALK_WORDS,
    WISH_WORDS_IN_A_TEXT,
    WISHED,
)
from bot.nlu.acts.request.meeting_text.departments import PLACE, unknown_department
from bot.nlu.acts.request.message import TYPE_OF_INTENT, Message
from bot.nlu.acts.request.people import support_person
from bot.nlu.acts.request.people.applicant_name import NO_NAME
from bot.nlu.acts.request.slot_values import Reading, changed, given
from bot.nlu.acts.request.texts import asked_instead, grounds, said_to_us
from bot.nlu.acts.request.texts.asked_instead import NEUTRAL
from bot.nlu.acts.request.texts.edits import REPLACE
from bot.nlu.acts.request.texts.learnt_edits import learnt_edits
from bot.nlu.acts.request.texts.reason_spans import begins_with_a_reason
from common import cpr
from common.acts import ADDS, CHANGE, CORRECTS, SIMPLIFY, UNREAD, Act
from common.request import State
from common.slots import BEHALF, EXPLICIT, FREE_TEXT


def free_text(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The message as the text asked for, unless it clearly steers, asks or corrects."""
    slot = state.asked or ""
    if slot == "recording_grounds" and len(message.text) > FREE_TEXT["recording_explanation"]:
        # Too long for the request: the action says so and stores nothing.
        return given({"recording_explanation": message.text})
    if slot not in FREE_TEXT:
        return None
    if message.words <= STEERING_WORDS and message.cue("about_writing"):
        return [Act(SIMPLIFY, slot=slot)]
    nothing = _says_nothing_to_jura(message) if slot == "question_text" else _leaves_out(message)
    if nothing or _gestures(message, slot, reading) or corrections.is_clear(message, state, reading):
        return None
    if _protests_about_meetings(message, state):
        return [Act(UNREAD, about=CORRECTS, words=message.text)]
    other = TYPE_OF_INTENT.get(message.intent, state.kind)
    if other != state.kind and message.confidence >= WISHED and message.words <= WISH_WORDS_IN_A_TEXT:
        return None
    if slot != "question_text" and not message.answered and (of := asked_instead.is_asked(message)):
        # Where a sentence states something, the message is the text.
        alone = all(message.cue_in("question", one.strip()) for one in message.sentences)
        doubtful = [asked_instead.question_or_text(message, slot, reading)] if of == "doubtful" and alone else None
        return None if of == "asked" else doubtful or _text(message, state, reading)
    if not any(character.isalnum() for character in message.text) and len(message.text) <= FREE_TEXT[slot]:
        # Question marks alone ask for an explanation.
        asks = set(message.text.strip()) == {"?"} and not state.failures
        return [Act(SIMPLIFY, slot=slot)] if asks else None
    if slot == "recording_explanation" and not state.failures and asked_instead.is_a_remark(message):
        return [asked_instead.question_or_text(message, slot, reading)]
    return _text(message, state, reading)


def _protests_about_meetings(message: Message, state: State) -> bool:
    """Whether the message corrects meetings: it has several meeting values."""
    certain = message.intent == "correct" and message.confidence >= CERTAIN
    of_meetings = [one for one in message.found if one.entity in ("date", "department", "time")]
    return state.asked != "question_text" and certain and message.cue("opens_correction") and len(of_meetings) > 1


def _text(message: Message, state: State, reading: Reading) -> list[Act]:
    """The text, with for whom it is and the grounds read from it."""
    for_whom = {slot: reading.values[slot] for slot in BEHALF if slot in reading.values}
    told = given({str(state.asked): _words_of(message)} | for_whom)
    if state.asked != "recording_explanation":
        return [*told, *changed(_past_meeting(state, reading))]
    read, before = reading.values.get("recording_grounds"), state.known.get("recording_grounds")
    if "support_person_possible" not in state.known:
        # Told with the reason, it is not asked for: '..., men min nabo går gerne med'.
        told += support_person.told_in_a_text(message, state)
    if before:
        # Written anew, a reason has grounds of its own.
        anew = "recording_explanation" in state.former
        new = read if anew or not read else list(dict.fromkeys([*(one for one in before if one != "other"), *read]))
        return [*told, *(changed({"recording_grounds": new}) if new and new != before else ())]
    if read == ["other"] and message.words <= FEW_WORDS:
        return given({"recording_grounds": read} | for_whom)  # 'en anden grund' is the choice, not a reason in words
    return [*told, *(given({"recording_grounds": read}) if read else ())]


def _words_of(message: Message) -> str:
    """The words of the text; where the message dictates them, those: 'kan du ikke bare skrive: ...'."""
    edits = learnt_edits(message) if ":" in message.text else ()
    dictated = next((one for one in edits if one.operation == REPLACE), None)
    return message.text[dictated.start : dictated.end] if dictated else said_to_us.own_words(message.text)


def _past_meeting(state: State, reading: Reading) -> dict[str, object]:
    """Day and kind of a past meeting named in what is wanted, where the known day of the notes is to come."""
    day, today = str(reading.values.get("meeting_date") or ""), state.today.isoformat()
    known = str(state.known.get("meeting_date") or "")
    if state.asked != "notes_wanted" or not (day and day < today < known):
        return {}
    told = {slot: reading.values[slot] for slot in ("meeting_date", "meeting_kind") if slot in reading.values}
    # The known hour was of another meeting.
    return {**told, "meeting_time": reading.values.get("meeting_time")}


def _says_nothing_to_jura(message: Message) -> bool:
    """Whether there is nothing in it to send to Jura."""
    nothing = message.words <= NOTHING_WORDS and (message.cue("dont_know") or message.cue("skip"))
    bare = message.words <= NOTHING_WORDS_TO_JURA and (message.cue("affirm") or message.cue("deny"))
    return (nothing or bare) and "?" not in message.text


def _leaves_out(message: Message) -> bool:
    """Whether the text is skipped."""
    short = message.words <= STEERING_WORDS
    sure = message.confidence >= SURE
    certain = message.confidence >= CERTAIN and message.words <= TALK_WORDS
    # The label alone is not enough: 'jeg sover næsten ikke og kan ikke holde noget i hovedet' is a reason.
    says_nothing = message.words <= NOTHING_WORDS or message.cue("skip") or learned_answers.leaves_out(message)
    says_nothing = says_nothing or (short and message.cue("deny"))
    if message.intent == "skip" and ((short and sure) or certain) and says_nothing:
        return True
    if any(len(one.split()) <= NOTHING_WORDS and message.cue_in("skip", one.strip()) for one in message.sentences):
        return True  # 'Nej, ikke mere. Spring over. Og jeg har ingen bisidder.'
    if short and (message.cue("skip") or (message.cue("deny") and message.words <= FEW_WORDS)):
        return True
    # 'Det hele' is labelled as a yes, and is the wish.
    affirms = message.intent == "affirm" and (message.cue("affirm") or certain)
    return short and sure and (affirms or message.intent == "deny")


def _gestures(message: Message, slot: str, reading: Reading) -> bool:
    """Whether it is a greeting, thanks or anger and no text."""
    gesture = message.intent in GESTURES and not reading.values
    if message.intent == "thank":
        gesture = gesture and message.cue("thanks")
    # Anger in a question to Jura is part of it.
    certain = message.confidence >= CERTAIN and message.words <= TALK_WORDS and slot != "question_text"
    # 'Jeg mundaflæser, men det er trættende' is labelled as anger, and is a reason.
    least = CERTAIN if message.intent == "frustration" else SURE
    return gesture and ((message.words <= STEERING_WORDS and message.confidence >= least) or certain)


def own_words(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A department, ground or name that no pattern knows, as written."""
    if message.is_question or "?" in message.text or len(message.text) > OWN_WORDS_LENGTH:
        return None
    if not any(character.isalpha() for character in message.text):
        return None
    of_slot = {"meeting_department": _department, "recording_grounds": _reason, "applicant_name": _name}
    rule = of_slot.get(state.asked or "")
    return rule(message, state) if rule else None


def add_to_reason(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A further reason, added to the known one."""
    tells = not reading.values.keys() & EXPLICIT and begins_with_a_reason(message)
    known, said = str(state.known.get("recording_explanation") or ""), message.text.strip()
    if not tells or message.is_question or not known or said in known:
        return None
    return [Act(CHANGE, said, ADDS, slot="recording_explanation")]


def add_to_wish(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A further wish, added to what is wanted."""
    known, said = str(state.known.get("notes_wanted") or ""), message.text.strip(" \n,;")
    of_a_meeting = any(one.entity in ("date", "department", "reference") for one in message.found)
    if state.kind != "notes" or of_a_meeting or message.is_question or said in known:
        return None
    if "notes_wanted" not in {*state.known, *state.settled}:
        # 'Telefon. Jeg vil bare have notatet om min bolig', before it is asked for
        return given({"notes_wanted": said}) if message.cue("wants_notes") else None
    return [Act(CHANGE, said, ADDS, slot="notes_wanted")] if message.cue("also_wanted") else None


def another_ground(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A further ground told while something else is asked for; at the review already_known.py asks what is meant."""
    corrects = corrections.says_so(message) or message.cue("opens_correction")
    if message.words <= FEW_WORDS or corrects or state.asked == "review":
        return None
    return _one_more_ground(message, state, reading)


def add_ground_and_words(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A further ground said to be one, with its words, also at the review."""
    plainly = message.cue("also_a_reason") and "recording_grounds" not in message.named_slots()
    return _one_more_ground(message, state, reading) if plainly else None


def _one_more_ground(message: Message, state: State, reading: Reading) -> list[Act] | None:
    known = str(state.known.get("recording_explanation") or "")
    if reading.values.keys() != {"recording_grounds"} or message.is_question or not known:
        return None
    said = grounds.words_of_reason(message, state)
    return [*changed(reading.values), Act(CHANGE, said, ADDS, slot="recording_explanation")] if said else None


def _is_neutral(message: Message) -> bool:
    """Whether the label leaves room for own words."""
    elsewhere = message.intent == "out_of_scope" and message.confidence >= CERTAIN
    if elsewhere and message.words > ELSEWHERE_WORDS:
        return False
    return message.intent in NEUTRAL or message.confidence < SURE


def _department(message: Message, state: State) -> list[Act] | None:
    if message.words <= FEW_WORDS and (kinds := message.values("meeting_kind")):
        # 'Telefon' is how the meeting is held.
        return given({"meeting_kind": kinds[0].value})
    neutral = _is_neutral(message)
    if message.intent == "out_of_scope":
        # After two failures it is taken as written.
        neutral = neutral or message.cue("describes") or state.failures > 1
    vague = message.cue("only_the_municipality") and not state.failures
    vague = vague or (message.cue("names_no_place") and not message.cue("describes") and state.failures < 2)
    # Beside a question, what leads up to it is no name: 'inden vi går videre. Hvem bestemmer?'
    most = FEW_WORDS if message.answered and not message.cue("describes") else DEPARTMENT_WORDS
    # Whatever its label: 'dem der giver tilladelse til byggeri'. After a failure it is taken as written.
    neutral = neutral or learned_answers.surely_names_a_place(message)
    named = learned_answers.names_a_place(message) or message.cue("describes")
    named = named or state.failures > (1 if learned_answers.tells_of_another(message, PLACE[0]) else 0)
    if not neutral or message.words > most or vague or not named:
        return None
    return given(unknown_department(message.text))


def _reason(message: Message, state: State) -> list[Act] | None:
    neutral = _is_neutral(message)
    if message.intent == "correct":
        # 'Jeg skal citere korrekt, det er den eneste grund' corrects nothing.
        neutral = not (
            message.cue("correction") or message.cue("asks_to_correct") or learned_answers.steers(message, "correct")
        )
    neutral = neutral and (learned_answers.tells_a_reason(message, MAY_TELL_A_REASON) or bool(state.failures))
    number_alone = cpr.MASK in message.text and message.words <= REASON_WORDS_BESIDE_A_NUMBER
    return own_grounds(message) if neutral and message.words > 1 and not number_alone else None


def _name(message: Message, state: State) -> list[Act] | None:
    plain = not any(character.isdigit() or character in "@/{}<>" for character in message.text)
    plain = plain and not any(message.cue(cue) for cue in (*NO_NAME, "kind_notes", "kind_question"))
    if not state.failures or not plain or message.words > PERSON_WORDS or not _is_neutral(message):
        return None
    # On one line, by legal/request.schema.json.
    return given({"applicant_name": " ".join(message.text.split()).rstrip(" .!")})


def own_grounds(message: Message) -> list[Act]:
    """The ground `other`, with the citizen's words."""
    explained = len(message.text) <= FREE_TEXT["recording_explanation"]
    told = given({"recording_explanation": said_to_us.own_words(message.text)}) if explained else []
    return [*told, *given({"recording_grounds": ["other"]})]
