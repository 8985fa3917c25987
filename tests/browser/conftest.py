"""Chromium and the npm tools (installed if possible), and pages with the chat."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.fake_chat import FakeChat, running
from tests.browser.visitor import Visitor
from tests.system.deployment import ROOT

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"1280x800": (1280, 800), "320x640": (320, 640), "320x256": (320, 256)}


def find_chromium() -> str | None:
    for name in ("chromium", "google-chrome", "chromium-browser"):
        if path := shutil.which(name):
            return path
    return None


@pytest.fixture(scope="session")
def chromium(debian_package: Callable[[str, Callable[[], bool]], None], leave_out: Callable[[str], None]) -> str:
    debian_package("chromium", lambda: bool(find_chromium()))
    found = find_chromium()
    if not found:
        leave_out("Chromium mangler, så chatten er ikke prøvet i en browser (på Debian: apt-get install chromium)")
    return found or ""


@pytest.fixture(scope="session")
def tools(alone: Callable[[], AbstractContextManager[None]], leave_out: Callable[[str], None]) -> Path:
    """node_modules, with axe-core, the screen reader simulation and TypeScript, as package-lock.json has them."""
    folder = ROOT / "node_modules"
    installed, wanted = folder / ".package-lock.json", ROOT / "package-lock.json"
    with alone():
        missing = not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime
        if missing and (npm := shutil.which("npm")):
            command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run(command, cwd=ROOT, capture_output=True, timeout=280, check=False)
            if installed.exists():
                installed.touch()
    if not installed.exists():
        leave_out("Værktøjerne i package.json kunne ikke hentes med npm, så axe, skærmlæser og typer er ikke prøvet")
    return folder


# For a module, not the session: Playwright keeps an event loop running, and other tests need their own.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def chat() -> Iterator[FakeChat]:
    with running() as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    width, height = SIZES["1280x800"]
    # Another language and time zone: the chat stays Danish and in Danish time.
    made = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-US", timezone_id="America/New_York"
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def visitor(context: BrowserContext, chat: FakeChat) -> Visitor:
    """The demo page with the chat open and the field in focus."""
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    return visitor


@pytest.fixture(params=SIZES)
def sized(request: pytest.FixtureRequest, browser: Browser, chat: FakeChat) -> Iterator[Visitor]:
    """The demo page with the chat open, at each of the three sizes."""
    width, height = SIZES[request.param]
    made = browser.new_context(viewport={"width": width, "height": height}, locale="da-DK")
    made.set_default_timeout(10_000)
    visitor = Visitor(made.new_page(), chat)
    visitor.arrive()
    yield visitor
    made.close()
