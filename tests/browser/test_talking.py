"""A conversation: quick replies, waiting, mistakes, the date, the review and the receipt."""

import pytest
from playwright.sync_api import expect

from tests.browser.conversations import ROWS, Answer, answer, review, said
from tests.browser.fake_chat import Fault
from tests.browser.visitor import Visitor


def test_quick_replies_are_a_named_group_and_disappear_after_use(visitor: Visitor) -> None:
    group = visitor.page.get_by_role("group", name="Svarmuligheder")
    expect(group.get_by_role("button")).to_have_count(4)
    visitor.presses("Må jeg tage nogen med?")
    expect(group).to_have_count(0)
    assert visitor.chat.posts[0]["payload"] == "/faq_support_person" and "text" not in visitor.chat.posts[0]
    assert visitor.texts()[1] == "Du skrev: Må jeg tage nogen med?"


@pytest.mark.parametrize("twice", ["button", "enter", "date"])
def test_double_activation_is_one_turn(visitor: Visitor, twice: str) -> None:
    if twice == "button":
        visitor.button("Må jeg tage nogen med?").dblclick()
    elif twice == "enter":
        visitor.field.fill("hej")
        visitor.field.press("Enter")
        visitor.field.press("Enter")
    else:
        visitor.says("dato")
        visitor.page.get_by_label("Dato", exact=True).fill("2026-12-03")
        visitor.button("Send svaret").dblclick()
    visitor.idle()
    assert len(visitor.chat.said) == (2 if twice == "date" else 1)


def test_the_typing_indicator_appears_after_400_ms(visitor: Visitor) -> None:
    typing = visitor.page.locator(".typing")
    visitor.chat.faults.append(Fault(wait=1.2))
    visitor.field.fill("hej")
    visitor.page.evaluate(
        """() => { const typing = document.querySelector('frederiksberg-chat').shadowRoot.querySelector('.typing');
        const start = performance.now();
        const watch = new MutationObserver(() => { window.shownAfter ??= performance.now() - start; });
        watch.observe(typing, { attributes: true }); }"""
    )
    visitor.field.press("Enter")
    expect(typing).to_be_visible()
    visitor.idle()
    expect(typing).to_be_hidden()
    assert 390 <= visitor.page.evaluate("window.shownAfter") < 900
    visitor.says("og en hurtig")
    expect(typing).to_be_hidden()


def test_an_input_error_is_linked_to_its_field(visitor: Visitor) -> None:
    visitor.field.press("Enter")
    expect(visitor.field).to_have_attribute("aria-invalid", "true")
    expect(visitor.field).to_have_accessible_description("Skriv din besked, før du sender.")
    expect(visitor.field).to_be_focused()
    visitor.field.press_sequentially("h")
    expect(visitor.field).not_to_have_attribute("aria-invalid", "true")
    visitor.field.fill("æ" * 4001)
    visitor.field.press("Enter")
    expect(visitor.field).to_have_accessible_description(
        "Din besked er for lang: 4.001 tegn. Skriv højst 4.000 tegn, eller del den i flere beskeder."
    )
    assert visitor.field.input_value() == "æ" * 4001 and not visitor.chat.posts


def test_a_refused_text_is_put_back_into_the_field(visitor: Visitor) -> None:
    visitor.chat.faults.append(Fault(status=413, text="Din besked er for lang.", field="text"))
    visitor.types("en lang besked")
    expect(visitor.field).to_have_accessible_description("Din besked er for lang.")
    assert visitor.field.input_value() == "en lang besked"
    assert len(visitor.texts()) == 1
    visitor.page.reload()
    expect(visitor.field).to_have_value("en lang besked")


@pytest.mark.parametrize(
    ("date", "clock", "label", "message"),
    [
        ("2026-12-03", "25", "Klokken", "Skriv klokkeslættet som 14 eller 14.30."),
        ("", "", "Dato", "Udfyld et felt, eller skriv svaret i beskedfeltet."),
    ],
)
def test_a_wrong_date_is_reported_at_its_field(
    visitor: Visitor, date: str, clock: str, label: str, message: str
) -> None:
    visitor.says("dato")
    visitor.page.get_by_label("Dato", exact=True).fill(date)
    visitor.page.get_by_label("Klokken").fill(clock)
    visitor.button("Send svaret").click()
    field = visitor.page.get_by_label(label)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(message)
    assert visitor.chat.said == ["dato"]


@pytest.mark.parametrize(
    ("clock", "sent"),
    [
        ("", "3/12-2026"),
        ("14", "3/12-2026 kl. 14"),
        ("14:30", "3/12-2026 kl. 14.30"),
        ("14,30", "3/12-2026 kl. 14.30"),
        ("1430", "3/12-2026 kl. 14.30"),
        ("930", "3/12-2026 kl. 9.30"),
        ("9,30", "3/12-2026 kl. 9.30"),
        ("kl. 9", "3/12-2026 kl. 9"),
    ],
)
def test_a_date_is_sent_in_danish_form(visitor: Visitor, clock: str, sent: str) -> None:
    visitor.says("dato")
    visitor.page.get_by_label("Dato", exact=True).fill("2026-12-03")
    visitor.page.get_by_label("Klokken").fill(clock)
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == sent
    expect(visitor.page.locator(".asked")).to_be_hidden()


def test_the_fields_are_what_is_asked_for(visitor: Visitor) -> None:
    visitor.says("anmod")
    form = visitor.page.get_by_role("group", name="Udfyld, eller skriv")
    options = visitor.page.locator("datalist option")
    assert options.count() == len(visitor.chat.told.departments) > 10
    form.get_by_label("Afdeling").fill("Jobcenter Frederiksberg")
    form.get_by_label("Dato", exact=True).fill("2026-12-03")
    form.get_by_label("Klokken").fill("14")
    form.get_by_label("Mødeform").select_option("Vi mødes")
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == "Jobcenter Frederiksberg, 3/12-2026 kl. 14, vi mødes"
    visitor.says("hvem")
    for label, purpose, keyboard in (
        ("Dit navn", "name", None),
        ("Din e-mail", "email", "email"),
        ("Dit telefonnummer", "tel", "tel"),
    ):
        field = form.get_by_label(label)
        expect(field).to_have_attribute("autocomplete", purpose)
        assert field.get_attribute("inputmode") == keyboard
    form.get_by_label("Dit navn").fill("Li Ng")
    form.get_by_label("Din e-mail").fill("li@eksempel.dk")
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == "Li Ng, li@eksempel.dk"


def test_an_empty_form_is_reported_at_its_first_field_until_anything_is_filled_in(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 600})
    visitor.says("anmod")
    visitor.button("Send svaret").click()
    department = visitor.page.get_by_label("Afdeling", exact=True)
    expect(department).to_be_focused()
    expect(department).to_have_accessible_description("Udfyld et felt, eller skriv svaret i beskedfeltet.")
    expect(visitor.page.locator("#fields-error")).to_be_in_viewport(ratio=0.9)
    visitor.page.locator(".days button").first.click()
    expect(department).not_to_have_attribute("aria-invalid", "true")
    expect(visitor.page.locator("#fields-error")).to_be_hidden()


def test_send_with_an_empty_message_sends_the_fields(visitor: Visitor) -> None:
    visitor.says("hvem")
    form = visitor.page.get_by_role("group", name="Udfyld, eller skriv")
    form.get_by_label("Dit navn").fill("Li Ng")
    visitor.presses("Send")
    assert visitor.chat.said == ["hvem", "Li Ng"]
    visitor.button("Send").click()
    expect(visitor.field).to_have_accessible_description("Skriv din besked, før du sender.")


def test_fields_keep_what_was_typed_until_the_request_is_whole(visitor: Visitor) -> None:
    visitor.says("hvem")
    form = visitor.page.get_by_role("group", name="Udfyld, eller skriv")
    form.get_by_label("Dit navn").fill("Li Ng")
    # The answers to the words of 'Tilbage', which takes nothing along.
    back = iter(("hvem", "dato", "kontrol"))
    visitor.chat.answer = lambda text: answer(next(back) if text == "Gå tilbage" else text)
    visitor.presses("Tilbage til forrige spørgsmål")
    expect(form.get_by_label("Dit navn")).to_have_value("Li Ng")
    visitor.presses("Send svaret")
    assert visitor.chat.said[-1] == "Li Ng"
    visitor.says("hvem")
    expect(form.get_by_label("Dit navn")).to_have_value("")
    form.get_by_label("Dit navn").fill("Li Ng")
    visitor.presses("Tilbage til forrige spørgsmål")
    visitor.says("hvem")
    expect(form.get_by_label("Dit navn")).to_have_value("Li Ng")
    visitor.presses("Tilbage til forrige spørgsmål")
    visitor.says("hvem")
    expect(form.get_by_label("Dit navn")).to_have_value("")


def test_a_date_can_be_typed_in_words(visitor: Visitor) -> None:
    visitor.says("dato")
    visitor.says("på torsdag kl. 14")
    assert visitor.chat.said[-1] == "på torsdag kl. 14"
    expect(visitor.page.locator(".asked")).to_be_hidden()


def test_the_review_is_a_description_list_with_a_button_for_each_row(visitor: Visitor) -> None:
    visitor.says("kontrol")
    review = visitor.page.locator("dl.review")
    assert review.locator("dt").all_inner_texts() == [label for _, label, _ in ROWS]
    assert review.locator("dd > span").all_inner_texts() == [value for _, _, value in ROWS]
    for _, label, _ in ROWS:
        expect(visitor.page.get_by_role("button", name=f"Ret {label.lower()}", exact=True)).to_be_visible()
    assert visitor.page.get_by_text("Jobcenter Frederiksberg").count() == 1, "the values stand there twice"
    visitor.page.get_by_role("button", name="Ret forklaring").click()
    visitor.idle()
    assert visitor.chat.posts[-1]["payload"] == '/correct{"slot": "recording_explanation"}'
    assert visitor.chat.said[-1] == "Ret forklaring"
    expect(visitor.page.get_by_role("button", name="Ret forklaring")).to_have_count(1)  # the new review's


def test_the_receipt_has_heading_reference_and_time_also_after_a_reload(visitor: Visitor) -> None:
    visitor.says("kontrol")
    visitor.presses("Ja, send")
    for _ in range(2):
        expect(visitor.page.get_by_role("heading", name="Din anmodning er modtaget hos Jura.")).to_be_visible()
        facts = visitor.page.locator("dl.facts")
        assert facts.locator("dt").all_inner_texts() == ["Referencenummer", "Sendt"]
        assert facts.locator("dd").all_inner_texts() == ["K7QF3MX5", "tirsdag den 1. december 2026 kl. 10.00"]
        expect(visitor.page.get_by_role("button", name="Ret navn")).to_have_count(0)
        visitor.page.locator("summary").click()
        expect(visitor.page.locator("details").get_by_text("Anne-Marie Ørsted Ng")).to_be_visible()
        visitor.page.reload()
        visitor.open()


def test_a_masked_cpr_number_is_gone_from_the_page_too(visitor: Visitor) -> None:
    visitor.says("mit cpr er 010270-1234")
    expect(visitor.page.get_by_text("Tak.")).to_be_visible()
    expect(visitor.page.get_by_text("010270-1234")).to_have_count(0)
    assert "010270" not in visitor.page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def _corrects(visitor: Visitor) -> None:
    """A review, then 'Ret navn' and another name."""
    rows = [dict(row) for row in review()["card"]["rows"]]
    name = next(row for row in rows if row["slot"] == "applicant_name")
    name["value"] = "Anne-Marie Holm"
    again = review() | {"card": {"type": "review", "rows": rows}}
    usual = visitor.chat.answer

    def answer(text: str) -> Answer:
        if text == "Anne-Marie Holm":
            return [said("Rettet: Navn: Anne-Marie Holm", name="utter_corrected"), again], "review"
        return usual(text)

    visitor.chat.answer = answer
    visitor.says("kontrol")
    visitor.presses("Ret navn")


def test_a_correction_offers_the_old_value_and_marks_the_changed_row(visitor: Visitor) -> None:
    _corrects(visitor)
    expect(visitor.button("Behold Anne-Marie Ørsted Ng")).to_be_visible()
    field = visitor.page.get_by_label("Dit navn")
    expect(field).to_have_value("Anne-Marie Ørsted Ng")
    visitor.says("Anne-Marie Holm")
    expect(field).to_be_hidden()
    changed = visitor.page.locator(".message").last.locator("dl .changed")
    assert changed.locator("dd").all_inner_texts() == ["Rettet Anne-Marie Holm\nRet\nnavn"]
    visitor.page.reload()
    visitor.open()
    expect(changed).to_have_count(1)


def test_of_a_corrected_review_the_changed_row_alone_is_announced(visitor: Visitor) -> None:
    _corrects(visitor)
    before = len(visitor.announced())
    visitor.says("Anne-Marie Holm")
    new = visitor.announced()[before:]
    assert new == [
        "Du skrev: Anne-Marie Holm",
        "Assistenten: Rettet: Navn: Anne-Marie Holm",
        "Rettet: Navn: Anne-Marie Holm. Intet er sendt endnu. Skal vi sende det?",
    ]


def test_a_text_that_is_corrected_stands_in_the_field_until_it_is_answered(visitor: Visitor) -> None:
    kept = {"slot": "recording_explanation", "value": "Jeg glemmer det.", "shown": "Jeg glemmer det."}
    usual = visitor.chat.answer
    visitor.chat.answer = lambda text: (
        ([said("Hvorfor?", ("Behold teksten", "/inform"))], "recording_explanation", {"kept": kept})
        if text.startswith("/correct")
        else usual(text)
    )
    visitor.says("kontrol")
    visitor.presses("Ret forklaring")
    expect(visitor.field).to_have_value("Jeg glemmer det.")
    visitor.presses("Behold teksten")
    expect(visitor.field).to_have_value("")


def test_several_meetings_are_groups_and_what_is_empty_says_so(visitor: Visitor) -> None:
    rows = [
        {"slot": "request_type", "label": "Anmodning", "value": "Lov til at optage", "payload": "/a"},
        {"slot": "meeting_department", "label": "Møde 1: afdeling", "value": "Jura", "payload": "/b"},
        {"slot": "meeting_date", "label": "Møde 1: dato", "value": "-", "payload": "/c"},
        {"slot": "meeting_department", "label": "Møde 2: afdeling", "value": "Skoleafdelingen", "payload": "/d"},
        {"slot": "applicant_name", "label": "Navn", "value": "Li Ng", "payload": "/e"},
    ]
    visitor.chat.answer = lambda text: (
        [
            said(
                "Se det igennem, før vi sender:\n\n- **Anmodning:** x\n\nSkal vi sende det?",
                card={"type": "review", "rows": rows},
            )
        ],
        "review",
    )
    visitor.says("kontrol")
    last = visitor.page.locator(".message").last
    assert last.locator("h3, h4").all_inner_texts() == ["Se det igennem, før vi sender", "Møde 1", "Møde 2"]
    assert last.locator("dt").all_inner_texts() == ["Anmodning", "Afdeling", "Dato", "Afdeling", "Navn"]
    expect(last.get_by_text("Ikke udfyldt")).to_be_visible()
    visitor.presses("Ret møde 1: dato")
    assert visitor.chat.posts[-1]["payload"] == "/c"


def test_progress_and_the_ways_back_and_out_are_at_hand(visitor: Visitor) -> None:
    steps = visitor.page.get_by_role("group", name="Din anmodning")
    expect(steps).to_be_hidden()
    visitor.says("medium")
    expect(steps).to_contain_text("Spørgsmål 2 af 7")
    visitor.presses("Tilbage til forrige spørgsmål")
    visitor.says("medium")
    visitor.presses("Stop anmodningen")
    assert visitor.chat.said == ["medium", "Gå tilbage", "medium", "Stop"]
    expect(steps).to_be_hidden()


def test_buttons_stand_under_their_own_message_with_a_name_of_their_own(visitor: Visitor) -> None:
    visitor.says("spørg imens")
    groups = visitor.log.get_by_role("group")
    names = [name for name in groups.evaluate_all("all => all.map((one) => one.ariaLabel)") if name]
    assert names == ["Spørg videre", "Hjalp det?", "Svarmuligheder: Vil du optage lyd eller video?"]
    order = visitor.log.locator(":scope > *").evaluate_all("all => all.slice(-4).map((one) => one.classList[0])")
    assert order == ["replies", "foot", "message", "replies"]


def test_whether_an_answer_helped_is_told_once_without_words(visitor: Visitor) -> None:
    visitor.says("må jeg optage?")
    visitor.button("Ja det hjalp").click()
    expect(visitor.page.get_by_text("Tak for dit svar.")).to_be_focused()
    assert list(visitor.chat.feedback.values()) == [True]
    assert next(iter(visitor.chat.feedback)).endswith(".0")
    visitor.says("og så?")
    expect(visitor.page.locator(".helped:visible")).to_have_count(0)


def test_an_answer_links_to_its_paragraph_of_the_page(visitor: Visitor) -> None:
    visitor.says("må jeg optage?")
    visitor.page.get_by_role("link", name="Lovgivningen giver ikke en særlig ret til").click()
    paragraph = visitor.page.get_by_text("Lovgivningen giver ikke en særlig ret til at optage møder")
    expect(paragraph).to_be_focused()
    expect(paragraph).to_be_in_viewport()


def test_numbers_and_the_authoritys_page_are_links_and_english_is_marked(visitor: Visitor) -> None:
    text = (
        "Ring på **+45 3821 4236**, eller læs på Datatilsynets hjemmeside.\n\n"
        "This assistant can only answer in Danish. You can call the municipality."
    )
    visitor.chat.answer = lambda _: ([said(text)], None)
    visitor.says("hello")
    last = visitor.page.locator(".message").last
    expect(last.get_by_role("link", name="+45 3821 4236")).to_have_attribute("href", "tel:+4538214236")
    expect(last.get_by_role("link", name="Datatilsynets hjemmeside")).to_have_attribute(
        "href", "https://www.datatilsynet.dk"
    )
    assert last.locator("[lang=en]").all_inner_texts() == [
        "This assistant can only answer in Danish. You can call the municipality."
    ]


def test_the_receipt_can_be_printed_and_copied(visitor: Visitor) -> None:
    visitor.page.add_init_script("window.print = () => (top.printed = document.body.innerText);")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.reload()
    visitor.open()
    visitor.says("kontrol")
    visitor.presses("Ja, send")
    visitor.button("Udskriv").click()
    printed = visitor.page.evaluate("window.printed")
    assert "K7QF3MX5" in printed and "Jobcenter Frederiksberg" in printed and "Udskriv" not in printed
    visitor.button("Kopiér").click()
    expect(visitor.page.get_by_text("Kvitteringen er kopieret.")).to_be_visible()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert "Referencenummer: K7QF3MX5" in copied and "Navn: Anne-Marie Ørsted Ng" in copied
