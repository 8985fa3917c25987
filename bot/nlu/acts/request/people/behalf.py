"""For whom a request is, where it is for somebody else: relation, name, and the words (request.md, Slots)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.people.applicant_name import is_spelt_anew
from bot.nlu.acts.request.people.support_person import speaks_of_known
from bot.nlu.acts.request.sentences import sentence_around
from bot.nlu.acts.request.slot_values import Reading, Values
from bot.nlu.values.lexicon import fold
from bot.nlu.values.people.behalf import behalf_name, find_behalf
from bot.nlu.values.people.mentions import mark_people
from bot.nlu.values.people.names import find_names
from bot.nlu.values.people.relations import (
    Told,
    is_own_child,
    is_same,
    kin_instead,
    named_anew,
    named_kin,
    names_an_official,
    told_name,
    told_relations,
)
from common import patterns
from common.slots import BEHALF, FREE_TEXT, LONGEST_BEHALF_WORDS, LONGEST_NAME, SUPPORT_PERSON_TEXT

_CLAUSE_ENDS = patterns.compile(r"[.!?,;:\n()]+")
# A known relation is replaced only by one with a higher number.
_SAYS_MORE = {None: 0, "other": 1, "relative": 2, "guardian": 3, "representative": 3}
# At these slots 'hun' is the person for whom it is; elsewhere it may be a support person or caseworker.
_ASKS_WHO = ("behalf_name", "applicant_name", "review")
# Before whoever passes the answer on.
_REACHED_THROUGH = patterns.compile(r"\b(?:til|hos|via|gennem|kontakt) $", patterns.IGNORECASE)
# The rule of a person who is pointed out: 'Simon. Jeg er hans søn'.
_POINTS = "points"
# 'Ja, det er min mor' is the support person.
_ASKS_FOR_ANOTHER = ("support_person_possible",)


def read_behalf(
    message: Message, asked: str | None, known: Mapping[str, Any], reading: Reading, before: str = ""
) -> None:
    """Adds for whom the request is, where that is new; None for all of it, where it is for the citizen.

    `before`: what the citizen wrote earlier; pronouns may refer to it.
    """
    said = message.values("behalf") or _by_pronoun(message, before)
    if asked in _ASKS_FOR_ANOTHER and known.get("behalf_relation"):
        # 'Ja, det er mig, Simon. Jeg er hans søn' tells who comes along, and of whom it is known.
        said = [one for one in said if one.rule != _POINTS]
    spoken_of = _for_whom_before(before) if not said else {}
    known = {**spoken_of, **known}
    if said:
        reading.values |= _updated(message, said[0], known)
    elif _is_for_oneself(message, asked, known):
        # A second request keeps the person of the first, unless the message says otherwise.
        reading.values |= dict.fromkeys(BEHALF)
        return
    elif asked is None and (asked_for := _asked_for(text := f"{before}\n{message.text}".strip())):
        spoken_of = _updated(replace(message, text=text, found=()), asked_for, known)
        reading.values |= spoken_of
    _add_behind_its_name(message, known, reading)
    _add_kin_instead(message, known, reading)
    _add_named(message, asked, known, reading)
    _add_mentioned(before, known, reading)
    _add_relation(message, asked, known, reading)
    _add_capacity(message, reading)
    _add_name(message, asked, known, reading, meant=bool(spoken_of))
    if said and known.get("applicant_name"):
        _add_lone_name(message, known, reading)
    _separate_names(known, reading)


def _add_behind_its_name(message: Message, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds whom a message names by the name of the field, where nobody is known: 'på vegne af: Kaj Holm'."""
    behind = message.part("named_on_behalf")
    if not behind or known.get("behalf_relation") or reading.values.get("behalf_relation"):
        return
    people = list(mark_people(behind).people.values())
    who = next((one.who for one in people if one.who), None)
    name = next((one.name for one in people if one.name), None)
    if who or name:
        told = {"behalf_relation": "relative" if who else "other", "behalf_who": who, "behalf_name": name}
        reading.values |= told | {"behalf_words": message.text[:LONGEST_BEHALF_WORDS]}


def _add_capacity(message: Message, reading: Reading) -> None:
    """Replaces a weaker relation by guardian or representative."""
    told = learned_answers.capacity(message)
    if told and _SAYS_MORE.get(reading.values.get("behalf_relation"), 0) in (1, 2):
        reading.values["behalf_relation"] = told


def _by_pronoun(message: Message, before: str) -> list[Found]:
    """For whom it is, where a pronoun refers to a person named in earlier messages."""
    if not before or find_behalf(before):
        return []
    start = len(before) + 1
    told = [one for one in find_behalf(f"{before}\n{message.text}") if one.end > start and not one.negated]
    return [Found("behalf", told[0].value, 0, max(0, told[0].end - start))] if told else []


def _asked_for(text: str) -> Found | None:
    """For whom it is, where the citizen asks whether the request may be made for another."""
    told = [one for one in find_behalf(text, asked=True) if not one.negated]
    return Found("behalf", told[-1].value, told[-1].start, told[-1].end) if told else None


def _for_whom_before(before: str) -> Values:
    """For whom it was according to earlier messages; empty where they do not say."""
    told = [one.value for one in find_behalf(before) if not one.negated] if before else []
    if not told:
        return {}
    return {f"behalf_{name}": told[-1][name] for name in ("relation", "who", "name") if told[-1][name]}


def _is_for_oneself(message: Message, asked: str | None, known: Mapping[str, Any]) -> bool:
    for_oneself = any(found.entity == "behalf" and found.negated for found in message.found)
    return (for_oneself or message.cue("for_myself")) and (asked is None or bool(known.get("behalf_relation")))


def _updated(message: Message, found: Found, known: Mapping[str, Any]) -> Values:
    """The values that change; nothing known of the same person gets less precise."""
    value, relation = found.value, known.get("behalf_relation")
    if relation and _is_the_same_person(value, known):
        told: Values = {}
        if _SAYS_MORE[value["relation"]] > _SAYS_MORE.get(relation, 0):
            told["behalf_relation"] = value["relation"]
        if value["who"] and not known.get("behalf_who"):
            told["behalf_who"] = value["who"]
        if value["name"] and value["name"] != known.get("behalf_name"):
            told["behalf_name"] = value["name"]
        return told
    told = {
        "behalf_relation": value["relation"],
        "behalf_who": value["who"],
        "behalf_words": sentence_around(message.text, found.start, found.end, message.unbroken)[:LONGEST_BEHALF_WORDS],
    }
    if value["name"] or relation:
        # Another person: the known name no longer holds.
        told["behalf_name"] = value["name"]
    return told


def _is_the_same_person(value: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether the value can be of the known person."""
    who, name = known.get("behalf_who"), known.get("behalf_name")
    if value["who"] and who:
        return value["who"] == who
    if value["name"] and name:
        return _is_same_name(value["name"], name)
    # The name of a known relative, or the relation of a known name.
    return not (value["who"] and value["name"]) or not (who or name)


def _is_same_name(name: str, other: str) -> bool:
    """Whether two names are equal, a genitive 's' or a missing surname aside."""
    one, two = sorted((fold(name).split(), fold(other).split()), key=len)
    two = two[: len(one)]
    return one[:-1] == two[:-1] and bool(one) and (one[-1] in (two[-1], f"{two[-1]}s") or two[-1] == f"{one[-1]}s")


def _separate_names(known: Mapping[str, Any], reading: Reading) -> None:
    """Removes a name given to both applicant and behalf from one of them, and a name shorter than the known one."""
    told, before = reading.values.get("behalf_name"), known.get("behalf_name")
    if told and before and _is_same_name(told, before) and len(told) < len(before):
        del reading.values["behalf_name"]
    name, applicant = reading.values.get("behalf_name") or before, reading.values.get("applicant_name")
    own = known.get("applicant_name")
    if name and applicant and own and is_spelt_anew(applicant, name) and not is_spelt_anew(applicant, own):
        # 'Navnet skal være Hanne Broderson', where the request is for Hanne Brodersen.
        reading.values["behalf_name"] = reading.values.pop("applicant_name")
        return
    if not (name and applicant) or not _is_same_name(applicant, name) or (own and _is_same_name(applicant, own)):
        return
    del reading.values["applicant_name"]
    if len(applicant) > len(name):
        reading.values["behalf_name"] = applicant


def _add_kin_instead(message: Message, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds the relative that is meant in place of the known one; a capacity and a name that are known stay."""
    person = kin_instead(message.text, known.get("behalf_who"))
    if not person:
        return
    kept = _SAYS_MORE.get(known.get("behalf_relation"), 0) > _SAYS_MORE["relative"]
    relation = known["behalf_relation"] if kept else "relative"
    words = sentence_around(message.text, person.start, person.end, message.unbroken)[:LONGEST_BEHALF_WORDS]
    reading.values |= {"behalf_relation": relation, "behalf_who": person.who, "behalf_words": words}
    if person.name:
        reading.values["behalf_name"] = person.name


def _add_named(message: Message, asked: str | None, known: Mapping[str, Any], reading: Reading) -> None:
    """A relative named beside the citizen, or beside the wish, is the one for whom it is."""
    told = {**known, **reading.values}
    if asked not in (None, "applicant_name", "review") or told.get("behalf_relation"):
        return
    if named := named_kin(message.text, introduced=asked != "applicant_name"):
        words = sentence_around(message.text, named.start, named.end, message.unbroken)[:LONGEST_BEHALF_WORDS]
        if _REACHED_THROUGH.search(message.text[: named.start]) and message.values("email", "phone"):
            return  # 'skriv til min datter Karen, karen@eksempel.dk'
        if message.values("support_person") or (asked != "applicant_name" and message.cue_in("brings", words)):
            return  # 'Min søn hedder Per, og han kommer med'; 'min datter Mette kommer også'
        reading.values |= {"behalf_relation": "relative", "behalf_who": named.who, "behalf_words": words}


def _add_mentioned(before: str, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds what a person who is only named is to the citizen, where earlier messages say so: 'min mand Poul'."""
    now = {slot: reading.values.get(slot, known.get(slot)) for slot in BEHALF}
    name = now["behalf_name"]
    if not (before and name) or now["behalf_who"]:
        return
    named = (person for person in mark_people(before).people.values() if person.name and person.who)
    if person := next((one for one in named if _is_same_name(one.name or "", name)), None):
        reading.values |= {"behalf_who": person.who}
        if _SAYS_MORE.get(person.kind, 0) > _SAYS_MORE.get(now["behalf_relation"], 0):
            reading.values["behalf_relation"] = person.kind


def _add_lone_name(message: Message, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds the one full name that stands by itself beside 'det er for min kone', where the writer's is known."""
    if reading.values.get("behalf_name") or known.get("behalf_name"):
        return
    clauses = (clause.strip() for clause in _CLAUSE_ENDS.split(message.text))
    names = {str(one.value) for clause in clauses for one in find_names(clause, [], []) if " " in str(one.value)}
    others = [name for name in names if not _is_same_name(name, str(known["applicant_name"]))]
    if len(others) == 1:
        reading.values["behalf_name"] = others[0][:LONGEST_NAME]


def _add_relation(message: Message, asked: str | None, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds the relation of the person for whom it is, from this message or from a text of the request."""
    now = {slot: reading.values.get(slot, known.get(slot)) for slot in BEHALF}
    if not now["behalf_relation"]:
        return
    before = [str(known[slot]) for slot in FREE_TEXT if known.get(slot)] if "behalf_words" in reading.values else []
    for text in (message.text, *before):
        for told in told_relations(text):
            if _is_about(told, now) and not (told.about is None and asked in _ASKS_FOR_ANOTHER):
                now |= _more_of(told, now)
    reading.values |= {slot: value for slot, value in now.items() if value is not None and value != known.get(slot)}


def _is_about(told: Told, now: Mapping[str, Any]) -> bool:
    if told.about is None:
        return True
    if told.name and now["behalf_name"]:
        return _is_same_name(told.name, now["behalf_name"])
    return is_same(told.about.who, now["behalf_who"])


def _more_of(told: Told, now: Mapping[str, Any]) -> Values:
    """The values that say more of the person; a contradiction changes nothing."""
    if now["behalf_who"] and told.who and not is_same(told.who, now["behalf_who"]):
        return {}
    more: Values = {"behalf_who": now["behalf_who"] or told.who, "behalf_name": now["behalf_name"] or told.name}
    relation = "guardian" if told.young and is_own_child(more["behalf_who"]) else told.relation
    if _SAYS_MORE[relation] > _SAYS_MORE.get(now["behalf_relation"], 0):
        more["behalf_relation"] = relation
    return more


def _add_name(message: Message, asked: str | None, known: Mapping[str, Any], reading: Reading, *, meant: bool) -> None:
    """Adds the name of the person for whom it is, instead of as the citizen's.

    `meant`: whether a pronoun without another antecedent is that person.
    """
    now = {slot: reading.values.get(slot, known.get(slot)) for slot in BEHALF}
    if reading.values.get("behalf_name") or not (now["behalf_relation"] or asked == "behalf_name"):
        return
    # 'Han hedder Emil': of one whose name is not told yet, and where no support person is asked for.
    nameless = bool(now["behalf_who"]) and not now["behalf_name"] and asked not in _ASKS_FOR_ANOTHER
    meant = meant or nameless or asked in _ASKS_WHO or message.cue("anothers_name")
    behind = message.part("named_on_behalf")
    name = behalf_name(behind) if behind else None
    name = (
        name or named_anew(message.text, now["behalf_name"]) or told_name(message.text, now["behalf_who"], meant=meant)
    )
    if asked == "behalf_name" and not name and not names_an_official(message.text):
        name = behalf_name(message.text)
    held = str(known.get(SUPPORT_PERSON_TEXT) or "")
    along = name and not behind and (name in held or _comes_along(name, message))
    # Asked for, a bare name is theirs, and 'Nour kommer kun den 16.' is not.
    if not name or (along and (asked != "behalf_name" or speaks_of_known(message.text, held))):
        return
    reading.values["behalf_name"] = name[:LONGEST_NAME]
    applicant = reading.values.get("applicant_name")
    if applicant and _is_same_name(applicant, name):
        reading.values.pop("applicant_name", None)


def _comes_along(name: str, message: Message) -> bool:
    """Whether the name is that of a support person: 'Nour kommer kun den 16.'."""
    said = (message.text[one.start : one.end] for one in message.values("support_person"))
    return any(name in words for words in said)
