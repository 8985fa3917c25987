"""The demo page, with and without the chat, and the widget's files."""

import gzip
import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from bot.channel.widget_bundle import STATIC, Site, bundle, read_site
from common import patterns
from tests.browser.fake_chat import CHAT_PATH, FakeChat
from tests.browser.visitor import Visitor
from tests.system.deployment import ROOT

CONTACT = ("3821 4236", "Mandag - fredag klokken 10-15", "Fredag klokken 10-13", "Smallegade 1, stuen, værelse 0.003")


def test_without_scripts_the_page_says_how_to_reach_jura(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(chat.demo)
    for words in CONTACT:
        expect(page.locator("body")).to_contain_text(words)
    # Playwright's switch for JavaScript does not render <noscript>.
    assert re.search(r"<noscript>.*Chatten kræver JavaScript.*</noscript>", page.content())
    page.close()


def test_the_demo_page_is_complete_without_the_chats_server(context: BrowserContext, chat: FakeChat) -> None:
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(chat.demo)
    for words in CONTACT:
        expect(page.locator("main")).to_contain_text(words)
    expect(page.get_by_role("link", name="3821 4236")).to_have_attribute("href", "tel:+4538214236")


def test_the_demo_page_says_what_the_municipalitys_page_says() -> None:
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (STATIC / "demo.html").read_text(encoding="utf-8")))
    source = (ROOT / "docs" / "siden.md").read_text(encoding="utf-8")
    lines = [re.sub(r"^[\s•]+", "", line).strip() for line in source.splitlines() if "<!--" not in line]
    missing = [line for line in lines if line and line != "Indhold" and re.sub(r"\s+", " ", line) not in shown]
    assert not missing


def test_on_a_wide_screen_the_chat_opens_itself_without_taking_focus(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive(open=False)
    expect(visitor.messages).to_have_count(1)
    assert visitor.page.evaluate("document.activeElement === document.body")
    text, panel = visitor.page.locator("main").bounding_box(), visitor.panel.bounding_box()
    assert text and panel and text["x"] + text["width"] <= panel["x"], "the chat covers the text"
    visitor.button("Luk chatten").click()
    visitor.page.reload()
    expect(visitor.launcher).to_be_visible()


def test_on_a_small_screen_the_chat_stays_closed(browser: Browser, chat: FakeChat) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(chat.demo)
    expect(page.locator(".launcher")).to_be_visible()
    expect(page.locator(".panel")).to_be_hidden()
    assert not any(line.startswith("POST") for line in chat.requests), "a conversation was opened unasked"
    page.close()


def test_the_two_links_are_shown_when_they_are_set(visitor: Visitor) -> None:
    visitor.button("Mere").click()
    for name, address in (
        ("Sådan bruger vi dine oplysninger", "https://kommune.example/privatliv"),
        ("Tilgængelighedserklæring", "https://kommune.example/was"),
    ):
        expect(visitor.page.get_by_role("link", name=name)).to_have_attribute("href", address)


def test_no_link_is_shown_when_none_is_set(context: BrowserContext, chat: FakeChat) -> None:
    chat.told = read_site(None, None)
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    visitor.button("Mere").click()
    expect(visitor.page.locator("#tools").get_by_role("link")).to_have_count(0)


def test_the_widget_is_small() -> None:
    whole = len(gzip.compress(bundle(read_site("https://kommune.example/p", "https://kommune.example/was")).script))
    style = len(gzip.compress((STATIC / "style.js").read_bytes()))
    assert style <= 4 * 1024
    assert whole - style <= 20 * 1024
    too_long = [file.name for file in STATIC.iterdir() if len(file.read_text(encoding="utf-8").splitlines()) > 300]
    assert not too_long


def test_nothing_in_the_widget_makes_markup_of_text() -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|setHTML"
    found = [file.name for file in STATIC.glob("*.js") if re.search(sinks, file.read_text(encoding="utf-8"))]
    assert not found


def test_typescript_accepts_the_types_in_the_comments(tools: Path) -> None:
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--module", "es2022"]
    options += ["--moduleResolution", "bundler", "--lib", "es2023,dom,dom.iterable"]
    files = [str(file) for file in sorted(STATIC.glob("*.js"))]
    command = ["node", str(tools / "typescript" / "bin" / "tsc"), *options, *files]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout


def test_the_widget_is_one_script_that_is_fetched_once(visitor: Visitor) -> None:
    script = bundle(visitor.chat.told).name
    visitor.page.reload()
    visitor.open()
    scripts = [line for line in visitor.chat.requests if line.endswith(".js")]
    assert scripts == [f"GET {CHAT_PATH}/widget.js", f"GET {CHAT_PATH}/{script}", f"GET {CHAT_PATH}/widget.js"]
    asked = [line for line in visitor.chat.requests if line == f"GET {CHAT_PATH}/"]
    assert len(asked) == 2, "once a page"


def test_another_server_has_another_script() -> None:
    one, other = bundle(Site()), bundle(Site(privacy="https://kommune.example/p"))
    assert one.name != other.name and one.name.encode() in one.loader and bundle(Site()) == one


def test_the_script_is_served_also_where_no_time_is_left() -> None:
    with patterns.budget(0):
        assert bundle(Site()).script


def test_the_script_has_every_module_and_no_import() -> None:
    script = bundle(Site()).script.decode()
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    for file in STATIC.glob("*.js"):
        for name in re.findall(
            r"^export (?:async )?(?:class|const|function) (\w+)", file.read_text("utf-8"), re.MULTILINE
        ):
            assert re.search(rf"^(?:async )?(?:class|const|function) {name}\b", script, re.MULTILINE), (file.name, name)


def test_the_ten_days_are_working_days_around_today(context: BrowserContext, chat: FakeChat) -> None:
    visitor = Visitor(context.new_page(), chat)
    visitor.page.clock.install(time="2026-12-22T10:00:00+01:00")
    visitor.arrive()
    visitor.says("dato")
    days = visitor.page.get_by_role("group", name="Arbejdsdage").get_by_role("button")
    titles = [" ".join(text.split()) for text in days.all_text_contents()]
    assert titles[0] == "tirs 22/12, tirsdag den 22. december" and len(titles) == 10
    # Christmas and New Year, which the package names, are left out, and so are Saturdays and Sundays.
    assert [title.split(",")[0].split()[1] for title in titles[:4]] == ["22/12", "23/12", "24/12", "28/12"]
    days.nth(3).click()
    expect(days.nth(3)).to_have_attribute("aria-pressed", "true")
    visitor.page.get_by_label("Klokken").fill("14.30")
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == "28/12-2026 kl. 14.30"


def test_an_origin_that_is_not_listed_is_named_in_the_console(context: BrowserContext, chat: FakeChat) -> None:
    page = context.new_page()
    page.route(f"**{CHAT_PATH}/", lambda route: route.abort())
    page.route("**/sessions", lambda route: route.abort())
    html = f"<!doctype html><title>Side</title><script type=module src={chat.site}{CHAT_PATH}/widget.js></script>"
    page.goto(chat.host(html).replace("127.0.0.1", "localhost"))
    with page.expect_console_message(lambda line: "CHAT_ORIGINS" in line.text) as told:
        page.locator(".launcher").click()
    assert f"http://localhost:{chat.port}" in told.value.text
