"""What a screen reader says: every message once, in order, and nothing again after a reload."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import SHADOW, Visitor


def _assistants(visitor: Visitor) -> list[str]:
    return [text for text in visitor.announced() if text.startswith("Assistenten:")]


def test_one_live_log_exists_before_the_first_message(visitor: Visitor) -> None:
    assert visitor.page.evaluate("window.logAtStart") == 0
    expect(visitor.log).to_have_count(1)


def test_each_message_is_announced_once_and_in_order(visitor: Visitor) -> None:
    visitor.presses("Må jeg tage nogen med?")
    visitor.says("og hvad så?")
    visitor.says("kontrol")
    beginnings = [
        "Assistenten: Hej.",
        "Assistenten: Ja, du har altid",
        "Assistenten: Har du flere",
        "Assistenten: Du skrev: og hvad",
        "Assistenten: Se det igennem",
    ]
    said = _assistants(visitor)
    assert len(said) == len(beginnings), said
    assert all(text.startswith(beginning) for text, beginning in zip(said, beginnings, strict=True)), said
    assert "Der er 4 svarknapper efter beskeden." in said[0]


def test_nothing_is_announced_again_after_a_reload(visitor: Visitor) -> None:
    visitor.says("hej")
    before = visitor.texts()
    visitor.page.reload()
    expect(visitor.messages).to_have_count(len(before))
    visitor.idle()
    assert visitor.texts() == before
    assert visitor.announced() == []
    visitor.says("og så?")
    assert _assistants(visitor) == ["Assistenten: Du skrev: og så?"]


def test_an_answer_that_came_while_the_page_was_reloaded_is_announced(visitor: Visitor) -> None:
    visitor.chat.faults.append(Fault(drop="after"))
    visitor.types("er du der?")
    expect(visitor.notice).to_be_visible()
    visitor.page.reload()
    expect(visitor.messages.filter(has_text="Du skrev: er du der?").first).to_be_visible()
    visitor.idle()
    assert _assistants(visitor) == ["Assistenten: Du skrev: er du der?"]
    assert visitor.chat.said == ["er du der?"]


def test_errors_are_announced_at_once(visitor: Visitor) -> None:
    expect(visitor.page.locator(".notice [role=alert]")).to_have_count(1)
    visitor.field.press("Enter")
    expect(visitor.page.locator(".composer [role=alert]")).to_have_text("Skriv din besked, før du sender.")


# The simulation reads the accessibility tree and the live regions.
SPEAK = """async ([text, reader]) => {
  const { virtual } = await import(reader);
  const root = document.querySelector('frederiksberg-chat').shadowRoot;
  await virtual.start({ container: root.querySelector('.panel') });
  const field = root.querySelector('textarea');
  for (const line of text) {
    field.value = line;
    root.querySelector('.composer').requestSubmit();
    await new Promise((done) => setTimeout(done, 700));
  }
  const log = await virtual.spokenPhraseLog();
  const read = [];
  for (let at = 0; at < 200; at++) {
    await virtual.next();
    const phrase = await virtual.lastSpokenPhrase();
    read.push(phrase);
    if (phrase.includes('Send') && phrase.startsWith('button')) break;
  }
  await virtual.stop();
  return { live: log, read };
}"""


def test_a_screen_reader_simulation_reads_a_whole_conversation(
    context: BrowserContext, chat: FakeChat, tools: Path
) -> None:
    reader = tools / "@guidepup" / "virtual-screen-reader" / "lib" / "esm" / "index.browser.js"
    context.route(
        "**/reader.js",
        lambda route: route.fulfill(path=reader, content_type="text/javascript"),
    )
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    spoken = visitor.page.evaluate(SPEAK, [["må jeg optage?", "kontrol"], f"{chat.site}/reader.js"])
    live = [phrase for phrase in spoken["live"] if phrase.startswith("polite:")]
    for beginning in (
        "polite: Du skrev: må jeg optage?",
        "polite: Assistenten: Du kan få lov",
        "polite: Assistenten: Se det",
    ):
        assert sum(phrase.startswith(beginning) for phrase in live) == 1, live
    read = [spoken["live"][0], *spoken["read"]]
    for phrase in (
        "heading, Spørg assistenten, level 2",
        "button, Mere, 1 control, not expanded",
        "button, Luk chatten",
        "log, Beskeder",
        "term",
        "button, Ret afdeling",
        "group, Svarmuligheder",
        "button, Ja, send",
        "textbox, Din besked",
        "button, Send",
    ):
        assert any(line.startswith(phrase) for line in read), (phrase, read)
    assert read.index(next(line for line in read if "Jobcenter" in line)) < read.index("button, Ja, send")


def test_a_danish_voice_reads_the_answers_aloud(context: BrowserContext, chat: FakeChat) -> None:
    context.add_init_script(
        """window.spoken = [];
        const voice = (lang, localService) => ({ lang, localService, name: lang, voiceURI: lang, default: false });
        const synthesis = new EventTarget();
        synthesis.getVoices = () => window.voices ?? [voice('en-GB', true), voice('da-DK', false)];
        synthesis.speak = (words) => window.spoken.push(words.text);
        synthesis.cancel = () => (window.cancelled = true);
        Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        window.install = () => {
          window.voices = [voice('da_DK', true)];
          synthesis.dispatchEvent(new Event('voiceschanged'));
        };"""
    )
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    visitor.button("Mere").click()
    expect(visitor.button("Læs højt")).to_be_hidden()  # a voice that sends the words to a server
    visitor.page.evaluate("window.install()")
    visitor.button("Læs højt").click()
    expect(visitor.button("Læs højt")).to_have_attribute("aria-pressed", "true")
    visitor.says("må jeg optage?")
    spoken = visitor.page.evaluate("window.spoken")
    assert len(spoken) == 2 and spoken[0].startswith("Hej.") and spoken[1].startswith("Du kan få lov")
    assert "*" not in spoken[1] and "[" not in spoken[1]
    visitor.button("Mere").click()
    visitor.button("Læs højt").click()
    assert visitor.page.evaluate("window.cancelled")
    assert visitor.page.evaluate(f"{SHADOW}.querySelector('[aria-pressed]').ariaPressed") == "false"
