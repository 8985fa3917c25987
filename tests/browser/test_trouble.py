"""Reloads, lost connections and failing servers: nothing is lost or sent twice, and the citizen is told."""

import contextlib
import time

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conversations import said
from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import FULL, Visitor

A_SECOND = 1000
AGAIN = "Din besked er gemt her og bliver sendt igen af sig selv."


def _ids(chat: FakeChat) -> set[str]:
    return {post["id"] for post in chat.posts}


def test_a_reload_keeps_what_is_typed_and_what_was_said(visitor: Visitor) -> None:
    visitor.says("må jeg optage?")
    visitor.says("dato")
    before = visitor.texts()
    visitor.page.get_by_label("Dato", exact=True).fill("2026-12-03")
    visitor.field.fill("jeg var ved at skrive æøå")
    visitor.page.reload()
    expect(visitor.field).to_have_value("jeg var ved at skrive æøå")
    expect(visitor.page.get_by_label("Dato", exact=True)).to_have_value("2026-12-03")
    # The buttons come with the conversation, which is fetched; what was typed is there at once.
    expect(visitor.button("Der er ikke aftalt en dag")).to_be_visible()
    assert visitor.texts() == before


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_broken_connection_repeats_the_same_turn(visitor: Visitor, drop: str) -> None:
    visitor.chat.faults += [Fault(drop=drop), Fault(drop=drop)]
    visitor.types("vigtig besked")
    expect(visitor.notice).to_contain_text(f"Der er ingen forbindelse lige nu. {AGAIN}", timeout=A_SECOND)
    expect(visitor.notice.get_by_role("link", name="3821 4236")).to_be_visible()
    expect(visitor.messages.filter(has_text="Du skrev: vigtig besked").first).to_be_visible()
    expect(visitor.notice).to_be_hidden()
    assert visitor.chat.said == ["vigtig besked"] and len(_ids(visitor.chat)) == 1 and len(visitor.chat.posts) == 3
    assert sum(text.endswith("vigtig besked") for text in visitor.texts()) == 2  # the text and its answer
    visitor.says("og så videre")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=503, text="Assistenten er ikke klar endnu. Prøv igen om et øjeblik.", retry_after=1),
        Fault(status=429, text="Det gik lidt for hurtigt. Vent 2 sekunder, og prøv igen.", retry_after=2),
    ],
    ids=lambda fault: str(fault.status),
)
def test_a_server_error_is_reported_and_the_turn_repeated(visitor: Visitor, fault: Fault) -> None:
    visitor.chat.faults.append(fault)
    started = time.monotonic()
    visitor.types("hej")
    expect(visitor.notice).to_contain_text(fault.text[:40], timeout=A_SECOND)
    expect(visitor.notice).to_contain_text(AGAIN)
    visitor.idle()
    expect(visitor.notice).to_be_hidden()
    assert time.monotonic() - started >= fault.retry_after
    assert visitor.chat.said == ["hej"] and len(_ids(visitor.chat)) == 1


def test_after_repeated_errors_the_chat_waits_for_the_citizen_to_retry(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.chat.faults += [Fault(status=500) for _ in range(20)]
    visitor.types("hej")
    for pause in (1, 2, 4, 8, 60, 600):
        visitor.page.clock.fast_forward(pause * 1000)
        visitor.page.wait_for_timeout(100)
    assert len(visitor.chat.posts) == 5
    expect(visitor.notice).to_contain_text("Tryk på knappen for at prøve igen.")
    visitor.chat.faults.clear()
    visitor.button("Prøv igen nu").click()
    visitor.idle()
    assert visitor.chat.said == ["hej"] and len(_ids(visitor.chat)) == 1
    expect(visitor.field).to_be_focused()


def test_a_lost_network_is_reported_and_its_return_noticed(visitor: Visitor, context: BrowserContext) -> None:
    context.set_offline(True)
    visitor.types("hej")
    expect(visitor.notice).to_contain_text("Der er ingen forbindelse lige nu.", timeout=A_SECOND)
    visitor.field.press_sequentially("imens")
    visitor.field.press("Enter")
    expect(visitor.notice).to_contain_text("Det, du har skrevet siden, bliver stående i feltet.")
    context.set_offline(False)
    visitor.idle()
    assert visitor.chat.said == ["hej"]
    expect(visitor.field).to_have_value("imens")
    visitor.field.press("Enter")
    visitor.idle()
    assert visitor.chat.said == ["hej", "imens"]


def test_a_reload_in_the_middle_of_a_turn_sends_it_once(visitor: Visitor) -> None:
    visitor.chat.faults += [Fault(wait=1.5)]
    visitor.types("midt i det")
    expect(visitor.page.locator(".waiting")).to_be_visible()
    visitor.page.reload()
    expect(visitor.messages.filter(has_text="Du skrev: midt i det").first).to_be_visible()
    visitor.idle()
    visitor.page.wait_for_timeout(1600)
    assert visitor.chat.said == ["midt i det"] and len(_ids(visitor.chat)) == 1
    assert visitor.texts()[1:] == ["Du skrev: midt i det", "Assistenten: Du skrev: midt i det"]


def test_a_conversation_continues_after_a_server_restart(visitor: Visitor) -> None:
    visitor.says("før")
    visitor.chat.stop()
    visitor.types("under")
    expect(visitor.notice).to_contain_text(AGAIN, timeout=A_SECOND)
    visitor.chat.start()
    visitor.idle()
    assert visitor.chat.said == ["før", "under"]


def test_a_server_that_is_down_at_the_start_is_waited_for(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.page.route("**/sessions", lambda route: route.abort())
    visitor.arrive(open=False)
    expect(visitor.notice).to_contain_text("Du kan også ringe til Jura på 3821 4236.", timeout=2 * A_SECOND)
    for words in ("Mandag - fredag klokken 10-15", "Fredag klokken 10-13", "Smallegade 1"):
        expect(visitor.page.locator(".notice").get_by_text(words)).to_be_visible()
    visitor.field.fill("skrevet imens")
    visitor.field.press("Enter")
    visitor.page.unroute("**/sessions")
    visitor.idle()
    expect(visitor.messages.filter(has_text="Du skrev: skrevet imens").first).to_be_visible()
    assert visitor.chat.said == ["skrevet imens"]


@pytest.mark.parametrize("how", ["text", "button", "reload"])
def test_an_expired_session_starts_a_new_one_and_keeps_what_was_typed(visitor: Visitor, how: str) -> None:
    visitor.says("kontrol")
    visitor.presses("Ja, send")
    visitor.chat.talks.clear()
    if how == "reload":
        visitor.page.reload()
        expect(visitor.notice).to_contain_text("Din tidligere samtale er udløbet. Vi har startet en ny.")
        expect(visitor.messages).to_have_count(1)
        return
    visitor.types("mit lange svar")
    expect(visitor.notice).to_contain_text("Din besked står i feltet")
    expect(visitor.field).to_have_value("mit lange svar")
    expect(visitor.page.get_by_text("Ny samtale", exact=True)).to_be_visible()
    expect(visitor.page.get_by_text("K7QF3MX5").first).to_be_attached()  # the receipt stays
    if how == "text":
        visitor.field.press("Enter")
        visitor.idle()
        assert visitor.chat.said == ["mit lange svar"]
    else:
        visitor.presses("Må jeg tage nogen med?")
        assert visitor.chat.said == ["Må jeg tage nogen med?"]


@pytest.mark.parametrize("how", ["the button", "an answer", "a reload first"])
def test_a_full_conversation_accepts_its_buttons_and_offers_a_new_one(visitor: Visitor, how: str) -> None:
    visitor.says("kontrol")
    visitor.chat.faults += [Fault(status=409, text=FULL)]
    visitor.types("ja, send den")
    expect(visitor.notice).to_contain_text("Din anmodning er heller ikke sendt.")
    expect(visitor.notice.get_by_role("link", name="3821 4236")).to_be_visible()
    expect(visitor.field).to_have_value("ja, send den")
    assert not any("Du skrev: ja, send den" in text for text in visitor.texts()), "it looks as if it was sent"
    if how == "the button":
        # The current request can still be sent.
        visitor.presses("Ja, send")
        expect(visitor.page.get_by_text("K7QF3MX5").first).to_be_attached()
        assert visitor.chat.said == ["kontrol", "Ja, send"] and len(visitor.chat.talks) == 1
        return
    if how == "a reload first":
        visitor.page.reload()
        visitor.chat.faults += [Fault(status=409, text=FULL)]
        expect(visitor.field).to_have_value("ja, send den")
        visitor.field.press("Enter")
    visitor.button("Start en ny samtale").click()
    expect(visitor.page.get_by_text("Ny samtale", exact=True)).to_be_visible()
    expect(visitor.notice).to_be_hidden()
    expect(visitor.field).to_be_focused()
    expect(visitor.field).to_have_value("ja, send den")
    expect(visitor.messages.filter(has_text="Du skrev: kontrol").first).to_be_visible()  # the old messages stay
    expect(visitor.button("Ja, send")).to_have_count(0)
    assert len(visitor.chat.talks) == 2
    visitor.field.press("Enter")
    visitor.idle()
    assert [turn["said"] for turn in list(visitor.chat.talks.values())[1].turns[1:]] == ["ja, send den"]


def test_opening_a_new_conversation_is_retried(visitor: Visitor) -> None:
    visitor.says("kontrol")
    visitor.chat.faults += [Fault(status=409, text=FULL)]
    visitor.types("mere")
    visitor.page.route("**/sessions", lambda route: route.abort())
    visitor.button("Start en ny samtale").click()
    expect(visitor.notice).to_contain_text("Der er ingen forbindelse lige nu.")
    expect(visitor.messages.filter(has_text="Du skrev: kontrol").first).to_be_visible()
    visitor.page.unroute("**/sessions")
    expect(visitor.page.get_by_text("Ny samtale", exact=True)).to_be_visible()
    expect(visitor.field).to_have_value("mere")


def test_a_new_conversation_appears_in_the_other_tab_too(visitor: Visitor, context: BrowserContext) -> None:
    visitor.says("kontrol")
    other = Visitor(context.new_page(), visitor.chat)
    other.arrive()
    visitor.chat.faults += [Fault(status=409, text=FULL)]
    visitor.types("mere")
    visitor.button("Start en ny samtale").click()
    expect(visitor.page.get_by_text("Ny samtale", exact=True)).to_be_visible()
    expect(other.messages).to_have_count(1)
    other.says("fra den anden")
    expect(visitor.messages.filter(has_text="Du skrev: fra den anden").first).to_be_visible()
    assert len(visitor.chat.talks) == 2
    expect(other.page.get_by_text("Samtalen er slettet i et andet vindue.")).to_have_count(0)


def test_two_tabs_share_one_conversation(visitor: Visitor, context: BrowserContext) -> None:
    visitor.says("fra den første")
    other = Visitor(context.new_page(), visitor.chat)
    other.arrive()
    expect(other.messages.filter(has_text="Du skrev: fra den første").first).to_be_visible()
    other.says("fra den anden")
    expect(visitor.messages.filter(has_text="Du skrev: fra den anden").first).to_be_visible()
    visitor.says("igen fra den første")
    expect(other.messages.filter(has_text="Du skrev: igen fra den første").first).to_be_visible()
    assert visitor.texts() == other.texts() and len(visitor.chat.talks) == 1


def test_a_button_pressed_in_another_tab_is_not_sent_twice(visitor: Visitor, context: BrowserContext) -> None:
    other = Visitor(context.new_page(), visitor.chat)
    other.arrive()
    # The other tab is asleep and is not notified.
    other.page.evaluate("window.addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    visitor.chat.answer = lambda text: ([said("Godt.", ("Ja", "/ja"))], None)
    visitor.presses("Må jeg tage nogen med?")
    stale = other.button("Må jeg tage nogen med?")
    # The button may already be gone if the tab was updated in between.
    with contextlib.suppress(PlaywrightTimeoutError):
        stale.click(timeout=2_000)
        expect(other.notice).to_contain_text("Det valg gælder ikke længere.")
    other.idle()
    expect(other.button("Ja")).to_be_visible()
    assert visitor.chat.said == ["Må jeg tage nogen med?"]


def test_after_sleep_the_chat_is_updated(visitor: Visitor) -> None:
    talk = next(iter(visitor.chat.talks.values()))
    visitor.chat.add(talk, "sagt et andet sted", [said("Svar.")], "11111111-1111-4111-8111-111111111111")
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(visitor.page.get_by_text("sagt et andet sted")).to_be_visible()


def test_without_storage_the_chat_still_works(context: BrowserContext, chat: FakeChat) -> None:
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('nej', 'SecurityError'); } });"
    )
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    visitor.says("hej")
    assert visitor.chat.said == ["hej"] and not visitor.errors
