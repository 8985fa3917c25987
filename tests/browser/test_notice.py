"""The municipality's notice above the chat, and the pause in place of it."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.fake_chat import FakeChat
from tests.browser.test_page import CONTACT
from tests.browser.visitor import Visitor

NOTICE = {"text": "Telefonen er lukket i dag. Ring i morgen på 3821 4236.", "since": "2026-11-29T18:40:00Z"}


def test_a_notice_stands_above_the_chat_until_it_is_hidden(context: BrowserContext, chat: FakeChat) -> None:
    chat.notice = NOTICE
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    notice = visitor.page.get_by_role("status").filter(has_text="Telefonen er lukket i dag.")
    expect(notice).to_be_in_viewport()
    expect(notice.get_by_role("link", name="3821 4236")).to_be_visible()
    visitor.says("hej")
    expect(notice).to_be_in_viewport()
    visitor.button("Skjul beskeden").click()
    expect(notice).to_be_hidden()
    visitor.page.evaluate("window.dispatchEvent(new Event('online'))")
    visitor.says("og hvad så?")
    expect(notice).to_be_hidden()


def test_a_pause_stands_in_place_of_the_chat_and_ends_by_itself(
    context: BrowserContext, chat: FakeChat, tools: Path
) -> None:
    chat.notice, chat.paused = {"text": "Vi opdaterer assistenten.", "since": "2026-11-29T18:40:00Z"}, True
    visitor = Visitor(context.new_page(), chat)
    visitor.page.clock.install()
    visitor.arrive(open=False)
    expect(visitor.panel.get_by_text("Vi opdaterer assistenten.").first).to_be_visible()
    for words in (*CONTACT, "Send sikker digital post til Jura"):
        expect(visitor.page.locator(".announcement").get_by_text(words)).to_be_in_viewport()
    expect(visitor.field).to_be_hidden()
    assert visitor.axe(tools) == []
    chat.notice, chat.paused = None, False
    visitor.page.clock.fast_forward(61_000)
    expect(visitor.messages).to_have_count(1)
    expect(visitor.page.locator(".announcement")).to_be_hidden()
    visitor.says("hej")
    assert chat.said == ["hej"] and not visitor.errors


def test_a_pause_in_the_middle_keeps_the_conversation_and_what_was_typed(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.says("medium")
    visitor.chat.notice, visitor.chat.paused = NOTICE, True
    visitor.types("kun lyd")
    expect(visitor.field).to_be_hidden()
    expect(visitor.button("Luk chatten")).to_be_focused()
    expect(visitor.page.locator(".announcement").get_by_text("Telefonen er lukket")).to_be_visible()
    expect(visitor.messages.filter(has_text="Vil du optage lyd eller video?")).to_be_attached()
    visitor.chat.notice, visitor.chat.paused = None, False
    visitor.page.clock.fast_forward(61_000)
    visitor.idle()
    assert visitor.chat.said == ["medium", "kun lyd"]


def test_a_server_without_a_notice_or_with_other_keys_is_no_trouble(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    answers = iter(['{"status": "ok"}', "<h1>Fejl</h1>", '{"status": "ok", "notice": 7, "later": {}}'])
    visitor.page.route("**/webhooks/chat/", lambda route: route.fulfill(body=next(answers)))
    for _ in range(3):
        visitor.arrive()
        visitor.says("hej")
        expect(visitor.page.locator(".announcement")).to_be_hidden()
    assert not visitor.errors
