"""Parts of the web chat: sessions, escaping, transcript, origins, rates, the answer without action server."""

import asyncio
import logging
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from bot.action_server import _fallback
from bot.channel import transcript
from bot.channel.escaping import escape, unescape
from bot.channel.origins import check_origin
from bot.channel.rasa_input import rasa_input
from bot.channel.rate_limit import RateLimit
from bot.channel.refusals import Refusal
from bot.channel.sessions import Session, Sessions
from common import patterns
from common.settings import Rate

SECRET = "whsec_test-test-test-test"


def sessions(tmp_path: Path, secret: str = SECRET, hours: int = 1) -> Sessions:
    return Sessions(f"sqlite:///{tmp_path}/chat.db", secret, hours)


def opened(store: Sessions, token: str) -> Session | None:
    """The session of a token that is valid and open, asked as the channel asks."""
    session = store.named_by(token)
    return session if session and store.is_open(session) else None


def test_a_token_opens_its_own_conversation_until_it_ends(tmp_path: Path) -> None:
    store = sessions(tmp_path)
    token, session = store.open()
    other_token, other = store.open()
    assert opened(store, token) == session != other
    assert session.conversation not in token
    assert opened(store, session.conversation) is None and opened(store, session.digest) is None
    store.end(session)
    assert opened(store, token) is None and opened(store, other_token) == other


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "x", lambda t: "x" + t, lambda t: "", lambda t: "a.b.c"]
)
def test_a_forged_token_is_refused(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    store = sessions(tmp_path)
    token, _ = store.open()
    assert opened(store, change(token)) is None
    assert opened(sessions(tmp_path, secret="whsec_another-secret"), token) is None


def test_a_token_expires_and_survives_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token, session = sessions(tmp_path).open()
    assert opened(sessions(tmp_path), token) == session
    later = time.time() + 3700
    monkeypatch.setattr(time, "time", lambda: later)
    assert opened(sessions(tmp_path), token) is None


@pytest.mark.parametrize("text", ["/restart", "  /restart", '/inform{"a":"b"}', "/", "\n/session_start"])
def test_words_never_become_a_command(text: str) -> None:
    seen = UserMessage(escape(text)).text
    assert seen and not seen.startswith("/")
    assert unescape(seen) == text.strip()


def test_characters_that_databases_refuse_are_replaced() -> None:
    assert "\0" not in escape("a\0b") and escape("a\ud800b").encode("utf-8")
    assert escape("må jeg?") == "må jeg?"


def test_a_text_that_cannot_be_masked_in_time_is_refused_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "mit cpr-nummer er 010270-1235"
    assert "010270" not in rasa_input([], said, None)[0]
    monkeypatch.setattr(patterns, "budget", partial(patterns.budget, 0.0))
    with pytest.raises(Refusal) as refused:
        rasa_input([], said, None)
    assert (refused.value.status, refused.value.field) == (422, "text")
    assert "Skriv den kortere" in refused.value.message and "010270" not in refused.value.message


def _said(text: str, id: str = "1", **metadata: object) -> UserUttered:
    return UserUttered(text, message_id=id, metadata=dict(metadata), timestamp=0.0)


def test_the_transcript_has_both_sides_and_the_offered_buttons() -> None:
    bot = BotUttered(
        "**Hej**",
        {"buttons": [{"title": "Ja", "payload": "/affirm"}]},
        {"utter_action": "utter_greet"},
    )
    turns = transcript.turns([bot, _said("/affirm", title="Ja"), BotUttered("Tak")])
    history = transcript.history(turns)
    assert [(m["from"], m["text"]) for m in history] == [
        ("assistant", "**Hej**"),
        ("citizen", "Ja"),
        ("assistant", "Tak"),
    ]
    assert transcript.offered(turns[:1]) == {"/affirm": "Ja"} and transcript.offered(turns) == {}
    assert len({m["id"] for m in history}) == 3


def test_a_turn_without_an_answer_gets_an_error_message() -> None:
    answers = transcript.turns([_said("hej", cpr_masked=1)])[0].answers
    assert [answer["name"] for answer in answers] == ["utter_cpr_masked", "utter_technical_error"]
    assert "3821 4236" in answers[-1]["text"]


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        (None, True),
        ("http://chat.dk:5005", True),
        ("https://www.frederiksberg.dk", True),
        ("https://www.frederiksberg.dk.ond.dk", False),
        ("http://www.frederiksberg.dk", False),
        ("null", False),
    ],
)
def test_origins(origin: str | None, known: bool) -> None:
    headers = {"host": "chat.dk:5005", **({"origin": origin} if origin else {})}
    request = SimpleNamespace(headers=headers)
    try:
        check_origin(request, ("https://www.frederiksberg.dk",))
    except Refusal as refusal:
        assert not known and refusal.status == 403
    else:
        assert known


def test_exceeding_the_rate_is_refused_with_retry_after() -> None:
    async def three() -> None:
        rates = RateLimit("t", Rate(2, 60), None)
        for _ in range(2):
            await rates.hit("a")
        await rates.hit("b")
        with pytest.raises(Refusal) as refused:
            await rates.hit("a")
        assert refused.value.status == 429 and 1 <= int(refused.value.headers["Retry-After"]) <= 60

    asyncio.run(three())


def test_while_redis_is_away_a_server_counts_alone_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("sanic.root").propagate = True

    async def three() -> None:
        rates = RateLimit("t", Rate(2, 60), "redis://127.0.0.1:1/0")
        for _ in range(2):
            await rates.hit("a")
        with pytest.raises(Refusal) as refused:
            await rates.hit("a")
        assert refused.value.status == 429

    asyncio.run(three())
    assert caplog.text.count("Redis does not answer, the rate t is counted here: ConnectionError") == 1


def test_a_rate_of_zero_has_no_limit() -> None:
    async def many() -> None:
        rates = RateLimit("t", Rate(0, 1), None)
        for _ in range(500):
            await rates.hit("a")

    asyncio.run(many())


def test_without_the_action_server_a_question_in_a_request_is_answered() -> None:
    call = {"next_action": "validate_request_form", "tracker": {"latest_message": {"intent": {"name": "faq_notes"}}}}
    answer = _fallback(call)
    assert [r["response"] for r in answer["responses"]] == ["utter_faq_notes", "utter_actions_down"]
    # The form is left and keeps its slots.
    assert {e.get("name") for e in answer["events"] if e["event"] == "slot"} == {"requested_slot"}
    assert _fallback({"next_action": "action_opening_hours"})["responses"] == []
