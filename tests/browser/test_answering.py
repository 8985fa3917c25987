"""What is filled in or pressed is the citizen's answer, whole and once; what is not sent is not lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conversations import Answer, answer, review, said
from tests.browser.fake_chat import FakeChat, Fault
from tests.browser.visitor import SHADOW, Visitor

_KINDS = (("Vi mødes", '/inform{"meeting_kind": "in_person"}'), ("På telefonen", '/inform{"meeting_kind": "phone"}'))

_SCROLL = f"{SHADOW}.querySelector('.scroll')"


def _with_kinds(text: str) -> Answer:
    if text != "anmod":
        return answer(text)
    together = {"asks": ["meeting_department", "meeting_kind", "meeting_date"]}
    return [said("Hvilken afdeling, hvornår og hvordan?", *_KINDS)], "meeting_department", together


def test_a_button_sends_what_is_filled_in_beside_it(visitor: Visitor) -> None:
    visitor.chat.answer = _with_kinds
    visitor.says("anmod")
    visitor.page.get_by_label("Afdeling", exact=True).fill("Jobcenter")
    visitor.page.get_by_label("Klokken").fill("14")
    visitor.presses("Vi mødes")
    assert visitor.chat.said[-1] == "Jobcenter, kl. 14, Vi mødes"


def test_a_button_alone_is_sent_alone(visitor: Visitor) -> None:
    visitor.chat.answer = _with_kinds
    visitor.says("anmod")
    visitor.presses("Vi mødes")
    assert visitor.chat.said[-1] == "Vi mødes"


def test_a_button_that_keeps_what_the_field_holds_is_sent_alone(visitor: Visitor) -> None:
    kept = {"slot": "meeting_date", "value": "2026-12-10", "shown": "torsdag den 10. december"}
    buttons = (
        ("Behold torsdag den 10. december", "/inform{}"),
        ("Der er ikke aftalt en dag", '/inform{"meeting_date": "none"}'),
    )
    visitor.chat.answer = lambda text: ([said("Hvilken dag?", *buttons)], "meeting_date", {"kept": kept})
    visitor.says("ret dato")
    expect(visitor.page.get_by_label("Dato")).to_have_value("2026-12-10")
    visitor.presses("Der er ikke aftalt en dag")
    visitor.presses("Behold torsdag den 10. december")
    assert visitor.chat.said[-2:] == ["Der er ikke aftalt en dag", "Behold torsdag den 10. december"]


def test_enter_goes_to_the_next_empty_field_and_sends_after_the_last(visitor: Visitor) -> None:
    visitor.says("hvem")
    name, email, phone = (visitor.page.get_by_label(label) for label in ("Dit navn", "Din e-mail", "Dit telefonnummer"))
    name.fill("Li Ng")
    name.press("Enter")
    expect(email).to_be_focused()
    assert visitor.chat.said == ["hvem"]
    email.fill("li.ng@eksempel.dk")
    email.press("Enter")
    expect(phone).to_be_focused()
    phone.press("Enter")
    visitor.idle()
    assert visitor.chat.said[-1] == "Li Ng, li.ng@eksempel.dk"


@pytest.mark.parametrize("typed", ["li.ng@", "li@eksempel", "@eksempel.dk", "li ng@eksempel.dk"])
def test_half_an_email_is_reported_before_it_is_sent(visitor: Visitor, typed: str) -> None:
    visitor.says("hvem")
    email = visitor.page.get_by_label("Din e-mail")
    email.fill(typed)
    visitor.button("Send svaret").click()
    expect(email).to_be_focused()
    expect(email).to_have_accessible_description(
        "E-mailen mangler noget. Skriv den som navn@eksempel.dk, eller slet den."
    )
    expect(email).to_have_value(typed)
    assert visitor.chat.said == ["hvem"]


def test_an_error_stands_under_its_field_and_is_in_view(small: Visitor) -> None:
    small.says("hvem")
    small.page.get_by_label("Dit navn").fill("Bente Holm")
    email = small.page.get_by_label("Din e-mail")
    email.fill("bente.holm@")
    small.page.get_by_label("Dit telefonnummer").press("Enter")
    expect(email).to_be_focused()
    error = small.page.get_by_role("alert").filter(has_text="E-mailen mangler noget")
    field, text, composer = email.bounding_box(), error.bounding_box(), small.page.locator(".composer").bounding_box()
    assert field and text and composer
    assert field["y"] >= 0 and field["y"] + field["height"] <= text["y"] < field["y"] + field["height"] + 8
    assert text["y"] + text["height"] <= composer["y"]
    email.fill("")
    small.page.get_by_label("Dit navn").fill("")
    small.button("Send svaret").click()
    expect(small.page.get_by_label("Dit navn")).to_have_accessible_description(
        "Udfyld et felt, eller skriv svaret i beskedfeltet."
    )


@pytest.mark.parametrize("typed", ["børge@blåbær.dk", "li.ng+chat@post.eksempel.dk", "har ingen"])
def test_an_address_or_words_are_sent(visitor: Visitor, typed: str) -> None:
    visitor.says("hvem")
    visitor.page.get_by_label("Din e-mail").fill(typed)
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == typed


def test_what_is_typed_stays_over_a_question_in_between(visitor: Visitor) -> None:
    visitor.says("anmod")
    department = visitor.page.get_by_label("Afdeling", exact=True)
    department.fill("jobcentret fredag kl 14")
    visitor.chat.answer = lambda text: ([said("Vil du stoppe?")], "confirm_stop", {"asks": None})
    visitor.says("stop")
    expect(department).to_be_hidden()
    visitor.chat.answer = lambda text: answer("anmod")
    visitor.says("nej")
    expect(department).to_have_value("jobcentret fredag kl 14")


def test_a_day_that_was_not_sent_is_still_there_when_it_is_asked_for_by_itself(visitor: Visitor) -> None:
    visitor.says("anmod")
    visitor.page.locator(".days button").nth(3).click()
    chosen = visitor.page.get_by_label("Dato").input_value()
    assert chosen
    visitor.chat.answer = lambda text: answer("medium" if text == "Gå tilbage" else text)
    visitor.presses("Tilbage til forrige spørgsmål")
    visitor.says("dato")
    expect(visitor.page.get_by_label("Dato")).to_have_value(chosen)


def test_what_stands_in_the_fields_goes_with_a_message(visitor: Visitor) -> None:
    visitor.says("anmod")
    department, clock = visitor.page.get_by_label("Afdeling", exact=True), visitor.page.get_by_label("Klokken")
    department.fill("jobcenter")
    clock.fill("14.30")
    visitor.says("socialafdelingen på torsdag")
    assert visitor.chat.said[-1] == "jobcenter, kl. 14.30. socialafdelingen på torsdag"
    visitor.says("anmod")
    assert visitor.chat.said[-1] == "anmod"
    expect(department).to_have_value("")
    expect(clock).to_have_value("")


def test_a_wrong_field_is_told_of_before_a_message_is_sent(visitor: Visitor) -> None:
    visitor.says("anmod")
    visitor.page.get_by_label("Klokken").fill("25")
    visitor.types("må jeg optage?")
    expect(visitor.page.get_by_label("Klokken")).to_be_focused()
    expect(visitor.field).to_have_value("må jeg optage?")
    assert visitor.chat.said == ["anmod"]


def test_half_a_day_is_told_of_before_a_message_is_sent(visitor: Visitor) -> None:
    visitor.says("dato")
    visitor.page.get_by_label("Dato").focus()
    visitor.page.keyboard.type("12")
    visitor.types("må jeg optage?")
    expect(visitor.page.get_by_label("Dato")).to_be_focused()
    assert visitor.chat.said == ["dato"]


@pytest.mark.parametrize("word", ["stop", "Tilbage.", "forfra"])
def test_a_word_that_steers_is_sent_alone_and_the_fields_keep_what_they_hold(visitor: Visitor, word: str) -> None:
    visitor.says("anmod")
    department = visitor.page.get_by_label("Afdeling", exact=True)
    department.fill("jobcenter")
    visitor.chat.answer = lambda text: answer("anmod")
    visitor.says(word)
    assert visitor.chat.said[-1] == word
    expect(department).to_have_value("jobcenter")


def _reopen_day(visitor: Visitor) -> dict[str, str]:
    """Asks for a known day again; returns what the server holds, which a test may change."""
    kept = {"slot": "meeting_date", "value": "2026-12-10", "shown": "torsdag den 10. december"}
    more = {"kept": kept, "kept_beside": {"meeting_time": "14:00"}}
    visitor.chat.answer = lambda text: ([said("Hvilken dag er mødet?")], "meeting_date", more)
    visitor.says("ret dato")
    return kept


def test_what_the_server_holds_is_not_sent_along(visitor: Visitor) -> None:
    kept = _reopen_day(visitor)
    expect(visitor.page.get_by_label("Klokken")).to_have_value("14.00")
    visitor.says("hvorfor det?")
    visitor.page.reload()
    visitor.open()
    expect(visitor.page.get_by_label("Klokken")).to_have_value("14.00")
    visitor.says("hvor er det?")
    # What it holds of a day is corrected elsewhere: the old one does not stay in the field.
    kept["value"] = "2026-12-11"
    visitor.says("fredag")
    expect(visitor.page.get_by_label("Dato")).to_have_value("2026-12-11")
    visitor.page.get_by_label("Klokken").fill("15")
    visitor.says("på rådhuset")
    assert visitor.chat.said[-4:] == ["hvorfor det?", "hvor er det?", "fredag", "11/12-2026 kl. 15. på rådhuset"]


def test_a_message_typed_while_a_value_is_reopened_goes_without_it(visitor: Visitor) -> None:
    name = "Anne-Marie Ørsted Ng"
    kept = {"slot": "applicant_name", "value": name, "shown": name}
    visitor.chat.answer = lambda text: ([said("Hvad hedder du?")], "applicant_name", {"kept": kept})
    visitor.chat.faults.append(Fault(wait=0.5))
    visitor.types("ret navn")
    visitor.field.fill("Anne Ng")
    visitor.idle()
    expect(visitor.page.get_by_label("Dit navn")).to_have_value(name)
    expect(visitor.field).to_be_focused()
    visitor.field.press("Enter")
    visitor.idle()
    assert visitor.chat.said == ["ret navn", "Anne Ng"]


def test_a_reopened_day_has_its_hour_beside_it(visitor: Visitor) -> None:
    _reopen_day(visitor)
    expect(visitor.page.get_by_label("Dato")).to_have_value("2026-12-10")
    expect(visitor.page.get_by_label("Klokken")).to_have_value("14.00")
    visitor.page.get_by_label("Dato").fill("2026-12-11")
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == "11/12-2026 kl. 14.00"


def test_an_error_is_over_with_the_next_turn(visitor: Visitor) -> None:
    visitor.says("medium")
    visitor.button("Send").click()
    expect(visitor.page.locator("#error")).to_have_text("Skriv din besked, før du sender.")
    visitor.presses("Kun lyd")
    expect(visitor.page.locator("#error")).to_have_text("")


def test_send_without_words_at_the_review_goes_to_the_button_that_sends(visitor: Visitor) -> None:
    visitor.says("kontrol")
    visitor.button("Send").click()
    expect(visitor.button("Ja, send")).to_be_focused()
    expect(visitor.button("Ja, send")).to_be_in_viewport(ratio=0.9)
    assert visitor.chat.said == ["kontrol"]
    expect(visitor.page.locator("#error")).to_have_text("")


@pytest.fixture
def small(browser: Browser, chat: FakeChat) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 320, "height": 256}, locale="da-DK")
    visitor = Visitor(context.new_page(), chat)
    visitor.arrive()
    yield visitor
    context.close()


def test_the_tab_key_goes_round_where_the_chat_covers_the_page(small: Visitor) -> None:
    small.button("Send").focus()
    small.page.keyboard.press("Tab")
    assert small.focused == "Mere"
    small.page.keyboard.press("Shift+Tab")
    assert small.focused == "Send"
    small.says("medium")
    small.button("Stop anmodningen").focus()
    small.page.keyboard.press("Tab")
    assert small.focused == "Mere"
    small.page.keyboard.press("Shift+Tab")
    assert small.focused == "Stop anmodningen"
    small.page.evaluate(f"{SHADOW}.querySelector('h2').focus()")
    small.page.keyboard.press("Shift+Tab")
    assert small.focused == "Stop anmodningen"


def test_the_tab_key_leaves_the_chat_where_it_stands_beside_the_page(visitor: Visitor) -> None:
    visitor.button("Send").focus()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(f"{SHADOW}.activeElement") is None


def test_a_low_window_can_be_closed_wherever_it_is_scrolled(small: Visitor) -> None:
    small.says("må jeg optage")
    leave = small.page.locator(".leave")
    expect(leave).to_be_in_viewport(ratio=0.99)
    leave.click()
    expect(small.launcher).to_be_focused()


def test_the_buttons_of_the_bar_keep_their_places(small: Visitor) -> None:
    small.says("må jeg optage")
    below = small.button("Mere nedenfor")
    place = below.bounding_box()
    while below.is_visible():
        small.page.evaluate(f"{SHADOW}.querySelectorAll('.chips button')[1].click()")
    above = small.page.locator(".chips button").first.bounding_box()
    assert place and above and above["x"] + above["width"] <= place["x"]


def test_no_other_button_comes_where_a_button_of_the_bar_was(small: Visitor) -> None:
    """At 400 % who presses 'Mere nedenfor' again and again must not send or step back."""
    small.says("medium")
    below, leave = small.button("Mere nedenfor"), small.page.locator(".leave")
    place, other = below.bounding_box(), leave.bounding_box()
    assert place and other
    while below.is_visible():
        small.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        small.page.wait_for_timeout(50)
    assert small.chat.said == ["medium"]
    expect(small.button("Tilbage til forrige spørgsmål")).to_be_in_viewport()
    assert leave.bounding_box() == other


def _scrolled_to_the_end(phone: Page) -> Locator:
    """Scrolls to the end, as a citizen would; returns the last button, which is in view."""
    phone.evaluate(f"{_SCROLL}.dispatchEvent(new Event('wheel'))")
    phone.evaluate(f"{_SCROLL}.scrollTop = {_SCROLL}.scrollHeight")
    last = phone.locator(".scroll .replies").last.get_by_role("button").last
    expect(last).to_be_in_viewport(ratio=0.9)
    return last


def test_the_keyboard_that_closes_leaves_the_end_of_a_conversation_in_view(phone: Page, chat: FakeChat) -> None:
    visitor = Visitor(phone, chat)
    visitor.arrive()
    for _ in range(4):
        visitor.says("må jeg optage")
    phone.set_viewport_size({"width": 390, "height": 440})
    last = _scrolled_to_the_end(phone)
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.wait_for_timeout(300)
    expect(last).to_be_in_viewport(ratio=0.9)
    left = phone.evaluate(f"{_SCROLL}.scrollHeight - {_SCROLL}.clientHeight - {_SCROLL}.scrollTop")
    assert left < 20


def test_a_citizen_who_has_scrolled_keeps_the_place_when_the_keyboard_opens(phone: Page, chat: FakeChat) -> None:
    visitor = Visitor(phone, chat)
    visitor.arrive()
    visitor.says("må jeg optage")
    last = _scrolled_to_the_end(phone)
    phone.set_viewport_size({"width": 390, "height": 440})
    expect(last).to_be_in_viewport(ratio=0.9)
    visitor.says("medium")
    expect(visitor.button("Kun lyd")).to_be_in_viewport(ratio=0.9)


def test_a_field_that_is_typed_in_comes_into_view(small: Visitor) -> None:
    small.says("anmod")
    clock = small.page.get_by_label("Klokken")
    clock.focus()
    small.page.mouse.move(100, 60)
    small.page.mouse.wheel(0, -150)
    composer = small.page.locator(".composer")
    small.page.wait_for_timeout(200)
    field, cover = clock.bounding_box(), composer.bounding_box()
    assert field and cover and field["y"] + field["height"] > cover["y"], "hidden under the message field"
    small.page.keyboard.type("1")
    small.page.wait_for_timeout(200)
    field = clock.bounding_box()
    assert field and field["y"] >= 0 and field["y"] + field["height"] <= cover["y"]


def test_the_keyboard_that_closes_brings_the_question_back(phone: Page, chat: FakeChat) -> None:
    visitor = Visitor(phone, chat)
    visitor.arrive()
    visitor.says("anmod")
    department = phone.get_by_label("Afdeling", exact=True)
    department.tap()
    phone.set_viewport_size({"width": 390, "height": 440})
    phone.wait_for_timeout(200)
    expect(department).to_be_in_viewport(ratio=1)
    phone.keyboard.type("jobcenter")
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.wait_for_timeout(200)
    question = visitor.messages.last.bounding_box()
    scroll = phone.locator(".scroll").bounding_box()
    assert question and scroll and 0 <= question["y"] - scroll["y"] < 200
    expect(department).to_be_in_viewport(ratio=1)


def test_a_low_window_tells_of_what_is_above_wherever_it_is_scrolled(small: Visitor) -> None:
    small.says("må jeg optage")
    small.says("medium")
    above = small.button("Mere ovenfor")
    small.page.wait_for_timeout(100)
    expect(above).to_be_visible()
    panel = f"{SHADOW}.querySelector('.panel')"
    question = small.messages.last.bounding_box()
    assert question
    place = small.page.evaluate(f"{panel}.scrollTop") + question["y"]
    for at in (place + 60, place, 0):
        small.page.evaluate(f"{panel}.scrollTop = {at}")
        small.page.wait_for_timeout(100)
        expect(above).to_be_visible(visible=at != 0)


@pytest.mark.parametrize("size", [(320, 256), (390, 600)], ids=str)
def test_a_corrected_review_is_shown_from_what_was_corrected(
    browser: Browser, chat: FakeChat, size: tuple[int, int]
) -> None:
    def corrected(text: str) -> Answer:
        found = review()
        if text == "ret":
            row = found["card"]["rows"][4] | {"value": "Li Ng"}
            found["card"] = {"type": "review", "rows": [*found["card"]["rows"][:4], row, *found["card"]["rows"][5:]]}
        return [found], "review"

    chat.answer = corrected
    visitor = Visitor(browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="da-DK"), chat)
    visitor.arrive()
    visitor.says("kontrol")
    visitor.says("ret")
    visitor.page.wait_for_timeout(200)
    mark, row = visitor.page.get_by_text("Rettet", exact=True), visitor.page.locator(".changed").bounding_box()
    expect(mark).to_be_in_viewport(ratio=1)
    scroll = visitor.page.locator(".panel" if size[1] < 400 else ".scroll").bounding_box()
    # Where less than the view follows, the end is in view.
    assert row and scroll and 0 <= row["y"] - scroll["y"] < (20 if size[1] < 400 else 60)
    expect(visitor.button("Mere ovenfor")).to_be_visible()
    visitor.page.context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK", has_touch=True)
    yield context.new_page()
    context.close()
