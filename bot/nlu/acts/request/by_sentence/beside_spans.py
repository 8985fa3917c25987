"""Which clauses of a message tell what no field of the request holds, or who comes along."""

from collections.abc import Sequence

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.told_clauses import told_spans
from bot.nlu.acts.request.clauses import Span, as_message
from bot.nlu.acts.request.limits import FEW_WORDS, PLAIN
from bot.nlu.acts.request.meeting_text.parts import cue, parts_of, says_nothing_else
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.people import support_person
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS
from bot.nlu.acts.request.texts.edits import takes_out
from bot.nlu.acts.request.texts.reason_spans import shares_its_subject
from common.slots import LOOSE

_PURPOSE = "recording_purpose"
# In characters, between two sentences.
_GAP = 3
_OF_A_MEETING = ("date", "time", "department", "meeting_kind")
_WISHES = ("wish_recording", "wish_notes", "wishes_it")
# In characters: 'mellem klokken '.
_BEFORE_AN_HOUR = 15


def spans_beside(
    message: Message, asks: Sequence[str], *, told_how: bool, nobody: bool, other_use: bool, comes: str
) -> list[tuple[Span, bool]]:
    """What tells it, and whether it is who comes: of a sentence from the first such clause to the last one about it.

    `told_how`: how the meeting is held was asked for alone, and is told; `nobody`: no support person comes along;
    `other_use`: the recording is also for something else; `comes`: who is known to come along.
    """
    spans = list(told_spans(message)) or [(0, 0 if message.is_question else len(message.text))]
    hours = [(one.start, one.end) for one in parts_of(message) if one.has("part_of_day") and not one.asks]
    hours += [(one.start, one.end) for one in message.values("time") if is_first_of_two(one, message)]
    made: list[tuple[Span, bool]] = []
    sentences = sentence_spans(message.text, message.unbroken)
    # That is answered by the words that tell it: 'ude på adressen, fysisk'.
    spans = spans[told_how:]
    for begins, ends in sentences:
        goes_on = False
        whole_from = begins
        before: Message | None = None
        for start, end in (span for span in spans if begins <= span[0] < ends):
            # What is learnt of a message of one clause is learnt of the message.
            clause = as_message(message, start, end, learned=True) if message.clauses else message
            of_hours = any(first < end and start < last for first, last in hours)
            # 'I har min mail' answers what is asked for.
            how = {*asks}.isdisjoint(CONTACTS) or bool(message.values("name", "email", "phone"))
            tells = (
                of_hours
                or _tells_a_period(clause)
                or (learned_answers.has_no_field(clause, how=how) and not _has_fields(clause, asks))
            )
            who = support_person.says_on_what_it_depends(clause) or (
                not nobody
                and (support_person.says_who(clause, asks) or support_person.speaks_of_known(clause.text, comes))
            )
            who = who or (tells and support_person.says_one_comes(clause))
            tells = tells or who or (other_use and _says_what_for(clause))
            tells = tells and not takes_out(clause.text) and not _is_of_this_request(clause)
            if made and made[-1][1] and start - made[-1][0][1] <= _GAP and support_person.limits(clause):
                made[-1] = ((made[-1][0][0], end), True)  # 'Min søster, men kun til det første'
                continue
            if any(map(clause.cue, _WISHES)):
                goes_on, whole_from = False, end
            elif goes_on and ((tells and made[-1][1] in (True, who)) or (not tells and _goes_on(clause))):
                made[-1] = ((made[-1][0][0], end), made[-1][1])
            elif tells:
                needs_more = shares_its_subject(clause.text) or clause.cue("refers_back")
                # 'Jeg orker ikke telefonkøer, så det skal være på mail'
                needs_more = needs_more or clause.text.lower().startswith("så ")
                needs_more = needs_more or bool(who and before and support_person.mentions_people_alone(before))
                made.append(((whole_from if needs_more and not goes_on else start, end), who))
                goes_on = True
            else:
                goes_on = False
            before = clause
    return made


def is_first_of_two(hour: Found, message: Message) -> bool:
    """Whether it is the first of the hours between which a meeting begins, for which there is no field."""
    said = message.text[max(0, hour.start - _BEFORE_AN_HOUR) : hour.end]
    return bool(hour.value["readings"]) and bool(cue("between_hours").search(said))


def about_an_hour(hour: Found, message: Message) -> int | None:
    """Where 'ca. kl. 13' begins in the message; None for an hour that is told as it is."""
    begins = max(0, hour.start - _BEFORE_AN_HOUR)
    said = cue("about_an_hour").search(message.text[begins : hour.end]) if hour.value["readings"] else None
    return begins + said.start() if said else None


def _tells_a_period(clause: Message) -> bool:
    """Whether a clause says when the meeting is by a period alone: 'engang i november, jeg husker ikke dagen'."""
    days = [one.value for one in clause.values("date")]
    open_ones = [day for day in days if day["kind"] == "vague" and not (day["future"] or day["past"])]
    return bool(days) and open_ones == days and not clause.values("recurrence")


def _is_of_this_request(clause: Message) -> bool:
    """Whether a clause speaks of the text, the sending or a value of this request: 'mødet er flyttet til den 18.'."""
    corrects = clause.cue("correction") and bool(clause.values("date", "time"))
    # 'Det med bisidder passer ikke', 'mødet i borgerservice er uændret'
    names_a_field = clause.named_slots() or clause.values(*_OF_A_MEETING)
    corrects = corrects or bool(clause.cue("says_it_is_wrong_or_right") and names_a_field)
    return corrects or clause.cue("says_send") or clause.cue("speaks_of_the_text")


def _has_fields(clause: Message, asks: Sequence[str]) -> bool:
    """Whether a clause tells values alone, or answers that the recording is for oneself: 'så jeg kan høre den igen'."""
    values_alone = says_nothing_else(clause) and bool(clause.values("date", "time"))
    for_oneself = tuple(asks) == (_PURPOSE,) and learned_answers.values(clause, _PURPOSE, PLAIN) == ["private"]
    return values_alone or for_oneself


def _says_what_for(clause: Message) -> bool:
    """Whether a clause says for what else the recording is: 'til min virksomhed og min revisor', not 'til andet'."""
    said = [one.value for one in clause.values(_PURPOSE)] or learned_answers.values(clause, _PURPOSE, PLAIN)
    return "other" in said and clause.words >= FEW_WORDS and not clause.cue("to_something_else")


def _goes_on(clause: Message) -> bool:
    """Whether a clause goes on about what the one before it told: 'men hun er ikke sikker på, at hun kan få fri'.

    It is about the same person, or tells nothing of the request by itself.
    """
    if clause.yes or clause.is_question:
        return False
    answers = clause.has_values or any(learned_answers.values(clause, slot, PLAIN) for slot in LOOSE)
    return clause.cue("refers_back") or clause.cue("rest_of_an_address") or not answers
