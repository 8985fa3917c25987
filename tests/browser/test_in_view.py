"""The newest question and its way of answering are in view in every state, at every size and with a keyboard open.

Every fifth pair of a state and a size is looked at, which comes to each of both; with `--every-row` all.

Chromium has no keyboard to open: `KEYBOARD` puts a visual viewport in place of the browser's that is smaller than the
window, as a phone's browser does. What is in view is measured inside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conversations import receipt, said
from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import SHADOW, Visitor

KEYBOARD = """
const view = new EventTarget();
Object.assign(view, { offsetTop: 0, offsetLeft: 0, scale: 1, hidden: 0 });
Object.defineProperties(view, {
  width: { get: () => innerWidth },
  height: { get: () => innerHeight - view.hidden },
});
Object.defineProperty(window, "visualViewport", { value: view });
window.keyboard = (height) => { view.hidden = height; view.dispatchEvent(new Event("resize")); };
"""
# Width, height, and what a keyboard hides of it. The last but one is a desktop's window at 400 %.
SIZES = {
    "1280x800": (1280, 800, 0),
    "390x844": (390, 844, 0),
    "390x844, keyboard": (390, 844, 336),
    "320x640": (320, 640, 0),
    "320x640, keyboard": (320, 640, 260),
    "320x640, high keyboard": (320, 640, 300),
    "320x200": (320, 200, 0),
    "1280x320": (1280, 320, 0),
}
# Parts from 0 to 1 of the question's first line, of all of it, and of each of its ways of answering.
MEASURE = f"""(() => {{
  const root = {SHADOW}, panel = root.querySelector('.panel'), scroll = root.querySelector('.scroll');
  const bar = root.querySelector('.chips'), composer = root.querySelector('.composer');
  const seen = (node) => {{
    const box = node.getBoundingClientRect();
    let top = Math.max(box.top, 0), bottom = Math.min(box.bottom, visualViewport.height);
    for (const area of [panel, ...(scroll.contains(node) ? [scroll] : [])]) {{
      if (getComputedStyle(area).overflowY === 'visible') continue;
      top = Math.max(top, area.getBoundingClientRect().top);
      bottom = Math.min(bottom, area.getBoundingClientRect().bottom);
    }}
    const covers = [bar, panel.matches('.low:not(.held)') ? bar : composer].filter((one) => one.checkVisibility());
    if (scroll.contains(node)) bottom = Math.min(bottom, ...covers.map((one) => one.getBoundingClientRect().top));
    return Math.max(0, bottom - top) / box.height;
  }};
  const messages = [...root.querySelectorAll('[role=log] > .message')].filter((node) => node.checkVisibility());
  const question = root.querySelector('.ended:not(:empty)') ?? messages.at(-1);
  const first = question.querySelector('p, li, h3, dt') ?? question;
  const line = document.createRange();
  line.selectNodeContents(first);
  const lines = [...line.getClientRects()].filter((box) => box.height > 2);
  const ways = [...root.querySelectorAll('[role=log] > .replies, .scroll > form, .notice, .scroll > button, .composer')]
    .filter((node) => node.checkVisibility() && question.compareDocumentPosition(node) & 4);  // follows it
  const controls = ways.flatMap((way) => [way, ...way.querySelectorAll('*')])
    .filter((node) => node.matches('button, input, textarea') && node.checkVisibility());
  return {{
    line: seen({{ getBoundingClientRect: () => lines[0], compareDocumentPosition: () => 0 }}),
    question: seen(question), ways: ways.map(seen), last: seen(controls.at(-1)),
    field: seen(root.querySelector('.composer')), low: panel.classList.contains('low'),
    chip: bar.children[1].checkVisibility({{ visibilityProperty: true }}) && seen(bar.children[1]) > 0.99,
  }};
}})()""".replace("scroll.contains(node)", "(!node.nodeType || scroll.contains(node))")


@dataclass
class Room:
    """A visitor in a window of one of the sizes."""

    visitor: Visitor
    hidden: int

    def keyboard(self, open: bool) -> None:
        self.visitor.page.evaluate(f"window.keyboard({self.hidden if open else 0})")


@pytest.fixture(params=SIZES)
def room(request: pytest.FixtureRequest, browser: Browser, chat: FakeChat) -> Iterator[Room]:
    width, height, hidden = SIZES[request.param]
    made = browser.new_context(viewport={"width": width, "height": height}, locale="da-DK")
    made.set_default_timeout(10_000)
    made.add_init_script(KEYBOARD)
    room = Room(Visitor(made.new_page(), chat), hidden)
    room.visitor.arrive()
    room.keyboard(True)
    yield room
    made.close()


def measured(visitor: Visitor) -> dict[str, Any]:
    # Two frames: sizes are observed after the layout of the first.
    visitor.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return dict(visitor.page.evaluate(MEASURE))


def press(visitor: Visitor, chip: str) -> None:
    """Presses where the chip is; Playwright would scroll it to another place first."""
    box = visitor.button(chip).bounding_box()
    assert box
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def assert_in_view(visitor: Visitor, state: str) -> None:
    found = measured(visitor)
    assert found["line"] > 0.99, (state, found)
    whole = min([found["question"], *found["ways"]]) > 0.99
    assert whole or found["chip"], (state, found)
    if not found["low"]:
        assert found["field"] > 0.99, (state, found)
    for _ in range(40):
        if not measured(visitor)["chip"]:
            break
        press(visitor, "Mere nedenfor")
    found = measured(visitor)
    assert found["last"] > 0.99 and not found["chip"], (state, found)


def _closed_meanwhile(visitor: Visitor) -> None:
    visitor.chat.faults.append(Fault(wait=0.5))
    visitor.types("spørg imens")
    visitor.button("Luk chatten").click()
    expect(visitor.button("Nyt svar")).to_be_visible()
    visitor.button("Nyt svar").click()


def _offline(visitor: Visitor) -> None:
    visitor.chat.faults += [Fault(drop="before")] * 20
    visitor.types("Er I der? Jeg ville gerne vide, om jeg må optage mødet på torsdag.")
    expect(visitor.notice).to_be_visible()


def _erased(visitor: Visitor) -> None:
    visitor.button("Mere").click()
    visitor.button("Slet samtalen").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
    expect(visitor.button("Start en ny samtale")).to_be_focused()


STATES: dict[str, Callable[[Visitor], None]] = {
    "greeting": lambda visitor: None,
    "first question, behind the notice of privacy": lambda visitor: visitor.says("anmod"),
    "choice": lambda visitor: visitor.says("medium"),
    "an answer and the question again": lambda visitor: visitor.says("spørg imens"),
    "date": lambda visitor: visitor.says("dato"),
    "who": lambda visitor: visitor.says("hvem"),
    "answer": lambda visitor: visitor.says("må jeg optage?"),
    "review": lambda visitor: visitor.says("kontrol"),
    "receipt": lambda visitor: (visitor.says("kontrol"), visitor.presses("Ja, send"))[0],
    "closed meanwhile": _closed_meanwhile,
    "offline": _offline,
    "erased": _erased,
}


@pytest.mark.one_in(5)
@pytest.mark.parametrize("state", STATES)
def test_the_question_and_its_way_of_answering_are_in_view(room: Room, state: str) -> None:
    STATES[state](room.visitor)
    assert_in_view(room.visitor, state)
    assert not room.visitor.errors


def test_a_keyboard_that_opens_moves_the_question_along(browser: Browser, chat: FakeChat) -> None:
    made = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
    made.add_init_script(KEYBOARD)
    visitor = Visitor(made.new_page(), chat)
    visitor.arrive()
    for state in ("hvem", "dato", "anmod"):
        visitor.page.evaluate("window.keyboard(0)")
        visitor.says(state)
        visitor.page.evaluate("window.keyboard(336)")
        assert_in_view(visitor, state)
        box = visitor.panel.bounding_box()
        assert box and box["y"] + box["height"] <= 844 - 336 + 1, "the panel is behind the keyboard"
    made.close()


# What Firefox does on a busy machine: the last key typed is scrolled to in the frame after the answer is shown.
SCROLLS_LATE = f"""
const answers = ({{ addedNodes }}) => [...addedNodes].some((node) => node.matches?.('.message:not(.citizen)'));
new MutationObserver((changes) => changes.some(answers) && requestAnimationFrame(() => {{
  const panel = {SHADOW}.querySelector('.panel');
  panel.scrollTop = panel.scrollHeight;
  window.late = true;
}})).observe({SHADOW}.querySelector('[role=log]'), {{ childList: true, subtree: true }});
"""


def test_the_question_stays_in_view_where_the_browser_scrolls_once_more(browser: Browser, chat: FakeChat) -> None:
    made = browser.new_context(viewport={"width": 320, "height": 200}, locale="da-DK")
    visitor = Visitor(made.new_page(), chat)
    visitor.arrive()
    visitor.page.evaluate(SCROLLS_LATE)
    visitor.says("anmod")
    found = measured(visitor)
    assert visitor.page.evaluate("window.late")
    assert found["line"] > 0.99, found
    made.close()


def test_an_answer_above_the_question_is_one_press_away(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    visitor = Visitor(page, chat)
    visitor.arrive()
    visitor.says("spørg imens")
    for _ in range(10):
        measured(visitor)
        if not visitor.button("Mere ovenfor").is_visible():
            break
        press(visitor, "Mere ovenfor")
    expect(visitor.log.get_by_text("Du kan få lov i nogle tilfælde.")).to_be_in_viewport()
    page.close()


@pytest.mark.parametrize("size", [(320, 200), (320, 340), (390, 844)], ids=str)
def test_a_receipt_is_in_view_from_its_heading_whatever_comes_after_it(
    browser: Browser, chat: FakeChat, size: tuple[int, int]
) -> None:
    more = [said("Vil du vide mere om møder? Det kan vi også svare på."), said("Har du flere spørgsmål?")]
    chat.answer = lambda _: ([said("Tak."), receipt(), *more], None)
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    visitor = Visitor(page, chat)
    visitor.arrive()
    visitor.says("ja")
    measured(visitor)
    heading = page.get_by_role("heading", name="Din anmodning er modtaget hos Jura.").bounding_box()
    panel, bar = visitor.panel.bounding_box(), page.locator(".chips").bounding_box()
    assert heading and panel and bar, "the bar tells of what is below"
    assert panel["y"] <= heading["y"] and heading["y"] + heading["height"] <= bar["y"]
    expect(visitor.button("Mere nedenfor")).to_be_visible()
    if size[1] < 800:
        expect(visitor.button("Mere ovenfor")).to_be_visible()
    page.close()


@pytest.mark.parametrize("size", [(320, 200), (320, 340), (320, 640), (1280, 500)], ids=str)
def test_the_bar_takes_no_focus_and_does_not_undo_scrolling(
    browser: Browser, chat: FakeChat, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    visitor = Visitor(page, chat)
    visitor.arrive()
    visitor.says("kontrol")
    visitor.field.focus()
    press(visitor, "Mere nedenfor")
    assert visitor.focused == "field"
    for _ in range(20):
        if not measured(visitor)["chip"]:
            break
        press(visitor, "Mere nedenfor")
    assert visitor.focused == "field"
    assert measured(visitor)["last"] > 0.99
    page.close()


def test_the_message_field_stays_in_view_in_a_low_window(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 340})
    visitor = Visitor(page, chat)
    visitor.arrive()
    for state in ("anmod", "kontrol", "spørg imens"):
        visitor.says(state)
        visitor.field.click()
        for part in (visitor.field, visitor.button("Send")):
            expect(part).to_be_in_viewport(ratio=1)
        assert measured(visitor)["line"] > 0.99
    page.close()


def test_zoom_of_the_page_keeps_the_question_in_view(visitor: Visitor) -> None:
    visitor.says("medium")
    for width, height in ((640, 400), (320, 200), (1280, 800)):
        visitor.page.set_viewport_size({"width": width, "height": height})
        found = measured(visitor)
        assert found["line"] > 0.99 and (min(found["question"], *found["ways"]) > 0.99 or found["chip"]), (width, found)


def test_a_simple_request_is_reviewed_on_two_screens_of_a_phone(browser: Browser, chat: FakeChat) -> None:
    values = [
        ("Anmodning", "Lov til at optage"),
        ("Afdeling", "Jobcenter Frederiksberg"),
        ("Mødeform", "Fysisk møde"),
        ("Dato", "torsdag den 10. december 2026 kl. 14.30"),
        ("Lyd eller video", "Lyd"),
        ("Forklaring", "Efter min hjernerystelse glemmer jeg det meste af det, der bliver sagt på møderne."),
        ("Grund", "Svært ved at huske"),
        ("Bisidder", "Tager ikke en med"),
        ("Formål", "Kun til mig selv eller familien"),
        ("Vilkår", "Ja, jeg siger ja til vilkårene"),
        ("Navn", "Anne-Marie Ørsted Ng"),
        ("E-mail", "anne-marie.oersted.ng@eksempel.dk"),
        ("Telefon", "-"),
    ]
    rows = [{"slot": label, "label": label, "value": value, "payload": f"/{label}"} for label, value in values]
    text = "Se det igennem, før vi sender:\n\n- **Anmodning:** x\n\nIntet er sendt endnu. Skal vi sende det?"
    buttons = (("Ja, send", "/affirm"), ("Ret noget", "/correct"), ("Stop anmodningen", "/cancel"))
    chat.answer = lambda _: ([said(text, *buttons, card={"type": "review", "rows": rows})], "review")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    visitor = Visitor(page, chat)
    visitor.arrive()
    visitor.says("kontrol")
    screens = page.evaluate(
        f"""(() => {{ const root = {SHADOW}, top = (node) => node.getBoundingClientRect().top;
          const last = [...root.querySelectorAll('[role=log] > .replies')].at(-1).getBoundingClientRect().bottom;
          return (last - top(root.querySelector('dl.review'))) / root.querySelector('.scroll').clientHeight; }})()"""
    )
    assert screens <= 2, screens
    page.close()


def test_who_reads_further_up_is_not_moved_when_the_page_is_looked_at_again(visitor: Visitor) -> None:
    visitor.says("kontrol")
    # Nobody scrolls before the answer is painted.
    measured(visitor)
    visitor.page.evaluate(f"{SHADOW}.querySelector('.scroll').scrollTop = 0")
    with visitor.page.expect_response("**/webhooks/chat/"):
        visitor.page.evaluate("window.dispatchEvent(new Event('online'))")
    measured(visitor)
    assert visitor.page.evaluate(f"{SHADOW}.querySelector('.scroll').scrollTop") == 0


def test_a_button_stays_under_a_pressed_pointer(visitor: Visitor) -> None:
    visitor.says("kontrol")
    button = visitor.button("Ret noget")
    button.scroll_into_view_if_needed()
    visitor.page.evaluate(f"{SHADOW}.querySelector('.scroll').scrollTop -= 20")
    # The bar that says where more is has come or gone before anybody presses.
    measured(visitor)
    box = button.bounding_box()
    assert box
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.mouse.down()
    # What would bring the question into view again.
    visitor.page.evaluate("window.visualViewport.dispatchEvent(new Event('resize'))")
    measured(visitor)
    assert button.bounding_box() == box
    visitor.page.mouse.up()
    visitor.idle()
    assert visitor.chat.said[-1] == "Ret noget"
