"""Appearance: reduced motion, forced colours, the page's colours, and isolation from the page's CSS."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import SHADOW, Visitor

# CSS rules of pages that break embedded chats.
HOSTILE = """
  * {
    font-size: 3px !important; line-height: 3 !important; color: red !important; background: yellow !important;
    margin: 30px !important; letter-spacing: 9px !important; text-transform: uppercase !important;
    --primary: red !important; --surface: black !important;
  }
  html { font-size: 4px; direction: rtl; }
  body {
    transform: rotate(2deg); filter: invert(1); opacity: .4; visibility: hidden; overflow: hidden; cursor: none;
  }
  div, section, button, textarea, form, p, label, h2 {
    display: none !important; position: static !important; width: 1px !important;
  }
  frederiksberg-chat, body > * {
    display: none !important; all: unset !important; transform: scale(.2) !important; opacity: 0 !important;
    visibility: hidden !important; pointer-events: none !important; position: relative !important;
    filter: blur(9px) !important; clip-path: circle(1px) !important; z-index: -1 !important;
  }
  :focus, :focus-visible { outline: none !important; }
  button, textarea { border: 0 !important; }
"""


def _page(chat: FakeChat, css: str) -> str:
    return chat.host(
        f"<!doctype html><title>Side</title><style>{css}</style>"
        f"<script type=module src={chat.site}/webhooks/chat/widget.js></script>"
    )


def test_the_pages_css_does_not_change_the_chat(browser: Browser, chat: FakeChat) -> None:
    pictures = []
    for css in ("", HOSTILE):
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        visitor = Visitor(page, chat)
        visitor.arrive(_page(chat, css))
        visitor.says("må jeg optage?")
        visitor.button("Luk chatten").focus()
        page.wait_for_timeout(200)
        box = visitor.panel.bounding_box()
        assert box and box["width"] > 400
        # Two pixels inside, where the page does not show through the rounded corner.
        inner = {"x": box["x"] + 4, "y": box["y"] + 4, "width": box["width"] - 8, "height": box["height"] - 8}
        pictures.append((box, page.screenshot(clip=inner)))
        page.close()
    assert pictures[0][0] == pictures[1][0]
    assert pictures[0][1] == pictures[1][1]


def test_a_page_can_set_the_chats_colours(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page()
    visitor = Visitor(page, chat)
    visitor.arrive(_page(chat, "frederiksberg-chat { --fc-primary: rgb(0, 90, 60); --fc-radius: 12px; }"))
    style = f"getComputedStyle({SHADOW}.querySelector('.header')).backgroundColor"
    assert page.evaluate(style) == "rgb(0, 90, 60)"
    page.close()


@pytest.mark.parametrize(
    ("wish", "theme", "dark"), [("dark", "", True), ("dark", "data-theme=light", False), ("light", "", False)]
)
def test_the_chat_is_dark_where_the_reader_wants_it(
    browser: Browser, chat: FakeChat, wish: Any, theme: str, dark: bool
) -> None:
    page = browser.new_page(color_scheme=wish)
    visitor = Visitor(page, chat)
    visitor.arrive(
        chat.host(
            "<!doctype html><title>Side</title><style>:root { color-scheme: dark; background: #111 }</style>"
            f"<frederiksberg-chat {theme}></frederiksberg-chat>"
            f"<script type=module src={chat.site}/webhooks/chat/widget.js></script>"
        )
    )
    colours = f"""['textarea', '.panel'].map((one) => getComputedStyle({SHADOW}.querySelector(one)).backgroundColor)"""
    light = ["rgb(255, 255, 255)", "rgb(255, 255, 255)"]
    assert page.evaluate(colours) == (["rgb(17, 17, 17)", "rgb(27, 27, 27)"] if dark else light)
    page.close()


def test_axe_finds_nothing_in_the_dark_either(browser: Browser, chat: FakeChat, tools: Path) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 390, "height": 844})
    visitor = Visitor(page, chat)
    visitor.arrive()
    found = {state: visitor.axe(tools) for state in visitor.states()}
    # The demo page itself is light alone.
    assert not {state: faults for state, faults in found.items() if faults}
    page.close()


def test_the_text_is_as_large_as_the_pages(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page()
    visitor = Visitor(page, chat)
    sizes = []
    for css in ("html { font-size: 8px }", "html { font-size: 20px }", "html { font-size: 90px }"):
        visitor.arrive(_page(chat, css))
        sizes.append(page.evaluate(f"getComputedStyle({SHADOW}.querySelector('textarea')).fontSize"))
    assert sizes == ["16px", "20px", "32px"]
    page.close()


@pytest.mark.parametrize(("wish", "moving"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_with_reduced_motion(browser: Browser, chat: FakeChat, wish: str, moving: bool) -> None:
    page = browser.new_page(reduced_motion=wish)  # type: ignore[arg-type]
    visitor = Visitor(page, chat)
    visitor.arrive()
    chat.faults.append(Fault(wait=1.2))
    visitor.types("hej")
    expect(page.locator(".typing")).to_be_visible()
    running = f"{SHADOW}.getAnimations().length"
    assert (page.evaluate(running) > 0) == moving
    page.close()


def _bordered(visitor: Visitor, selector: str) -> bool:
    script = f"""(() => {{ const style = getComputedStyle({SHADOW}.querySelector('{selector}'));
      return parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== style.backgroundColor; }})()"""
    return bool(visitor.page.evaluate(script))


def test_with_forced_colours_everything_keeps_its_borders(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page(forced_colors="active")
    visitor = Visitor(page, chat)
    visitor.arrive()
    visitor.says("kontrol")
    for selector in (
        ".message.citizen",
        ".message.assistant",
        ".replies button",
        ".primary",
        "textarea",
        ".quiet",
        ".fix",
    ):
        assert _bordered(visitor, selector), selector
    visitor.button("Ja, send").focus()
    outline = f"parseFloat(getComputedStyle({SHADOW}.activeElement).outlineWidth)"
    assert page.evaluate(outline) >= 3
    page.close()
