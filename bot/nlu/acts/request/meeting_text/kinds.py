"""How a meeting is held, from words that alone mean something else (video, "ringer")."""

from collections.abc import Iterator
from dataclasses import replace

from bot.nlu.acts.request.meeting_text.parts import PLACES, Part, cue, other_words, parts_of
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_around
from common.slots import ASKED_OF_A_MEETING

_KIND = "meeting_kind"
# Values that identify a meeting.
_NAMES = {"department", "date", "recurrence"}


def with_kinds(message: Message, kind: str | None, asked: str | None = None) -> Message:
    """The message with a `meeting_kind` value in each part whose words mean one."""
    if not (message.values("recording_medium") or cue("held_as").search(message.text)):
        return message
    parts = parts_of(message)
    whole = [one for part in parts for one in _of_part(part, kind, asked, message)]
    if not whole:
        return message
    taken = {(one.start, one.end) for one in whole}
    kept = [one for one in message.found if one.entity != "recording_medium" or (one.start, one.end) not in taken]
    return replace(message, found=tuple(sorted([*kept, *whole], key=lambda one: one.start)))


def _of_part(part: Part, kind: str | None, asked: str | None, message: Message) -> Iterator[Found]:
    if any(one.entity == _KIND for one in part.found):
        return
    of_a_meeting = any(one.entity in _NAMES for one in part.found) or _names_one(part)
    video = [
        one
        for one in message.values("recording_medium")
        if one.value == "video" and part.start <= one.start < part.end and not _is_recorded(message, one)
    ]
    alone = not part.found and not other_words(part.covered)
    # 'Jobcentret den 8., telefon. PPR den 15., video'
    listed = alone and any(one.entity == _KIND for one in message.found)
    # '..., på video. Vi vil kun optage lyden'
    sound = any(one.value == "audio" and not one.negated for one in message.values("recording_medium"))
    if video and (of_a_meeting or listed or (alone and sound) or kind == "notes" or asked in ASKED_OF_A_MEETING):
        yield replace(video[0], entity=_KIND, value="video_call")
        return
    if not of_a_meeting and not (alone and any(one.entity in _NAMES for one in message.found)):
        return
    if said := cue("held_as").search(part.covered):
        value = next(name for name, text in said.groupdict().items() if text)
        yield Found(_KIND, value, part.start + said.start(), part.start + said.end())


def _names_one(part: Part) -> bool:
    return part.has("the_one") or any(part.has(name) for name in (*PLACES, "last"))


def _is_recorded(message: Message, one: Found) -> bool:
    """Whether the sentence around a value is about recording."""
    return message.cue_in("records", sentence_around(message.text, one.start, one.end, message.unbroken))
