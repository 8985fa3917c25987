"""`script/bot inspect` with the real assistant: what staff see, mark and save, by keyboard."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot import model
from bot.library_logs import silence_libraries
from common.yaml_files import read_yaml
from tests.browser.fake_chat import FakeChat
from tests.browser.visitor import Visitor
from workbench.dialogues import format

QUESTION = "må jeg optage mødet med min sagsbehandler?"
WISH = "jeg vil gerne optage mødet på jobcentret på torsdag kl. 14, mit cpr er 010190-1234"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the review file and the saved dialogues."""
    found = tmp_path_factory.mktemp("inspect")
    (found / "dialogues" / "happy_path").mkdir(parents=True)
    (found / "dialogues" / "happy_path" / "en_anden.yml").write_text("test_cases: []", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def address(folder: Path, chromium: str) -> Iterator[str]:
    silence_libraries()
    # Importing Rasa takes seconds: only where the page is shown.
    from workbench.inspect.command import Inspector, bind

    try:
        current = model.current()
    except model.ModelMissing as error:
        pytest.fail(f"{error} (script/train)")
    inspector = Inspector(current, folder / "review.yml", folder / "dialogues", bind(0))
    serving = threading.Thread(target=inspector.run, daemon=True)
    serving.start()
    yield inspector.address
    inspector.close()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The inspector after a question and a begun request with a CPR number."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK")
    context.set_default_timeout(20_000)
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.goto(address)
    say(shown, QUESTION)
    say(shown, WISH)
    yield shown
    context.close()
    # The chat asks for the erased conversation once more, to verify the 401.
    wrong = [text for text in wrong if "401" not in text]
    assert wrong == [], "neither the page's policy nor its scripts complain"


def say(page: Page, text: str) -> None:
    expect(page.locator(".message.assistant").first).to_be_visible()
    turns = page.locator("details.turn").count()
    page.get_by_label("Din besked").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("details.turn")).to_have_count(turns + 1)


def turn(page: Page, said: str) -> Locator:
    """Opens a turn's details."""
    found = page.locator("details.turn", has=page.locator(".said", has_text=said[:30]))
    if found.get_attribute("open") is None:
        found.locator("> summary").press("Enter")
    return found


def part(turn: Locator, title: str) -> Locator:
    return turn.locator("section", has=turn.page.get_by_role("heading", name=title, exact=True))


def test_a_question_shows_what_decided_its_answer(page: Page) -> None:
    shown = turn(page, QUESTION)
    expect(part(shown, "Teksten")).to_contain_text("ma jeg optage modet med min sagsbehandler")
    first = part(shown, "Emner").locator(".intents > li").first
    expect(first).to_contain_text("faq_may_i_record")
    expect(first).to_contain_text("%")
    assert first.locator(".nearest li").count() >= 1
    expect(part(shown, "Hvad der afgjorde")).to_contain_text("answer may_i_record")
    expect(part(shown, "Svar og sidens afsnit").locator("blockquote").first).to_contain_text("Lovgivningen giver ikke")


def test_a_request_turn_shows_values_rules_slots_and_actions(page: Page) -> None:
    shown = turn(page, WISH)
    values = part(shown, "Fundne værdier")
    for text in ("jobcentret", "data/values/departments.yml", "på torsdag", "14:00"):
        expect(values).to_contain_text(text)
    decided = part(shown, "Hvad der afgjorde")
    expect(decided).to_contain_text("start")
    expect(decided).to_contain_text("actions/turn/table.py")
    expect(decided).to_contain_text("validate_request_form")
    row = part(shown, "Felter før og efter").get_by_role("row").filter(has_text="meeting_department").first
    expect(row).to_contain_text("jobcenter")
    expect(row.get_by_role("cell").first).to_have_text("–")


def test_the_shown_milliseconds_add_up(page: Page) -> None:
    shown = turn(page, WISH)
    times = part(shown, "Tid")
    for name in ("Læse teksten", "Vælge svar", "Handlingsserver", "Gemme og hente", "ValueExtractor"):
        expect(times).to_contain_text(name)
    figures = [float(text.split()[0].replace(",", ".")) for text in times.locator(".figure").all_inner_texts()]
    whole = float(shown.locator("summary .ms").inner_text().split()[0].replace(",", "."))
    assert sum(figures) == pytest.approx(whole, abs=3 + whole * 0.05)


def test_the_inspector_shows_no_cpr_number(page: Page) -> None:
    expect(turn(page, WISH)).to_contain_text("(CPR-nummer skjult)")
    assert "010190" not in page.content()


def test_a_turn_can_be_marked_by_keyboard_and_is_written_once(page: Page, folder: Path) -> None:
    for _ in range(2):
        shown = turn(page, QUESTION)
        choice = shown.get_by_label("Forkert: det rigtige er")
        choice.focus()
        # The first topic that begins with M; Playwright cannot type 'å' as a Danish keyboard does.
        if choice.input_value() != "faq_video":
            page.keyboard.press("M")
        expect(choice).to_have_value("faq_video")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(shown.get_by_role("status")).to_be_focused()
    expect(shown.get_by_role("status")).to_contain_text("stod der allerede")
    expect(shown.locator("summary")).to_contain_text("Forkert")
    written = read_yaml(folder / "review.yml")["nlu"]
    assert written == [{"intent": "faq_video", "examples": f"- {QUESTION}\n"}]


def test_a_saved_conversation_is_run_again_at_once(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Ny samtale").press("Enter")
    say(page, "hvornår kan jeg ringe?")
    say(page, "jeg vil gerne sende et spørgsmål til Jura")
    say(page, "Kan jeg klage? Mit cpr er 010190-1234")
    # By keyboard from the chat to the form, whose result gets the focus.
    page.get_by_label("Hvad skal samtalen vise?").fill("Et spørgsmål til Jura")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Et spørgsmål")
    page.keyboard.press("Enter")
    told = page.locator("#gem").get_by_role("status")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Den holder nu.")
    (case,) = format.read(folder / "dialogues" / "happy_path" / "et_spørgsmål.yml")
    assert ("utter", "utter_prompt_question_text") in [(step.kind, step.value) for step in case.steps]


def test_a_saved_dialogue_with_a_marked_turn_fails(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Samtale 1").press("Enter")
    expect(page.locator("details.turn")).to_have_count(2)
    page.get_by_label("Hvad skal samtalen vise?").fill("Filme")
    page.get_by_label("Filens navn").fill("filme")
    page.keyboard.press("Enter")
    told = page.locator("#gem").get_by_role("status")
    expect(told).to_contain_text("Den holder ikke endnu")
    expect(told).to_contain_text("ventet: utter_faq_video")
    assert "010190" not in page.locator("#gem").inner_text(), "also the number of nobody is masked on the page"


def test_conversations_are_separate_and_survive_a_reload(page: Page) -> None:
    page.get_by_role("link", name="Samtale 2").press("Enter")
    expect(page.locator("details.turn")).to_have_count(3)
    page.reload()
    expect(page.locator("details.turn")).to_have_count(3)
    expect(page.locator(".message.citizen").first).to_contain_text("hvornår kan jeg ringe?")


def test_every_control_is_reached_by_the_tab_key(page: Page) -> None:
    page.reload()
    expect(page.locator(".message.citizen").first).to_be_visible()
    page.evaluate("document.activeElement?.blur()")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const at = document.activeElement; const inside = at.shadowRoot?.activeElement;"
                " return inside ? 'chat ' + inside.id : `${at.localName} ${at.name ?? ''}`.trim(); }"
            )
        )
    assert {"a", "summary", "select label", "input title", "select folder", "button", "chat field"} <= reached
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off at the side"


def test_axe_finds_nothing(page: Page, chat: FakeChat, tools: Path) -> None:
    for found in page.locator("details.turn").all():
        turn(page, found.locator(".said").inner_text())
    assert Visitor(page, chat).axe(tools) == []


def test_an_erased_conversation_is_erased_in_the_inspector_too(page: Page) -> None:
    page.get_by_role("button", name="Mere").click()
    page.get_by_role("button", name="Slet samtalen").click()
    page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
    expect(page.locator("details.turn")).to_have_count(0)
