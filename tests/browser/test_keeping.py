"""Saving the conversation as a text file, and erasing it."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.fake_chat import Fault
from tests.browser.visitor import Visitor


def _save(visitor: Visitor, tmp_path: Path) -> str:
    visitor.button("Mere").click()
    with visitor.page.expect_download() as saved:
        visitor.button("Gem samtalen som tekst").click()
    assert saved.value.suggested_filename == "samtale.txt"
    path = tmp_path / "samtale.txt"
    saved.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def test_the_text_file_is_complete_and_danish(visitor: Visitor, tmp_path: Path) -> None:
    for text in ("må jeg optage på rådhuset, Ærø?", "kontrol"):
        visitor.says(text)
    visitor.presses("Ja, send")
    text = _save(visitor, tmp_path)
    in_order = [
        "Samtale med Frederiksberg Kommunes assistent",
        "Hej. Du skriver med Frederiksberg Kommunes automatiske assistent.",
        "Svarmuligheder: [Må jeg optage et møde?]",
        "må jeg optage på rådhuset, Ærø?",
        "Se det igennem",
        "- Navn: Anne-Marie Ørsted Ng",
        "Ja, send",
        "Dit referencenummer er K7QF3MX5.",
    ]
    places = [text.index(part) for part in in_order]
    assert places == sorted(places)
    assert "**" not in text and "Du, " in text and "Assistenten, " in text
    expect(visitor.page.get_by_text("Samtalen er gemt som en tekstfil.")).to_be_visible()


def test_without_a_connection_the_shown_messages_can_be_saved(
    visitor: Visitor, context: BrowserContext, tmp_path: Path
) -> None:
    visitor.says("hej med dig")
    context.set_offline(True)
    assert "hej med dig" in _save(visitor, tmp_path)
    expect(visitor.page.get_by_text("Det, der står her på siden, er gemt")).to_be_visible()


def _erase(visitor: Visitor) -> None:
    visitor.button("Mere").click()
    visitor.button("Slet samtalen").click()
    expect(visitor.button("Behold samtalen")).to_be_focused()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()


def test_erasing_erases_and_verifies_it(visitor: Visitor, context: BrowserContext) -> None:
    other = Visitor(context.new_page(), visitor.chat)
    other.arrive()
    visitor.page.bring_to_front()
    visitor.says("en ganske særlig sætning om zebraer")
    visitor.field.fill("et udkast om zebraer")
    _erase(visitor)
    expect(visitor.page.get_by_text("Vi har prøvet at hente den igen, og den findes ikke mere.")).to_be_visible()
    asked = [line for line in visitor.chat.requests if line.endswith(("/sessions", "/messages"))]
    assert asked[-2:] == ["DELETE /webhooks/chat/sessions", "GET /webhooks/chat/messages"]
    assert not visitor.chat.talks
    assert "zebra" not in visitor.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "zebra" not in visitor.panel.inner_text() and visitor.field.input_value() == ""
    expect(other.page.get_by_text("Samtalen er slettet i et andet vindue.")).to_be_visible()
    assert "zebra" not in other.panel.inner_text()
    visitor.button("Start en ny samtale").click()
    expect(visitor.messages).to_have_count(1)
    expect(visitor.field).to_be_focused()
    visitor.says("frisk start")


def test_a_failed_erasure_is_not_reported_as_erased(visitor: Visitor) -> None:
    visitor.says("hej")
    visitor.chat.erases = False
    _erase(visitor)
    expect(visitor.page.get_by_role("dialog")).to_contain_text("Samtalen er ikke slettet.")
    visitor.button("Behold samtalen").click()
    assert len(visitor.texts()) == 3
    visitor.says("vi fortsætter")


def test_erasing_without_a_connection_says_so(visitor: Visitor, context: BrowserContext) -> None:
    context.set_offline(True)
    _erase(visitor)
    expect(visitor.page.get_by_role("dialog")).to_contain_text("ring til Jura på 3821 4236")
    assert visitor.chat.talks


def test_a_waiting_turn_is_not_sent_after_the_erasure(visitor: Visitor) -> None:
    visitor.chat.faults += [Fault(drop="before")] * 3
    visitor.types("skal ikke frem")
    expect(visitor.notice).to_be_visible()
    _erase(visitor)
    expect(visitor.button("Start en ny samtale")).to_be_visible()
    visitor.page.wait_for_timeout(2500)
    assert not visitor.chat.said and not visitor.chat.talks
