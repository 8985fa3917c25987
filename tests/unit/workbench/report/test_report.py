"""`script/bot report`: one accessible page that shows results and changes, without a network."""

import io
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from rich.console import Console

from bot.stores import tracker_store
from common.settings import read_settings
from tests.unit.workbench.report.results import IS, WAS, dialogue, evaluated, held, two_runs
from workbench.evaluate.outcome import outcome
from workbench.evaluate.pipeline import Trial
from workbench.report.command import report
from workbench.report.language import language
from workbench.report.talks import talks
from workbench.shared import results as kept
from workbench.shared.lines import Line
from workbench.shared.measures import Judgement


class Reader(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def written(folder: Path) -> tuple[int, str, str]:
    """Runs the command; returns its result, the page and what it printed."""
    printed = io.StringIO()
    file = folder / "report.html"
    config = read_settings({"DATA_DIR": str(folder / "data")})
    code = report(file, folder, console=Console(file=printed, width=200), config=config)
    return code, file.read_text("utf-8") if file.exists() else "", printed.getvalue()


def test_changes_are_reported_by_label_line_and_dialogue() -> None:
    found = language({"at": "", **evaluated(IS)}, {"at": "", **evaluated(WAS)})
    assert [one.name for one in found.worse] == ["faq_opening_hours"]
    assert [one.name for one in found.better] == ["faq_may_i_record"]
    assert [one.text for one in found.broken] == ["hvornår har I åbent"]
    assert [(one.text, one.before) for one in found.mended] == [("er det lovligt at optage", "faq_position")]
    assert found.mixed == [("faq_opening_hours", "faq_contact", 1)]
    assert found.measures[0].now == "80,0\N{NO-BREAK SPACE}%"
    assert found.measures[0].verdict == "", "four of five before and now"


def test_fewer_confident_mistakes_count_as_better() -> None:
    found = language({"at": "", **evaluated(IS[:2])}, {"at": "", **evaluated(WAS[:2])})
    verdicts = {one.title: one.verdict for one in found.measures}
    assert verdicts["Rigtige"] == "bedre"
    assert verdicts["Forkerte uden at spørge"] == "bedre"


def test_a_new_line_counts_as_neither_better_nor_worse() -> None:
    found = language({"at": "", **evaluated(IS)}, {"at": "", **evaluated(WAS[:2])})
    assert (found.broken, found.new_lines) == ([], 3)


def test_dialogues_are_compared_by_file_and_name() -> None:
    before = held(dialogue("a"), dialogue("b", holds=False), dialogue("væk"))
    found = talks({"at": "", **held(dialogue("a", holds=False), dialogue("b"), dialogue("ny"))}, {"at": "", **before})
    for part, names in ((found.broken, ["a"]), (found.mended, ["b"]), (found.new, ["ny"]), (found.gone, ["væk"])):
        assert [one.name for one in part] == names


def test_the_page_shows_all_results(tmp_path: Path) -> None:
    two_runs(tmp_path)
    code, html, _ = written(tmp_path)
    text = Reader(html).text.replace("\N{NO-BREAK SPACE}", " ")
    assert code == 0
    for told in (
        "80,0 %", "1 af 2", "1 rettet, 1 gået i stykker", "Holdt før og fejler nu (1)", "hvornår har I åbent",
        "linje 7", "Mente du?", "utter_faq_notes", "utter_nej", "Grænse overskredet. Rigtige: 0,800", "21,5 ms",
    ):  # fmt: skip
        assert told in text, told


def test_the_page_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    two_runs(tmp_path)
    page = Reader(written(tmp_path)[1])
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")]
    assert addresses == []
    assert "url(" not in page.text and "@import" not in page.text


def test_quoted_messages_are_escaped(tmp_path: Path) -> None:
    two_runs(tmp_path)
    page = Reader(written(tmp_path)[1])
    assert "utter_<script>" in page.text
    assert "kan jeg få <b>notater</b>?" in page.text
    assert page.count("b") == 0


def test_the_page_is_accessible(tmp_path: Path) -> None:
    two_runs(tmp_path)
    page = Reader(written(tmp_path)[1])
    assert ("html", {"lang": "da"}) in page.tags
    assert page.count("h1") == 1
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.count("table") == page.count("caption") > 0
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    (drawing,) = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert drawing["role"] == "img"
    ids = {attributes.get("id") for _, attributes in page.tags}
    assert set(str(drawing["aria-labelledby"]).split()) <= ids


def test_without_results_the_report_says_what_to_run(tmp_path: Path) -> None:
    code, html, printed = written(tmp_path)
    assert (code, html) == (1, "")
    assert "script/bot evaluate" in printed and "script/bot dialogues" in printed


def test_one_result_is_enough_for_a_report(tmp_path: Path) -> None:
    kept.keep("dialogues", held(dialogue("notater")), tmp_path)
    code, html, printed = written(tmp_path)
    assert code == 0
    assert "script/bot evaluate" in html and "script/bot evaluate" in printed
    assert "Den ene dialog holder" in html
    assert "intet tidligere resultat" in html


def test_what_helped_is_reported_without_a_word_of_the_citizens(tmp_path: Path) -> None:
    store = tracker_store(read_settings({"DATA_DIR": str(tmp_path / "data")}))
    for number, helped in enumerate((True, True, False)):
        store.note_feedback(f"chat-{number}", "1.0", "utter_faq_notes", helped)
    store.note_feedback("chat-0", "1.1", "utter_<b>", True)
    code, html, printed = written(tmp_path)
    page = Reader(html)
    assert code == 0 and "script/bot evaluate" in printed, "feedback alone is a report"
    assert "Hjalp svarene borgerne?" in page.text and "utter_<b>" in page.text
    assert "Få notater eller referat fra mødet utter_faq_notes21" in page.text
    assert "chat-" not in html


def test_an_identical_run_does_not_hide_earlier_changes(tmp_path: Path) -> None:
    two_runs(tmp_path)
    slower = evaluated(IS) | {"timing": {"training_seconds": 99}}
    kept.keep("evaluate", slower, tmp_path)
    before, last = kept.before("evaluate", tmp_path), kept.last_of("evaluate", tmp_path)
    assert before and before["lines"] == evaluated(WAS)["lines"]
    assert last and last["timing"] == {"training_seconds": 99}


def test_a_damaged_result_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "evaluate.json").write_text('{"lines": [', encoding="utf-8")
    assert kept.last_of("evaluate", tmp_path) is None
    kept.keep("evaluate", evaluated(IS), tmp_path)
    assert kept.last_of("evaluate", tmp_path)


def test_an_evaluation_is_stored_line_by_line() -> None:
    found = outcome([Line("hej", "greet")], Trial(1.4, 399.6, [Judgement("thank", 0.51239, True, 7.25)]), 12)
    assert found["lines"] == [
        {"text": "hej", "label": "greet", "understood": "thank", "confidence": 0.512, "asks_back": True}
    ]
    assert found["timing"]["megabytes"] == 400
