"""Questions inside a free text: answered, and kept in a reason but not in a wish."""

from collections.abc import Iterable, Sequence

from bot.nlu.acts.request.message import cues
from bot.nlu.certainty import BEYOND_DOUBT, LEADS_UP, TOLD_SHORTLY, UNDERSTOOD
from bot.nlu.intents.labels import Labels
from bot.nlu.parts import Part, asks_outright, begins_a_sentence, is_condition
from bot.nlu.values import values_in
from bot.past import Past
from common.acts import ASK, ASK_MORE, CHECK_NOTED, UNREAD, WHY, WILL_ASK, Act, is_about_the_request
from common.slots import FREE_TEXT

Spans = tuple[tuple[int, int], ...]
# Labels of parts that are neither question nor text.
GESTURES = ("thank", "greet", "goodbye")
# Labels of wishes in the form of a question: 'Kan jeg også få navnene på dem, der var med?'
_OF_WISHES = ("faq_notes", "faq_not_on_page")
_WISH = "notes_wanted"
_FEW = 3  # words


def asked_in_a_text(
    text: str, parts: Sequence[tuple[Part, Labels]], several: Iterable[Act], past: Past
) -> tuple[tuple[Act, ...], Spans] | None:
    """The questions in a text and the spans of the text itself; None where there are none to answer."""
    wished = {part.start for part, labels in parts if _may_be_wished(part, labels)}
    asks = {part.start for part, _ in parts if asks_plainly(part.text)}
    # 'Fordi de lyver og skriver noget andet i referatet' tells, whatever it sounds like.
    several = [act for act in several if act.act != ASK or act.start in asks or is_about_the_request(act)]
    left = [act for act in several if past.asked == _WISH or act.words.rstrip().endswith("?")]
    asked = [act for act in several if act.act in (ASK, WHY) or (act in left and _is_left(act, wished))]
    gestures = [part for part, labels in parts if _is_gesture(part, labels)]
    answered = {act.start for act in asked}
    kept = wished - answered if past.asked == _WISH else set()
    told = [part for part, _ in parts if part.start in kept or not (part.asks or part.start in answered)]
    told = [part for part in told if part not in gestures]
    to_jura = past.asked == "question_text" and not cues()["not_now"].search(text.lower())
    too_long = len(text) > FREE_TEXT[str(past.asked)]
    if not asked or to_jura or too_long:
        return None
    if not (told or gestures):
        # What only asks tells no reason: 'kommer min forklaring på sagen, og kan jeg tage den tilbage'.
        return (tuple(asked), ()) if len(asked) == len(parts) and past.asked != _WISH else None
    shortly = sum(len(part.text.split()) for part in told) <= TOLD_SHORTLY
    if past.asked == _WISH and not shortly:
        # Only questions that are a sentence of their own or beyond doubt are taken out of the wish.
        # 'Hvad hun har skrevet om det' names what is wished for, and asks nothing.
        asked = [act for act in asked if act.words.rstrip().endswith("?") or asks_outright(act.words)]
        own = (act for act in asked if begins_a_sentence(text, act.start) or act.certainty >= BEYOND_DOUBT)
        apart = {act.start for act in own} - wished
        told = [part for part, _ in parts if part.start not in apart]
        asked = [act for act in asked if act.start in apart]
        shortly = True
    rest = tuple((part.start, part.end) for part in told) if shortly else ((0, len(text)),)
    return (tuple(asked), rest) if asked else None


def asks_plainly(text: str) -> bool:
    """Whether a text ends as a question or starts as one."""
    return text.rstrip().endswith("?") or bool(cues()["question"].search(text.lower()))


def _may_be_wished(part: Part, labels: Labels) -> bool:
    label = labels.ranking[0][0] if labels.ranking else ""
    return label in _OF_WISHES and bool(cues()["asks_to_get"].search(part.text.lower()))


def _is_left(act: Act, wished: Iterable[int]) -> bool:
    """Whether a question next to a wish is named where it is not understood."""
    return act.act == ASK_MORE or (act.act == UNREAD and act.start not in wished)


def leads_up(part: Part, labels: Labels) -> bool:
    """Whether a part only leads up to a question: 'lige en ting først', 'når jeg er færdig'."""
    label, share = labels.ranking[0] if labels.ranking else ("", 0.0)
    announces = label == WILL_ASK and share >= LEADS_UP
    return announces or (is_condition(part) and not values_in(part.text))


def _is_gesture(part: Part, labels: Labels) -> bool:
    """Whether a part is short thanks or a greeting, asks to see what is noted, or leads up to a question."""
    label, share = labels.ranking[0] if labels.ranking else ("", 0.0)
    said = label in GESTURES and share >= BEYOND_DOUBT and len(part.text.split()) <= _FEW
    return said or (label == CHECK_NOTED and share >= UNDERSTOOD) or leads_up(part, labels)
