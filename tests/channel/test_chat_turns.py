"""Turns: the answer's fields, repeated ids, texts that look like commands, and offered buttons."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psutil
import pytest
import requests

from tests.channel.server import Page, Server, refused

MESSAGE = {"id", "text", "name", "buttons", "card"}


def test_the_health_endpoint_answers(server: Server) -> None:
    answer = requests.get(f"{server.chat}/", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "paused": False, "notice": None})


def test_tensorflow_is_never_loaded(server: Server, page: Page) -> None:
    page.says("jeg vil søge om lov til at optage et møde på torsdag kl. 14")
    loaded = psutil.Process(server.running["bot.server"].pid).memory_maps()
    assert any("scipy" in one.path for one in loaded) and not [one.path for one in loaded if "tensorflow" in one.path]


def test_a_conversation_opens_with_a_greeting(page: Page) -> None:
    assert [set(message) for message in page.greeting] == [MESSAGE]
    assert page.greeting[0]["name"] == "utter_greet"
    assert all(set(button) == {"title", "payload"} for button in page.greeting[0]["buttons"])


def test_an_answer_has_the_documented_fields(page: Page) -> None:
    answer = page.post(text="Må jeg få et referat af mødet?")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/json"
    nothing_asked = dict.fromkeys(("asking", "asks", "progress", "kept"))
    assert {key: value for key, value in answer.json().items() if key != "messages"} == nothing_asked
    for message in answer.json()["messages"]:
        assert set(message) == MESSAGE and message["text"] and message["card"] is None
    assert answer.json()["messages"][0]["name"] == "utter_faq_notes"


def test_typing_a_buttons_title_presses_it(page: Page) -> None:
    page.says("jeg vil søge om lov til at optage et møde")
    page.says("det ved jeg ikke.")
    assert page.asking == "meeting_kind"
    page.says("  VI MØDES ")
    assert page.asking == "meeting_date" and page.said()[-1] == "VI MØDES"


def test_asking_is_the_requested_slot(page: Page) -> None:
    page.says("jeg vil søge om lov til at optage et møde")
    assert page.asking == "meeting_department"
    assert page.ask("GET", "/messages").json()["asking"] == "meeting_department"


def test_the_page_is_told_the_question_its_slots_and_its_number(page: Page) -> None:
    told = page.post(text="jeg vil søge om lov til at optage et møde").json()
    assert told["asks"] == ["meeting_department", "meeting_kind", "meeting_date"] and told["kept"] is None
    assert told["progress"] == {"at": 1, "of": 7}
    told = page.post(text="jobcentret").json()
    assert (told["asking"], told["asks"]) == ("meeting_kind", ["meeting_kind"])
    assert told["progress"] == {"at": 2, "of": 9}, "form and day are now asked for one by one"
    for line in ("vi mødes", "torsdag den 10. december kl. 14", "kun lyd", "hvor mange spørgsmål er der tilbage?"):
        told = page.post(text=line).json()
    left = told["progress"]["of"] - told["progress"]["at"] + 1
    assert f"Der er {left} spørgsmål tilbage" in told["messages"][0]["text"]
    history = page.ask("GET", "/messages").json()
    assert {key: history[key] for key in ("asking", "asks", "progress", "kept")} == {
        key: told[key] for key in ("asking", "asks", "progress", "kept")
    }


def test_a_reopened_value_can_be_kept_by_its_first_button(page: Page) -> None:
    for line in ("jeg vil sende et spørgsmål til jura", "Hvor længe gemmer I noter?", "Li Ng, li@eksempel.dk"):
        page.says(line)
    assert page.ask("GET", "/messages").json()["progress"] is None, "nothing is left to ask at the review"
    rows = {row["slot"]: row for row in page.history()[-1]["card"]["rows"]}
    for slot, title, value in (
        ("applicant_name", "Behold Li Ng", "Li Ng"),
        ("applicant_email", "Behold li@eksempel.dk", "li@eksempel.dk"),
        ("question_text", "Behold teksten", "Hvor længe gemmer I noter?"),
        ("request_type", "Behold: Spørgsmål til Jura", "question"),
    ):
        told = page.post(payload=rows[slot]["payload"]).json()
        assert told["asking"] == slot and told["kept"] == {"slot": slot, "value": value, "shown": rows[slot]["value"]}
        button = told["messages"][-1]["buttons"][0]
        assert button["title"] == title
        told = page.post(payload=button["payload"]).json()
        assert told["asking"] == "review" and told["kept"] is None
        assert {row["slot"]: row for row in told["messages"][-1]["card"]["rows"]} == rows


def test_a_review_lays_out_every_value_and_each_can_be_changed(page: Page) -> None:
    for line in ("jeg vil sende et spørgsmål til jura", "Hvor længe gemmer I noter?", "Li Ng", "li@eksempel.dk"):
        page.says(line)
    last = page.says("nej tak")[-1] if page.asking == "applicant_phone" else page.history()[-1]
    assert page.asking == "review"
    assert last["card"]["type"] == "review"
    for row in last["card"]["rows"]:
        assert set(row) == {"slot", "label", "value", "payload"}
        assert row["label"] in last["text"] and row["value"] in last["text"], "the text alone must say it all"
    email = next(row for row in last["card"]["rows"] if row["slot"] == "applicant_email")
    assert page.post(payload=email["payload"]).json()["asking"] == "applicant_email"


def test_the_history_has_both_sides_oldest_first(page: Page) -> None:
    turn = str(uuid.uuid4())
    began = datetime.now(UTC) - timedelta(seconds=1)
    answers = page.post(id=turn, text="Må jeg tage min søster med?").json()["messages"]
    button = answers[-1]["buttons"][0]
    assert page.post(payload=button["payload"]).status_code == 200
    history = page.history()
    assert all(set(message) == MESSAGE | {"from", "at"} for message in history)
    assert [m["from"] for m in history[:3]] == ["assistant", "citizen", "assistant"]
    assert history[1]["id"] == turn and history[1]["text"] == "Må jeg tage min søster med?"
    strip = [{key: m[key] for key in MESSAGE} for m in history]
    assert strip[0] == page.greeting[0]
    assert [m for m in strip if m["id"].startswith(f"{turn}.")] == answers, "a reloaded page shows something else"
    times = [datetime.fromisoformat(message["at"]) for message in history]
    assert times == sorted(times) and began < times[0] and times[-1] < datetime.now(UTC) + timedelta(seconds=1)
    assert len({message["id"] for message in history}) == len(history)
    assert page.said()[-1] == button["title"], "a button is shown by what it says, not by its payload"


def test_the_same_id_twice_is_the_same_turn(page: Page) -> None:
    turn = {"id": str(uuid.uuid4()), "text": "Må jeg tage en bisidder med?"}
    first, second = page.post(**turn), page.post(**turn)
    assert first.status_code == second.status_code == 200 and first.json() == second.json()
    assert page.said() == [turn["text"]]


def test_a_repeated_id_with_another_text_gets_the_first_answer(page: Page) -> None:
    turn = str(uuid.uuid4())
    first = page.post(id=turn, text="Må jeg tage en bisidder med?").json()
    assert page.post(id=turn, text="jeg vil søge om lov til at optage").json() == first
    assert page.post(id=turn.upper(), payload="/request_recording").json() == first, "a UUID has no case"
    assert page.said() == ["Må jeg tage en bisidder med?"]


def test_the_same_id_in_two_conversations_is_two_turns(server: Server, page: Page) -> None:
    other, turn = Page(server.chat), str(uuid.uuid4())
    assert page.post(id=turn, text="Må jeg filme?").json() != other.post(id=turn, text="hej").json()
    assert page.said() == ["Må jeg filme?"] and other.said() == ["hej"]


def test_the_same_id_at_the_same_time_is_one_turn(page: Page) -> None:
    turn = {"id": str(uuid.uuid4()), "text": "jeg vil søge om lov til at optage et møde"}
    with ThreadPoolExecutor(8) as tabs:
        answers = list(tabs.map(lambda _: page.post(**turn), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert page.said() == [turn["text"]]


def test_concurrent_turns_each_get_their_answer(server: Server, page: Page) -> None:
    lines = ["Må jeg filme?", "Må jeg tage en bisidder med?", "Hvornår kan jeg ringe?", "Kan jeg få et referat?"]
    other = Page(server.chat)
    alone = {line: [m["name"] for m in other.says(line)] for line in lines}
    with ThreadPoolExecutor(4) as tabs:
        answers = list(tabs.map(lambda line: page.post(text=line).json()["messages"], lines))
    assert {line: [m["name"] for m in got] for line, got in zip(lines, answers, strict=True)} == alone
    assert sorted(page.said()) == sorted(lines)


def test_a_button_is_taken_only_where_it_was_last_offered(page: Page) -> None:
    refused(page.post(payload="/request_question"), 422, "payload")
    refused(page.post(payload="/restart"), 422, "payload")
    refused(page.post(payload='/inform{"applicant_name": "x"}'), 422, "payload")
    refused(page.post(payload="/request_recording "), 422, "payload")
    assert page.said() == [], "a refused button has left something"
    assert page.post(payload="/request_recording").status_code == 200
    message = refused(page.post(payload="/faq_support_person"), 422, "payload")
    assert "knapper" in message
    assert page.said() == ["Bed om lov til at optage"]


def test_a_button_of_another_conversation_is_refused(server: Server, page: Page) -> None:
    other = Page(server.chat)
    buttons = other.says("jeg vil søge om lov til at optage et møde")[-1]["buttons"]
    theirs = {button["payload"] for button in buttons} - {button["payload"] for button in page.greeting[0]["buttons"]}
    for payload in theirs:
        refused(page.post(payload=payload), 422, "payload")


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "  /restart",
        "/session_start",
        "/request_recording",
        "\u200b\u2060\ufeff/request_question",
        '/request_question{"applicant_name": "x"}',
        '/SetSlots(applicant_name="x")',
        "/",
    ],
)
def test_a_text_that_begins_with_a_slash_is_words(page: Page, text: str) -> None:
    page.says("Må jeg filme?")
    page.says(text)
    assert page.asking is None, "the command has begun a request"
    seen = text.strip().lstrip("\u200b\u2060\ufeff")
    assert page.said() == ["Må jeg filme?", seen], "the command was obeyed, or the words were changed"
    assert page.history()[0]["name"] == "utter_greet"
    page.says("jeg vil søge om lov til at optage et møde")
    assert page.asking == "meeting_department", "a slot was filled by a command"


@pytest.mark.parametrize(
    "text", ["må jeg \0 filme?", "må jeg \ud800 filme?", "\0", "\udfff", "må jeg filme? 🎥", "﷽" * 50]
)
def test_unusual_characters_are_answered_and_stored(page: Page, text: str) -> None:
    assert page.says(text)
    assert len(page.said()) == 1 and "\0" not in page.said()[0]


def test_a_cpr_number_is_masked_before_it_is_kept(server: Server, page: Page) -> None:
    answers = page.says("mit cpr er 010270-1235, må jeg optage mødet?")
    assert answers[0]["name"] == "utter_cpr_masked" and "CPR" in answers[0]["text"]
    assert "010270" not in str(page.history()) and "010270" not in server.log()


def test_markdown_is_paragraphs_bold_lists_and_links_only(page: Page) -> None:
    for line in ("Må jeg optage?", "Hvornår kan jeg ringe?", "Hvordan sender jeg digital post?"):
        for message in page.says(line):
            assert not {"<", "|", "`"} & set(message["text"]), message["text"]
            assert not any(part.lstrip().startswith("#") for part in message["text"].splitlines()), message["text"]
