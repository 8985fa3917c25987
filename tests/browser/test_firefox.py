"""The widget in Firefox: a conversation typed on the keyboard, and what is in view at each size."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.fake_chat import FakeChat
from tests.browser.firefox import ENTER, Firefox, find_firefox, running
from tests.browser.test_in_view import KEYBOARD, MEASURE, SIZES
from tests.browser.visitor import SHADOW

IDLE = f"!{SHADOW}.querySelector('.waiting, .composer [aria-disabled]')"


@pytest.fixture(scope="module")
def firefox(
    debian_package: Callable[[str, Callable[[], bool]], None], leave_out: Callable[[str], None]
) -> Iterator[Firefox]:
    debian_package("firefox-esr", lambda: bool(find_firefox()))
    found = find_firefox()
    if not found:
        leave_out("Firefox mangler, så chatten er kun prøvet i Chromium (på Debian: apt-get install firefox-esr)")
    with running(found or "") as started:
        started.before_each_page(KEYBOARD)
        started.before_each_page(
            # That sizes changed once more and are told of in the next frame is no fault, though it is an error event.
            "window.faults = []; addEventListener('error', (event) => "
            "event.message.startsWith('ResizeObserver loop') || faults.push(event.message));"
        )
        yield started


def _arrive(firefox: Firefox, chat: FakeChat, size: str) -> None:
    width, height, hidden = SIZES[size]
    firefox.opens(chat.demo, width, height)
    firefox.waits_for("customElements.get('frederiksberg-chat')")
    firefox.evaluate("document.querySelector('frederiksberg-chat').open()")
    firefox.waits_for(f"{SHADOW}.querySelector('.message')")
    firefox.evaluate(f"window.keyboard({hidden})")


def _says(firefox: Firefox, chat: FakeChat, text: str) -> None:
    before = len(chat.said)
    firefox.evaluate(f"{SHADOW}.querySelector('textarea').focus()")
    firefox.types(text + ENTER)
    firefox.waits_for(f"{SHADOW}.querySelectorAll('.citizen:not(.waiting)').length > {before} && {IDLE}")


def test_a_conversation(firefox: Firefox, chat: FakeChat) -> None:
    _arrive(firefox, chat, "1280x800")
    _says(firefox, chat, "hvem")
    form = f"{SHADOW}.querySelector('.asked')"
    firefox.evaluate(f"{form}.querySelector('#field-name').focus()")
    # Past two empty fields.
    firefox.types("Li Ng" + ENTER * 3)
    firefox.waits_for(f"{form}.hidden && {IDLE}")
    _says(firefox, chat, "kontrol")
    # Keys pressed over WebDriver BiDi activate no button in a Firefox without a screen, on no page.
    firefox.evaluate(f"{SHADOW}.querySelector('.replies .primary').click()")
    firefox.waits_for(f"{SHADOW}.querySelector('.receipt h3') && {IDLE}")
    assert chat.said == ["hvem", "Li Ng", "kontrol", "Ja, send"]
    assert firefox.evaluate(f"{SHADOW}.querySelector('.receipt dd').textContent") == "K7QF3MX5"
    assert firefox.evaluate("window.faults") == []


@pytest.mark.parametrize("size", SIZES)
def test_the_question_and_its_way_of_answering_are_in_view(firefox: Firefox, chat: FakeChat, size: str) -> None:
    _arrive(firefox, chat, size)
    for state in ("anmod", "medium", "dato", "hvem", "kontrol"):
        _says(firefox, chat, state)
        firefox.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")
        found = firefox.evaluate(MEASURE)
        assert found["line"] > 0.99, (state, found)
        assert min([found["question"], *found["ways"]]) > 0.99 or found["chip"], (state, found)
    assert firefox.evaluate("window.faults") == []
