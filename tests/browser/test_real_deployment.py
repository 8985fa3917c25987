"""The widget with the real deployment: a request with a restart in the middle, and file caching."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.browser.visitor import RECORDER
from tests.system.deployment import NOW, Deployment, inbox_page

BEFORE_THE_DATE = ["jeg vil gerne have referatet fra et møde", "familieafdelingen", "det var et videomøde"]
AFTER_THE_DATE = ["hele referatet", "Li Ng", "li.ng@eksempel.dk"]


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Deployment]:
    running = Deployment(
        tmp_path_factory.mktemp("data"), NOW=NOW, PRIVACY_URL="https://kommune.example/p", ACCESSIBILITY_URL=""
    )
    running.start()
    yield running
    running.kill()


def test_a_request_typed_in_the_chat_reaches_jura(deployment: Deployment, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(RECORDER)
    page.goto(f"{deployment.chat}/demo")
    field = page.get_by_label("Din besked")
    expect(page.locator(".message.assistant")).to_have_count(1, timeout=20_000)

    def idle() -> None:
        expect(page.locator(".waiting")).to_have_count(0, timeout=20_000)
        expect(page.locator(".composer [aria-disabled]")).to_have_count(0, timeout=20_000)

    def say(text: str) -> None:
        field.fill(text)
        field.press("Enter")
        idle()

    for line in BEFORE_THE_DATE:
        say(line)
    page.get_by_label("Dato", exact=True).fill("2026-11-27")
    page.get_by_role("button", name="Send svaret").click()
    idle()
    page.reload()
    for line in AFTER_THE_DATE:
        say(line)
    review = page.locator("dl.review").last
    expect(review).to_contain_text("fredag den 27. november 2026")
    expect(review).to_contain_text("Li Ng")
    page.get_by_role("button", name="Ret navn").click()
    idle()
    say("Li Ørsted Ng")
    page.get_by_role("button", name="Ja, send").click()
    idle()
    reference = page.locator("dl.facts dd").first.inner_text()
    stored = inbox_page(deployment, reference)
    assert "Li Ørsted Ng" in stored and "fredag den 27. november 2026" in stored and "hele referatet" in stored
    page.get_by_role("button", name="Mere").click()
    expect(page.get_by_role("link", name="Sådan bruger vi dine oplysninger")).to_be_visible()
    expect(page.get_by_role("link", name="Tilgængelighedserklæring")).to_have_count(0)
    page.get_by_role("button", name="Slet samtalen").click()
    page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
    expect(page.get_by_text("den findes ikke mere")).to_be_visible()
    assert reference in inbox_page(deployment, reference), "what was sent is Jura's"
    page.close()


def test_files_are_compressed_and_cached(deployment: Deployment) -> None:
    loader = requests.get(f"{deployment.chat}/widget.js", timeout=10)
    assert loader.headers["Cache-Control"] == "no-cache"
    name = loader.text.split('"./')[1].split('"')[0]
    script = f"{deployment.chat}/{name}"
    first = requests.get(script, timeout=10)
    assert first.headers["Content-Encoding"] == "gzip" and first.headers["Content-Type"].startswith("text/javascript")
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = requests.get(script, headers={"If-None-Match": first.headers["ETag"]}, timeout=10)
    assert again.status_code == 304 and not again.content
    older = requests.get(f"{deployment.chat}/widget-0123456789abcdef.js", timeout=10)
    assert older.text == first.text and older.headers["Cache-Control"] == "no-cache"
    plain = requests.get(script, headers={"Accept-Encoding": "identity"}, timeout=10)
    assert plain.text == first.text and "Content-Encoding" not in plain.headers
    assert "trusted-types" in requests.get(f"{deployment.chat}/demo", timeout=10).headers["Content-Security-Policy"]
