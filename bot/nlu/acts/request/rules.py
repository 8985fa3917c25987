"""Acts of a part of a message inside a request: an ordered list of rules, of which the first that matches decides."""

from collections.abc import Mapping

from bot.nlu.acts.request import in_between, learned_answers, named_choices, which_request, wishes
from bot.nlu.acts.request.dialogue import (
    already_known,
    consent,
    corrections,
    skipping,
    steering,
)
from bot.nlu.acts.request.dialogue.small_talk import ask_or_chat
from bot.nlu.acts.request.limits import CERTAIN, DIGITS_OF_A_PHONE, FEW_WORDS, OWN_GROUNDS_WORDS, SURE
from bot.nlu.acts.request.meeting_text.dates import prefer_near_known_day
from bot.nlu.acts.request.meetings import meeting_acts
from bot.nlu.acts.request.meetings.companion import one_meetings_companion
from bot.nlu.acts.request.meetings.which_meeting import without_known_days, without_places
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people import behalf, behalf_rules, support_person
from bot.nlu.acts.request.people.applicant_name import more_of_a_name, read_part_of_a_name
from bot.nlu.acts.request.people.others_contacts import drop_others_contacts, keep_in_wish
from bot.nlu.acts.request.reading import add_same_department, is_told_before_question, read, without_known_values
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, all_of, emptied, given
from bot.nlu.acts.request.texts import grounds, own_words, put_back, text_changes, whose_reason
from bot.nlu.acts.request.texts.reason_spans import reason_in
from bot.nlu.acts.request.texts.reasons import in_words
from common.acts import ADDS, CHANGE, NO, SET, SKIP, SMALL_TALK, UNREAD, VAGUE, YES, Act
from common.request import State
from common.slots import BEHALF, BESIDE, EXPLICIT, FREE_TEXT, LOOSE, WHO_WRITES

_WHEN = ("meeting_date", "meeting_time")
_QUESTIONS = ("faq_", "human_handover", "bot_challenge", "help")


def by_first_rule(message: Message, state: State) -> list[Act]:
    """The acts of the first rule that matches. Raises OutOfTime (common/patterns.py)."""
    message = without_places(message, state.meetings)
    plain = message if "meeting_date" in state.asks else without_known_days(message, state.meetings)
    reading = read(
        plain, state.kind, state.asked, state.today, state.prompted, again=bool(state.failures), asks=state.asks
    )
    reading = without_known_values(reading, message, state.known)
    grounds.settle_grounds(message, state, reading)
    drop_others_contacts(message, state, reading)
    # A question to Jura tells of others: 'min ekskone vil optage mødet'.
    if state.kind != "question" or state.known.get("behalf_relation") or message.cue("writes_for"):
        behalf.read_behalf(message, state.asked, state.known, reading)
    read_part_of_a_name(message, state.known, reading)
    prefer_near_known_day(message, reading, state.known, state.last)
    if "meeting_department" in state.asks and "meeting_department" not in state.known:
        add_same_department(message, reading, state.last or state.meetings[: state.about])
    for rule in (
        _command,
        steering.wants_no_more,
        steering.acknowledges,
        in_between.answer,
        already_known.keep,
        put_back.put_back,
        behalf_rules.capacity,
        which_request.gives_up_waiting,
        wishes.wish_after_yes,
        wishes.wish_beside_answer,
        consent.sending,
        _named_choice,
        support_person.behind_its_name,
        one_meetings_companion,
        whose_reason.reason_is_anothers,
        meeting_acts.the_list,
        text_changes.dictated_text,
        grounds.correct_grounds,
        text_changes.edit_text,
        keep_in_wish,
        skipping.declines_name,
        more_of_a_name,
        skipping.no_phone,
        meeting_acts.meeting_acts,
        steering.progress,
        steering.noted,
        wishes.sure_other_kind,
        steering.steer,
        own_words.free_text,
        whose_reason.reason_is_own,
        consent.review,
        consent.terms,
        own_words.add_ground_and_words,
        corrections.correction,
        wishes.kind_or_other_kind,
        _clear_question,
        _values,
        _yes_no,
        skipping.skip_or_unsure,
        own_words.own_words,
        own_words.add_to_reason,
        own_words.add_to_wish,
        behalf_rules.said_again,
        corrections.reopen,
        skipping.phone_instead,
        ask_or_chat,
        own_words.another_ground,
        already_known.said_again,
    ):
        acts = rule(message, state, reading)
        if acts is not None:
            return acts
    return [unread(message, state)]


def unread(message: Message, state: State) -> Act:
    """The act for a message that no rule understands: off topic, or like an e-mail address or a telephone number."""
    if message.is_labelled("out_of_scope"):
        return Act(SMALL_TALK, "out_of_scope", words=message.text)
    return Act(UNREAD, about=_broken_contact(message) if state.asked in CONTACTS else "", words=message.text)


def _broken_contact(message: Message) -> str:
    """What the message holds a part of besides what was found in it: 'email', 'phone' or nothing."""
    rest = message.text
    for found in sorted(message.values("email", "phone", "date", "time"), key=lambda one: -one.start):
        rest = rest[: found.start] + rest[found.end :]
    digits = sum(character.isdigit() for character in rest)
    return "email" if "@" in rest else "phone" if digits >= DIGITS_OF_A_PHONE else ""


def _command(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A typed payload is never obeyed and never an answer."""
    return [unread(message, state)] if message.like_a_command else None


def _named_choice(message: Message, state: State, reading: Reading) -> list[Act] | None:
    return None if state.asked in FREE_TEXT else named_choices.named_choice(message, state)


def _clear_question(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A clear question is answered, also where its words look like a choice."""
    wishes_a_person = message.is_labelled("human_handover") and message.confidence >= CERTAIN and not reading.values
    asks = message.is_question and message.intent.startswith(_QUESTIONS) and message.confidence >= SURE
    if not (asks or wishes_a_person):
        return None
    if state.asked in reading.settled and not message.text.rstrip().endswith("?"):
        return None  # 'Har ikke fået nogen tid endnu'
    # Questions with a value in passing: 'har I åbent fredag eftermiddag?'
    if message.confidence < CERTAIN and reading.values.keys() & {state.asked} & EXPLICIT:
        return None
    acts = ask_or_chat(message, state, reading)
    dates = message.values("date")
    told = state.asked == "meeting_date" and dates and all(is_told_before_question(message, one) for one in dates)
    if acts and told:
        # The day is taken as well: 'det er i morgen kl. 10, er det for sent?'
        acts += given({slot: reading.values[slot] for slot in _WHEN if slot in reading.values})
    return acts


def _values(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Values for the slot asked for or for an open one; they go before the intent."""
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
        # Not a telephone meeting: 'kan I ringe til mig?'
        return None
    for_whom = not values.keys().isdisjoint(BEHALF)
    who_writes = state.asked == "terms_accepted" and values.keys() <= WHO_WRITES
    if state.asked not in values and state.asked in ("terms_accepted", "review") and not (for_whom or who_writes):
        return None
    own = state.asked == "recording_grounds" and values.get("recording_grounds") == ["other"]
    if own and not message.values("recording_grounds") and message.words >= OWN_GROUNDS_WORDS:
        values.pop("recording_grounds")
        return [*all_of(told), *own_words.own_grounds(message)]
    # Beside the name, half a telephone number or e-mail would be dropped without a word.
    broken = _broken_contact(message) if "applicant_name" in values and not {*CONTACTS}.isdisjoint(state.asks) else ""
    broken = "" if message.values(broken) else broken  # 'Godthåbsvej 112, 2. tv, eller sms på 28 14 55 90'
    beside = [Act(UNREAD, about=broken, words=message.text)] if broken else []
    return [*all_of(told), *_reason_in_words(message, state, values), *beside]


def _reason_in_words(message: Message, state: State, values: Mapping[str, object]) -> list[Act]:
    """The words of a reason told before it is asked for (conversation.md, What every citizen can rely on, 4)."""
    known = str(state.known.get("recording_explanation") or "")
    if not known and "recording_explanation" in state.settled and state.asked != "recording_grounds":
        return []
    if state.asked == "recording_grounds":
        # conversation.md, What every citizen can rely on, 4.
        tells = message.words > FEW_WORDS and len(message.text) <= FREE_TEXT["recording_explanation"]
        # 'Svært ved at huske. Jeg hører fint' says nothing more than the buttons, where the reason is known.
        tells = tells and not (known and grounds.says_no_more(message))
        return given({"recording_explanation": message.text}) if tells else []
    if state.kind != "recording" or state.asked in FREE_TEXT:
        return []
    if known:
        # A later reason is added after the known one.
        new = grounds.words_of_reason(message, state)
        return [Act(CHANGE, new, ADDS, slot="recording_explanation")] if new and new not in known else []
    names_a_ground = "recording_grounds" in values
    medium = message.values("recording_medium") if state.asked == "recording_medium" else []
    said = reason_in(message, behind=medium[0].end if medium else None)
    if names_a_ground:
        return given({"recording_explanation": said}) if said else []
    return given(in_words(said, message)) if said else []


def _open_values(message: Message, state: State, reading: Reading, elsewhere: bool) -> dict[str, object]:
    """The values for the slot asked for and for open slots; known values change only by a correction."""
    answers = (state.asked, *BESIDE.get(state.asked or "", ()))
    values = {slot: value for slot, value in reading.values.items() if slot in answers or slot not in state.known}
    if "meeting_department" not in values:
        values.pop("meeting_department_text", None)  # the words for a department that is known
    settled = "meeting_date" in state.settled or elsewhere
    if settled and state.asked != "meeting_date" and not message.cue("the_meeting"):
        # After "no day is fixed" a day in passing sets none: 'min datter ved først på mandag, om hun kan'.
        values = {slot: value for slot, value in values.items() if slot not in _WHEN}
    if state.asked == "support_person_possible" and state.asked not in values and values:
        # It also answers the slot asked for: 'nej, og den er kun til mig selv'.
        said = _yes_no(message, state, reading)
        values |= {act.slot: act.value for act in said or () if act.act == SET}
    return values


def _yes_no(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if message.cue("torn"):
        return None
    sure = message.confidence >= SURE
    yes = message.cue("affirm") or (message.intent == "affirm" and sure)
    # Beside a question 'måske er det slet ikke nødvendigt' says no to nothing that was asked.
    no = message.cue("deny") or (message.intent == "deny" and sure and not message.answered)
    if state.asked == "support_person_possible":
        meant = state.prompted and not message.cue("dont_know") and (message.yes or message.cue("deny"))
        return given({state.asked: "yes" if message.yes else "no"}) if meant else None
    if state.asked in FREE_TEXT and state.asked != "question_text":
        # 'Det vil jeg gerne springe over' starts like a yes.
        if no or message.cue("skip") or learned_answers.leaves_out(message):
            return [Act(SKIP, slot=state.asked)]
        if yes:
            return [Act(YES, slot=state.asked)]
    return [Act(NO, slot=state.asked)] if no and state.asked in (*CONTACTS, "meeting_date", "behalf_name") else None
