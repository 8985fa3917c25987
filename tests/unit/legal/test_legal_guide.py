"""docs/jura.md, the guide for developers of a receiving system, agrees with the code."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import webhooks

from common.settings import ROOT, read_settings
from legal.delivery import version_1
from legal.inbox.app import create_app
from legal.inbox.store import InboxStore
from legal.labels import NOT_GIVEN
from legal.reference import ALPHABET, normalize
from legal.schema import SCHEMA, problems

GUIDE = (ROOT / "docs" / "jura.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)\n```$", GUIDE, re.M | re.S)
    assert found, language
    return found[1]


def headers() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in block("http").splitlines())


@pytest.fixture
def jura(tmp_path: Path, config: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """An inbox whose clock shows three seconds after the example was sent."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.fromtimestamp(int(headers()["webhook-timestamp"]), UTC)

    monkeypatch.setattr(webhooks, "datetime", Then)
    store = InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}")
    return create_app(store, config(LEGAL_WEBHOOK_SECRET=block("text"))).test_client()


def test_the_guides_example_is_accepted_and_so_is_its_repeat(jura: Any) -> None:
    body = block("json").encode()
    assert f"{len(body)} byte" in GUIDE
    first = jura.post("/requests", data=body, headers=headers())
    again = jura.post("/requests", data=body, headers=headers())
    assert (first.status_code, again.status_code) == (201, 200) and first.json == again.json
    changed = body.replace(b"torsdags", b"tirsdags")
    assert jura.post("/requests", data=changed, headers=headers()).status_code == 401


def test_the_guides_other_examples_are_valid_and_as_described() -> None:
    worked, several, another, nameless = (
        json.loads(one) for one in re.findall(r"^```json\n(.*?)\n```$", GUIDE, re.M | re.S)
    )
    assert [problems(one) for one in (worked, several, another, nameless)] == [[]] * 4
    assert len({one["id"] for one in (worked, several, another, nameless)}) == 4
    assert len(several["meetings"]) == 2 and several["meetings"][1]["recurrence"]
    assert another["behalf"]["name"] != another["applicant"]["name"]
    assert nameless["type"] == "question" and nameless["applicant"]["name"] is None


def test_the_guides_table_names_every_field() -> None:
    table = GUIDE.partition("| felt | indhold |")[2].partition("\n\n")[0]
    for name, part in SCHEMA["properties"].items():
        assert f"| `{name}` |" in table
        for field in (part.get("items") or part).get("properties", {}):
            assert f"`{field}`" in table, f"{name}.{field}"


def test_the_guide_quotes_the_sentences_added_for_version_1() -> None:
    assert f'"{version_1._HEAD}"' in GUIDE and f'"{NOT_GIVEN}"' in GUIDE


def test_the_guides_python_code_computes_the_examples_signature() -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    given = headers()
    computed = names["signature"](
        block("text"), given["webhook-id"], given["webhook-timestamp"], block("json").encode()
    )
    assert computed == given["webhook-signature"]


def test_the_guide_describes_the_check_character_correctly() -> None:
    reference = re.search(r'"reference": "([^"]+)"', block("json"))
    assert reference and f"`{ALPHABET}`" in GUIDE
    plain = normalize(reference[1])
    assert plain and sum(weight * ALPHABET.index(char) for weight, char in enumerate(plain[::-1], 1)) % 29 == 0


def test_the_guides_periods_are_the_real_ones(tmp_path: Path) -> None:
    config = read_settings({"DATA_DIR": str(tmp_path)})
    assert f"| {config.inbox_retention_days} dage efter" in GUIDE
    assert f"| {config.outbox_content_days} dage. Reference" in GUIDE
