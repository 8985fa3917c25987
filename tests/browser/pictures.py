"""Takes the README's pictures of the running deployment (`script/pictures`)."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.system.deployment import PASSWORD, ROOT, Citizen, Deployment
from tests.system.test_deployment import NOW, RECORDING

PICTURES = ROOT / "docs" / "billeder"


def main() -> int:
    """Starts the deployment, fills the inbox, and takes two pictures."""
    chromium = find_chromium()
    if not chromium:
        print("FEJL: chromium mangler. Installér den (på Debian: apt-get install chromium).")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        deployment = Deployment(Path(folder), NOW=NOW)
        deployment.start()
        try:
            for name in ("Anne-Marie Ørsted Ng", "Li Nguyen", "Søren Kjær"):
                citizen = Citizen(deployment.chat)
                for line in RECORDING:
                    citizen.says(name if line == "Anne-Marie Ørsted Ng" else line)
                citizen.presses("Ja, send")
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{deployment.chat}/demo")
            page.get_by_label("Din besked").fill("maa jeg optage mit møde på jobcentret?")
            page.get_by_role("button", name="Send", exact=True).click()
            page.get_by_text("Du kan få lov i nogle tilfælde").wait_for()
            # The field is ready when the answer is complete.
            page.locator(".composer:not(:has([aria-disabled]))").wait_for()
            page.screenshot(path=PICTURES / "chat.png")
            page.goto(f"{deployment.inbox}/log-ind")
            page.get_by_label("Brugernavn").fill("jura")
            page.get_by_label("Dine initialer").fill("ab")
            page.get_by_label("Adgangskode").fill(PASSWORD)
            page.get_by_role("button", name="Log ind").click()
            page.get_by_text("Søren Kjær").first.wait_for()
            page.screenshot(path=PICTURES / "indbakke.png")
            browser.close()
        finally:
            deployment.stop()
    print(f"Billederne ligger i {PICTURES.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
