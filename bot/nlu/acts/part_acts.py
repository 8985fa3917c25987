"""The act of one part of a message, from its labels."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.in_texts import asks_plainly
from bot.nlu.acts.request.dialogue.steering import LIKE_WHY, asked_why, asks_what_it_is
from bot.nlu.acts.request.message import cues
from bot.nlu.certainty import ASKED, ASKED_IN_FORM, BEYOND_DOUBT, SAID, SAID_NOT_THERE, UNDERSTOOD, WISHED
from bot.nlu.intents.follow_ups import beside, is_merely, named, particular, wished_behind
from bot.nlu.intents.labels import Labels, Ranking, meant, summed
from bot.nlu.parts import Part
from bot.past import Past
from common import acts
from common.acts import ASK, ASK_MORE, SIMPLIFY, SMALL_TALK, START, UNREAD, WHY, YES, Act
from common.slots import ORDER

FALLBACK = "nlu_fallback"
NOT_ON_PAGE = "faq_not_on_page"
# A certainty that no part reaches.
_NEVER = 2.0


def act_of_part(part: Part, labels: Labels, found: Sequence[Act], past: Past) -> Act:
    """The act of a part; it follows the question before it in the message, the first one the last answer."""
    asked = [act.value for act in found if act.act == ASK]
    follows = (asks_plainly(part.text) and asks_us(past)) if past.in_form else past.receipt or not asked
    ranking, _ = meant(part.text, labels, past, bool(past.topics or asked), weighed=follows)
    if not past.in_form:
        ranking = _next_to_questions(ranking, part, asked)
    label, certainty = ranking[0] if ranking else (FALLBACK, 0.0)
    act = act_of(label, certainty, part)
    if past.in_form and part.why:
        return replace(act, act=WHY, value=asked_why(part.text, past.asked), about="")
    unsure = certainty < _least_certainty(act, part, past)
    if past.in_form and asks_what_it_is(part.text, past.asked):
        return replace(act, act=SIMPLIFY, value=str(past.asked), about="")
    if unsure or (part.asks and _is_no_question(act, part, past)):
        return replace(act, act=UNREAD, value="", about="", label=FALLBACK)
    return act


def _is_no_question(act: Act, part: Part, past: Past) -> bool:
    """Whether a part with the form of a question was read as something else."""
    return act.value == "out_of_scope" or (
        act.act in (acts.SET, acts.CHANGE) and part.text.rstrip().endswith("?") and not past.in_form
    )


def _next_to_questions(ranking: Ranking, part: Part, asked: Sequence[str]) -> Ranking:
    """The labels of a question next to others: follow-ups counted with it, and no question repeated.

    Of what the page does not say, another one is no repetition.
    """
    ranked = summed((_label_next_to_questions(label, part, asked), share) for label, share in ranking)
    repeats = {*asked} - {NOT_ON_PAGE}
    again = part.asks and len(ranked) > 1 and ranked[0][0] in repeats and ranked[1][1] >= ASKED
    return ranked[1:] if again else ranked


def _label_next_to_questions(label: str, part: Part, asked: Sequence[str]) -> str:
    act, how = acts.named(label)
    if act == START and asked and not any(cues()[f"kind_{kind}"].search(part.text.lower()) for kind in ORDER):
        return wished_behind(asked[-1]) or label
    return (beside(how, named(how, part.text), asked) if act == ASK_MORE else None) or label


def _least_certainty(act: Act, part: Part, past: Past) -> float:
    """The certainty a part needs to be read as that act."""
    if act.act == START:
        return WISHED
    if act.act in (ASK, ASK_MORE):
        if not part.asks:
            # A statement in a request is an answer, unless it wishes for a person ('så stil mig om til et menneske') or
            # is about the request ('nummeret kom vel med').
            if past.in_form and acts.is_about_the_request(act):
                return UNDERSTOOD
            return _NEVER if past.in_form and act.value != "human_handover" else SAID
        return _least_in_form(act, part) if past.in_form else ASKED
    return ASKED if part.asks and act.act != YES else 0.0


def _least_in_form(act: Act, part: Part) -> float:
    """The certainty a question needs inside a request, where it may ask why the form asks."""
    if act.value not in LIKE_WHY:
        return ASKED_IN_FORM
    plainly = act.value == NOT_ON_PAGE and not cues()["why"].search(part.text.lower())
    return SAID_NOT_THERE if plainly else BEYOND_DOUBT


def act_of(label: str, certainty: float, part: Part) -> Act:
    """The act that a label of a part names."""
    act, value = acts.named(label)
    if act == YES and is_merely(part.text):
        act, value = SMALL_TALK, "okay"
    about = named(value, part.text) if act == ASK_MORE else particular(value, part.text) if act == ASK else ""
    return Act(act, value, about, label, round(certainty, 3), part.text, part.start, part.end)


def asks_us(past: Past) -> bool:
    """Whether a question is for the assistant: not where the question to Jura is asked for."""
    return past.asked != "question_text"
