"""The citizen's name."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from bot.nlu.acts.request.limits import SPELT_ANEW, SURE
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, changed, given
from bot.nlu.values.lexicon import fold
from bot.nlu.values.people.names import find_in_part, find_names, in_small_letters, is_of_words
from common import patterns
from common.acts import Act
from common.request import State
from common.slots import LONGEST_NAME

# 'Jeg' begins the next sentence, whose question before it was answered.
_CAPITAL = r"(?!(?:Jeg|Men|Det)\b)[^\W\d_a-zæøå](?:[^\W\d_]|['’`´-](?=[^\W\d_])|\.(?=[^\W\d_]))*\.?"
_CAPITALS = patterns.compile(
    rf"^(?:[^:]{{0,30}}: )?(?P<name>{_CAPITAL}(?: (?:(?:von|van|de|der|al|el|af) )?{_CAPITAL}){{0,5}})"
    r"(?:$|[,.!]\s| \(|\s*[^\w\s]+$)"
)
# 'Jamen det har jeg da skrevet, Bent Friis', 'det er Birthe Lund, med th', where the name is asked for.
_AMONG_OTHERS = patterns.compile(
    rf"[\s,:(](?P<name>{_CAPITAL}(?: (?:(?:von|van|de|der|al|el|af) )?{_CAPITAL}){{1,5}})(?=$|[\s,.!)])"
)
# 'Det er Bodil fra Nørre Ringgade', only where the name is asked for.
_FROM = patterns.compile(
    rf"^(?i:(?:(?:ja|hej|goddag|dav)[,! ]+)?(?:det|dette) er) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,4}}) fra\b"
)
# Another person's name: 'på vegne af min far, han hedder Knud Overgaard'.
_ANOTHERS = patterns.compile(
    r"\b(?:han|hun|de|der|far|mor|søn|datter|mand|kone|bror|søster|barn|\w*der|\w*ver) hedder $", patterns.IGNORECASE
)
# Words before an e-mail address or telephone number: 'og min mail er'.
_OF_A_CONTACT = patterns.compile(
    r"[ ,]{0,3}\b(?:og )?(?:min |mit )?(?:e-?mail|mail|tlf|telefon|mobil|nummer|nr)[a-zæøå]{0,10}(?: er)?\W{0,5}$"
    r"|\W{1,5}og$",
    patterns.IGNORECASE,
)
_LINE_ENDS = patterns.compile(r"\n|(?<![.!?])[.!?]++\s")
_CLAUSE_ENDS = patterns.compile(r"(?<=[?])\s*|[,;:!\n()]+|\.(?=\s|$)")
# Entities that contain no name.
# In words: the rest of a name whose first word is known.
_MOST_OF_A_REST = 3
_NO_NAME = ("email", "phone", "date", "time", "department", "reference")
_SMALL = patterns.compile(r"[^\W\d_]{2,40}+(?:[ '-][^\W\d_]{1,40}+){0,4}+$")
_OF_ANOTHER = patterns.compile(
    r"\b(?!Jeg\b)[A-ZÆØÅ][a-zæøå]{1,30}(?: (?:hedder|hed)|s (?:fulde )?(?:efter|for)?navn(?: er| skal være)?) $"
)
_SAYS_A_NAME = patterns.compile(r"\b(?:hedder|navn\w*|hilsen|mvh|jeg er)\b", patterns.IGNORECASE)
_PLACES = patterns.compile(
    r"frederiksberg|københavn|kommune|rådhus|center|afdeling|service|ankestyrelse|danmark", patterns.IGNORECASE
)
NO_NAME = (
    *("stop", "back", "wait", "skip", "dont_know", "affirm", "deny", "why", "correction"),
    *("keep", "declines_name"),
)
_SAID_IN_ONE_WORD = {
    *("greet", "goodbye", "thank", "affirm", "deny", "skip", "cancel", "help", "restart", "repeat", "simplify"),
    *("human_handover", "bot_challenge", "frustration", "other_language", "inform", "correct"),
}


# 'Arkitekten hedder Lone Kjær', where a name is asked for.
_ANOTHER_IS_CALLED = patterns.compile(
    r"^[ ,.;]{0,4}(?!(?:og |men )?jeg\b)\w+(?: (?!jeg\b)\w+)? hedder (?!jeg\b)", patterns.IGNORECASE
)


def read_name(message: Message, asked: str | None, reading: Reading) -> None:
    """Adds the name where it is introduced, or where it was asked for and the message is nothing else."""
    beforehand = asked == "terms_accepted" or (asked not in (None, "review") and _signs(message))
    if beforehand and message.values("email", "phone"):
        asked = "applicant_name"  # Who they are is asked for next, or said beforehand.
    of_another = message.cue("anothers_name") or _ANOTHER_IS_CALLED.match(message.text)
    name = None if of_another else _name(message, asked)
    if asked not in (None, "applicant_name", "review") and not _SAYS_A_NAME.search(message.text):
        return  # 'Det er Udbetaling Danmark', as the answer to another question
    # legal/request.schema.json rejects a longer one.
    if name and len(name) <= LONGEST_NAME:
        reading.values["applicant_name"] = name


def _signs(message: Message) -> bool:
    """Whether a message is a name and how its bearer is reached, and nothing else: 'Bo Lind, bo@lind.dk'."""
    return any(one.rule == "bare" and " " in str(one.value) for one in message.values("name"))


def read_part_of_a_name(message: Message, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds the full name where only a surname is told, or one word of the known name is spelt anew.

    It is the surname of the person for whom the request is, where that is said or theirs is unknown.
    """
    for slot in ("applicant_name", "behalf_name"):
        told, words = str(reading.values.get(slot) or ""), str(known.get(slot) or "").split()
        alike = [place for place, word in enumerate(words) if is_spelt_anew(told, word)]
        if told and " " not in told and len(words) > 1 and len(alike) == 1:
            reading.values[slot] = " ".join([*words[: alike[0]], told, *words[alike[0] + 1 :]])
    said = message.part("surname")
    if not said or reading.values.keys() & {"applicant_name", "behalf_name"}:
        return
    other = str(known.get("behalf_name") or "")
    first = other.lower().partition(" ")[0]
    named = bool(first) and not {first, f"{first}s"}.isdisjoint(message.text.lower().split())
    says_whose = message.cue("anothers_name") or named or " " not in other
    of_the_other = other and not message.cue("own_surname") and says_whose
    slot = "behalf_name" if of_the_other else "applicant_name"
    names = str(known.get(slot) or "").split()
    whole = " ".join([*(names[:-1] or names), said])
    if names and len(whole) <= LONGEST_NAME:
        reading.values[slot] = whole


def more_of_a_name(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The full name where one word of it is known, and the next message is the rest, or names both beside a contact.

    'Aage', then 'mikkelsen' or 'det er aage mikkelsen, 22 33 44 55'.
    """
    first = str(state.known.get("applicant_name") or "")
    if state.asked not in CONTACTS or len(first.split()) != 1 or not reading.values.keys() <= {*CONTACTS}:
        return None
    named = [str(one.value) for one in message.values("name")]
    if whole := next((one for one in named if one.lower().startswith(f"{first.lower()} ")), ""):
        return [*given(reading.values), *changed({"applicant_name": whole})] if len(whole) <= LONGEST_NAME else None
    if reading.values or message.is_question:
        return None
    said = message.text.strip(" .!")
    if any(map(message.cue, NO_NAME)) or len(said.split()) > _MOST_OF_A_REST or not _SMALL.match(said):
        return None
    whole = said if said.split()[0].lower() == first.lower() else f"{first} {said}"
    return changed({"applicant_name": whole}) if in_small_letters(whole) and len(whole) <= LONGEST_NAME else None


def is_spelt_anew(name: str, other: str) -> bool:
    """Whether a name is another with some letters changed."""
    return SequenceMatcher(None, fold(name), fold(other)).ratio() >= SPELT_ANEW


def _name(message: Message, asked: str | None) -> str | None:
    names = message.values("name")
    if not names and asked == "applicant_name" and (said := _capitals(message)) and not is_of_words(said):
        return said
    if asked == "applicant_name" and (from_somewhere := _FROM.match(message.text)):
        return from_somewhere["name"]
    # Another person's name: 'Viktor hedder Viktor Bech-Nielsen'.
    introduced = [f for f in names if f.rule != "bare" and not _OF_ANOTHER.search(message.text[: f.start])]
    # Without an introduction it is a name only where one was asked for.
    if introduced or (names and asked == "applicant_name"):
        return str((introduced or names)[0].value)
    if asked != "applicant_name":
        return _before_a_contact(message) if asked is None else None
    if beside := _beside_a_contact(message):
        return beside
    in_part = find_in_part(message.text)
    in_part = in_part if in_part and not _PLACES.search(in_part) else _among_others(message)
    return in_part or _in_a_clause(message)


def _beside_a_contact(message: Message) -> str | None:
    """The name in what is left of an answer without its e-mail address and telephone number."""
    contacts = sorted(message.values("email", "phone"), key=lambda one: one.start, reverse=True)
    if not contacts or message.is_question or any(message.cue(cue) for cue in ("declines_name", "stop")):
        return None
    text = message.text
    for one in contacts:
        text = f"{text[: one.start]}\n{text[one.end :]}"
    lines = [_OF_A_CONTACT.sub("", line).strip(" ,.;:-") for line in _LINE_ENDS.split(text)]
    names = [str(one.value) for line in lines if line for one in find_names(line, [], [])]
    # Lower case is a name only where nothing else is said.
    names = names or ([] if message.cue("correction") else [line for line in lines if _SMALL.match(line)])
    return names[0] if len(names) == 1 and not is_of_words(names[0]) else None


def _in_a_clause(message: Message) -> str | None:
    """The one clause that can only be a name."""
    text = message.text
    for one in sorted(message.found, key=lambda one: one.start, reverse=True):
        if one.entity in _NO_NAME:
            text = f"{text[: one.start]}\n{text[one.end :]}"
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if not clause.rstrip().endswith("?")]
    names = [name for clause in clauses if (name := in_small_letters(clause)) and not _PLACES.search(name)]
    return names[0] if len(names) == 1 else None


def _before_a_contact(message: Message) -> str | None:
    """The name in a sentence of a name and an e-mail address or telephone number."""
    for one in message.values("email", "phone"):
        before = _LINE_ENDS.split(message.text[: one.start])
        name = in_small_letters(_OF_A_CONTACT.sub("", before[-1]).strip(" ,.;:-"))
        if len(before) > 1 and name and not _PLACES.search(name):
            return name
    return None


def _among_others(message: Message) -> str | None:
    """The only run of capitalised words in a sentence without other values."""
    if message.is_question or message.has_values:
        return None
    says_so = message.intent in ("inform", "nlu_fallback", "correct") or message.confidence < SURE
    runs = [
        run["name"]
        for run in _AMONG_OTHERS.finditer(message.text)
        if not _ANOTHERS.search(message.text[: run.start("name")]) and not is_of_words(run["name"])
    ]
    return runs[0] if len(runs) == 1 and says_so and not _PLACES.search(runs[0]) else None


def _capitals(message: Message) -> str | None:
    """Capitalised words as a name, also where they are common words, where the name is asked for."""
    found = _CAPITALS.match(message.text)
    if not found or message.is_question or any(message.cue(cue) for cue in NO_NAME):
        return None
    single = len(found["name"].split()) == 1
    if single and (message.intent in _SAID_IN_ONE_WORD and message.confidence >= SURE):
        return None
    return found["name"].strip()
