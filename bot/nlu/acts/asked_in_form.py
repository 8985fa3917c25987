"""A message inside a request that only asks: about the page, or about the request itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.nlu.acts.in_texts import asks_plainly
from bot.nlu.acts.request.dialogue.steering import LIKE_WHY, asked_why, asks_what_it_is
from bot.nlu.acts.request.message import cues
from bot.nlu.acts.request.slot_values import ENTITIES_OF
from bot.nlu.acts.request.texts.edits import is_edit
from bot.nlu.acts.request.wishes import asked_for_another
from bot.nlu.certainty import SAID
from bot.nlu.intents.labels import Labels
from bot.nlu.parts import Part, asks_outright
from bot.nlu.values import values_in
from bot.past import Past
from common.acts import ASK, ASK_MORE, WHY, Act, is_about_the_request, is_answered_before
from common.slots import BINDING, FREE_TEXT

_OF_THE_FORM = ("how_many_left", "comes_along")
# Values that a question about what is noted may bring anew.
_NAMED_ANEW = ("email", "phone")
# Values of a meeting, which a statement next to such a question puts right.
_OF_A_MEETING = ("department", "date", "time", "meeting_kind", "recording_medium")
# Values that an answer is looked for in, whatever stands around them.
_TELLS = (*_NAMED_ANEW, "date", "time")


def asked_alone(one: Act, text: str, parts: Sequence[tuple[Part, Labels]], past: Past) -> Act | None:
    """The question that the whole message is, which the form is not given to look for an answer in; None for others.

    `one`: the act of the whole message.
    """
    if not past.in_form or len(parts) > 1 or is_for_the_form(text, past):
        return None
    if any(part.why for part, _ in parts) and past.asked not in FREE_TEXT:
        return replace(one, act=WHY, value=asked_why(text, past.asked), about="")
    if asks_what_it_is(text, past.asked):
        return None
    if one.act == ASK_MORE or _only_asks(one, text, past):
        return one
    return one if is_about_the_request(one) and not _may_answer(one, text, past) else None


def _may_answer(one: Act, text: str, past: Past) -> bool:
    """Whether a question about the request may as well answer what was asked."""
    found = values_in(text)
    values = [value.value for value in found if value.entity in _NAMED_ANEW]
    new = bool(values) if past.asked not in BINDING else any(_is_new(value, past) for value in values)
    # A statement with a value of what is asked for answers: 'min datter har skrevet, at det er torsdag den 10.'
    asked = str(past.asked)
    answers = () if text.rstrip().endswith("?") else ENTITIES_OF.get(asked, (asked,))
    new |= any(value.entity in answers for value in found)
    # 'Der står stadig video ved det andet, det er en telefonsamtale' puts a value right.
    new |= not asks_plainly(text) and any(value.entity in _OF_A_MEETING for value in found)
    # 'Der står ikke noget om min mor' tells for whom it is.
    new |= any(value.entity == "behalf" for value in found) and not past.slots.get("behalf_relation")
    return new or (past.asked in FREE_TEXT and not (asks_plainly(text) and one.certainty >= SAID))


def _is_new(value: Any, past: Past) -> bool:
    """Whether a value is in no slot: 'kan du rette nummeret til 22 33 44 55' asks for more than what is noted."""
    return str(value) not in {str(known) for known in past.slots.values() if known is not None}


def _tells_values(text: str) -> bool:
    # Question order in an answer that gives its cause: 'optager skærmen, og det er fordi jeg glemmer alt'.
    explains = cues()["gives_a_cause"].search(text.lower()) and not text.rstrip().endswith("?")
    return bool(explains) or any(value.entity in _TELLS for value in values_in(text))


def _only_asks(one: Act, text: str, past: Past) -> bool:
    """Whether it asks about the page from its first word on, beyond doubt, where no text is asked for.

    Not where it may ask why the form asks, or tells a value; a known meeting is only mentioned at what binds.
    """
    sure = one.act == ASK and is_answered_before(one) and one.certainty >= SAID and one.value not in LIKE_WHY
    if not (sure and past.asked not in FREE_TEXT and asks_outright(text)):
        return False
    return not _tells_values(text) or (past.asked in BINDING and _only_mentions(text))


def _only_mentions(text: str) -> bool:
    """Whether the values of a question tell nothing new of the request: no contact, and no correction."""
    contact = any(value.entity in _NAMED_ANEW for value in values_in(text))
    return not contact and not cues()["correction"].search(text.lower())


def for_the_form(text: str) -> bool:
    """Whether only the form can answer: progress, what is noted, edits of a text."""
    of_the_form = any(cues()[name].search(text.lower()) for name in _OF_THE_FORM)
    return of_the_form or bool(cues()["takes_meeting_out"].search(text.lower())) or is_edit(text)


def is_for_the_form(text: str, past: Past) -> bool:
    """Whether a part is not asked of the page: it steers, declines the name, or wishes for another request."""
    another = past.asked != "question_text" and asked_for_another(text, str(past.slots.get("request_type")))
    declines = past.asked == "applicant_name" and cues()["declines_name"].search(text.lower())
    # 'I skal ikke ringe til mig' wishes to speak with nobody.
    reached = past.asked != "question_text" and cues()["not_by_telephone"].search(text.lower())
    return for_the_form(text) or bool(declines or another or (reached and not text.rstrip().endswith("?")))
