"""`script/bot inspect`: only this machine reaches the page, and only with its token."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from workbench.inspect.app import create_app
from workbench.inspect.command import bind
from workbench.inspect.review import Review

TOKEN = "rigtig-og-lang-nok"
HERE = "http://127.0.0.1:5999"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    nothing: Any = SimpleNamespace(like=lambda *_: [], label_of=lambda _: None)
    assistant: Any = SimpleNamespace(chat_url=HERE, stopwatch=None, decisions=None, agent=SimpleNamespace(domain=None))
    return create_app(assistant, nothing, Review(tmp_path / "review.yml"), TOKEN, tmp_path)


def test_every_address_needs_the_token(app: Flask) -> None:
    client = app.test_client()
    paths = [str(rule).replace(f"/{TOKEN}", "", 1) for rule in app.url_map.iter_rules()]
    assert len(paths) >= 7
    for path in ["/", "/static/inspect.css", *paths]:
        for start in ("", "/forkert", f"/{TOKEN}x", f"/{TOKEN[:-1]}"):
            address = start + path.replace("<int:number>", "1").replace("<turn_id>", "x").replace("<path>", "messages")
            for method in ("GET", "POST", "DELETE"):
                assert client.open(address, base_url=HERE, method=method).status_code == 403, (method, address)


def test_the_page_forbids_framing_and_sends_no_referrer(app: Flask) -> None:
    answer = app.test_client().get(f"/{TOKEN}/samtale/1/", base_url=HERE)
    assert answer.status_code == 200 and "Der er ikke skrevet noget endnu" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer", "the address holds the token"


def test_another_name_for_this_machine_leads_nowhere(app: Flask) -> None:
    assert app.test_client().get(f"/{TOKEN}/samtale/1/", base_url="http://ond.example:5999").status_code == 403


def test_only_this_machine_reaches_it() -> None:
    bound = bind(0)
    assert bound.getsockname()[0] == "127.0.0.1"
    bound.close()
