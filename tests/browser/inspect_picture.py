"""Takes the guide's picture of `bot inspect` (`python -m tests.browser.inspect_picture`)."""

import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from bot import model
from bot.library_logs import silence_libraries
from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.system.deployment import ROOT

LINES = ["må jeg optage mødet med min sagsbehandler?", "er det nok at jeg ringer dagen før?"]


def main() -> int:
    """Starts the inspector, sends two messages, and takes the picture."""
    silence_libraries()
    from workbench.inspect.command import Inspector, bind

    chromium = find_chromium()
    if not chromium:
        print("FEJL: chromium mangler. Installér den (på Debian: apt-get install chromium).")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        inspector = Inspector(model.current(), Path(folder) / "review.yml", ROOT / "tests" / "dialogues", bind(0))
        threading.Thread(target=inspector.run, daemon=True).start()
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(inspector.address)
            expect(page.locator(".message.assistant").first).to_be_visible(timeout=20_000)
            for number, line in enumerate(LINES, 1):
                page.get_by_label("Din besked").fill(line)
                page.keyboard.press("Enter")
                expect(page.locator("details.turn")).to_have_count(number, timeout=20_000)
                expect(page.locator(".composer [aria-disabled]")).to_have_count(0)
            page.screenshot(path=ROOT / "docs" / "billeder" / "inspect.png")
            browser.close()
        finally:
            inspector.close()
    print("Billedet ligger i docs/billeder/inspect.png.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
