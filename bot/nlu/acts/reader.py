"""Reads a message into acts from the labels of its parts and the conversation before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.nlu.acts.asked_in_form import asked_alone, for_the_form, is_for_the_form
from bot.nlu.acts.in_texts import GESTURES, asked_in_a_text, asks_plainly, leads_up
from bot.nlu.acts.joint_topics import with_what_was_told
from bot.nlu.acts.part_acts import FALLBACK, NOT_ON_PAGE, act_of, act_of_part, asks_us
from bot.nlu.acts.request.message import cues
from bot.nlu.acts.request.texts.edits import is_edit, is_edited_at
from bot.nlu.certainty import SAID, TAKEN_WHOLE, TOLD, UNDERSTOOD
from bot.nlu.intents.follow_ups import (
    asks_whether_it_matters,
    is_reason,
    pressed,
    protests,
    takes,
    together,
)
from bot.nlu.intents.labels import Labels, Ranking, meant
from bot.nlu.parts import Part, asks_outright, split
from bot.nlu.values import values_in
from bot.past import Past
from common import acts
from common.acts import ASK, ASK_MORE, NO, SIMPLIFY, SMALL_TALK, START, UNREAD, WHY, YES, Act, is_answered_before
from common.slots import BINDING, FREE_TEXT

_Parts = Sequence[tuple[Part, Labels]]
_QUESTIONS = (ASK, ASK_MORE, UNREAD, WHY, SIMPLIFY)
# Where nothing was answered before them, follow-ups to the question of the form.
_OF_WHAT_IS_ASKED = ("follow_must_i", "follow_why")
# Acts with values, which a question next to them may be about.
_TELLS = (acts.SET, acts.CHANGE)
# Topics that are answered also behind a text for Jura.
_OFFICE = ("faq_opening_hours", "faq_contact", "faq_after_sending", "faq_this_chat", "human_handover")
# Values that a question in the same message is about, before what is asked for.
_TOLD_OF = {"date": "meeting_date", "department": "meeting_department"}
# Words of a question that is named where it is not understood.
_LEAST_ASKED = 2
_DID_YOU_MEAN = "utter_did_you_mean"
# Values taken from a greeting as well; no dates, for 'tak for i dag'.
_TOLD_IN_PASSING = {"behalf", "meeting_kind", "email", "phone", "introduced"}
# Texts in which a question without a mark may be rhetorical, or for Jura.
_MAY_ASK = ("recording_explanation", "question_text")
# With one of these labels a message is not split.
_WHOLE = ("other_language", "cancel", "restart")


@dataclass(frozen=True)
class ActReading:
    """The acts of a message, the labels of the whole, and the spans for the form.

    `understood`: whether the likeliest label of the whole is sure enough.
    `rest`: spans of the message for the form, where questions are answered before it runs; None for the whole.
    """

    acts: tuple[Act, ...]
    ranking: Ranking
    understood: bool
    rest: tuple[tuple[int, int], ...] | None = None


def read(
    text: str,
    whole: Labels,
    parts: _Parts,
    past: Past,
) -> ActReading:
    """The acts of a message; `whole`: its labels; `parts`: its parts with their labels."""
    if past.topics and protests(text):
        past = replace(past, denied=past.topics)
    followed = bool(past.topics if past.in_form else past.topic)
    if not past.in_form and (chosen := pressed(text, past.buttons, _DID_YOU_MEAN in past.latest)):
        return ActReading((act_of(chosen, 1.0, Part(text, 0, len(text), False)),), [(chosen, 1.0)], True)
    # Inside a request, statements have rules of their own (bot/nlu/acts/request).
    weighed = not past.in_form or (asks_us(past) and _asks(text, parts))
    ranking, understood = meant(text, whole, past, followed, weighed=weighed)
    label, certainty = ranking[0] if ranking else (FALLBACK, 0.0)
    one = act_of(label if understood else FALLBACK, certainty, Part(text, 0, len(text), True))
    asked = asked_alone(one, text, parts, past)
    alone = ActReading((asked or one,), ranking, understood, () if asked else None)
    return (_in_form if past.in_form else _outside_form)(text, parts, past, alone)


def _in_form(text: str, parts: _Parts, past: Past, alone: ActReading) -> ActReading:
    """The reading inside a request; `alone`: the reading of the message as one part."""
    if past.asked in FREE_TEXT and len(parts) > 1:
        asked = asked_in_a_text(text, parts, _several(parts, past), past)
        return replace(alone, acts=asked[0], rest=asked[1]) if asked else alone
    corrects = ActReading((), [("correct", 1.0), *alone.ranking], alone.understood)
    asks = past.slots.get("request_type") == "question"
    # Words to be written or taken out ask nothing of us: 'slet sætningen Jeg er med, tæller det imod ham'.
    apart = [one for one in parts if _is_of_the_office(*one) or not is_edited_at(text, one[0].start, asks=asks)]
    edits = (asks or past.asked not in FREE_TEXT) and is_edit(text, asks=asks)
    # A correction of a meeting may be asked about.
    of_a_meeting = _tells(text, {"department", "date", "time"})
    if past.asked == "review" and not (edits or of_a_meeting) and _only_corrects(alone, parts):
        return corrects
    if cues()["text_added_before"].search(text.lower()) or (edits and not any(part.asks for part, _ in apart)):
        return corrects
    if cues()["asks_jura"].search(text.lower()) and not edits:
        return replace(alone, acts=(), rest=None)  # What Jura is to be asked is not for the assistant.
    if not _may_be_several(alone, parts, past):
        if past.asked in FREE_TEXT or not for_the_form(text):
            return alone
        return replace(alone, acts=(), rest=None)
    several = _several(apart, past)
    rest = _rest(parts, several, in_form=True)
    if any((act.act, act.value) == (START, "question") for act in several):
        # A question to Jura is stored as written, also where it is answered at once.
        rest = ((0, len(text)),)
    return replace(alone, acts=tuple(several), rest=rest) if _beside_form(several, rest) else alone


def _outside_form(text: str, parts: _Parts, past: Past, alone: ActReading) -> ActReading:
    """The reading outside a request; `alone`: the reading of the message as one part."""
    if not _may_be_several(alone, parts, past):
        return alone
    label, _ = _likeliest(alone)
    several = _several(parts, past)
    starts = any(act.act == START and act.value != "question" for act in several)
    rest = _rest(parts, several, in_form=False) if starts else None
    several = _without_reasons(_without_gestures(several), parts, label)
    counted = [act for act in several if act.act in (ASK, ASK_MORE, START, UNREAD, YES)]
    wishes = {act.value for act in several if act.act == START}
    if len(counted) > 1 and (len(wishes) > 1 or any(act.act in (ASK, ASK_MORE) for act in several)):
        return replace(alone, acts=tuple(several), rest=rest)
    # One sure part in an unsure message: 'det kan jeg ikke finde ud af. Hvad så?'
    sure = len(counted) == 1 and counted[0].certainty >= (SAID if alone.understood else UNDERSTOOD)
    tells = label in GESTURES or acts.named(label)[0] in _TELLS
    if sure and (not alone.understood or tells):
        both = together(label, counted[0].value)
        one = replace(counted[0], value=both, label=both) if both != counted[0].value else counted[0]
        return ActReading((one,), _ranking_of_part(one, parts), True)
    if tells and counted and counted[-1].act == UNREAD:
        # The question is asked back, not the thanks answered: 'tusind tak. Hvem svarer mig?'
        return ActReading((counted[-1],), _ranking_of_part(counted[-1], parts), False)
    return alone


def _tells(text: str, kinds: set[str]) -> bool:
    """Whether a text has values of these kinds."""
    return any({value.entity, value.rule} & kinds for value in values_in(text))


def _likeliest(reading: ActReading) -> tuple[str, float]:
    return reading.ranking[0] if reading.ranking else (FALLBACK, 0.0)


def _rest(parts: _Parts, several: Sequence[Act], *, in_form: bool) -> tuple[tuple[int, int], ...]:
    """The spans of the parts that are given to the form."""
    return tuple(
        (part.start, part.end)
        for part, labels in parts
        if not (_is_asked(part, several, in_form=in_form) or (in_form and not part.asks and leads_up(part, labels)))
    )


def _beside_form(several: Sequence[Act], rest: Sequence[tuple[int, int]]) -> bool:
    """Whether questions are answered or named in addition to what the form is given."""
    # An unread part may be an answer: 'eller også skal jeg møde op'.
    asked = [act for act in several if act.act in _QUESTIONS]
    # Thanks are not given to the form: 'tak. Hvornår får jeg det?'
    return bool(asked) and bool(len(asked) > 1 or rest or any(act.act == SMALL_TALK for act in several))


def _only_corrects(alone: ActReading, parts: _Parts) -> bool:
    """Whether a message is labelled as a correction, and no part of it as something that is answered."""
    label, certainty = _likeliest(alone)
    others = [labels.ranking[0] for _, labels in parts if labels.ranking]
    answered = any(share >= SAID and acts.named(other)[0] in (ASK, START) for other, share in others)
    return label == "correct" and certainty >= SAID and not answered


def _may_be_several(alone: ActReading, parts: _Parts, past: Past) -> bool:
    label, certainty = _likeliest(alone)
    if label == "cancel" and past.in_form and past.asked not in BINDING and any(part.asks for part, _ in parts[1:]):
        return True  # 'Stop nu med det skema. Jeg spurgte, om ...'
    # Not split: 'jeg forstår ikke spørgsmålet, kan du sige det lettere?'
    whole = label in _WHOLE or (past.in_form and label == "simplify")
    return len(parts) > 1 and not (whole and certainty >= TAKEN_WHOLE)


def _ranking_of_part(act: Act, parts: _Parts) -> Ranking:
    """The labels of the part that an act was read from, the act's own first."""
    ranking = next(labels.ranking for part, labels in parts if part.start == act.start)
    return [(act.label, act.certainty), *((label, share) for label, share in ranking if label != act.label)]


def _several(parts: _Parts, past: Past) -> list[Act]:
    found: list[Act] = []
    told = {part.start for part, _ in parts if not part.asks or _goes_on_telling(part)}
    for place, (part, labels) in enumerate(parts):
        tells = _goes_on_telling(part)
        if past.in_form and (tells or is_for_the_form(part.text, past)):
            continue
        act = act_of_part(part, labels, found, past)
        if place and part.asks and past.in_form and _asks_why_asked(part, labels, found, past):
            act = replace(act, act=WHY, value=_just_told(parts[:place], past), label="", about="")
        answers = _tells(part.text, {"email", "phone"}) and not part.text.rstrip().endswith("?")
        asks = part.asks and not answers and not (tells and any(map(str.isdigit, part.text)))
        # Question order in an answer: 'så optager jeg lyd'.
        plainly = past.asked not in _MAY_ASK and asks_outright(part.text)
        insists = part.insists and not answers
        named = part.text.rstrip().endswith("?") or insists or (asks and bool(plainly or not past.in_form))
        if act.act == UNREAD and (not named or len(part.text.split()) < _LEAST_ASKED):
            continue  # what is told beside a question, or only a start: 'hvad? bare lyd'
        same = next((one for one in found if _asks_the_same(act, one, told)), None)
        if same is None:
            found.append(act)
        elif same.start in told:
            found[found.index(same)] = act
    found = _plain_wishes(found if past.in_form else with_what_was_told(found, parts))
    # A statement for the request: 'jeg vil søge om lov til at optage. Jeg kan ikke tage nogen med'.
    wished = any(act.act == START for act in found)
    return [act for act in found if not (wished and act.act in (ASK, UNREAD) and act.start in told)]


def _asks_the_same(act: Act, before: Act, told: set[int]) -> bool:
    """Whether two acts have one answer; two questions that the page does not answer are two. `told`: statements."""
    two = act.value == NOT_ON_PAGE and not {act.start, before.start} & told
    return (act.act, act.value) == (before.act, before.value) and act.act != UNREAD and not two


def _goes_on_telling(part: Part) -> bool:
    """Whether a part only has a question's order: '..., så kan jeg ikke huske det'; or is an aim."""
    said = part.text.lower()
    return bool(cues()["and_then"].search(said) or cues()["because"].match(said)) and not said.rstrip().endswith("?")


def _asks_why_asked(part: Part, labels: Labels, found: Sequence[Act], past: Past) -> bool:
    """Whether a question is about the one that the form asked: 'gør det noget?', 'skal jeg have det?'."""
    label, share = labels.ranking[0] if labels.ranking else (FALLBACK, 0.0)
    follows_nothing = not past.topics and not any(act.act == ASK for act in found)
    return asks_whether_it_matters(part.text) or (label in _OF_WHAT_IS_ASKED and share >= SAID and follows_nothing)


def _just_told(parts: _Parts, past: Past) -> str:
    """The slot that the parts before a question tell of: the day or the department, else the one asked for."""
    told = {value.entity for part, _ in parts for value in values_in(part.text)}
    return next((slot for entity, slot in _TOLD_OF.items() if entity in told), str(past.asked))


def _plain_wishes(found: list[Act]) -> list[Act]:
    """The acts, without wishes that do not name their kind where others do."""
    wishes = [act for act in found if act.act == START]
    plain = [act for act in wishes if cues()[f"kind_{act.value}"].search(act.words.lower())]
    return [act for act in found if act not in wishes or act in plain] if len(wishes) > 1 and plain else found


def _without_gestures(several: Sequence[Act]) -> list[Act]:
    """The acts without yes and no to an offer, where a question stands beside."""
    asks = any(act.act in (ASK, ASK_MORE) for act in several)
    gestures = [act for act in several if act.act == NO or (act.act == YES and not takes(act.words))]
    return [act for act in several if not asks or act not in gestures]


def _without_reasons(several: list[Act], parts: _Parts, whole: str) -> list[Act]:
    """The acts without questions read from statements that are reasons.

    `whole`: the label of the message; where that is a reason, a single question may be about it.
    """
    told = {part.start for part, _ in parts if not part.asks}
    asked = [act for act in several if act.act in (ASK, ASK_MORE) and act.start not in told]
    if not asked or (len(asked) == 1 and is_reason(whole)):
        return several
    return [act for act in several if act.act != ASK or act.start not in told or not is_reason(act.value)]


def _asks(text: str, parts: _Parts) -> bool:
    """Whether a part of the message asks."""
    return any(asks_plainly(part.text) for part in ([part for part, _ in parts] or split(text)))


def _is_of_the_office(part: Part, labels: Labels) -> bool:
    """Whether a part asks what Jura is not asked in writing: when they can be rung, how long it takes."""
    label, share = labels.ranking[0] if labels.ranking else (FALLBACK, 0.0)
    return part.asks and label in _OFFICE and share >= UNDERSTOOD


def _is_asked(part: Part, several: Sequence[Act], *, in_form: bool) -> bool:
    """Whether a part is answered as a question, and so not given to the form."""
    act = next((act for act in several if act.start == part.start), None)
    if act is None:
        return False
    # The model labels names and addresses as out of scope: they are for the form.
    talk = act.act == SMALL_TALK and (part.asks or act.value != "out_of_scope")
    if in_form and act.act in _QUESTIONS and not (is_answered_before(act) or acts.is_about_the_request(act)):
        return False  # only the form answers it: 'er der meget endnu?'
    return act.act in _QUESTIONS or (talk and act.certainty >= TOLD and not _tells(part.text, _TOLD_IN_PASSING))
