"""Texts that are slow to match are answered in time, delay nobody else, and leave the request intact."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fuzz.places import PLACES, answer_to, come_to
from fuzz.walk import Log

from bot.nlu.acts.request.message import cues
from bot.nlu.values.dates import times
from common import patterns

if TYPE_CHECKING:
    from fuzz.citizen import FuzzCitizen

    from workbench.dialogues.assertions import Turn

# In processor time of this process, since a busy machine takes longer by the clock.
_SLOWEST_SECONDS = 1.0
# After so many seconds, a sent text is being read.
_HEAD_START_SECONDS = 0.05
# Each blocked the whole service for seconds or for ever before matching had a time limit.
_SLOW = {
    "nej": ("recording_purpose", "nej " * 27),
    "hm": ("meeting_kind", "hm... " * 10 + "x"),
    "helt, at the terms": ("terms_accepted", "helt " * 21 + "x"),
    "helt, at the review": ("review", "helt " * 21 + "x"),
    "og": ("meeting_date", "og " * 1300),
    "det er, in no request": (None, "3-4" + " det er" * 22 + "x mandag"),
    "det er": ("meeting_date", "3-4" + " det er" * 22 + "x mandag"),
}
# Never ends on a text of some words.
_NEVER_ENDS = r"^(?:.|.)+[!?]$"
_YES = "ja, det er rigtigt, send den gerne til Jura nu"
_SECRET = "rigtigt"
Open = Callable[[], "FuzzCitizen"]


@pytest.fixture
def pattern_log() -> Iterator[list[str]]:
    """The log records about patterns that exceeded their time."""
    lines: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler, logger = Handler(), logging.getLogger("patterns")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    yield lines
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize(("slot", "text"), list(_SLOW.values()), ids=list(_SLOW))
def test_a_slow_text_holds_up_nobody(open_chat: Open, fuzz_log: Log, slot: str | None, text: str) -> None:
    fuzz_log.lines.clear()
    citizen, other = open_chat(), open_chat()
    come_to(slot, citizen)
    come_to("meeting_kind", other)
    before = _request(citizen)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(_timed, citizen, text)
        time.sleep(_HEAD_START_SECONDS)
        turn, seconds = _timed(other, answer_to("meeting_kind"))
        said, slow_seconds = slow.result()
    print(f"{text[:9]!r} at {slot}: {slow_seconds * 1000:.0f} ms, the other citizen {seconds * 1000:.0f} ms")
    assert turn.asking == "meeting_date" and other.slots()["meeting_kind"] == "in_person"
    # An ambiguous day is asked about, and so is what is to be changed at the review.
    assert said.asking in (slot, {"meeting_date": "which_date", "review": "which_slot"}.get(str(slot)))
    assert said.messages and _request(citizen) == before
    assert not citizen.received() and not fuzz_log.lines
    assert max(seconds, slow_seconds) < _SLOWEST_SECONDS


def _request(citizen: "FuzzCitizen") -> dict[str, Any]:
    """The citizen's slots."""
    return {slot: value for slot, value in citizen.slots().items() if slot in {*PLACES, "request_type", "meeting_time"}}


def _timed(citizen: "FuzzCitizen", text: str) -> tuple["Turn", float]:
    started = time.process_time()
    turn = citizen.say(text, twice=False)
    return turn, time.process_time() - started


def _slow_in_the_nlu(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(times, "_QUARTER", patterns.compile(_NEVER_ENDS))


def _slow_in_the_actions(patch: pytest.MonkeyPatch) -> None:
    # The first patterns in an answer, at the review, and outside a request.
    for cue in ("torn", "plain_send", "wish_recording"):
        patch.setitem(cues(), cue, patterns.compile(_NEVER_ENDS))


@pytest.mark.parametrize("make_slow", [_slow_in_the_nlu, _slow_in_the_actions])
@pytest.mark.parametrize("slot", ["meeting_kind", "terms_accepted", "applicant_name", "review"])
def test_what_cannot_be_read_in_time_binds_nobody(
    open_chat: Open,
    fuzz_log: Log,
    pattern_log: list[str],
    make_slow: Callable[[pytest.MonkeyPatch], None],
    slot: str,
) -> None:
    citizen = open_chat()
    come_to(slot, citizen)
    before = _request(citizen)
    fuzz_log.lines.clear()
    pattern_log.clear()
    with pytest.MonkeyPatch.context() as patch:
        make_slow(patch)
        turn, seconds = _timed(citizen, _YES)
    # Reported as not understood; nothing stored, sent or accepted; asked again.
    assert {message["name"] for message in turn.messages} & {"utter_unclear", f"utter_example_{slot}"}
    assert turn.asking == slot and _request(citizen) == before and not citizen.received()
    assert seconds < _SLOWEST_SECONDS
    # One log line names the pattern; none has the citizen's text.
    assert len(pattern_log) == 1 and _NEVER_ENDS in pattern_log[0]
    assert _SECRET not in pattern_log[0] and not fuzz_log.lines
    # With the original pattern, the request continues.
    following = citizen.say("ja" if slot == "review" else answer_to(slot), twice=False)
    assert following.asking != slot


@pytest.mark.parametrize("make_slow", [_slow_in_the_nlu, _slow_in_the_actions])
def test_a_slow_text_outside_a_request_is_not_understood(
    open_chat: Open, fuzz_log: Log, pattern_log: list[str], make_slow: Callable[[pytest.MonkeyPatch], None]
) -> None:
    citizen = open_chat()
    fuzz_log.lines.clear()
    pattern_log.clear()
    with pytest.MonkeyPatch.context() as patch:
        make_slow(patch)
        turn, seconds = _timed(citizen, "Jeg hedder Bo Li, og mødet er i jobcentret på torsdag kl. 14")
    assert turn.asking is None and not _request(citizen).get("applicant_name")
    assert {message["name"] for message in turn.messages} <= {
        "utter_not_understood", "utter_did_you_mean", "utter_inform_nothing", "utter_unclear"
    }  # fmt: skip
    assert seconds < _SLOWEST_SECONDS and len(pattern_log) == 1 and not fuzz_log.lines
    assert "utter_faq_may_i_record" in {
        message["name"] for message in citizen.say("Må jeg optage mødet?", False).messages
    }


def test_what_is_stored_of_a_message_is_not_much_longer_than_it(open_chat: Open) -> None:
    # It is loaded with every later message and sent to the actions.
    citizen = open_chat()
    for text in ("kl. 14 " * 570, "bo@li.dk " * 440, "d. 3/12 kl. 14, " * 250):
        citizen.say(text, twice=False)
        kept = [event for event in citizen.events() if event["event"] == "user"][-1]
        assert len(json.dumps(kept)) < 5 * len(text)


def test_a_reason_that_is_too_long_is_asked_for_again(open_chat: Open) -> None:
    citizen = open_chat()
    come_to("recording_grounds", citizen)
    too_long = citizen.say("jeg glemmer det hele, " * 100, twice=False)
    assert too_long.asking == "recording_grounds" and not citizen.slots()["recording_grounds"]
    assert "utter_too_long_value" in {message["name"] for message in too_long.messages}


def test_a_text_that_is_too_long_does_not_prevent_sending(open_chat: Open) -> None:
    citizen = open_chat()
    come_to("recording_explanation", citizen)
    # Too long for the request: a shorter text is asked for.
    too_long = citizen.say("og " * 1300, twice=False)
    assert too_long.asking == "recording_explanation" and not citizen.slots()["recording_explanation"]
    assert "utter_too_long_value" in {message["name"] for message in too_long.messages}
    while (
        asking := citizen.say(answer_to(str(citizen.slots()["requested_slot"])), twice=False).asking
    ) != "applicant_name":
        assert asking
    too_long = citizen.say("jeg hedder " + "Bo" * 150, twice=False)
    assert too_long.asking == "applicant_name"
    for slot in ("applicant_name", "applicant_email"):
        citizen.say(answer_to(slot), twice=False)
    assert citizen.say("ja", twice=False).asking is None
    (received,) = citizen.received()
    assert received.payload["applicant"]["name"] == answer_to("applicant_name")
