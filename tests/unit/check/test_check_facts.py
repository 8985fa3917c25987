"""Tests, check: the answers say what the page says, all of it, and nothing else."""

import pytest
from broken_house import House

ANSWERS, CONVERSATION, FACTS, PAGE = "domain/answers.yml", "domain/conversation.yml", "data/facts.yml", "docs/siden.md"
PROMISE = "Du får svar inden 14 dage."


def test_an_answer_says_what_nobody_has_reviewed(house: House) -> None:
    line = house.change(ANSWERS, "Afdelingen vurderer, om mødet kan optages.", PROMISE)
    house.one_of(ANSWERS, line, "utter_faq_may_i_record siger noget", PROMISE, "ret svaret")
    house.one_of(FACTS, None, "siger ikke længere", "Slet linjen")


def test_a_reviewed_sentence_that_is_changed_is_reviewed_again(house: House) -> None:
    line = house.change(ANSWERS, "Det kan altså ikke ske i hemmelighed.", "Det kan altså godt ske i hemmelighed.")
    house.one_of(ANSWERS, line, "utter_faq_inform_participants siger noget", "godt ske i hemmelighed")


def test_a_statement_that_no_answer_gives(house: House) -> None:
    sentence = "Vi lægger vægt på en åben dialog mellem borgere og medarbejdere."
    house.change(ANSWERS, sentence, "")
    house.change(FACTS, f'    "{sentence}": [1-a]\n', "")
    house.only(FACTS, None, "Intet svar giver udsagn 1-a", "dialogen mellem borgere og medarbejdere", "data/rules")


def test_a_statement_whose_only_answer_no_rule_gives(house: House) -> None:
    house.change("data/rules/answers.yml", "action: utter_faq_ombudsman", "action: utter_faq_notes")
    house.one_of(FACTS, None, "Intet svar giver udsagn 4-a", "utter_faq_ombudsman")


def test_a_statement_in_other_words_than_the_page(house: House) -> None:
    line = house.change(FACTS, '    a: "Dette er i tråd', '    a: "Det er i tråd')
    house.one_of(FACTS, line, "Udsagn 4-a står ikke på siden", "ord for ord")
    house.one_of(PAGE, None, "Dette er i tråd", "i intet udsagn")


def test_a_sentence_of_the_page_that_is_no_statement(house: House) -> None:
    line = house.change(PAGE, "udtalelse om emnet.", "udtalelse om emnet. Optagelser slettes efter et år.")
    house.only(PAGE, line, "'Optagelser slettes efter et år'", "'statements'")


def test_an_answer_that_names_other_paragraphs(house: House) -> None:
    line = house.change(ANSWERS, 'paragraphs: ["7", "8"]', 'paragraphs: ["7", "9"]')
    found = house.only(ANSWERS, None, "utter_faq_inform_participants", 'paragraphs: ["7", "8"]')
    assert found.line < line


def test_a_pair_that_rests_on_nothing(house: House) -> None:
    line = house.change(
        FACTS, '"Vi lægger vægt på en åben dialog mellem borgere og medarbejdere.": [1-a]',
        '"Vi lægger vægt på en åben dialog mellem borgere og medarbejdere.": [1-a, 99-z]',
    )  # fmt: skip
    house.only(FACTS, line, "intet udsagn '99-z'")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (CONVERSATION, "+45 3821 4236", "+45 3821 4237", ("3821 4237", "Skriv 3821 4236")),
        (
            "domain/request.yml",
            "Jura på 3821 4236, eller skriv med digital post, så de ved",
            "Jura på 38 21 42 63, eller skriv med digital post, så de ved",
            ("38 21 42 63",),
        ),
        (CONVERSATION, "Smallegade 1, stuen", "Smallegade 11, stuen", ("'Smallegade 11' er ikke sidens adresse",)),
        (CONVERSATION, "værelse 0.003", "værelse 0.004", ("'værelse 0.004'",)),
        (CONVERSATION, "mandag til fredag klokken 10-15", "mandag til fredag klokken 9-15", ("klokken 9-15",)),
        (CONVERSATION, "mandag til fredag klokken 10-15 og fredag", "mandag til torsdag klokken 10-15 og fredag", ()),
        (CONVERSATION, "Ring derfor før klokken 13", "Ring derfor før klokken 14", ("klokken 14 er ikke",)),
    ],
)
def test_another_number_address_or_time_than_the_page(
    house: House, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = house.change(file, old, new)
    found = [one for one in house.new() if one.file.name == file.split("/")[1] and one.line == line]
    assert any(all(word in one.what for word in words) for one in found), [str(one) for one in house.new()]


def test_an_answer_with_half_of_the_hours(house: House) -> None:
    house.change(
        CONVERSATION, "Kommunens side nævner to tider for fredag: klokken 10-15 og klokken 10-13.",
        "Kommunens side nævner to tider for fredag, den ene er klokken 10-15.",
    )  # fmt: skip
    house.one_of(CONVERSATION, None, "utter_phone_friday_unsure giver kun en del af telefontiden", "klokken 10-13")


def test_an_answer_with_half_of_the_address(house: House) -> None:
    house.change(CONVERSATION, "værelse 0.003, 2000 Frederiksberg", "værelse 0.003")
    house.one_of(CONVERSATION, None, "utter_human_handover giver ikke hele adressen", "'2000 Frederiksberg'")


def test_a_number_in_code_is_the_page_s(house: House) -> None:
    line = house.change("bot/channel/static/words.js", '"3821 4236"', '"3821 4999"')
    house.only("bot/channel/static/words.js", line, "3821 4999", "Skriv 3821 4236")


def test_new_hours_on_the_page_reach_the_assistant_s_clock(house: House) -> None:
    house.change(PAGE, "Mandag - fredag klokken 10-15", "Mandag - fredag klokken 10-16")
    house.one_of("actions/deadlines.py", 1, "mandag til fredag klokken 10-16", "CLOSES")
