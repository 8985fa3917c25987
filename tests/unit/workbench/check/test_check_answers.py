"""Problems in answers, labels and buttons are reported with file, line and remedy."""

import pytest
from broken_project import Project

from workbench.check.answers import Sentence, sentences
from workbench.check.wording import lix

ANSWERS, CONVERSATION, REQUEST = "domain/answers.yml", "domain/conversation.yml", "domain/request.yml"


def test_an_unused_answer_is_reported(project: Project) -> None:
    line = project.change(
        CONVERSATION, "  utter_goodbye:", '  utter_forgotten:\n    - text: "Vi ses."\n\n  utter_goodbye:'
    )
    project.only(CONVERSATION, line + 1, "utter_forgotten", "bliver aldrig sagt", "data/rules")


def test_an_answer_used_only_by_an_action_is_not_reported(project: Project) -> None:
    # It is in no rule, and Rasa's own validation calls it unused.
    project.change("actions/outside/answers.py", '"utter_restart"', '"utter_begin_anew"')
    project.only(CONVERSATION, None, "utter_restart", "bliver aldrig sagt")


def test_an_answer_without_plainer_wording_is_reported(project: Project) -> None:
    project.change(ANSWERS, "  utter_simple_equipment:", "  utter_simpel_equipment:")
    project.one_of(ANSWERS, None, "utter_faq_equipment", "ingen enklere formulering", "utter_simple_equipment")


def test_what_is_asked_in_particular_has_an_answer(project: Project) -> None:
    project.change("data/values/following.yml", "    how_long_open:", "    how_long_closed:")
    project.one_of("data/values/following.yml", None, "utter_more_this_chat_how_long_closed", "findes ikke")


def test_a_label_without_a_rule_is_reported(project: Project) -> None:
    project.change("data/rules/conversation.yml", "intent: thank", "intent: greet")
    line = project.change("domain/labels.yml", "- thank:", "- thank:")
    project.only("domain/labels.yml", line, "Mærket thank får intet svar", "data/rules")


def test_a_topic_without_an_answer_is_reported(project: Project) -> None:
    line = project.change("domain/labels.yml", "  - faq_contact:", "  - faq_parking:\n  - faq_contact:")
    project.one_of("domain/labels.yml", line, "Mærket faq_parking har intet svar", "domain/answers.yml")
    project.one_of("domain/labels.yml", line, "Mærket faq_parking får intet svar", "data/rules")
    project.one_of("data/values/intent_titles.yml", None, "Mærket faq_parking har ingen overskrift")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("/faq_alternatives", "/faq_alternativs", ("findes ikke", "Mente du 'faq_alternatives'?")),
        ("/faq_alternatives", "faq_alternatives", ("fører ingen steder hen", "skråstreg")),
        ("/faq_alternatives", "/faq_position", ("fører tilbage til det samme svar",)),
    ],
)
def test_a_button_with_an_unknown_payload_is_reported(
    project: Project, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = project.change(ANSWERS, f'payload: "{old}"', f'payload: "{new}"')
    project.only(ANSWERS, line - 1, "Knappen 'Hvad kan jeg gøre i stedet?' i utter_faq_position", *words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('{{"recording_medium": "audio"}}', '{{"recording_medum": "audio"}}', ("Mente du 'recording_medium'?",)),
        ('{{"recording_medium": "audio"}}', '{{"recording_medium": "sound"}}', ("'sound'", "audio, video")),
        ('{{"recording_medium": "audio"}}', '{"recording_medium": "audio"}', ("dobbelt",)),
        ('{{"recording_medium": "audio"}}', '{{"recording_medium": audio}}', ("ikke kan læses",)),
    ],
)
def test_a_button_with_an_unknown_value_is_reported(
    project: Project, old: str, new: str, words: tuple[str, ...]
) -> None:
    line = project.change(REQUEST, old, new)
    project.only(REQUEST, line - 1, "Knappen 'Kun lyd'", *words)


def test_a_variable_that_no_action_fills_is_reported(project: Project) -> None:
    # A rule gives the answer and no action fills it: the citizen would read '{reference}'.
    line = project.change(ANSWERS, "Her svarer en automatisk assistent.", "Her svarer {reference} assistent.")
    project.one_of(ANSWERS, line, "{reference} i utter_faq_this_chat", "ingen udfylder den")


def test_a_variable_filled_by_rasa_with_citizens_text_is_reported(project: Project) -> None:
    # Rasa fills in slots without escaping: a link in a name would become one in the answer.
    line = project.change(REQUEST, "Så skifter vi til {title}.", "Så skifter vi til {title}, {applicant_name}.")
    project.one_of(REQUEST, line, "{applicant_name} i utter_type_changed", "borgeren selv har skrevet")


def test_an_unknown_variable_is_reported(project: Project) -> None:
    line = project.change(REQUEST, "slettes efter {unfinished_kept}", "slettes efter {unfinished_keept}")
    project.one_of(REQUEST, line, "{unfinished_keept} i utter_privacy_notice", "Mente du 'unfinished_kept'?")


def test_a_misspelling_is_reported_with_the_right_word(project: Project) -> None:
    line = project.change(CONVERSATION, "Du er velkommen til at skrive igen.", "Du er velkomen til at skrive igen.")
    project.only(CONVERSATION, line, "'velkomen'", "Mente du 'velkommen'?", "words.yml")


def test_a_misspelling_on_a_button_is_reported(project: Project) -> None:
    line = project.change(CONVERSATION, 'title: "Hvor er digital post?"', 'title: "Hvor er digtal post?"')
    project.only(CONVERSATION, line, "'digtal'")


def test_a_word_may_be_added_to_the_dictionary(project: Project) -> None:
    project.change(CONVERSATION, "Du er velkommen til at skrive igen.", "Du er velkommen på Gråbrødreplejehjemmet.")
    project.change("data/words.yml", "  - chatten", "  - chatten\n  - gråbrødreplejehjemmet")
    assert project.new() == []


def test_an_answer_that_is_hard_to_read_is_reported(project: Project) -> None:
    hard = "Kommunikationshæmning forudsætter individuel vurdering af samtlige konkrete omstændigheder ved optagelsen."
    line = project.change(CONVERSATION, "Du er velkommen til at skrive igen.", hard)
    project.only(CONVERSATION, line, "utter_goodbye er for svær at læse", "højst være 38", "Del den længste sætning")


def test_lix_as_it_is_defined() -> None:
    # Eight words, two of them over six letters, and four words: 12 / 2 + 100 * 2 / 12.
    text = "Du kan altid tage en bisidder med **hjemmefra**.\n\n- Det må du gerne."
    assert lix(list(sentences(text))) == pytest.approx(12 / 2 + 100 * 2 / 12)


def test_lix_ignores_short_texts_numbers_and_slots() -> None:
    assert lix([Sentence("Referencenummeret er **{reference}**, telefonen 3821 4236.", 1)]) is None


def test_sentences_end_at_capital_letters_only() -> None:
    text = 'Ring kl. 10-13. Skriv "hjælp". Der er to:\n\n1. Et link.\n2. To'
    assert [one.text for one in sentences(text)] == [
        "Ring kl. 10-13.",
        'Skriv "hjælp".',
        "Der er to:",
        "Et link.",
        "To",
    ]
