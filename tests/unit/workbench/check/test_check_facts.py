"""The answers say what the page says, all of it, and nothing else."""

import pytest
from broken_project import Project

ANSWERS, CONVERSATION, FACTS, PAGE = "domain/answers.yml", "domain/conversation.yml", "data/facts.yml", "docs/siden.md"
PROMISE = "Du får svar inden 14 dage."


def test_an_answer_says_what_nobody_has_reviewed(project: Project) -> None:
    line = project.change(ANSWERS, "Afdelingen vurderer, om mødet kan optages.", PROMISE)
    project.one_of(ANSWERS, line, "utter_faq_may_i_record siger noget", PROMISE, "ret svaret")
    project.one_of(FACTS, None, "siger ikke længere", "Slet linjen")


def test_a_reviewed_sentence_that_is_changed_is_reviewed_again(project: Project) -> None:
    line = project.change(ANSWERS, "Det kan altså ikke ske i hemmelighed.", "Det kan altså godt ske i hemmelighed.")
    project.one_of(ANSWERS, line, "utter_faq_inform_participants siger noget", "godt ske i hemmelighed")


def test_a_statement_that_no_answer_gives(project: Project) -> None:
    sentence = "Vi lægger vægt på en åben dialog mellem borgere og medarbejdere."
    project.change(ANSWERS, sentence, "")
    project.change(FACTS, f'    "{sentence}": [1-a]\n', "")
    project.only(FACTS, None, "Intet svar giver udsagn 1-a", "dialogen mellem borgere og medarbejdere", "data/rules")


def test_a_statement_whose_only_answer_no_rule_gives(project: Project) -> None:
    project.change("data/rules/answers.yml", "action: utter_faq_ombudsman", "action: utter_faq_notes")
    project.one_of(FACTS, None, "Intet svar giver udsagn 4-a", "utter_faq_ombudsman")


def test_a_statement_in_other_words_than_the_page(project: Project) -> None:
    line = project.change(FACTS, '    a: "Dette er i tråd', '    a: "Det er i tråd')
    project.one_of(FACTS, line, "Udsagn 4-a står ikke på siden", "ord for ord")
    project.one_of(PAGE, None, "Dette er i tråd", "i intet udsagn")


def test_a_sentence_of_the_page_that_is_no_statement(project: Project) -> None:
    line = project.change(PAGE, "udtalelse om emnet.", "udtalelse om emnet. Optagelser slettes efter et år.")
    project.only(PAGE, line, "'Optagelser slettes efter et år'", "'statements'")


def test_an_answer_that_names_other_paragraphs(project: Project) -> None:
    line = project.change(ANSWERS, 'paragraphs: ["7", "8"]', 'paragraphs: ["7", "9"]')
    found = project.only(ANSWERS, None, "utter_faq_inform_participants", 'paragraphs: ["7", "8"]')
    assert found.line < line


def test_a_pair_that_rests_on_nothing(project: Project) -> None:
    line = project.change(
        FACTS, '"Vi lægger vægt på en åben dialog mellem borgere og medarbejdere.": [1-a]',
        '"Vi lægger vægt på en åben dialog mellem borgere og medarbejdere.": [1-a, 99-z]',
    )  # fmt: skip
    project.only(FACTS, line, "intet udsagn '99-z'")


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
    project: Project, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = project.change(file, old, new)
    found = [one for one in project.new() if one.file.name == file.split("/")[1] and one.line == line]
    assert any(all(word in one.what for word in words) for one in found), [str(one) for one in project.new()]


def test_an_answer_with_half_of_the_hours(project: Project) -> None:
    project.change(
        CONVERSATION, "Kommunens side nævner to tider for fredag: klokken 10-15 og klokken 10-13.",
        "Kommunens side nævner to tider for fredag, den ene er klokken 10-15.",
    )  # fmt: skip
    project.one_of(CONVERSATION, None, "utter_phone_friday_unsure giver kun en del af telefontiden", "klokken 10-13")


def test_an_answer_with_half_of_the_address(project: Project) -> None:
    project.change(CONVERSATION, "værelse 0.003, 2000 Frederiksberg", "værelse 0.003")
    project.one_of(CONVERSATION, None, "utter_human_handover giver ikke hele adressen", "'2000 Frederiksberg'")


def test_a_number_in_code_is_the_page_s(project: Project) -> None:
    line = project.change("bot/channel/static/words.js", '"3821 4236"', '"3821 4999"')
    project.only("bot/channel/static/words.js", line, "3821 4999", "Skriv 3821 4236")


def test_new_hours_on_the_page_reach_the_assistant_s_clock(project: Project) -> None:
    project.change(PAGE, "Mandag - fredag klokken 10-15", "Mandag - fredag klokken 10-16")
    project.one_of("actions/deadlines.py", 1, "mandag til fredag klokken 10-16", "CLOSES")
