"""Accessibility: axe in every state, and a layout that fits every size, large text and wide spacing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.conftest import ARGUMENTS, SIZES
from tests.browser.fake_chat import FakeChat
from tests.browser.visitor import SHADOW, Visitor

# WCAG 1.4.12, text spacing, set in every shadow tree.
SPACING = """(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  const root = document.querySelector('frederiksberg-chat').shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
})()"""

# Elements that overflow, are cut off, are too small to touch, or have text so small that phones zoom.
LAYOUT = f"""(() => {{
  const root = {SHADOW}, found = [];
  const visible = (node) => node.checkVisibility() && !node.closest('.sr');
  for (const node of root.querySelectorAll('.panel, .scroll, .composer, .header, .notice, dialog, .message, #tools')) {{
    if (visible(node) && node.scrollWidth > node.clientWidth + 1) found.push('wider than its place: ' + node.className);
    const box = node.getBoundingClientRect();
    if (visible(node) && (box.left < -1 || box.right > innerWidth + 1)) found.push('outside: ' + node.className);
  }}
  for (const node of root.querySelectorAll('button, summary, #tools a, input, textarea')) {{
    const box = node.getBoundingClientRect();
    if (visible(node) && (box.width < 43.5 || box.height < 43.5))
      found.push(`target ${{box.width}}x${{box.height}}: ${{node.textContent || node.name}}`);
  }}
  for (const node of root.querySelectorAll('input, textarea'))
    if (parseFloat(getComputedStyle(node).fontSize) < 16) found.push('letters under 16 px: ' + node.id);
  const composer = root.querySelector('.composer'), panel = root.querySelector('.panel');
  const overflows = panel.scrollHeight > panel.clientHeight + 1;
  if (visible(composer) && !overflows && composer.getBoundingClientRect().bottom > innerHeight + 1)
    found.push('the field is pushed out of the window');
  if (overflows && getComputedStyle(panel).overflowY === 'hidden') found.push('the panel is cut off');
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  return found;
}})()"""


def test_axe_finds_nothing_and_everything_fits_in_every_state(sized: Visitor, tools: Path) -> None:
    found = {state: [*sized.axe(tools), *sized.page.evaluate(LAYOUT)] for state in sized.states()}
    assert len(found) == 16
    assert not {state: faults for state, faults in found.items() if faults}
    assert not sized.errors


@pytest.fixture(scope="module")
def large_text(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """A visitor with twice the usual text size."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    started = playwright.chromium.launch(executable_path=chromium, args=arguments)
    yield started
    started.close()


@pytest.mark.parametrize("size", ["1280x800", "320x640"])
def test_text_of_twice_the_size_fits(large_text: Browser, chat: FakeChat, size: str) -> None:
    width, height = SIZES[size]
    page = large_text.new_page(viewport={"width": width, "height": height})
    visitor = Visitor(page, chat)
    visitor.arrive()
    assert page.evaluate(f"getComputedStyle({SHADOW}.querySelector('textarea')).fontSize") == "32px"
    found = {state: page.evaluate(LAYOUT) for state in visitor.states()}
    page.close()
    assert not {state: faults for state, faults in found.items() if faults}


def test_wide_text_spacing_fits(sized: Visitor) -> None:
    sized.page.evaluate(SPACING)
    found = {state: sized.page.evaluate(LAYOUT) for state in sized.states()}
    assert not {state: faults for state, faults in found.items() if faults}
