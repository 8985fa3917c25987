"""The plan of a turn: the actions that answer the acts of a message, given the past."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.nlu.intents.follow_ups import in_notes
from bot.past import Past
from bot.policies.learnt import Learnt, Told
from common.acts import ASK, ASK_MORE, NO, SIMPLIFY, START, UNREAD, WHY, YES, Act, is_answered_before
from common.markdown import escaped
from common.slots import FREE_TEXT
from common.topics import is_answer, plainer

# Rasa never answers a conversation again after ten predictions without `action_listen`.
MOST_ANSWERS = 6
FORM = "request_form"
_SAME, _NOTHING_MORE = "utter_same_answer", "utter_nothing_more"
_LEFT, _UNREAD = "utter_questions_left", "utter_question_unread"
_ASK_BACK = "action_ask_back"
_EXPLAINS, _EXAMPLE, _PLAIN = "utter_explain_", "utter_example_", "utter_plain_"
_PLAINER = "action_plainer"
_MORE, _FAQ = "utter_more_", "faq_"
# Answers different questions, so giving it again is no repetition.
_NOT_ON_PAGE, _NOT_ON_PAGE_WORDS = "utter_faq_not_on_page", "utter_more_not_on_page_which_words"
_NEVER_REPETITION = (_NOT_ON_PAGE,)
_LONGEST_WORDS = 200
_NOTES = "faq_notes"
# Answers that hold only for meetings with this municipality.
_OF_OUR_MEETINGS = {"faq_may_i_record", "faq_phone_calls", "faq_video", "faq_how_to_ask", "faq_not_on_page"}
_ELSEWHERE = "utter_with_another_authority"


@dataclass(frozen=True)
class Step:
    """An action and the slots to set before it runs."""

    action: str
    slots: dict[str, str] = field(default_factory=dict)


# An act and the steps that answer it.
_Answer: TypeAlias = tuple[Act, list[Step]]


def plan(acts: Iterable[Act], past: Past, learnt: Learnt, *, elsewhere: bool = False) -> list[Step] | None:
    """Return the steps that answer the acts; None where a rule or the form answers them.

    `elsewhere`: the question is about a meeting with another authority (conversation.md, What every citizen can rely
    on, 9).
    """
    acts = list(acts)
    of_ours = any(act.act == UNREAD or (act.act == ASK and act.value in _OF_OUR_MEETINGS) for act in acts)
    if elsewhere and not past.in_form and of_ours:
        return [Step(_ELSEWHERE)]
    if past.in_form:
        asked = [act for act in acts if is_answered_before(act)]
        return _several(asked, past, learnt) if asked else None
    if len(acts) > 1:
        return _several(acts, past, learnt)
    return _single(acts[0], past, learnt) if acts else None


def _single(act: Act, past: Past, learnt: Learnt) -> list[Step] | None:
    if act.act == ASK:
        steps = _steps(_asked(act, past, learnt), past)
        # A rule answers with all of the topic's answer.
        return None if [step.action for step in steps] == [*learnt.answers.get(act.value, ())] else steps
    if act.act == ASK_MORE:
        told = learnt.follow_up(past.topic, act)
        return _steps(told, past) if told else [Step(_ASK_BACK)]
    if act.act == START and not act.label:
        return [Step(FORM, {"request_type": act.value})]
    if act.act in (YES, NO):
        told = _offered(act, past, learnt)
        return _steps(told, past) if told else None
    if act.label == "affirm":
        # 'Okay' accepts no offer.
        told = learnt.follow_up(None, Act(YES))
        return _steps(told, past) if told else None
    return None


def _offered(act: Act, past: Past, learnt: Learnt) -> Told | None:
    """Return the reply to a yes or no to the last turn: to the last of its answers that offers something."""
    for topic in (*reversed(past.topics), None):
        if told := learnt.follow_up(topic, act):
            return told
    return None


def _several(acts: Iterable[Act], past: Past, learnt: Learnt) -> list[Step]:
    answers: list[_Answer] = []
    begins: list[Step] = []
    unread: list[Act] = []
    topic = past.topic
    acts = list(acts)
    counted = [act for act in acts if act.act in (ASK, ASK_MORE, UNREAD)]
    for act in acts:
        if act.act == SIMPLIFY and not act.value and (answers or past.topic in {one.value for one in acts}):
            continue  # The plainer wording would say again what is answered beside it.
        told = _answered(act, topic, past, learnt)
        if act.act == ASK:
            topic = act.value
        elif act.act == START:
            # The first of two wishes begins; the form keeps the other.
            begins = begins or [Step(FORM, {"request_type": act.value})]
        if told and told.kind:
            begins = begins or _steps(told, past)
        elif told and told.actions:
            answers.append((act, _steps(told, past)))
        elif act.act in (ASK, ASK_MORE, UNREAD):
            unread.append(act)
    answers = _each_once(answers, named=len(counted) > 1)
    return [*_answers(_without_repetition(answers, bool(begins))), *_quoted(_UNREAD, unread), *begins]


def _each_once(answers: list[_Answer], *, named: bool) -> list[_Answer]:
    """Returns each of several answers once; `named`: of all that is not on the page, one says what that is."""
    not_there = [act for act, steps in answers if [step.action for step in steps] == [_NOT_ON_PAGE]]
    made: list[_Answer] = []
    for act, steps in answers:
        new = _quoted(_NOT_ON_PAGE_WORDS, not_there) if named and act in not_there else steps
        if new[0] not in (given[0] for _, given in made):
            made.append((act, new))
    return made


def _without_repetition(answers: list[_Answer], begins: bool) -> list[_Answer]:
    """Returns the answers without those that only say again what was said, where a request begins or others answer."""
    repeats = (_SAME, _NOTHING_MORE) if begins else (_NOTHING_MORE,)
    new = [answer for answer in answers if answer[1][0].action not in repeats]
    return new if new or begins else answers[:1]


def _answered(act: Act, topic: str | None, past: Past, learnt: Learnt) -> Told | None:
    """Return the reply to one of several acts, `topic` being the topic before it; None where there is none."""
    if act.act == ASK and past.of_notes and (more := in_notes(act.value)):
        # 'Hvor lang tid går der?' is about the notes that are being requested.
        return learnt.follow_up(_NOTES, Act(ASK_MORE, more))
    if act.act == ASK:
        return _asked(act, past, learnt)
    if act.act == ASK_MORE:
        return learnt.follow_up(topic, act)
    if act.act == WHY and act.value:
        return Told((f"{_EXPLAINS}{act.value}",))
    if act.act == SIMPLIFY:
        return Told((_plainly(act.value),))
    return _offered(act, past, learnt) if act.act in (YES, NO) and past.topics else None


def _asked(act: Act, past: Past, learnt: Learnt) -> Told:
    """Returns the answer to a question: to what it asks in particular, else, and when asked again, all of it."""
    particular = f"{_MORE}{act.value.removeprefix(_FAQ)}_{act.about}"
    return Told((particular,) if act.about and particular not in past.lately else learnt.answers.get(act.value, ()))


def _plainly(slot: str) -> str:
    """Return the action that repeats the form's question in plainer words, or the last answer outside a form."""
    return f"{_EXAMPLE if slot in FREE_TEXT else _PLAIN}{slot}" if slot else _PLAINER


def _answers(answers: list[_Answer]) -> list[Step]:
    """Return the first MOST_ANSWERS steps, and a reply that names the questions left out."""
    steps: list[Step] = []
    for index, (_, answer) in enumerate(answers):
        if len(steps) + len(answer) > MOST_ANSWERS:
            return steps + _quoted(_LEFT, [act for act, _ in answers[index:]])
        steps += answer
    return steps


def _quoted(response: str, acts: list[Act]) -> list[Step]:
    words = '", "'.join(act.words.strip()[:_LONGEST_WORDS] for act in acts)
    return [Step(response, {"unread_words": str(escaped(words))})] if acts else []


def _steps(told: Told, past: Past) -> list[Step]:
    """Return the actions of a reply; an answer of the last three turns is given in plainer words, and said so."""
    if told.kind:
        return [Step(action, {"request_type": told.kind}) for action in told.actions]
    first = told.actions[0] if told.actions else ""
    if is_answer(first) and first not in _NEVER_REPETITION and first in past.lately:
        if {_SAME, plainer(first)} <= set(past.latest):
            return [Step(_NOTHING_MORE)]
        return [Step(_SAME), *(Step(plainer(action)) for action in told.actions)]
    return [Step(action) for action in told.actions]
