"""A long conversation costs as much a turn as a short one, and gets the same answers as if all of it were read."""

import json
import re
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant

_HERE = Path(__file__).parent
# Questions, then requests with questions, corrections and other wishes in between; each part is longer than the window.
_SPOKEN = ("follow_ups", "digressions/hvert_felt.yml", "corrections/undervejs.yml", "changes_of_mind", "second_request")
_LINES_OF_EACH = 20
# References, and seconds of the clock, differ in any two conversations.
_OWN = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|T\d\d:\d\d:\d\d")
# Its session and what is announced, which is read at most once a second; row and window, loaded and saved.
_MOST_STATEMENTS = {"chat.db": 2, "conversations.db": 4}
# Of a call to the action server.
_MOST_BYTES = 90_000


class Chat:
    """A chat of the assistant, over HTTP."""

    def __init__(self, assistant: "Assistant") -> None:
        self._http = requests.Session()
        self._http.trust_env = False
        self._url = assistant.chat_url
        self.last = self._http.post(f"{self._url}/sessions", timeout=60).json()
        self.token = self.last["session"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"

    def says(self, text: str, id: str | None = None) -> dict[str, Any]:
        """The reply to a text, or to the button of that title where one was offered."""
        buttons = {button["title"]: button["payload"] for one in self.last["messages"] for button in one["buttons"]}
        answer = self.sends({"payload": buttons[text]} if text in buttons else {"text": text}, id or str(uuid.uuid4()))
        assert answer.status_code == 200, answer.text
        self.last = answer.json()
        return self.last

    def sends(self, said: dict[str, str], id: str) -> requests.Response:
        """The response to a turn."""
        return self._http.post(f"{self._url}/messages", json={"id": id, **said}, timeout=60)

    def history(self) -> list[dict[str, Any]]:
        """Both sides' messages."""
        messages: list[dict[str, Any]] = self._http.get(f"{self._url}/messages", timeout=60).json()["messages"]
        return messages

    def leaves(self) -> None:
        """Erases the conversation."""
        assert self._http.delete(f"{self._url}/sessions", timeout=60).status_code == 204


@pytest.fixture
def open_chat(assistant: "Assistant") -> Iterator[Callable[[], Chat]]:
    """Opens chats, at a fixed time; all are closed after the test."""
    from common.clock import parse_now
    from workbench.dialogues.format import DEFAULT_NOW
    from workbench.shared.clock import set_clock

    set_clock(parse_now(DEFAULT_NOW))
    assistant.receiver.behave("up")
    opened: list[Chat] = []

    def opening() -> Chat:
        opened.append(Chat(assistant))
        return opened[-1]

    yield opening
    for chat in opened:
        chat.leaves()


def _lines() -> Iterator[str]:
    from workbench.dialogues.format import find, read_all

    for name in _SPOKEN:
        steps = [step for case in read_all(find([_HERE / name])) for step in case.steps]
        yield from [str(step.value) for step in steps if step.kind in ("user", "button")][:_LINES_OF_EACH]
        yield from ("stop", "ja, stop")


def _told(answer: dict[str, Any]) -> str:
    """What a reply tells the citizen and the page, without what differs between any two conversations."""
    messages = [{key: value for key, value in one.items() if key != "id"} for one in answer["messages"]]
    return _OWN.sub("*", repr(messages) + repr({key: answer[key] for key in ("asking", "asks", "progress", "kept")}))


@contextmanager
def _windows(longest: int | None) -> Iterator[None]:
    """Cuts every conversation as soon as it is so long; never with None."""
    from bot.conversations import store

    usual = store.window_start
    store.window_start = partial(usual, longest=longest) if longest else lambda events: None
    try:
        yield
    finally:
        store.window_start = usual


def test_the_window_gives_the_answers_of_the_whole_conversation(open_chat: Callable[[], Chat]) -> None:
    from bot.conversations.window import TURNS

    whole, usual, tight = open_chat(), open_chat(), open_chat()
    asked = Counter[str]()
    for number, line in enumerate(_lines()):
        with _windows(None):
            expected = _told(whole.says(line))
        # Cut at every turn, its edge passes through each of the requests.
        with _windows(TURNS + 1):
            assert _told(tight.says(line)) == expected, (number, line)
        assert _told(usual.says(line)) == expected, (number, line)
        asked[whole.last["asking"] or ""] += 1
    assert asked[""] > 20 and sum(asked.values()) - asked[""] > 80, "in and out of requests"
    assert [one["text"] for one in tight.history()][:1] == [one["text"] for one in whole.history()][:1]
    assert len(tight.history()) == len(usual.history()) == len(whole.history())


def test_a_turn_takes_as_many_statements_and_hands_on_as_much_however_long_it_is(
    assistant: "Assistant", open_chat: Callable[[], Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlalchemy as sa
    from rasa.utils.endpoints import EndpointConfig
    from sqlalchemy.engine import Engine

    from bot.channel.tables import PUBLISHED
    from bot.conversations.window import TURNS

    sent, handed_on, sizes = Counter[str](), [0], [0]
    request = EndpointConfig.request

    async def noting(self: Any, *args: Any, **kwargs: Any) -> Any:
        events = kwargs["json"]["tracker"]["events"]
        sizes.append(len(json.dumps(kwargs["json"])))
        handed_on.append(sum(event["event"] == "user" for event in events))
        return await request(self, *args, **kwargs)

    def count(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        # The server's look at what is published, each second, belongs to no turn (bot/channel/following.py).
        of_a_turn = not statement.startswith("PRAGMA") and PUBLISHED.name not in statement
        sent[Path(str(connection.engine.url.database)).name] += of_a_turn

    monkeypatch.setattr(EndpointConfig, "request", noting)
    sa.event.listen(Engine, "before_cursor_execute", count)
    try:
        chat = open_chat()
        chat.says("Jeg vil gerne søge om lov til at optage et møde")
        lines = ("Kan jeg låne udstyr af kommunen?", "Hvad siger Ombudsmanden om at optage møder?", "blåbærgrød")
        for number in range(3 * TURNS):
            sent.clear()
            chat.says(lines[number % len(lines)])
            for database, most in _MOST_STATEMENTS.items():
                assert sent[database] <= most, (number, sent)
        assert TURNS <= max(handed_on) <= 2 * TURNS
        assert max(sizes) <= _MOST_BYTES
    finally:
        sa.event.remove(Engine, "before_cursor_execute", count)


def test_a_turn_of_before_the_window_is_answered_alike_and_can_be_said_to_have_helped(
    assistant: "Assistant", open_chat: Callable[[], Chat]
) -> None:
    chat = open_chat()
    first = str(uuid.uuid4())
    told = chat.says("Må jeg optage mødet?", first)["messages"]
    for _ in range(18):
        chat.says("Hvad siger Ombudsmanden om at optage møder?")
    before = chat.history()
    assert chat.says("Må jeg optage mødet?", first)["messages"] == told and chat.history() == before
    rated = requests.post(
        f"{assistant.chat_url}/feedback",
        json={"message": told[0]["id"], "helped": True},
        headers={"Authorization": f"Bearer {chat.token}"},
        timeout=60,
    )
    assert rated.status_code == 204


def test_without_its_lock_a_turn_is_still_stored_once(
    assistant: "Assistant", open_chat: Callable[[], Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when two servers lose their connection to the locks."""

    @asynccontextmanager
    async def unlocked(*_: Any, **__: Any) -> AsyncIterator[None]:
        yield

    chat = open_chat()
    monkeypatch.setattr(assistant._agent.lock_store, "lock", unlocked)
    same, others = [str(uuid.uuid4())] * 4, [str(uuid.uuid4()) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        first = list(pool.map(lambda id: chat.sends({"text": "Må jeg optage mødet?"}, id), same))
        then = list(pool.map(lambda id: chat.sends({"text": "Hvad må en bisidder?"}, id), others))
    assert [answer.status_code for answer in first] == [200] * 4
    assert len({answer.text for answer in first}) == 1
    assert {answer.status_code for answer in then} <= {200, 503}
    assert all(int(answer.headers["Retry-After"]) for answer in then if answer.status_code == 503)
    stored = [one["id"] for one in chat.history() if one["from"] == "citizen"]
    assert stored[0] == same[0]
    taken = [id for id, answer in zip(others, then, strict=True) if answer.status_code == 200]
    assert sorted(stored[1:]) == sorted(taken)
