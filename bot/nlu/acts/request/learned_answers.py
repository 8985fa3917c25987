"""Answers to choices as learnt from citizens' answers (bot/nlu/choices); measured in docs/decisions/0008."""

from typing import Any

from bot.nlu.acts.request.limits import (
    ADDS_TO_A_REASON,
    AGREES,
    AGREES_BEYOND_DOUBT,
    AGREES_IN_WORDS,
    ALSO,
    ALSO_IN_A_CLAUSE,
    CERTAIN,
    DISAGREES,
    EDITS_A_TEXT,
    FEW_WORDS,
    HAS_NO_FIELD,
    LEFT_OUT,
    LIKELY,
    MAY_BE_TOLD,
    MAY_DISAGREE,
    MAY_TELL_A_REASON,
    NAMES_A_PLACE,
    NEAR,
    OWN_GROUNDS_WORDS,
    POSSIBLE,
    REMARKS,
    SAID,
    SAID_FIRST,
    SAID_TO_BE_WHY,
    SAID_TO_US,
    STEERS,
    STEERS_BEYOND_DOUBT,
    STEERS_FREE_TEXT,
    SURE,
    TELLS_A_REASON,
    TELLS_CAPACITY,
    TELLS_WHY_BESIDE,
    TOPIC,
    TORN,
    YES_WORDS_BY_ANSWER,
)
from bot.nlu.acts.request.message import ANSWER, Answer, Message
from bot.nlu.clauses import bare
from common.slots import FREE_TEXT, SEVERAL

_OFTEN_BY_CHANCE = ("recording_purpose", "recording_grounds", "support_person_possible")
_WHO_COMES = "support_person_possible"
_REASONS = ("recording_grounds", "recording_explanation")
_UNLABELLED = ("nlu_fallback", "inform", "affirm")
# With other labels (anger, a question, a greeting) a message does not steer.
_MAY_STEER = {
    *("nlu_fallback", "inform", "correct", "skip", "deny", "restart", "out_of_scope", "help", "bot_challenge"),
    *("faq_position", "faq_not_on_page", "faq_without_name"),
}


def values(message: Message, slot: str, least: float = LIKELY) -> list[str]:
    """The learnt values of a slot with a probability of at least `least`; none where two are equally likely."""
    denied = {
        value for found in message.found if found.negated for value in _listed(found.value) if isinstance(value, str)
    }
    if slot == _WHO_COMES and any(one.value == "no" for one in message.values("support_person")):
        # 'Jens tager ikke med' is like 'Jens tager med' to what is learnt.
        denied.add("no" if message.cue("one_of_two_comes") else "yes")
    shares = {value: one.whole for value, one in message.answers(slot).items() if value not in denied}
    likely = sorted((value for value, share in shares.items() if share >= least), key=lambda value: -shares[value])
    if slot in SEVERAL and least < LIKELY:
        likely = [] if len(likely) > 1 else likely
    if not likely:
        return []
    if slot in SEVERAL:
        # Several, each in a clause: 'både fordi jeg hører elendigt, og fordi jeg glemmer'.
        parts = {value: one.part for value, one in message.answers(slot).items() if shares.get(value, 0) >= POSSIBLE}
        also = {value for value, part in parts.items() if shares[value] >= ALSO or part >= ALSO_IN_A_CLAUSE}
        return [likely[0], *sorted(also - {likely[0]}, key=lambda value: -shares[value])]
    near = [value for value, share in shares.items() if value != likely[0] and shares[likely[0]] - share < NEAR]
    return [] if near else likely[:1]


def in_a_clause(message: Message, slot: str) -> dict[str, str]:
    """The one value that a clause gives a slot beyond doubt, by slot; empty otherwise."""
    said = [value for value, one in message.answers(slot).items() if max(one.whole, one.part) >= ALSO_IN_A_CLAUSE]
    return {slot: said[0]} if len(said) == 1 else {}


def grounds(message: Message) -> list[str]:
    """Learnt grounds: the likeliest, and those beyond doubt."""
    shares = {value: max(one.whole, one.part) for value, one in message.answers("recording_grounds").items()}
    ranked = sorted(shares, key=lambda value: -shares[value])
    return [one for n, one in enumerate(ranked) if shares[one] >= (ALSO_IN_A_CLAUSE if n else SAID_TO_BE_WHY)]


def possible(message: Message, slot: str, value: Any, asked: str | None) -> bool:
    """Whether a phrase's value is plausible by the learnt answers; True where there are none."""
    if not any(found.entity == ANSWER for found in message.found):
        return True
    if any(found.negated and found.entity == slot for found in message.found):
        return True  # 'lyd i stedet for video'
    if slot == asked and message.words < OWN_GROUNDS_WORDS:
        return True
    if slot != asked and slot not in _OFTEN_BY_CHANCE:
        return True
    corrects = asked == "review" and message.intent == "correct"
    if slot == "support_person_possible" and (asked is None or corrects):
        return True  # 'min kone kan tage med'
    if slot in message.named_slots() and (
        message.cue("correction") or slot in ("recording_purpose", "recording_grounds")
    ):
        return True  # 'formålet er kun privat', 'jeg kan godt have en bisidder med alligevel'
    if slot == "recording_purpose" and message.cue("uses") and (asked == "review" or message.intent == "correct"):
        return True  # 'den skal også bruges til andet', as a correction
    if slot == "recording_purpose" and asked in _REASONS:
        return False  # 'fordi I lyver, og jeg vil have bevis' is a reason, not a purpose
    known = message.answers(slot)
    least = POSSIBLE if slot == asked else SAID_FIRST if asked is None else SAID
    return all(known.get(one, Answer()).part >= least for one in _listed(value))


def agrees(message: Message, sending: bool = False) -> bool:
    """Whether the message is a yes to the terms or to sending: a word, the label and the learnt answer must agree."""
    shares = {value: one.whole for value, one in message.answers("agreement").items()}
    against = max(shares.get("no", 0), shares.get("unsure", 0))
    said = message.yes or message.cue("says_yes") or message.cue("consents") or (sending and message.cue("says_send"))
    if not said or message.cue("condition"):
        return False
    if affirms(message) and (sending or not message.cue("says_send")):
        return True  # 'send den bare' does not accept the terms
    if message.cue("consents") and (not shares or (shares.get("yes", 0) >= AGREES_IN_WORDS and against <= TORN)):
        return True  # 'Vilkårene tiltrædes hermed'
    beyond_doubt = shares.get("yes", 0) >= AGREES_BEYOND_DOUBT
    if message.intent == "affirm" and message.confidence >= CERTAIN:
        return shares.get("yes", 0) >= AGREES and against <= (MAY_DISAGREE if beyond_doubt else DISAGREES)
    # 'Ja, også det om databeskyttelse' is labelled as a topic.
    topic = message.intent.startswith("faq_") and message.yes and not message.is_question
    return (topic or message.intent in _UNLABELLED) and beyond_doubt and against <= DISAGREES


def remarks(message: Message) -> bool:
    """Whether a clause says something of what was asked, and nothing for the request; no yes is read from it."""
    shares = {value: max(one.whole, one.part) for value, one in message.answers("agreement").items()}
    return shares.get("yes", 0) >= max(REMARKS, shares.get("no", 0))


def affirms(message: Message) -> bool:
    """Whether label and learnt answer both say beyond doubt that a short message is a yes."""
    shares = {value: one.whole for value, one in message.answers("agreement").items()}
    doubts = message.cue("condition") or message.cue("reservation") or message.is_question
    label = message.intent == "affirm" and message.confidence >= CERTAIN and message.words <= YES_WORDS_BY_ANSWER
    plainly = (
        shares.get("yes", 0) >= AGREES_BEYOND_DOUBT and max(shares.get("no", 0), shares.get("unsure", 0)) <= DISAGREES
    )
    return label and plainly and not doubts


def tells_a_reason(message: Message, least: float = TELLS_A_REASON) -> bool:
    """Whether the message or a clause of it says why somebody wants to record."""
    return bool(message.values("recording_grounds")) or _says(message, "reason", "told", least)


def may_tell_a_reason(message: Message) -> bool:
    """Whether the message may say why somebody wants to record, in the words that are left beside something else."""
    return tells_a_reason(message, MAY_TELL_A_REASON)


def names_a_place(message: Message) -> bool:
    """Whether the message may be a department in the citizen's own words."""
    return _says(message, "place", "own_words", NAMES_A_PLACE)


def surely_names_a_place(message: Message) -> bool:
    """Whether the message is likelier to be a department in the citizen's own words than not."""
    return is_learnt(message) and _says(message, "place", "own_words", SURE)


def told_of(clause: Message, least: float) -> list[str]:
    """What of the request a clause tells, and not only mentions: slots, and `applicant` for who writes."""
    shares = {value: one.whole for value, one in clause.answers("told_of").items()}
    return [value for value in sorted(shares, key=lambda value: -shares[value]) if shares[value] >= least]


def tells_of_another(message: Message, slot: str) -> bool:
    """Whether a message tells something else than that slot: of another, what has no field, or said to the chat."""
    others = [one for one in told_of(message, MAY_BE_TOLD) if one != slot]
    return bool(others) or has_no_field(message) or is_said_to_us(message)


def adds_to_the_reason(clause: Message) -> bool:
    """Whether a clause gives more of the reason."""
    return clause.answers("reason_added").get("added", Answer()).whole >= ADDS_TO_A_REASON


def taken_back(clause: Message, least: float) -> list[str]:
    """What of the request a clause takes back, the likeliest first (data/choices/taken_back.yml)."""
    shares = {what: one.whole for what, one in clause.answers("taken_back").items()}
    told = max((one.whole for one in clause.answers("capacity").values()), default=0.0)
    if told > shares.get("capacity", 0.0):
        shares.pop("capacity", None)
    return [what for what in sorted(shares, key=lambda what: -shares[what]) if shares[what] >= least]


def tells_why_beside(clause: Message) -> bool:
    """Whether a clause tells a reason, which may be one for how to be reached (data/choices/told_beside.yml)."""
    shares = {what: one.whole for what, one in clause.answers("told_beside").items()}
    return shares.get("reason", 0.0) + shares.get("reach", 0.0) >= TELLS_WHY_BESIDE


def taken_back_of(message: Message, what: str) -> float:
    """How likely it is that a message takes that back."""
    return message.answers("taken_back").get(what, Answer()).whole


def edits_the_text(message: Message) -> str | None:
    """What a message wants with the text of the request: `add`, `replace` or `remove`; None for nothing."""
    shares = {what: one.whole for what, one in message.answers("text_edit").items()}
    likeliest = max(shares, key=lambda what: shares[what], default=None)
    return likeliest if likeliest and shares[likeliest] >= EDITS_A_TEXT else None


def has_no_field(clause: Message, *, how: bool = True) -> bool:
    """Whether a clause tells something for which the request has no field; `how`: how to be reached among it."""
    shares = {what: one.whole for what, one in clause.answers("told_beside").items()}
    # 'Til min mand' is like 'send det til min mand'.
    how = how and len(bare(clause.text).split()) > FEW_WORDS and not clause.values("meeting_kind", "date")
    counted = ("no_field", "reach") if how else ("no_field",)
    told = sum(shares.get(what, 0.0) for what in counted)
    return told >= HAS_NO_FIELD and shares.get("field", 0.0) < SURE


def says_how_to_reach(clause: Message, least: float) -> bool:
    """Whether a clause says how, when or through whom the citizen is to be reached (data/choices/told_beside.yml)."""
    return clause.answers("told_beside").get("reach", Answer()).whole >= least


def is_said_to_us(sentence: Message) -> bool:
    """Whether a sentence is said to the chat, and tells nothing of the request: 'så er det godt nok'."""
    return sentence.answers("told_beside").get("to_us", Answer()).whole >= SAID_TO_US


def capacity(message: Message) -> str | None:
    """`guardian` or `representative`, where a clause says that the citizen is one; None for neither or both."""
    of_clauses = [one for clause in message.clauses for one in clause.value if one["slot"] == "capacity"]
    shares = {what: one.whole for what, one in message.answers("capacity").items()}
    for one in of_clauses:
        shares[one["value"]] = max(shares.get(one["value"], 0.0), one["whole"])
    denied = message.answers("taken_back").get("capacity", Answer()).whole
    told = [what for what, share in shares.items() if share >= max(TELLS_CAPACITY, denied)]
    return told[0] if len(told) == 1 else None


def _says(message: Message, slot: str, value: str, least: float) -> bool:
    """Whether a learnt answer is that likely, in the message or a clause of it; True where nothing was learnt of it."""
    own = message.answers(slot).get(value, Answer())
    of_clauses = (one["whole"] for clause in message.clauses for one in clause.value if one["slot"] == slot)
    return not is_learnt(message) or max(own.whole, own.part, *of_clauses, 0.0) >= least


def is_learnt(message: Message) -> bool:
    """Whether there are learnt answers to it."""
    return bool(message.clauses) or any(found.entity == ANSWER for found in message.found)


def steers(message: Message, how: str, asked: str | None = None) -> bool:
    """Whether the message steers this way: `back`, `why`, `correct` (without a new value) or `wait`."""
    plainly = values(message, "steering", STEERS_BEYOND_DOUBT) == [how]
    topic = message.intent.startswith("faq_") and not (how == "why" and plainly and message.confidence < CERTAIN)
    if (message.intent not in _MAY_STEER and (topic or not message.intent.startswith("faq_"))) or (
        message.intent == "faq_position" and message.confidence >= TOPIC
    ):
        return False
    if asked in FREE_TEXT and how == "back":
        return False  # 'Kun det om tilbagebetaling' is a wish
    return values(message, "steering", STEERS_FREE_TEXT if asked in FREE_TEXT else STEERS) == [how]


def leaves_out(message: Message) -> bool:
    """Whether the message skips what was asked for."""
    said = any(character.isalnum() for character in message.text)
    return said and bool(values(message, "leaving_out", LEFT_OUT))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
