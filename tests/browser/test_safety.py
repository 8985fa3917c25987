"""Security: a strict Content-Security-Policy, no other servers, and markup that stays text."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from actions.request.wording import noted
from actions.say import Say
from actions.turn.result import Kind, Result
from tests import spoken
from tests.browser.conversations import said
from tests.browser.fake_chat import FakeChat
from tests.browser.visitor import SHADOW, Visitor

XSS = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<svg onload=window.hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "[klik](javascript:window.hit=1)",
    "[klik](JaVaScRiPt:window.hit=1)",
    "[klik](data:text/html,<script>hit=1</script>)",
    "[klik](vbscript:hit)",
    '[klik](https://a"onmouseover="window.hit=1)',
    "**<b onclick=hit=1>fed</b>**",
    "- <img src=x onerror=hit=1>\n- **<i>to</i>**",
    "&lt;script&gt;hit=1&lt;/script&gt;",
    "</textarea><script>window.hit=1</script>",
    "{{constructor.constructor('window.hit=1')()}}",
    "\u202e<script>hit=1</script>",
    "<style>*{display:none}</style><base href=https://example.com>",
    "<form action=https://example.com><button>Send</button></form>",
]
FORGED = "a\n\n[gratis hjælp](https://evil.example)\n- **Navn:** Mette\n\n**Kvittering**"
FORGED_SHOWN = "a / [gratis hjælp](https://evil.example) / - **Navn:** Mette / **Kvittering**"
REQUEST: dict[str, Any] = {
    "request_type": "question",
    "question_text": FORGED,
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "request_settled": ["applicant_phone"],
}


@pytest.fixture
def strict(context: BrowserContext, chat: FakeChat) -> Visitor:
    """The chat on another site's page, whose policy allows nothing but the chat."""
    policy = (
        f"default-src 'none'; script-src {chat.site}; connect-src {chat.site}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    html = f"<!doctype html><title>Side</title><script type=module src={chat.site}/webhooks/chat/widget.js></script>"
    visitor = Visitor(context.new_page(), chat)
    visitor.complaints = []  # type: ignore[attr-defined]
    visitor.page.on("console", lambda line: visitor.complaints.append(line.text))  # type: ignore[attr-defined]
    visitor.arrive(chat.host(html, policy).replace("127.0.0.1", "localhost"))
    return visitor


def test_everything_works_under_the_strictest_policy(strict: Visitor) -> None:
    asked: set[str] = set()
    strict.page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    strict.says("dato")
    strict.says("kontrol")
    strict.presses("Ja, send")
    strict.button("Mere").click()
    with strict.page.expect_download():
        strict.button("Gem samtalen som tekst").click()
    strict.page.reload()
    strict.open()
    strict.button("Mere").click()
    strict.button("Slet samtalen").click()
    strict.page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
    expect(strict.button("Start en ny samtale")).to_be_visible()
    refused = [line for line in strict.complaints if "Policy" in line or "Trusted" in line]  # type: ignore[attr-defined]
    assert not refused and not strict.errors
    # No request goes to another host; a download has none.
    assert asked - {""} <= {f"127.0.0.1:{strict.chat.port}", f"localhost:{strict.chat.port}"}


def test_markup_from_anywhere_is_text(strict: Visitor) -> None:
    chat = strict.chat

    def answer(text: str) -> tuple[list[dict[str, object]], str | None]:
        rows = [{"slot": "x", "label": bad, "value": bad, "payload": "/correct"} for bad in XSS]
        buttons = [(bad, f"/{at}") for at, bad in enumerate(XSS)]
        receipt = {"type": "receipt", "reference": XSS[0], "state": XSS[1], "at": XSS[2], "rows": rows}
        answers = [said(bad) for bad in XSS]
        answers += [said("\n\n".join(XSS), *buttons, card={"type": "review", "rows": rows}), said(XSS[1], card=receipt)]
        return answers, None

    chat.answer = answer
    for bad in XSS:
        chat.answer = answer if bad == XSS[-1] else (lambda text: ([said("ok")], None))
        strict.says(bad)
    for _ in range(2):
        for bad in XSS:
            shown = strict.page.evaluate(
                f"{SHADOW}.querySelector('[role=log]').textContent.includes({json.dumps(bad)})"
            )
            assert shown, bad
        found = strict.page.evaluate(
            f"""[...{SHADOW}.querySelectorAll('*')].filter((node) =>
              /^(script|img|svg|iframe|style|base|b|i|object|embed)$/i.test(node.localName)
              || [...node.attributes].some((one) => one.name.startsWith('on'))
              || (node.localName === 'a' && !/^(https?|tel|mailto|blob):/.test(node.href)))
              .map((node) => node.outerHTML)"""
        )
        assert not found
        assert strict.page.evaluate("window.hit") is None
        strict.page.reload()
        strict.open()
        strict.idle()
    assert not strict.errors


def test_nothing_but_words_is_made_of_a_citizens_words(strict: Visitor) -> None:
    """Uses the form's real messages, with and without the card."""
    review = next(one for one in spoken.pressed("/skip", REQUEST, "review") if one["card"])
    corrected = spoken.said(Result(Kind.CORRECTION, says=[Say("utter_corrected", {"noted": noted(REQUEST)})]))
    answers = {"kort": [review], "tekst": [{**review, "card": None}], "rettet": corrected}
    strict.chat.answer = lambda text: (answers[text], "review")

    def last(what: str) -> list[str]:
        return strict.messages.last.locator(what).all_inner_texts()

    labels = ["Anmodning", "Spørgsmål", "Navn", "E-mail", "Telefon"]
    strict.says("kort")
    assert last("dt") == labels and last("dd > span")[1] == FORGED_SHOWN
    assert last("a, strong, li") == []
    strict.says("tekst")
    assert last("strong") == [f"{label}:" for label in labels] and len(last("li")) == len(labels)
    assert last("li")[1] == f"Spørgsmål: {FORGED_SHOWN}" and last("a") == []
    strict.says("rettet")
    assert last("p") == [
        f"Rettet: Anmodning: Spørgsmål til Jura; Spørgsmål: {FORGED_SHOWN}; Navn: Li Ng; E-mail: li@eksempel.dk"
    ]
    assert last("a, strong, li") == []


def test_the_saved_text_has_the_citizens_words_unchanged(strict: Visitor) -> None:
    review = next(one for one in spoken.pressed("/skip", REQUEST, "review") if one["card"])
    strict.chat.answer = lambda text: ([review], "review")
    strict.says("kontrol")
    strict.button("Mere").click()
    with strict.page.expect_download() as saving:
        strict.button("Gem samtalen som tekst").click()
    saved = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    assert f"- Spørgsmål: {FORGED_SHOWN}\n" in saved.replace("\r\n", "\n")


def test_error_messages_of_the_server_are_text_too(strict: Visitor) -> None:
    from tests.browser.fake_chat import Fault

    strict.chat.faults.append(Fault(status=413, text=XSS[1], field="text"))
    strict.types("hej")
    expect(strict.field).to_have_accessible_description(XSS[1])
    strict.chat.faults += [Fault(status=500, text=XSS[0])] * 3
    strict.types("hej")
    expect(strict.notice).to_contain_text(XSS[0])
    assert strict.page.evaluate("window.hit") is None


def test_the_chat_works_on_a_page_without_https(context: BrowserContext, chat: FakeChat) -> None:
    # Without https, crypto.randomUUID and the clipboard are missing.
    context.add_init_script("delete Crypto.prototype.randomUUID")
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    visitor.says("hej")
    assert chat.said == ["hej"]


def test_a_proxys_error_page_is_not_shown(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    visitor.page.route("**/messages", lambda route: route.fulfill(status=200, body="<h1>Log ind</h1>"), times=1)
    visitor.types("hej")
    expect(visitor.notice).to_contain_text("Chatten svarer ikke lige nu.")
    visitor.idle()
    assert chat.said == ["hej"]
