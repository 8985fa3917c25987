"""Citizens' texts in the inbox: no links, forged rows, formulas or invisible characters."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from legal.inbox.forwarding import forwarding_text
from legal.schema import problems
from legal.spreadsheet import cell
from tests.unit.legal.browser import Browser
from tests.unit.legal.samples import richer

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]

FORGED = "Navn: Falsk Falsen"
LINE_ENDS = ["\n", "\n\n", "\r", "\r\n", "\n\r\n", "\u2028", "\u2029", "\x85", "\n \n\t"]
UNSEEN = "\u202e\u2066\u200b\ufeff\u2060\u00ad\U000e0041\U000e007f\U000e0100\u3164\u0093"
# A family, a red heart, England's flag; Persian with its joiner.
KEPT = "👨\u200d👩\u200d👧 ❤\ufe0f 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f می\u200cخواهم"


def shown(box: Any, content: dict[str, Any]) -> tuple[str, dict[str, str], str]:
    """Receives a request; returns its page, its CSV row and its forwarding text."""
    assert problems(content) == [], "the schema allows it: a request is not refused for a character"
    box.store.add(content)
    browser = Browser(box.url)
    browser.log_in()
    page = browser.get(f"/requests/{content['reference']}").text
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    file = browser.get("/anmodninger.csv").text.removeprefix("\ufeff")
    heads, row = list(csv.reader(io.StringIO(file, newline=""), delimiter=";"))
    assert area
    return page, dict(zip(heads, row, strict=True)), unescape(area[1])


def written(content: dict[str, Any], text: str) -> dict[str, Any]:
    """The request with this text in every free-text field."""
    for meeting in content["meetings"]:
        meeting["department"], meeting["department_text"] = "unknown", text
        if meeting["recurrence"]:
            meeting["recurrence"] = text
    content["recording"]["explanation"] = text
    if content["behalf"]:
        content["behalf"]["words"] = text
    return content


def mail_lines(text: str) -> list[str]:
    """The lines of a text, broken at every character that some mail program breaks at."""
    return re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)


@pytest.mark.parametrize("end", LINE_ENDS, ids=ascii)
def test_free_text_cannot_forge_a_row_of_the_forwarding_text(payload: Make, end: str) -> None:
    names = {"jobcenter": "Jobcenter Frederiksberg"}
    wanted, question = payload("notes"), payload("question")
    wanted["notes"]["wanted"] = question["question"]["text"] = f"Hej{end}Borgeren{end}{FORGED}{end}> {FORGED}"
    wrote = f"Hej{end}Borgeren{end}{FORGED}"
    for content in (written(payload(), wrote), written(richer(payload()), wrote), wanted, question):
        text = forwarding_text(content, names)
        assert FORGED in text
        lines = mail_lines(text)
        assert [line for line in lines if "Falsk" in line and not line.startswith("> ")] == []
        assert [line for line in lines if line.strip() == "Borgeren"] == ["Borgeren"]
        whose = ["Anne-Marie Ørsted Ng"] + ["Karen Æbelø Holm"] * bool(content["behalf"])
        assert [line for line in lines if line.startswith("Navn:")] == [f"Navn: {name}" for name in whose]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"], ids=ascii)
def test_a_name_is_shown_on_one_line(inbox: Start, payload: Make, end: str) -> None:
    content = payload()
    content["applicant"]["name"] = f"Bo{end}E-mail: falsk@example.dk"
    content["recording"]["terms"]["text_version"] = f"2026{end}{FORGED}"
    page, row, text = shown(inbox(), content)
    assert "<bdi>Bo E-mail: falsk@example.dk</bdi>" in page and row["Navn"] == "Bo E-mail: falsk@example.dk"
    assert "Navn: Bo E-mail: falsk@example.dk" in mail_lines(text)
    assert not any(line.startswith((FORGED, "E-mail: falsk")) for line in mail_lines(text))


def test_invisible_characters_are_removed_and_reported(inbox: Start, payload: Make) -> None:
    content = written(richer(payload()), f"Jeg{UNSEEN} hører\u2028dårligt. {KEPT}")
    content["applicant"]["name"] = f"neslO{UNSEEN} oB"
    page, row, text = shown(inbox(), content)
    for seen in (page, "\n".join(row.values()), text):
        assert not set(UNSEEN.replace("\U000e007f", "")) & set(seen) and "\u2028" not in seen
        assert KEPT in seen
    assert "neslO" in page and row["Borgerens forklaring"].startswith("Jeg\ufffd hører\ndårligt.")
    assert "tegn, der ikke kan ses" in page


def test_ordinary_characters_are_not_reported(inbox: Start, payload: Make) -> None:
    page, _, text = shown(inbox(), written(payload(), f"Hej\n\n{KEPT} – «æøå» 50 %"))
    assert "ikke kan ses" not in page and f"> {KEPT} – «æøå» 50 %" in text


@pytest.mark.parametrize("nothing", ["\u200b", "\u3164", "\u202e\u202c"], ids=ascii)
def test_an_invisible_name_is_reported(inbox: Start, payload: Make, nothing: str) -> None:
    content = payload()
    content["applicant"]["name"] = nothing
    page, row, text = shown(inbox(), content)
    assert "Navn: (kun tegn, der ikke kan ses)" in text and "(kun tegn, der ikke kan ses)" in page
    assert row["Navn"] == "(kun tegn, der ikke kan ses)"


def test_the_json_export_escapes_invisible_characters(inbox: Start, payload: Make) -> None:
    box, content = inbox(), written(richer(payload()), f"Jeg{UNSEEN} hører\u2028dårligt.{KEPT}æøå")
    box.store.add(content)
    browser = Browser(box.url)
    browser.log_in()
    file = browser.get("/anmodninger.json").text
    assert "\\u202e" in file and "\\u2028" in file and "\\udb40\\udc41" in file and "æøå" in file
    assert not set(UNSEEN + "\u2028") & set(file)
    (listed,) = __import__("json").loads(file)
    assert listed["request"] == content


@pytest.mark.parametrize("address", ["a?bcc=x@example.dk", "a&cc=x@example.dk", "a#b@example.dk", "a%b@example.dk"])
def test_a_mail_link_holds_only_the_email_address(inbox: Start, payload: Make, address: str) -> None:
    content = payload()
    content["applicant"]["email"] = address
    page, _, _ = shown(inbox(), content)
    (link,) = re.findall(r'href="mailto:([^"]*)"', page)
    assert not set(link) & set("?&#") and __import__("urllib.parse").parse.unquote(unescape(link)) == address


def test_citizens_text_becomes_no_link(inbox: Start, payload: Make) -> None:
    page, _, _ = shown(inbox(), written(payload(), "https://falsk.example.dk javascript:alert(1) mailto:x@y.dk"))
    links = re.findall(r'href="([^"]*)"', page)
    assert not any(word in link for link in links for word in ("falsk", "javascript", "x@y"))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "|", "%", "＝", "﹢", "₌"])
@pytest.mark.parametrize(
    "before", ["", " ", "\u200b", "\ufeff", "\u202e", "\u00ad", "\u2060 \u200b", "\x85", "\x01", "\u3164"]
)
def test_a_formula_behind_other_characters_is_defused(before: str, sign: str) -> None:
    assert cell(f"{before}{sign}1+1").startswith("'")


@pytest.mark.parametrize("text", ["Hej = godt", "1+1", "می\u200cخواهم", "👍", "", "\u200bhej"])
def test_a_cell_without_a_formula_is_unchanged(text: str) -> None:
    assert cell(text) == text


def test_a_name_is_found_by_its_visible_characters(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    content["applicant"]["name"] = "Bo\u00ad Sø\u200brensen"
    box.store.add(content)
    browser = Browser(box.url)
    browser.log_in()
    assert content["reference"] in browser.get("/?ord=s%C3%B8rensen").text
