"""What a citizen tells in own words beside a wish or an answer: why it is wanted, and what Jura is asked."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.nlu.acts.parts import split
from bot.nlu.acts.request import learned
from bot.nlu.acts.request.found import Reading
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message, cues
from bot.nlu.acts.request.sentences import sentence_spans
from common import patterns
from common.acts import ADDS, CHANGE, EMPTY, SET, Act
from common.slots import FREE_TEXT, OWN_REASON

WHO_WHERE_WHEN = {"date", "time", "department", "name", "email", "phone", "reference"}
# What is told beside a reason, and is none of it.
_TOLD_BESIDE = {*WHO_WHERE_WHEN, "support_person", "recording_purpose", "recording_medium"}
# 'Jeg skriver for min mor, som er dement' says who writes.
_WHO_WRITES = patterns.compile(r"\b(på vegne af|jeg (skriver|spørger) for)\b", patterns.IGNORECASE)
_BEHIND = patterns.compile(r"[,;.!]\s+")
_CLAUSE = patterns.compile(r",\s+|;\s+|\b(?=fordi\b|da jeg\b)", patterns.IGNORECASE)
# 'Min mor har Alzheimers og skal til møde hos jer': what is wished for is no part of the reason.
_WISH = patterns.compile(
    r"\s(?:og|så|men)\s(?:(?:jeg|vi|hun|han)\s)?(?:skal|vil|ønsker|har brug)\b.*\b(?:møde|samtale|optage)\w*\b.*$",
    patterns.IGNORECASE | patterns.DOTALL,
)
_MARK = patterns.compile(r",\s|\s(?=og\b)", patterns.IGNORECASE)


def add_reason(message: Message, reading: Reading) -> None:
    """Adds why, with the words, where that is told with the wish."""
    if said := why(message, "recording_grounds" in reading.values):
        reading.values["recording_explanation"] = said
        reading.values.setdefault("recording_grounds", grounds_of(message))


def own_reason(told: Iterable[Act], known: Mapping[str, Any]) -> list[Act]:
    """That the reason of a request for another is told of the citizen: 'jeg er ordblind og kan ikke skrive noter'.

    The words say it by themselves: what is told of both is no reason of the other alone.
    """
    said = {act.slot: act for act in told if act.act in (SET, CHANGE) and act.slot}
    now = {**known, **{slot: act.value for slot, act in said.items()}}
    if not now.get("behalf_relation") or not said.keys() & {"recording_explanation", "behalf_relation"}:
        return []
    new = said.get("recording_explanation")
    # Where it was told before it was asked for, more of it is added.
    adds = new and known.get("recording_explanation") and (new.act == SET or new.about == ADDS)
    text = "\n".join([*([str(known["recording_explanation"])] if adds else []), str(now.get("recording_explanation"))])
    return [Act(EMPTY, slot=OWN_REASON)] if cues()["of_oneself"].search(text.lower()) else []


def grounds_of(message: Message) -> list[str]:
    """The grounds of a message that says why: as they were learnt, or else those that it names."""
    named = (ground for one in message.values("recording_grounds") for ground in one.value)
    return learned.grounds(message) or list(dict.fromkeys(named))


def why(message: Message, names_a_ground: bool = True) -> str | None:
    """The words in which a reason is told; of several, all from the first to the last."""
    said = _one_reason(message, names_a_ground)
    whole = _all_reasons(message) if said else None
    return whole or said


def _one_reason(message: Message, names_a_ground: bool) -> str | None:
    """What begins with 'fordi', and another sentence that names a ground."""
    said, told = because(message), explanation(message) if names_a_ground else None
    if not said or not told:
        return told or said
    if said in told:
        # Behind the reason, something else of the request is told.
        return told if told.rstrip(" .!").endswith(said) else said
    first, second = sorted((said, told), key=message.text.find)
    ends = next(end for _, end in sentence_spans(message.text, message.whole) if end > message.text.find(first))
    apart = message.text.find(second) >= ends
    return f"{first}\n{second}"[: FREE_TEXT["recording_explanation"]] if apart else said


def _all_reasons(message: Message) -> str | None:
    """What gives reasons in more places than one, with what stands between them and tells nothing else.

    'Min mand har Parkinsons, og hukommelsen svigter. Mødet er den 10. Jeg hører også dårligt, så vi vil optage'.
    """
    spots = _spots(message)
    spans = [span for span in sentence_spans(message.text, message.whole) if spots and span[1] > spots[0]]
    pieces: list[str] = []
    for start, end in spans:
        if start > spots[-1]:
            break
        here = [spot for spot in spots if start <= spot < end]
        piece = _around(message, here, start, end) if here else message.text[start:end].strip()
        if here or not (_tells_else(message, start, end) or message.cue_in("wish_recording", piece)):
            pieces.append(piece)
    return " ".join(pieces).strip(" ,;.!")[: FREE_TEXT["recording_explanation"]] if len(spots) > 1 else None


def _spots(message: Message) -> list[int]:
    """Where reasons begin or are named, each in a clause of its own; none in a sentence that says who writes."""
    spans = sentence_spans(message.text, message.whole)
    marks = sorted({*(mark.end() for mark in _CLAUSE.finditer(message.text)), *(end for _, end in spans)})
    named = [one for one in message.values("recording_grounds") if one.value != ["other"]]
    by_clause = {bisect(marks, one.start): one.start for one in named}
    of_who = [span for span in spans if _WHO_WRITES.search(message.text[slice(*span)])]
    return sorted(spot for spot in by_clause.values() if not any(start <= spot < end for start, end in of_who))


def _around(message: Message, spots: Sequence[int], start: int, end: int) -> str:
    """The clauses of a sentence around the reasons in it, and those beside that tell nothing else."""
    text = message.text
    ends = [mark.end() for mark in _CLAUSE.finditer(text, start, end)]
    clauses = list(pairwise([start, *(one for one in ends if start < one < end), end]))
    first = next(n for n, (_, behind) in enumerate(clauses) if spots[0] < behind)
    last = next(n for n, (_, behind) in enumerate(clauses) if spots[-1] < behind)
    while first and not (
        _tells_else(message, *clauses[first - 1]) or message.cue_in("wish_recording", text[slice(*clauses[first - 1])])
    ):
        first -= 1
    while last + 1 < len(clauses) and not _tells_else(message, *clauses[last + 1]):
        last += 1
    return text[clauses[first][0] : clauses[last][1]].strip(" \n,;")


def _tells_else(message: Message, start: int, end: int) -> bool:
    return any(start <= one.start < end for one in message.found if one.entity in _TOLD_BESIDE)


def because(message: Message) -> str | None:
    """The part of a sentence that begins with 'fordi' or 'så jeg kan', where a ground is read from it.

    It ends where something else of the request is told.
    """
    found = cues()["because"].search(message.text.lower())
    if not found or not (learned.grounds(message) or message.values("recording_grounds")):
        return None
    ends = next((end for _, end in sentence_spans(message.text, message.whole) if end > found.start()), found.end())
    if message.text[:ends].rstrip().endswith("?"):
        return None
    told = [one.start for one in message.found if found.start() < one.start < ends and one.entity in _TOLD_BESIDE]
    marks = [mark.start() for mark in _MARK.finditer(message.text, found.start(), min(told, default=ends))]
    said = message.text[found.start() : marks[-1] if told and marks else ends].strip(" \n,.;!")
    return said[: FREE_TEXT["recording_explanation"]] if len(said.split()) >= FEW_WORDS else None


def behind_the_medium(message: Message) -> str | None:
    """'Lyd, jeg hører dårligt': what is told behind 'lyd' or 'video', where a ground is read from it.

    The reason is what is asked for next.
    """
    medium = message.values("recording_medium")
    mark = _BEHIND.search(message.text, medium[0].end) if medium else None
    if not mark or message.is_question or not learned.grounds(message):
        return None
    said = message.text[mark.end() :].strip(" \n,.;!")
    others = [one for one in message.found if one.entity in WHO_WHERE_WHEN and one.start >= mark.end()]
    return said[: FREE_TEXT["recording_explanation"]] if len(said.split()) > FEW_WORDS and not others else None


def explanation(message: Message) -> str | None:
    """The sentence in which a citizen gives the grounds in own words, where it says more than the grounds' name.

    Of a sentence that also says who, where or when, it is the part between commas, or from 'fordi' on.
    """
    for found in message.values("recording_grounds"):
        for start, end in sentence_spans(message.text, message.whole):
            sentence = message.text[start:end]
            whole = any(start <= other.start < end for other in message.found if other.entity in WHO_WHERE_WHEN)
            if not start <= found.start < end or _WHO_WRITES.search(sentence):
                continue
            others = [one.start - start for one in message.found if one.entity in WHO_WHERE_WHEN]
            said = _clause(sentence, found.start - start, others) if whole else _WISH.sub("", sentence.strip())
            if len(said.split()) >= FEW_WORDS:
                return said[: FREE_TEXT["recording_explanation"]]
    return None


def _clause(sentence: str, place: int, others: Sequence[int]) -> str:
    """The part of a sentence around a place in it, up to the part that says who, where or when."""
    marks = [0, *(mark.end() for mark in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(mark for mark in marks if mark <= place)
    following = min((other for other in others if other > place), default=len(sentence))
    end = max([mark for mark in marks if place < mark <= following], default=min(m for m in marks if m > place))
    return sentence[start:end].strip(" ,.;!")


def own_question(message: Message) -> str | None:
    """The question itself in 'Jeg vil sende et spørgsmål til Jura: ...?'; None where only the wish is said."""
    head, colon, rest = message.text.partition(":")
    said = (message.text[start:end].strip() for start, end in sentence_spans(message.text, message.whole))
    asked = [sentence for sentence in said if sentence.endswith("?")]
    asked = [sentence for sentence in asked if not message.cue_in("wish_question", sentence)]
    # 'Et spørgsmål til Jura, må kommunen optage mig?'
    parts = [one.text for one in split(message.text) if one.text.rstrip().endswith("?")]
    asked = asked or [part for part in parts if not message.cue_in("wish_question", part)]
    # 'Skriv til Jura: jeg er døv' is a message, and no question.
    own = rest.strip() if colon and ("?" in rest or message.cue_in("tells_jura", head)) else " ".join(asked)
    own = own or message.part("asks_jura") or ""
    return own[: FREE_TEXT["question_text"]] if len(own.split()) >= FEW_WORDS else None
