"""Keyboard use: everything can be reached, and where the focus goes."""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import SHADOW, Visitor


def test_opening_focuses_the_field_and_escape_returns_the_focus(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive(
        chat.host(f"<title>Side</title><script type=module src={chat.site}/webhooks/chat/widget.js></script>"),
        open=False,
    )
    expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused == "Spørg assistenten"
    visitor.page.keyboard.press("Enter")
    expect(visitor.field).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


@pytest.mark.parametrize(
    "own",
    [
        "<button data-frederiksberg-chat><b>Min egen</b></button>",
        "<button onclick=\"document.querySelector('frederiksberg-chat').open()\">Min egen</button>",
    ],
)
def test_closing_returns_the_focus_to_the_pages_own_button(context: BrowserContext, chat: FakeChat, own: str) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive(
        chat.host(
            f"<title>Side</title>{own}<frederiksberg-chat></frederiksberg-chat>"
            f"<script type=module src={chat.site}/webhooks/chat/widget.js></script>"
        ),
        open=False,
    )
    expect(visitor.launcher).to_be_visible()
    visitor.button("Min egen").click()
    expect(visitor.field).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.button("Min egen")).to_be_focused()


def test_a_request_can_be_made_without_a_mouse(visitor: Visitor) -> None:
    page = visitor.page
    page.keyboard.type("kontrol")
    page.keyboard.press("Enter")
    visitor.idle()
    for _ in ("Stop anmodningen", "Ret noget", "Ja, send"):
        page.keyboard.press("Shift+Tab")
    assert visitor.focused == "Ja, send"
    page.keyboard.press("Enter")
    visitor.idle()
    expect(page.get_by_role("heading", name="Din anmodning er modtaget hos Jura.")).to_be_visible()
    expect(visitor.field).to_be_focused()


def test_every_tab_stop_is_visible_and_in_reading_order(sized: Visitor) -> None:
    sized.says("kontrol")
    sized.page.evaluate(f"{SHADOW}.querySelector('.header button').focus()")
    stops = [sized.focused]
    for _ in range(20):
        sized.page.keyboard.press("Tab")
        seen = sized.page.evaluate(
            f"""(() => {{
              const at = {SHADOW}.activeElement;
              if (!at) return null;
              const style = getComputedStyle(at), box = at.getBoundingClientRect();
              const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
              const y = Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
              const top = {SHADOW}.elementFromPoint(x, y);
              return {{ outline: parseFloat(style.outlineWidth), covered: !(at.contains(top) || top?.contains(at)) }};
            }})()"""
        )
        if seen is None:
            break
        stops.append(sized.focused)
        assert seen["outline"] >= 3 and not seen["covered"], (stops[-1], seen)
        # The review has a button of that name as well.
        if stops.count("Stop anmodningen") == 2:
            break
    assert stops[:3] == ["Mere", "Luk chatten", "Samtalen"]
    assert [stop for stop in stops if stop.startswith("Ret ")][-2:] == ["Ret e-mail", "Ret noget"]
    assert stops[-5:] == ["Stop anmodningen", "field", "Send", "Tilbage til forrige spørgsmål", "Stop anmodningen"]
    # As they stand on the page.
    tops = [sized.page.locator(part).bounding_box() for part in (".composer", ".steps")]
    assert tops[0] and tops[1] and (tops[0]["y"] < tops[1]["y"] or tops[0]["y"] < 256)


def test_an_answer_does_not_steal_focus(visitor: Visitor) -> None:
    visitor.chat.faults.append(Fault(wait=0.6))
    visitor.types("hej")
    visitor.button("Luk chatten").focus()
    visitor.idle()
    expect(visitor.button("Luk chatten")).to_be_focused()


def test_what_is_typed_while_a_turn_runs_stays_in_the_field(visitor: Visitor) -> None:
    visitor.chat.faults.append(Fault(wait=1))
    visitor.types("hej")
    expect(visitor.button("Send")).to_have_attribute("aria-disabled", "true")
    visitor.page.keyboard.type("vi mødes på rådhuset")
    visitor.page.keyboard.press("Enter")
    expect(visitor.notice).to_contain_text("Det, du har skrevet, bliver stående.")
    visitor.idle()
    expect(visitor.field).to_have_value("vi mødes på rådhuset")
    expect(visitor.field).to_be_focused()
    expect(visitor.notice).to_be_hidden()
    visitor.page.keyboard.press("Enter")
    visitor.idle()
    assert visitor.chat.said == ["hej", "vi mødes på rådhuset"]


def test_focus_moves_on_when_a_pressed_button_disappears(visitor: Visitor) -> None:
    for name in ("Må jeg tage nogen med?",):
        visitor.button(name).focus()
        visitor.page.keyboard.press("Enter")
        visitor.idle()
        expect(visitor.field).to_be_focused()
    visitor.says("kontrol")
    visitor.page.get_by_role("button", name="Ret forklaring").focus()
    visitor.page.keyboard.press("Enter")
    visitor.idle()
    expect(visitor.field).to_be_focused()


def test_escape_closes_one_layer_at_a_time(visitor: Visitor) -> None:
    visitor.button("Mere").click()
    visitor.button("Slet samtalen").click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_be_hidden()
    expect(visitor.button("Mere")).to_be_focused()
    visitor.button("Mere").press("Enter")
    expect(visitor.button("Gem samtalen som tekst")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.button("Gem samtalen som tekst")).to_be_hidden()
    expect(visitor.panel).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()


def test_shift_enter_makes_a_new_line(visitor: Visitor) -> None:
    visitor.field.press_sequentially("første")
    visitor.field.press("Shift+Enter")
    visitor.field.press_sequentially("anden")
    visitor.field.press("Enter")
    visitor.idle()
    assert visitor.chat.said == ["første\nanden"]


def test_page_keys_in_the_field_scroll_the_conversation(visitor: Visitor) -> None:
    scrolled = f"[{SHADOW}.querySelector('.scroll').scrollTop, scrollY]"
    visitor.says("må jeg optage?")
    visitor.says("kontrol")
    visitor.field.fill("jeg er i gang")
    visitor.page.evaluate("document.body.style.paddingBottom = '3000px'")
    at, page = visitor.page.evaluate(scrolled)
    visitor.page.keyboard.press("PageUp")
    visitor.page.wait_for_timeout(300)
    up, page_then = visitor.page.evaluate(scrolled)
    assert up < at and page_then == page
    visitor.page.keyboard.press("PageDown")
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate(scrolled) == [at, page]
    expect(visitor.field).to_be_focused()


@pytest.mark.parametrize("said", [None, "kontrol"])
def test_the_wheel_over_the_chat_does_not_scroll_the_page(sized: Visitor, said: str | None) -> None:
    if said:
        sized.says(said)
    sized.page.evaluate("document.body.style.paddingBottom = '3000px'")
    for part in (sized.log, sized.field, sized.page.locator(".header")):
        sized.page.evaluate("scrollTo(0, 0)")
        box, panel = part.bounding_box(), sized.panel.bounding_box()
        assert box and panel
        y = min(max(box["y"] + box["height"] / 2, panel["y"] + 5), panel["y"] + panel["height"] - 5)
        sized.page.mouse.move(box["x"] + 20, y)
        for way in (-3000, 3000, 3000):
            sized.page.mouse.wheel(0, way)
            sized.page.wait_for_timeout(150)
        assert sized.page.evaluate("scrollY") == 0


def test_the_days_are_one_tab_stop_with_arrow_keys(visitor: Visitor) -> None:
    visitor.says("dato")
    days = visitor.page.get_by_role("group", name="Arbejdsdage").get_by_role("button")
    expect(visitor.page.locator(".days [tabindex='0']")).to_have_count(1)
    days.first.focus()
    for key, at in (
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("End", 9),
        ("ArrowRight", 0),
        ("ArrowUp", 9),
    ):
        visitor.page.keyboard.press(key)
        expect(days.nth(at)).to_be_focused()
    visitor.page.keyboard.press("Space")
    expect(days.nth(9)).to_have_attribute("aria-pressed", "true")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.get_by_label("Dato", exact=True)).to_be_focused()
    visitor.page.keyboard.press("Shift+Tab")
    expect(days.nth(9)).to_be_focused()


def test_escape_closes_the_chat_at_once_and_what_is_typed_stays(visitor: Visitor) -> None:
    visitor.says("anmod")
    department = visitor.page.get_by_label("Afdeling", exact=True)
    for field in (department, visitor.field):
        field.fill("hej")
        visitor.page.keyboard.press("Escape")
        expect(visitor.panel).to_be_hidden()
        visitor.open()
        expect(field).to_have_value("hej")


def test_escape_that_ends_a_composition_closes_nothing(visitor: Visitor) -> None:
    visitor.page.evaluate(
        f"{SHADOW}.querySelector('textarea').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true, composed: true }))"
    )
    expect(visitor.panel).to_be_visible()


def test_escape_closes_an_open_list_alone(visitor: Visitor) -> None:
    visitor.says("anmod")
    kind = visitor.page.get_by_label("Mødeform")
    kind.focus()
    visitor.page.keyboard.press("Alt+ArrowDown")
    expect(visitor.page.locator("select:open")).to_have_count(1)
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("select:open")).to_have_count(0)
    expect(visitor.panel).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()


def test_by_touch_the_chat_opens_without_its_keyboard(browser: Browser, chat: FakeChat) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive(open=False)
    visitor.launcher.tap()
    expect(visitor.page.locator(".header h2")).to_be_focused()
    expect(visitor.messages.first).to_be_visible()
    visitor.button("Luk chatten").tap()
    expect(visitor.launcher).to_be_focused()
    context.close()
