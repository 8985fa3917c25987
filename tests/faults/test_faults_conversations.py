"""Two chat servers on one PostgreSQL, whose database goes away, ends connections and refuses to write."""

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
import requests
from fault_postgres import Postgres

from tests.channel.server import Page, Server

_WORD = "blåbærgrød"
_LINES = ("Må jeg optage mødet?", "Hvad er en bisidder?", "Hvem bestemmer det?", f"Må jeg tage {_WORD} med?")
_AWAY_SECONDS = 10
_TURNS_OF_A_CONVERSATION = 20


@pytest.fixture(scope="module")
def servers(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    postgres_server.renew()
    limits = {"RATE_PER_SESSION": "0", "RATE_PER_ADDRESS": "0", "DATABASE_URL": postgres_server.url}
    here, there = (Server(tmp_path_factory.mktemp(name), **limits) for name in ("here", "there"))
    there.settings |= {name: here.settings[name] for name in ("ACTION_PORT", "DATA_DIR")}
    try:
        here.start("actions", "bot.server")
        there.start("bot.server")
        yield here, there
    finally:
        here.close()
        there.close()


def _at(server: Server, page: Page) -> Page:
    """The same conversation at another server."""
    other = object.__new__(Page)
    other.__dict__ |= {**page.__dict__, "chat": server.chat}
    return other


def _execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def _end_connections(url: str) -> None:
    _execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def _until_taken(page: Page, line: str, turn: str = "") -> requests.Response:
    """The first answer to a turn that is no 503; each 503 says when to try again."""
    deadline = time.monotonic() + 60
    body = {"id": turn or str(uuid.uuid4()), "text": line}
    while (answer := page.post(**body)).status_code == 503:
        assert answer.headers["Retry-After"].isdigit() and time.monotonic() < deadline, answer.text
        time.sleep(0.2)
    return answer


def test_the_same_turn_sent_to_two_servers_at_once_is_taken_once(servers: tuple[Server, Server], races: int) -> None:
    here, there = servers
    with ThreadPoolExecutor(2) as pool:
        for first in range(0, races, _TURNS_OF_A_CONVERSATION):
            page = Page(here.chat)
            said = [_LINES[turn % len(_LINES)] for turn in range(min(_TURNS_OF_A_CONVERSATION, races - first))]
            for line in said:
                turn = [str(uuid.uuid4())] * 2
                answers = list(pool.map(_until_taken, [page, _at(there, page)], [line] * 2, turn))
                assert [answer.status_code for answer in answers] == [200, 200], [one.text for one in answers]
                assert answers[0].json()["messages"] == answers[1].json()["messages"]
            assert page.said() == said


def test_connections_that_the_database_has_ended_are_made_anew(servers: tuple[Server, Server]) -> None:
    here, there = servers
    page = Page(here.chat)
    for server in (here, there, here):
        _end_connections(server.settings["DATABASE_URL"])
        assert _until_taken(_at(server, page), _LINES[0]).status_code == 200
    assert page.said() == [_LINES[0]] * 3


def test_while_the_database_is_away_turns_are_refused_and_later_taken_once(
    servers: tuple[Server, Server], postgres_server: Postgres
) -> None:
    pages = [Page(server.chat) for server in servers]
    before = [page.says(_LINES[0]) for page in pages]

    def talk(page: Page) -> None:
        for line in _LINES:
            assert _until_taken(page, line).status_code == 200

    postgres_server.stop("immediate")
    assert [page.post(text="Hvem bestemmer det?").status_code for page in pages] == [503, 503]
    with ThreadPoolExecutor(2) as pool:
        talking = [pool.submit(talk, page) for page in pages]
        time.sleep(_AWAY_SECONDS)
        assert pages[0].ask("GET", "/messages").status_code == 503, "an empty history instead of an error"
        postgres_server.start()
        for one in talking:
            one.result()
    for page, told in zip(pages, before, strict=True):
        assert page.said() == [_LINES[0], *_LINES]
        assert [one["text"] for one in page.history()][2 : 2 + len(told)] == [one["text"] for one in told]


def test_a_database_that_takes_no_writes_refuses_turns_and_shows_what_was_said(servers: tuple[Server, Server]) -> None:
    here, there = servers
    url = here.settings["DATABASE_URL"]
    page = Page(here.chat)
    page.says(_LINES[0])
    whole = page.history()
    database = url.rpartition("/")[2]
    turn = str(uuid.uuid4())
    _execute(url, f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    _end_connections(url)
    try:
        assert {_at(server, page).post(id=turn, text=_LINES[3]).status_code for server in servers} == {503}
        assert page.history() == whole
    finally:
        _execute(url, f"BEGIN; SET TRANSACTION READ WRITE; ALTER DATABASE {database} RESET ALL; COMMIT")
        _end_connections(url)
    assert _until_taken(_at(there, page), _LINES[3], turn).status_code == 200
    assert page.said() == [_LINES[0], _LINES[3]]


def test_no_log_holds_what_was_written_in_all_that(servers: tuple[Server, Server]) -> None:
    for server in servers:
        logged = "".join(
            file.read_text(encoding="utf-8", errors="replace") for file in Path(server.folder).glob("*.log")
        )
        assert _WORD not in logged and "Må jeg" not in logged
        assert "unavailable" in logged
