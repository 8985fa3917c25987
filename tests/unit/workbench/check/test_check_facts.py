"""Problems between the answers, data/facts.yml and the page are reported."""

import pytest
from broken_project import Project

ANSWERS, CONVERSATION, FACTS, PAGE = "domain/answers.yml", "domain/conversation.yml", "data/facts.yml", "docs/siden.md"
PROMISE = "Du får svar inden 14 dage."


def test_an_unreviewed_sentence_is_reported(project: Project) -> None:
    line = project.change(ANSWERS, "Afdelingen vurderer, om mødet kan optages.", PROMISE)
    project.one_of(ANSWERS, line, "utter_faq_may_i_record siger noget", PROMISE, "ret svaret")
    project.one_of(FACTS, None, "siger ikke længere", "Slet linjen")


def test_a_changed_sentence_must_be_reviewed_again(project: Project) -> None:
    line = project.change(ANSWERS, "Det kan altså ikke ske i hemmelighed.", "Det kan altså godt ske i hemmelighed.")
    project.one_of(ANSWERS, line, "utter_faq_inform_participants siger noget", "godt ske i hemmelighed")


def test_a_statement_without_an_answer_is_reported(project: Project) -> None:
    sentence = "Vi lægger vægt på en åben dialog mellem borgere og medarbejdere."
    project.change(ANSWERS, sentence, "")
    project.change(FACTS, f'    "{sentence}": [1-a]\n', "")
    project.only(FACTS, None, "Intet svar giver udsagn 1-a", "dialogen mellem borgere og medarbejdere", "data/rules")


def test_a_statement_whose_answer_has_no_rule_is_reported(project: Project) -> None:
    project.change("data/rules/answers.yml", "action: utter_faq_ombudsman", "action: utter_faq_notes")
    project.one_of(FACTS, None, "Intet svar giver udsagn 4-a", "utter_faq_ombudsman")


def test_a_statement_that_differs_from_the_page_is_reported(project: Project) -> None:
    line = project.change(FACTS, '    a: "Dette er i tråd', '    a: "Det er i tråd')
    project.one_of(FACTS, line, "Udsagn 4-a står ikke på siden", "ord for ord")
    project.one_of(PAGE, None, "Dette er i tråd", "i intet udsagn")


def test_a_sentence_of_the_page_without_a_statement_is_reported(project: Project) -> None:
    line = project.change(PAGE, "udtalelse om emnet.", "udtalelse om emnet. Optagelser slettes efter et år.")
    project.only(PAGE, line, "'Optagelser slettes efter et år'", "'statements'")


def test_an_answer_with_wrong_paragraphs_is_reported(project: Project) -> None:
    line = project.change(ANSWERS, 'paragraphs: ["7", "8"]', 'paragraphs: ["7", "9"]')
    found = project.only(ANSWERS, None, "utter_faq_inform_participants", 'paragraphs: ["7", "8"]')
    assert found.line < line


def test_an_unknown_statement_in_facts_is_reported(project: Project) -> None:
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
def test_a_wrong_number_address_or_time_is_reported(
    project: Project, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = project.change(file, old, new)
    found = [one for one in project.new() if one.file.name == file.split("/")[1] and one.line == line]
    assert any(all(word in one.what for word in words) for one in found), [str(one) for one in project.new()]


def test_an_answer_with_incomplete_hours_is_reported(project: Project) -> None:
    project.change(
        CONVERSATION, "Kommunens side nævner to tider for fredag: klokken 10-15 og klokken 10-13.",
        "Kommunens side nævner to tider for fredag, den ene er klokken 10-15.",
    )  # fmt: skip
    project.one_of(CONVERSATION, None, "utter_phone_friday_unsure giver kun en del af telefontiden", "klokken 10-13")


def test_an_answer_with_an_incomplete_address_is_reported(project: Project) -> None:
    project.change(CONVERSATION, "værelse 0.003, 2000 Frederiksberg", "værelse 0.003")
    project.one_of(CONVERSATION, None, "utter_human_handover giver ikke hele adressen", "'2000 Frederiksberg'")


def test_a_wrong_number_in_code_is_reported(project: Project) -> None:
    line = project.change("bot/channel/static/words.js", '"3821 4236"', '"3821 4999"')
    project.only("bot/channel/static/words.js", line, "3821 4999", "Skriv 3821 4236")


def test_new_hours_on_the_page_are_compared_with_the_code(project: Project) -> None:
    project.change(PAGE, "Mandag - fredag klokken 10-15", "Mandag - fredag klokken 10-16")
    project.one_of("actions/deadlines.py", 1, "mandag til fredag klokken 10-16", "CLOSES")
