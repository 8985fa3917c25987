"""Takes a picture of each state of the chat at each size (`python -m tests.browser.state_pictures`), to look at."""

import sys

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.browser.fake_chat import running
from tests.browser.test_in_view import KEYBOARD, SIZES, STATES, measured
from tests.browser.visitor import Visitor
from tests.system.deployment import ROOT

FOLDER = ROOT / "var" / "billeder"


def main(wanted: list[str]) -> int:
    """Takes the pictures of the wanted states, by default of all; a keyboard's place is left black."""
    chromium = find_chromium()
    if not chromium:
        print("FEJL: chromium mangler. Installér den (på Debian: apt-get install chromium).")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for size, (width, height, hidden) in SIZES.items():
            for scheme in ("light", "dark") if size == "390x844" else ("light",):
                for state in wanted or STATES:
                    with running() as chat:
                        context = browser.new_context(
                            viewport={"width": width, "height": height}, locale="da-DK", color_scheme=scheme
                        )
                        context.add_init_script(KEYBOARD)
                        visitor = Visitor(context.new_page(), chat)
                        visitor.arrive()
                        visitor.page.evaluate(f"window.keyboard({hidden})")
                        STATES[state](visitor)
                        measured(visitor)
                        if hidden:
                            style = f"inset:auto 0 0 0;height:{hidden}px;border:0;padding:0;width:100%;background:#000"
                            visitor.page.evaluate(
                                "style => { const keys = document.createElement('div'); keys.popover = 'manual';"
                                " keys.style.cssText = style; document.body.append(keys); keys.showPopover(); }",
                                style,
                            )
                        name = f"{state} {size} {scheme}".replace(",", "").replace(" ", "-")
                        visitor.page.screenshot(path=FOLDER / f"{name}.png")
                        context.close()
        browser.close()
    print(f"Billederne ligger i {FOLDER.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
