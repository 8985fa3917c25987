"""Values of a message by slot, and what it leaves open (two possible days)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.choice_phrases import CHOICES, counts, is_choice, is_meant, named_choices
from bot.nlu.acts.request.limits import FEW_WORDS, LESS_LIKELY, LIKELY, PLAIN, SPOKEN_OF
from bot.nlu.acts.request.meeting_text.dates import read_day, read_hour
from bot.nlu.acts.request.meeting_text.kinds import with_kinds
from bot.nlu.acts.request.message import Answer, Found, Message
from bot.nlu.acts.request.people.applicant_name import read_name
from bot.nlu.acts.request.people.behalf import read_behalf
from bot.nlu.acts.request.purpose import read_further_purpose
from bot.nlu.acts.request.sentences import sentence_around, sentence_spans
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.acts.request.texts.grounds import leave_what_is_told
from bot.nlu.acts.request.texts.reasons import WHO_WHERE_WHEN, add_reason, asked_before, own_question
from bot.nlu.text import words
from common import patterns
from common.slots import LOOSE, ORDER, READ_FROM, SEVERAL

# In characters, by legal/request.schema.json.
_LONGEST_RECURRENCE = 200
# In characters, between two names of one department: 'skolen med PPR'.
_LONGEST_GAP = 20
# In characters: a letter or two say nothing of how a meeting is held.
_SHORTEST = 3
_WHO_COMES, _PURPOSE = "support_person_possible", "recording_purpose"
# A phrase for one of these goes before what is learnt: beside more words 'kun lyd' is like 'video med lyd'.
_PLAINLY_NAMED = ("meeting_kind", "recording_medium")
_RENAMED = patterns.compile(r"\b(?:sk(?:al|ulle) (?:være|stå|have stået|hedde)|hed|hedder)\b", patterns.IGNORECASE)
_SENTENCE_ENDS = patterns.compile(r"[.!?\n]")
_BETWEEN = patterns.compile(r"\b(?:og|eller|ikke|men|samt|så)\b|\d", patterns.IGNORECASE)


def read(
    message: Message,
    kind: str | None,
    asked: str | None,
    today: date,
    prompted: bool = True,
    *,
    again: bool = False,
    asks: Collection[str] = (),
) -> Reading:
    """The values of a message for a request of `kind`, while `asked` is asked for.

    `prompted`: it was asked just now; `again`: the last answer was not understood; `asks`: slots asked for together.
    """
    reading = Reading()
    message = with_kinds(message, kind, asked)
    # A reason is read for grounds as if they were asked for.
    choice = READ_FROM.get(asked or "", asked)
    wanted = set(ORDER.get(kind or "", ()))
    for found in named_choices(message, asked):
        slot = CHOICES[found.entity]
        if (slot in wanted or kind is None) and is_meant(message, found, slot, asked, prompted=prompted):
            reading.values.setdefault(slot, found.value)
    for entity, slot in (("email", "applicant_email"), ("phone", "applicant_phone")):
        if len({found.value for found in message.values(entity)}) > 1 and message.cue("either"):
            reading.values.pop(slot, None)
    _department(message, wanted, kind, asked, reading, asks=asks)
    _grounds(message, wanted, kind, choice, reading)
    plainly = message.words > 2 and learned_answers.values(message, "support_person_possible", SPOKEN_OF)
    spoken_of = asked != "support_person_possible" or message.cue("brings") or plainly
    if choice in LOOSE & wanted and (prompted or spoken_of):
        if alone := _said_alone(message, choice):
            reading.values[choice] = alone
        else:
            # Less counts for an answer told again, but not for a part of a message that says more.
            _learned(message, choice, again and not message.apart, reading)
    if reading.values.get(_PURPOSE) == "private":
        read_further_purpose(message, asked, reading)
    # 'Hov, det er hos borgerservice' says nothing of how the meeting is held.
    names_it = {one.entity for one in message.values("department", "date", "time")} == {"department"}
    names_it = names_it or len(message.text.strip()) < _SHORTEST  # 'I'
    # 'I kan ringe til mig på 22 33 44 55' says how to be reached.
    names_it = names_it or bool(message.values("phone"))
    if not names_it and "meeting_kind" in asks and asked != "meeting_kind" and "meeting_kind" not in reading.values:
        reading.values |= learned_answers.in_a_clause(message, "meeting_kind")
    if asked == _WHO_COMES and message.cue("says_unsure"):
        reading.values[asked] = "unsure"
    leave_what_is_told(message, reading, asked)
    read_name(message, asked, reading)
    if message.words <= FEW_WORDS and asked in reading.values:
        # 'Noget andet' answers the slot asked for only.
        reading.values = {s: v for s, v in reading.values.items() if s in (asked, *asks) or s not in LOOSE}
    if "meeting_date" in wanted or kind is None:
        read_day(message, kind, asked, today, reading, beside=asked != "meeting_date" and "meeting_date" in asks)
        read_hour(message, reading)
        _recurrence(message, reading)
    return reading


def _recurrence(message: Message, reading: Reading) -> None:
    """Adds a recurrence in the citizen's words; the day is then that of the first meeting, where it is told."""
    if found := message.values("recurrence"):
        reading.values["meeting_recurrence"] = str(found[0].value)[:_LONGEST_RECURRENCE]
        reading.vague = False
        if "meeting_date" not in reading.values and not reading.dates:
            reading.settled.add("meeting_date")


def beginning(
    message: Message, kind: str | None, today: date, before: str = "", who: Mapping[str, Any] | None = None
) -> Reading:
    """The values of a message that starts or wishes for a request, its free text among them.

    `before`: what the citizen wrote earlier; `who`: who writes and for whom, where that is known.
    """
    reading = read(message, kind, None, today)
    read_behalf(message, None, who or {}, reading, before)
    if kind == "question" and (own := asked_before(message, before) or own_question(message)):
        reading.values["question_text"] = own
    if kind == "notes" and (wanted := message.part("wanted")):
        reading.values["notes_wanted"] = wanted
    if kind == "recording":
        add_reason(message, reading)
        if _WHO_COMES not in reading.values and message.cue("brings") and not message.is_question:
            # 'Jeg vil gerne optage ... Lone Juul deltager som bisidder'
            reading.values |= learned_answers.in_a_clause(message, _WHO_COMES)
    if message.cue("knows_no_day") and not (reading.dates or "meeting_date" in reading.values):
        reading.settled.add("meeting_date")
    return reading


_ASKS = patterns.compile(
    r"(?:men |og |så )?(?:er|må|kan|skal|har|vil|bliver|gælder|hvad|hvem|hvor\w*|hvilke[nt]?|behøver|ved|mon)\b"
    r"(?! (?:ikke|aldrig)\b)",
    patterns.IGNORECASE,
)


def is_told_before_question(message: Message, found: Found) -> bool:
    """Whether a value is stated first and a question about something else follows it."""
    before = patterns.split(r"[.?!\n]\s", message.text[: found.start])[-1]
    if _ASKS.match(before.strip()):
        return False
    following = patterns.sub(r"\bkl\.\s?(?=\d)", "kl ", message.text[found.end :])
    behind = patterns.split(r"(?<=[.!\n])\s|,\s(?:og |men |så )?", following, maxsplit=1)
    return len(behind) == 2 and "?" not in behind[0] and bool(_ASKS.match(behind[1].strip()))


def without_known_values(reading: Reading, message: Message, known: Mapping[str, Any]) -> Reading:
    """The reading, where the message names the known value and a new one, with the new one only."""
    for entity, slot in CHOICES.items():
        said = [] if is_choice(message, entity) else list(dict.fromkeys(f.value for f in message.values(entity)))
        others = [value for value in said if value != known.get(slot)]
        if slot in known and len(said) == 2 and len(others) == 1:
            reading.values[slot] = others[0]
    for entity, possible in (("date", reading.dates), ("time", reading.times)):
        others = [one for one in possible if one != known.get(f"meeting_{entity}")]
        if len(message.values(entity)) > 1 and len(others) == 1 < len(possible):
            reading.values[f"meeting_{entity}"] = others[0]
            possible.clear()
    return reading


def _department(
    message: Message, wanted: set[str], kind: str | None, asked: str | None, reading: Reading, *, asks: Collection[str]
) -> None:
    if "meeting_department" not in wanted and kind is not None:
        return
    named = [found for found in message.values("department") if counts(found, "meeting_department", asked)]
    if message.cue("says_send") or message.cue("goes_to_jura") or asked not in (None, "meeting_department"):
        # Jura as the receiver of something, not as the department of the meeting: 'send den til Jura'.
        named = [found for found in named if found.value["key"] != "jura" or not _goes_to(found, message)]
    others = message.values("authority")
    theirs = [found for found in named if any(_stand_together(found, other, message.text) for other in others)]
    named = [found for found in named if found not in theirs]
    # Mentioned in passing, another authority changes nothing (conversation.md, What every citizen can rely on, 9).
    with_another = bool(theirs) or any(found.rule == "meeting" or asked is not None for found in others)
    reading.elsewhere = not named and asked in (None, "meeting_department") and with_another
    if not named and len(asks) > 1 and message.cue("dont_know") and "meeting_department" in message.named_slots():
        reading.values |= {"meeting_department": "unknown"}  # 'hvilken afdeling, ved jeg ikke. Det er den 16.'
    if len(named) > 1 and _RENAMED.search(message.text[named[0].end : named[1].start]):
        named = named[1:]  # 'Der står Sundhed og Omsorg. Det skal være Hjælpemiddelcentralen'
    if named:
        reading.values["meeting_department"] = named[0].value["key"]
        reading.values["meeting_department_text"] = _in_full(message, named)


def _stand_together(department: Found, authority: Found, text: str) -> bool:
    """Whether a department is the other authority's: 'jobcentret i Københavns Kommune'."""
    first, second = sorted((department, authority), key=lambda found: found.start)
    between = text[first.end : second.start]
    return not _SENTENCE_ENDS.search(between) and len(words(between)) <= 1


def _in_full(message: Message, named: Sequence[Found]) -> str:
    """The words for a department; where two names stand together, both."""
    text = str(named[0].value["text"])
    if len(named) < 2:
        return text
    gap = message.text[named[0].end : named[1].start]
    together = 0 <= len(gap) <= _LONGEST_GAP and not (_BETWEEN.search(gap) or _SENTENCE_ENDS.search(gap))
    # 'Jobcentret og sygedagpenge': where they are no two meetings, the citizen's words hold both.
    together = together or gap == " og "
    return message.text[named[0].start : named[1].end] if together else text


def add_same_department(message: Message, reading: Reading, last: Sequence[Mapping[str, Any]]) -> None:
    """Adds the department of the meetings before for 'samme sted', where all had one."""
    places = [(one.get("meeting_department"), one.get("meeting_department_text")) for one in last]
    if "meeting_department" in reading.values or len(set(places)) != 1 or not message.cue("same_place"):
        return
    reading.values |= {"meeting_department": places[0][0], "meeting_department_text": places[0][1]}


def _goes_to(found: Found, message: Message) -> bool:
    sent = message.cue("says_send") or message.cue("goes_to_jura")
    return sent or message.text[found.start : found.end].lower().startswith("til ")


def _grounds(message: Message, wanted: set[str], kind: str | None, asked: str | None, reading: Reading) -> None:
    if "recording_grounds" not in wanted and kind is not None:
        return
    grounds: list[str] = []
    for found in message.values("recording_grounds"):
        # About contact, not a ground: 'I må ikke ringe, for jeg kan ikke høre det'.
        around = sentence_around(message.text, found.start, found.end, message.unbroken)
        beside = message.cue_in("not_by_telephone", around) or message.cue_in("of_the_terms", around)
        if (beside and asked not in READ_FROM.values()) or not counts(found, "recording_grounds", asked):
            continue
        for ground in found.value if isinstance(found.value, list) else [found.value]:
            # 'Noget andet' is common in other contexts.
            named = "recording_grounds" in message.named_slots()
            by_chance = ground == "other" and asked != "recording_grounds" and not named
            if ground in grounds or by_chance:
                continue
            if learned_answers.possible(message, "recording_grounds", ground, asked):
                grounds.append(ground)
    if grounds:
        reading.values["recording_grounds"] = grounds


def _said_alone(message: Message, slot: str) -> Any:
    """The choice that the first sentence is: 'Lyd. Min datter siger, at video er bedre'; None for none."""
    spans = sentence_spans(message.text, message.unbroken)
    if slot not in _PLAINLY_NAMED or len(spans) < 2:
        return None
    first = message.within(*spans[0])
    said = {one.value for one in first.values(*CHOICES) if CHOICES[one.entity] == slot}
    return said.pop() if len(said) == 1 and first.words <= FEW_WORDS and not first.is_question else None


def _learned(message: Message, asked: str, again: bool, reading: Reading) -> None:
    """Adds the learnt answer to the slot asked for; it goes before a phrase, and grounds are added to those found."""
    if message.cue("torn") or message.cue("hesitates") or (asked == "meeting_kind" and message.values("phone")):
        return
    said = {found.value for found in message.values(*CHOICES) if CHOICES[found.entity] == asked}
    unsure = said == {"unsure"} or (message.words <= FEW_WORDS and message.cue("dont_know"))
    if asked == _WHO_COMES and unsure:
        return  # 'Bisidder ved ikke'; 'ja, måske min kone' is no yes
    if message.is_labelled("goodbye") and not learned_answers.values(message, asked, PLAIN):
        return  # 'Vi tales ved' answers nothing
    if (
        asked == "support_person_possible"
        and message.values("behalf")
        and not (said or message.yes or message.cue("deny"))
    ):
        return  # 'Det er ikke til mig selv, men til min mand'
    # A single word ('ms') does not get clearer by a second attempt.
    least = LESS_LIKELY if again and message.words > 1 else LIKELY
    if message.values(*WHO_WHERE_WHEN) and not said:
        if message.cue("opens_correction"):
            return  # 'Hov, det er hos borgerservice' corrects the department
        # 'Kl. 14 og ikke kl. 10' answers something else.
        least = PLAIN
    plainly = all(message.answers(asked).get(one, Answer()).part >= PLAIN for one in said)
    if len(said) == 1 and (asked in _PLAINLY_NAMED or (plainly and message.values(*WHO_WHERE_WHEN))):
        return  # 'Mandag kl. 13.30, fysisk': the phrase is enough
    values = learned_answers.values(message, asked, least)
    if values == ["yes"] and message.cue("deny") and message.answers(asked)["yes"].whole < SPOKEN_OF:
        values = []  # 'Nej, min svend skal passe pladsen': the no counts
    if (not values or message.cue("either")) and len(said) > 1 and asked not in SEVERAL:
        # Asked again: 'enten ringer hun, eller også skal jeg møde op'; of two purposes the wider one counts.
        reading.values.pop(asked, None)
        values = ["other"] if asked == "recording_purpose" else []
    if asked in SEVERAL:
        values = [*reading.values.get(asked, ()), *(v for v in values if v not in reading.values.get(asked, ()))]
    if values:
        reading.values[asked] = values if asked in SEVERAL else values[0]
