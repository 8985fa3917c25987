"""Meetings that a message removes from the request."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.nlu.acts.request.clauses import keep_spans
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.meeting_text.kinds import with_kinds
from bot.nlu.acts.request.meeting_text.parts import (
    PLACES,
    Part,
    blanked,
    covered,
    cue,
    days_said,
    other_words,
    parts_of,
)
from bot.nlu.acts.request.meetings.which_meeting import Known, asks, is_of, named, numbered
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people.who_writes import takes_out_who_writes
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import words
from common import patterns
from common.acts import CHANGE, MEETINGS, REMOVE_MEETING, WHICH_MEETING, Act
from common.request import State
from common.slots import FREE_TEXT, MEETING, TEXT_OF

_DIGIT = patterns.compile(r"[1-5]")
# 'Den kl. 13' is a meeting.
_OF_THE_ONE = patterns.compile(
    r"\b(?:den|det|dem|mødet|samtalen|opkaldet|begge)\s{1,3}(?:der er |som er )?$", patterns.IGNORECASE
)
# After a removal, these values are of another meeting.
_TOLD = {"meeting_kind", "time"}


def split_removals(message: Message, state: State) -> tuple[list[Act], Message] | None:
    """The removals, and the message without them; None where it says nothing else."""
    if len(state.meetings) < 2 or state.asked in FREE_TEXT or not cue("removes").search(message.text):
        return None
    if takes_out_who_writes(message):
        return None
    if cue("only_so_many").search(message.text):
        return None  # 'Der er kun et møde, den 11., slet det andet'
    known = [dict(one) for one in state.meetings]
    parts = parts_of(with_kinds(message, state.kind, state.asked))
    gone: list[Act] = []
    rest: list[Part] = []
    for number in dict.fromkeys(part.sentence for part in parts):
        before, removing, behind = _split_at_removal([part for part in parts if part.sentence == number], known)
        said = message.within(removing[0].start, removing[-1].end) if removing else None
        acts = removals(said, state, known) if said else None
        told = all(act.act == REMOVE_MEETING or act.slot == MEETINGS for act in acts or ())
        if acts and told:
            gone += [act for act in acts if act not in gone]
        rest += [*before, *behind] if acts and told else [*before, *removing, *behind]
    beside = " ".join(part.covered.strip(" .,;!") for part in rest).strip()
    if not gone or not beside or (len(beside.split()) <= FEW_WORDS and message.cue_in("deny", beside)):
        return None  # 'Nej, drop det sidste igen'
    # The last first, so that the indexes of the others stay valid.
    gone.sort(key=lambda act: act.meeting or 0, reverse=True)
    return gone, keep_spans(message, [(part.start, part.end) for part in rest])


def with_meeting_number(act: Act) -> Act:
    """A correction with the number of its meeting, which removals next to it would change."""
    if act.act != CHANGE or act.meeting is None or act.slot not in MEETING or act.readings:
        return act
    return Act(CHANGE, {act.slot: act.value}, slot=MEETINGS, meeting=act.meeting)


def _split_at_removal(sentence: Sequence[Part], known: Known) -> tuple[list[Part], list[Part], list[Part]]:
    """The parts of a sentence before, in and after the removal."""
    removes = [place for place, part in enumerate(sentence) if part.has("removes")]
    if not removes:
        return list(sentence), [], []
    first = removes[0]
    while first and _names_one(sentence[first - 1], known) and not _tells(sentence[first - 1]):
        first -= 1  # 'møde 3 og møde 4 skal væk'
    others = (
        place for place, part in enumerate(sentence) if place > removes[-1] and _names_one(part, known) and _tells(part)
    )
    end = next(others, len(sentence))
    return list(sentence[:first]), list(sentence[first:end]), list(sentence[end:])


def _tells(part: Part) -> bool:
    return any(one.entity in _TOLD for one in part.found) or part.has("has_been")


def _names_one(part: Part, known: Known) -> bool:
    by_value = any(one.entity in ("date", "department") and any(is_of(one, m) for m in known) for one in part.found)
    return by_value or part.has("a_meeting") or bool(_numbers(part.covered, len(known)))


def removals(message: Message, state: State, known: list[dict[str, Any]]) -> list[Act] | None:
    """Acts that remove meetings, by number, day or being empty."""
    # 'Kun til det første' removes the others at the review only; elsewhere it may be an answer.
    if not (state.asked == "review" or cue("removes").search(message.text)):
        return None
    message = _of_what_goes(message)
    of_a_text = words().named(message.text) or words().find("whole_sentence", message.text)
    if TEXT_OF.get(state.kind or "") and of_a_text:
        return None  # 'Fjern det sidste i forklaringen, det med torsdag', 'slet den sidste sætning'
    if (place := _of_hour_removed(message, known)) is not None:
        return [Act(CHANGE, {"meeting_time": None}, slot=MEETINGS, meeting=place)]
    if several := _all_removed(message, known):
        # The last first, so that the indexes of the others stay valid.
        return [Act(REMOVE_MEETING, meeting=place) for place in sorted(several, reverse=True)]
    return of_meeting_or_ask(gone, [Act(REMOVE_MEETING)]) if (gone := removed(message, known)) else None


def _of_hour_removed(message: Message, known: Known) -> int | None:
    """The index of the meeting whose hour alone goes: 'kl. 13 skal ikke stå der', 'slet tidspunktet på møde 2'."""
    times = (one for one in message.found if one.entity == "time")
    hours = [one for one in times if not _OF_THE_ONE.search(message.text[: one.start])]
    text = _outside_values(message)
    plain = hours and not message.values("date", "department") and not cue("a_meeting").search(text)
    named_so = message.named_slots() == ["meeting_time"]
    if not (plain or named_so) or not cue("removes").search(text):
        return None
    by_hour = [n for n, one in enumerate(known) if any(is_of(hour, one) for hour in hours)]
    places = by_hour or removed(message, known)
    return places[0] if len(places) == 1 else None


def _outside_values(message: Message) -> str:
    """The text without meeting values, and without who comes along: 'jeg kan ikke tage nogen med' removes nothing."""
    return covered(blanked(message.text, message.values("support_person")), message.found)


def _of_what_goes(message: Message) -> Message:
    """The message up to the sentence that removes something, without what it is compared with."""
    ends = [
        end
        for start, end in sentence_spans(message.text, message.unbroken)
        if cue("removes").search(message.text[start:end])
    ]
    message = message.within(0, ends[-1]) if ends else message
    if not (same := cue("the_same_as").search(message.text)):
        return message
    text = message.text[: same.start()] + " " * (same.end() - same.start()) + message.text[same.end() :]
    found = tuple(one for one in message.found if not same.start() <= one.start < same.end())
    return replace(message, text=text, found=found)


def of_meeting_or_ask(places: list[int], acts: list[Act]) -> list[Act]:
    """The acts for the one meeting meant; of several it is asked which."""
    if len(places) == 1:
        return [Act(act.act, act.value, act.about, slot=act.slot, meeting=places[0]) for act in acts]
    return [Act(WHICH_MEETING, [act.kept() for act in acts], readings=tuple(map(str, places)))]


def asks_which(act: Act) -> bool:
    """Whether an act asks which meeting goes."""
    return act.act == WHICH_MEETING and all(one["act"] == REMOVE_MEETING for one in act.value)


def removed(message: Message, meetings: Known) -> list[int]:
    """Indexes of the meetings it may remove; empty for none or all."""
    text = _outside_values(message)
    if len(meetings) < 2 or cue("keeps").search(text) or asks(message):
        return []
    places, naming = named(message, meetings, loosely=bool(cue("removes").search(text)))
    others = [one for one in range(len(meetings)) if one not in places]
    if naming or numbered(text, len(meetings)):
        if cue("only").search(text):
            # With other words it removes nothing: 'min søster kan kun komme til det på jobcentret'.
            return others if other_words(text) <= 1 else []
    elif not cue("a_meeting").search(text) and not cue("goes_out").search(text):
        return []  # 'Drop det', 'slet mit nummer'
    if not cue("removes").search(text) or cue("all").search(text):
        return []
    moved = any(one.entity == "date" and not one.negated and one not in naming for one in message.found)
    return [] if moved else places


def _all_removed(message: Message, meetings: Known) -> list[int]:
    """Indexes of several meetings removed at once; never all."""
    text = _outside_values(message)
    if asks(message) or any(cue(name).search(text) for name in ("keeps", "only")) or not cue("removes").search(text):
        return []
    places = _numbers(text, len(meetings))
    if not places and cue("empty_ones").search(text):
        places = {n for n, one in enumerate(meetings) if not (one.get("meeting_date") or one.get("meeting_department"))}
    elif len(places) < 2:
        days = message.values("date")
        by_day = [{n for n, one in enumerate(meetings) if is_of(day, one)} for day in days]
        listed = len(days) > 1 or any(len(days_said(day)) > 1 for day in days)
        places = set().union(*by_day) if listed and all(by_day) and not places else set()
    return sorted(places) if len(places) < len(meetings) else []


def _numbers(text: str, count: int) -> set[int]:
    """Indexes of the meetings numbered in a text."""
    places = {place for place, name in enumerate(PLACES[:count]) if cue(name).search(text)}
    runs = (run.group("run") for run in cue("numbers").finditer(text))
    return places | {int(digit) - 1 for run in runs for digit in _DIGIT.findall(run) if int(digit) <= count}
