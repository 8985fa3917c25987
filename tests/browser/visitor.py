"""A page with the chat, its controls, and a recorder of what a screen reader announces."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.fake_chat import FakeChat, Fault

# Records what is added while the log is live, or becomes live within 100 ms: screen readers announce it.
RECORDER = """
window.announced = [];
customElements.whenDefined("frederiksberg-chat").then(() => {
  const log = document.querySelector("frederiksberg-chat").shadowRoot.querySelector("[role=log]");
  window.logAtStart = log.childElementCount;
  const live = () => log.getAttribute("aria-live") !== "off";
  new MutationObserver((changes) => {
    const texts = changes.flatMap((change) => [...change.addedNodes])
      .filter((node) => (node.closest ? node : node.parentElement)?.closest("[aria-live]") === log)
      .map((node) => node.textContent);
    const now = live();
    setTimeout(() => { if (now || live()) window.announced.push(...texts); }, 100);
  }).observe(log, { childList: true, subtree: true });
});
"""
SHADOW = "document.querySelector('frederiksberg-chat').shadowRoot"


# The server's message when a conversation has its maximum length.
FULL = (
    "Samtalen kan ikke blive længere. Din seneste besked er ikke sendt. Din anmodning er heller ikke sendt. "
    "Du kan stadig bruge knapperne i det seneste svar. Start en ny samtale, eller ring til Jura på 3821 4236."
)
# Milliseconds in which the page has started, also where other tests keep both cores busy.
_STARTED = 30_000


class Visitor:
    """A page with the chat, used by a visitor."""

    def __init__(self, page: Page, chat: FakeChat) -> None:
        self.page = page
        self.chat = chat
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.add_init_script(RECORDER)

    def arrive(self, address: str = "", open: bool = True) -> None:
        """Loads the page, by default the demo page, and opens the chat."""
        self.page.goto(address or self.chat.demo)
        if open:
            self.open()

    def open(self) -> None:
        expect(self.launcher).to_be_attached(timeout=_STARTED)
        if self.launcher.is_visible():
            self.launcher.click()
        else:
            self.field.focus()
        expect(self.messages.first).to_be_visible()

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".panel")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Din besked")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.page.locator("[role=log] > .message")

    @property
    def notice(self) -> Locator:
        return self.page.locator(".notice .text")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def says(self, text: str) -> None:
        """Writes, presses Enter and waits for the answer."""
        self.types(text)
        self.idle()

    def types(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def presses(self, name: str) -> None:
        self.button(name).click()
        self.idle()

    def idle(self) -> None:
        """Waits until everything sent is answered."""
        expect(self.page.locator(".waiting")).to_have_count(0)
        expect(self.page.locator(".composer [aria-disabled]")).to_have_count(0)
        expect(self.log).to_have_attribute("aria-live", "polite")

    def texts(self) -> list[str]:
        """The shown messages, each with its sender."""
        return [" ".join(text.split()) for text in self.messages.all_inner_texts()]

    def announced(self) -> list[str]:
        """The texts that a screen reader was given."""
        self.page.wait_for_timeout(250)
        return [" ".join(text.split()) for text in self.page.evaluate("window.announced")]

    @property
    def focused(self) -> str:
        """The label or text of the focused element."""
        script = f"(() => {{ const at = {SHADOW}.activeElement ?? document.activeElement; "
        script += "return at.id === 'field' ? 'field' : at.ariaLabel || at.innerText || at.tagName; })()"
        return " ".join(str(self.page.evaluate(script)).split())

    def axe(self, tools: Path) -> list[str]:
        """The violations that axe finds, one a line."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate((tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found: dict[str, Any] = self.page.evaluate(
            "tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", tags
        )
        return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found["violations"]]

    def states(self) -> Iterator[str]:
        """Brings the chat into each of its states and yields their names; begins with the open chat."""
        yield "open"
        self.button("Luk chatten").click()
        yield "closed"
        self.open()
        self.presses("Må jeg optage et møde?")
        yield "buttons"
        self.chat.faults.append(Fault(wait=1.5))
        self.types("dato")
        expect(self.page.locator(".typing")).to_be_visible()
        yield "typing"
        self.idle()
        yield "date"
        self.button("Send svaret").click()
        yield "date error"
        self.field.fill("x" * 4001)
        self.field.press("Enter")
        yield "error"
        self.says("kontrol")
        yield "review"
        self.presses("Ja, send")
        yield "receipt"
        self.page.locator("summary").click()
        yield "receipt unfolded"
        self.chat.faults += [Fault(drop="before")] * 10
        self.types("Er I der?")
        expect(self.notice).to_be_visible()
        yield "offline"
        self.chat.faults.clear()
        self.button("Prøv igen nu").click()
        self.idle()
        self.chat.faults.append(Fault(status=409, text=FULL))
        self.types("En gang til")
        expect(self.button("Start en ny samtale")).to_be_visible()
        yield "full"
        self.field.fill("")
        self.button("Mere").click()
        yield "menu"
        self.button("Slet samtalen").click()
        yield "erase"
        self.page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
        expect(self.button("Start en ny samtale")).to_be_focused()
        yield "erased"
        self.chat.stop()
        self.button("Start en ny samtale").click()
        expect(self.notice).to_be_visible()
        yield "down"
        self.chat.start()
