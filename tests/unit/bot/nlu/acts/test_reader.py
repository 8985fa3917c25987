"""The labels of a message and of its parts become acts, depending on what came before."""

from bot.nlu.acts.reader import ActReading
from bot.nlu.acts.reader import read as read_labels
from bot.nlu.intents.labels import Labels, Ranking, in_context
from bot.nlu.parts import Part, split
from bot.past import Past
from common.acts import Act

ANSWERED = Past(latest=("utter_faq_notes",), topics=("faq_notes",), topic="faq_notes")
IN_FORM = Past(in_form=True, asked="meeting_date")


def read(text: str, whole: Ranking, parts: list[tuple[Part, Labels]], past: Past) -> ActReading:
    return read_labels(text, Labels(whole), parts, past)


def labelled(text: str, *labels: tuple[str, float]) -> list[tuple[Part, Labels]]:
    parts = split(text)
    assert len(parts) == len(labels)
    return [(part, Labels([label, ("out_of_scope", 0.01)])) for part, label in zip(parts, labels, strict=True)]


def short(acts: tuple[Act, ...]) -> list[str]:
    return [f"{act.act} {act.value}".strip() for act in acts]


def test_a_single_question_is_one_act() -> None:
    reading = read("må jeg optage", [("faq_may_i_record", 0.95)], [], Past())
    assert short(reading.acts) == ["ask faq_may_i_record"]
    assert reading.rest is None


def test_an_uncertain_label_is_read_as_unread() -> None:
    assert short(read("grød", [("faq_notes", 0.4)], [], Past()).acts) == ["unread"]


def test_a_follow_up_is_read_only_after_an_answer() -> None:
    ranking: Ranking = [("follow_why", 0.9), ("faq_position", 0.06), ("skip", 0.04)]
    assert short(read("hvorfor ikke", ranking, [], ANSWERED).acts) == ["ask_more why"]
    alone = read("hvorfor ikke", ranking, [], Past())
    assert short(alone.acts) == ["unread"]
    assert [label for label, _ in alone.ranking] == ["faq_position", "skip"]


def test_the_remaining_labels_share_the_follow_ups_probability() -> None:
    assert in_context([("follow_why", 0.5), ("skip", 0.4), ("cancel", 0.1)], False) == [("skip", 0.8), ("cancel", 0.2)]


def test_each_question_of_several_is_an_act_in_order() -> None:
    text = "må jeg optage, og hvem bestemmer det?"
    parts = labelled(text, ("faq_may_i_record", 0.9), ("faq_who_decides", 0.8))
    reading = read(text, [("faq_may_i_record", 0.6)], parts, Past())
    assert short(reading.acts) == ["ask faq_may_i_record", "ask faq_who_decides"]
    assert [text[act.start : act.end] for act in reading.acts] == [part.text for part, _ in parts]


def test_an_uncertain_question_among_several_is_named_as_unread() -> None:
    text = "må jeg optage, og hvad med grøden?"
    parts = labelled(text, ("faq_may_i_record", 0.9), ("faq_notes", 0.3))
    reading = read(text, [("faq_may_i_record", 0.6)], parts, Past())
    assert short(reading.acts) == ["ask faq_may_i_record", "unread"]
    assert reading.acts[1].words == "og hvad med grøden?"


def test_a_statement_beside_a_question_is_no_second_question() -> None:
    text = "Jeg har møde på torsdag. Må jeg optage det?"
    parts = labelled(text, ("inform", 0.6), ("faq_may_i_record", 0.9))
    assert short(read(text, [("faq_may_i_record", 0.9)], parts, Past()).acts) == ["ask faq_may_i_record"]


def test_a_question_for_jura_is_kept_whole_and_its_known_questions_are_answered() -> None:
    text = "Jeg vil gerne spørge Jura om noget. Må jeg optage? Hvem bestemmer det?"
    parts = labelled(text, ("request_question", 0.9), ("faq_may_i_record", 0.9), ("faq_who_decides", 0.9))
    reading = read(text, [("request_question", 0.9)], parts, Past())
    assert short(reading.acts) == ["start question", "ask faq_may_i_record", "ask faq_who_decides"]
    assert reading.rest is None


def test_the_form_gets_a_wish_without_the_question_beside_it() -> None:
    text = "Skal de andre vide det? Jeg vil gerne optage mødet på torsdag."
    parts = labelled(text, ("faq_inform_participants", 0.9), ("request_recording", 0.9))
    reading = read(text, [("request_recording", 0.7)], parts, Past())
    assert short(reading.acts) == ["ask faq_inform_participants", "start recording"]
    assert [text[start:end] for start, end in reading.rest or ()] == ["Jeg vil gerne optage mødet på torsdag."]


def test_the_form_gets_the_statements_beside_a_wish() -> None:
    text = "Jeg vil gerne optage et møde. Jeg kan ikke tage en bisidder med. Skal de andre vide det?"
    labels = ("request_recording", 0.9), ("faq_support_person", 0.95), ("faq_inform_participants", 0.9)
    reading = read(text, [("request_recording", 0.7)], labelled(text, *labels), Past())
    assert short(reading.acts) == ["start recording", "ask faq_inform_participants"]
    assert [text[start:end] for start, end in reading.rest or ()] == [text[:29], text[30:64]]


def test_the_form_gets_the_answer_beside_a_question() -> None:
    text = "Det er på torsdag. Hvem bestemmer det?"
    parts = labelled(text, ("inform", 0.9), ("faq_who_decides", 0.9))
    reading = read(text, [("faq_who_decides", 0.7)], parts, IN_FORM)
    assert [text[start:end] for start, end in reading.rest or ()] == ["Det er på torsdag."]


def test_a_question_inside_an_explanation_is_answered_and_kept_in_it() -> None:
    text = "Jeg hører dårligt på begge ører. Hvem bestemmer det?"
    parts = labelled(text, ("inform", 0.9), ("faq_who_decides", 0.9))
    reading = read(text, [("inform", 0.9)], parts, Past(in_form=True, asked="recording_explanation"))
    assert short(reading.acts) == ["ask faq_who_decides"] and reading.rest == ((0, len(text)),)
    asked = read(text, [("inform", 0.9)], parts, Past(in_form=True, asked="question_text"))
    assert asked.rest is None and short(asked.acts) == ["set"], "what Jura is asked is theirs to answer"


def test_a_short_text_is_kept_without_the_question_beside_it() -> None:
    text = "Hele referatet, tak. Hvem bestemmer det?"
    parts = labelled(text, ("inform", 0.9), ("faq_who_decides", 0.9))
    reading = read(text, [("inform", 0.9)], parts, Past(in_form=True, asked="notes_wanted"))
    assert short(reading.acts) == ["ask faq_who_decides"]
    assert [text[start:end] for start, end in reading.rest or ()] == ["Hele referatet, tak."]


def test_after_a_receipt_may_i_record_means_after_sending() -> None:
    sent = Past(latest=("utter_did_you_mean",), last="receipt", receipt=True, slots={"sent_type": "recording"})
    both: Ranking = [("faq_may_i_record", 0.5), ("faq_after_sending", 0.4), ("faq_special_needs", 0.1)]
    reading = read("må jeg så optage nu", both, [], sent)
    assert short(reading.acts) == ["ask faq_after_sending"] and reading.understood
    assert reading.ranking[0][0] == "faq_after_sending", "the intent is what a rule answers"
    assert short(read("må jeg så filme", [("faq_video", 0.95)], [], sent).acts) == ["ask faq_video"]


def test_the_form_answers_how_many_questions_are_left() -> None:
    text = "Det er på torsdag. Hvor mange spørgsmål er der tilbage?"
    parts = labelled(text, ("inform", 0.9), ("help", 0.3))
    assert read(text, [("inform", 0.9)], parts, IN_FORM).rest is None
    beside = "Det er på torsdag. Hvor mange spørgsmål er der tilbage? Hvem bestemmer det?"
    parts = labelled(beside, ("inform", 0.9), ("help", 0.3), ("faq_who_decides", 0.9))
    reading = read(beside, [("inform", 0.9)], parts, IN_FORM)
    assert "unread" not in short(reading.acts)
    assert [beside[start:end] for start, end in reading.rest or ()][-1] == "Hvor mange spørgsmål er der tilbage?"


def test_a_yes_beside_a_question_is_left_to_the_form_where_a_yes_binds() -> None:
    # bot/nlu/acts/request/component.py sees to it that this yes does not bind.
    text = "Ja tak. Hvem bestemmer det?"
    parts = labelled(text, ("affirm", 0.9), ("faq_who_decides", 0.9))
    for asked in ("terms_accepted", "review"):
        reading = read(text, [("faq_who_decides", 0.9)], parts, Past(in_form=True, asked=asked))
        assert "ask faq_who_decides" in short(reading.acts)
        assert [text[start:end] for start, end in reading.rest or ()] == ["Ja tak."]


def test_the_form_gets_the_correction_beside_a_question_at_the_review() -> None:
    text = "Datoen er forkert. Hvem bestemmer det?"
    parts = labelled(text, ("correct", 0.9), ("faq_who_decides", 0.9))
    reading = read(text, [("correct", 0.9)], parts, Past(in_form=True, asked="review"))
    assert short(reading.acts) == ["change", "ask faq_who_decides"]
    assert [text[start:end] for start, end in reading.rest or ()] == ["Datoen er forkert."]


def test_why_a_slot_is_asked_for_is_read_beside_an_answer() -> None:
    text = "Det ved jeg ikke. Hvorfor spørger I om det?"
    parts = labelled(text, ("skip", 0.9), ("faq_position", 0.9))
    reading = read(text, [("faq_position", 0.7)], parts, IN_FORM)
    assert short(reading.acts) == ["skip", "why meeting_date"]
    assert [text[start:end] for start, end in reading.rest or ()] == ["Det ved jeg ikke."]


def test_an_uncertain_question_beside_an_answer_is_named_as_unread() -> None:
    text = "Det er på torsdag. Hvad med blåbærgrøden?"
    parts = labelled(text, ("inform", 0.9), ("faq_notes", 0.3))
    reading = read(text, [("inform", 0.7)], parts, IN_FORM)
    assert short(reading.acts) == ["set", "unread"]
    assert [text[start:end] for start, end in reading.rest or ()] == ["Det er på torsdag."]


def test_okay_is_read_as_small_talk_and_not_as_yes() -> None:
    assert short(read("ja tak", [("affirm", 0.9)], [], ANSWERED).acts) == ["yes"]
    assert short(read("okay", [("affirm", 0.9)], [], ANSWERED).acts) == ["small_talk okay"]


def test_beside_a_question_only_an_explicit_yes_takes_an_offer() -> None:
    for words, taken in (("Ja ja.", False), ("Ja tak.", True)):
        text = f"{words} Hvor er det skrevet? Hvem bestemmer det?"
        parts = labelled(text, ("affirm", 0.95), ("faq_not_on_page", 0.9), ("faq_who_decides", 0.9))
        acts = short(read(text, [("faq_not_on_page", 0.9)], parts, ANSWERED).acts)
        assert ("yes" in acts) is taken and "ask faq_who_decides" in acts


def test_what_a_word_means_is_read_beside_an_answer() -> None:
    past = Past(in_form=True, asked="recording_medium")
    text = "Jeg vil høre det igen hjemme. Hvad er lyd?"
    parts = labelled(text, ("inform", 0.9), ("nlu_fallback", 0.2))
    reading = read(text, [("inform", 0.9)], parts, past)
    assert "simplify recording_medium" in short(reading.acts)
    assert [text[start:end] for start, end in reading.rest or ()] == ["Jeg vil høre det igen hjemme."]


def test_a_reason_beside_several_questions_is_not_answered_itself() -> None:
    text = "Jeg glemmer alting. Er der andet, jeg kan gøre? Hvor lang tid tager det?"
    parts = labelled(text, ("faq_special_needs", 0.95), ("faq_alternatives", 0.99), ("faq_timing", 0.99))
    reading = read(text, [("faq_alternatives", 0.9)], parts, Past())
    assert short(reading.acts) == ["ask faq_alternatives", "ask faq_timing"]


def test_a_reason_is_answered_beside_one_question_if_the_whole_message_is_about_it() -> None:
    text = "Jeg glemmer alting. Hvem bestemmer det?"
    parts = labelled(text, ("faq_special_needs", 0.95), ("faq_who_decides", 0.99))
    reading = read(text, [("faq_special_needs", 0.9)], parts, Past())
    assert short(reading.acts) == ["ask faq_special_needs", "ask faq_who_decides"]


def test_a_wish_beside_a_question_needs_higher_certainty() -> None:
    text = "Derfor tænkte jeg på at optage. Kan jeg låne en diktafon?"
    asked = ("faq_equipment", 0.99)
    unsure = read(text, [("faq_equipment", 0.9)], labelled(text, ("request_recording", 0.85), asked), Past())
    assert short(unsure.acts) == ["ask faq_equipment"]
    plain = read(text, [("faq_equipment", 0.9)], labelled(text, ("request_recording", 0.95), asked), Past())
    assert short(plain.acts) == ["start recording", "ask faq_equipment"]
