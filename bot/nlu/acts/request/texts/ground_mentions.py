"""What a message says of the grounds of a recording: told, denied, or left alone, clause by clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from bot.nlu.acts.request.message import Message
from bot.nlu.values.lexicon import load
from common import patterns

# How a ground is spoken of: an ability, a thing, or a failing by itself; the last also is a phrase of choices.yml.
ABILITY, THING, FAILING = "abilities", "things", "failings"
# Grounds that are of others than who is in need: 'de lyver'; and none.
DOCUMENTATION, _OTHER = "documentation", "other"
Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """A ground spoken of in a clause. `denied`: it does not hold, or is to go; `alone`: it is to be the only one."""

    ground: str
    clause: Span
    place: int
    how: str = FAILING
    denied: bool = False
    alone: bool = False
    # With a word for what it lacks: 'svært ved at huske'.
    lacks: bool = False
    # Said of somebody else than the writer: 'min datter kan godt høre den'.
    of_another: bool = False

    @property
    def is_name(self) -> bool:
        """Whether the ground is called by its name, and nothing is told of it: 'svært ved at huske'."""
        return self.how == THING or (self.how == ABILITY and self.lacks)

    @property
    def by_chance(self) -> bool:
        """Whether nothing may be told of a ground: 'jeg kan ikke høre den', 'undskyld mit dansk'."""
        return self.how != FAILING and not self.lacks


@dataclass(frozen=True)
class Said:
    """The grounds a message tells and denies, in the order of their mention."""

    mentions: tuple[Mention, ...] = ()
    clauses: tuple[Span, ...] = ()
    # Something is to be taken out.
    removes: bool = False
    told: list[str] = field(init=False)
    denied: list[str] = field(init=False)

    def __post_init__(self) -> None:
        # 'Noget andet' tells no ground; it can be taken out.
        told = list(dict.fromkeys(one.ground for one in self.mentions if not one.denied and one.ground != _OTHER))
        denied = dict.fromkeys(one.ground for one in self.mentions if one.denied)
        object.__setattr__(self, "told", told)
        # 'Jeg har ikke svært ved at høre, kun ved at forstå': the ground holds.
        object.__setattr__(self, "denied", [ground for ground in denied if ground not in told])

    @property
    def alone(self) -> bool:
        """Whether those told are to be the only ones."""
        return any(one.alone for one in self.mentions if not one.denied)

    def may_tell(self, place: int, message: Message) -> bool:
        """Whether the clause at that place may tell a ground: it denies none, and speaks of none in passing."""
        clause = next((one for one in self.clauses if one[0] <= place < one[1]), (0, len(message.text)))
        here = [one.denied for one in self.mentions if one.clause == clause]
        said = message.text[slice(*clause)].lower()
        in_passing = not here and bool(word("in_passing").search(said))
        return not ((here and all(here)) or in_passing or word("speaks_to_us").search(said))


@cache
def word(name: str) -> patterns.Pattern:
    """A compiled pattern of data/values/grounds.yml."""
    return patterns.compile(load("grounds")[name].strip())


@cache
def _names(how: str) -> dict[str, patterns.Pattern]:
    return {ground: patterns.compile(said.strip()) for ground, said in load("grounds")[how].items()}


def said_of_grounds(message: Message, *, for_another: bool = True) -> Said:
    """The grounds that the message tells and denies; without `for_another`, those of the writer alone."""
    text = message.text.lower()
    clauses = _clauses(message)
    mentions: list[Mention] = []
    removes = False
    # 'Hvorfor står der, at jeg hører dårligt? Det skal væk', where the question is answered already
    before = said_of_grounds(message.question_before()).mentions if message.before else ()
    for clause in clauses:
        said = text[slice(*clause)]
        takes_out = bool(word("takes_out").search(said))
        removes |= takes_out
        goes_on = bool(word("of_the_one_before").search(said))
        others = takes_out and bool(word("the_others").search(said))
        here = [] if goes_on and others else list(_mentions(message, clause, takes_out))
        if goes_on and not here and (mentions or before):
            mentions = _of_the_one_before(mentions or before, said, others=others, wrong=takes_out)
        mentions += here
    return Said(tuple(one for one in mentions if for_another or not one.of_another), tuple(clauses), removes)


def states(message: Message, clause: Span, ground: str = "") -> bool:
    """Whether a clause states something of the citizen or of another person: no question, no 'hvis man'."""
    said = message.text[slice(*clause)].lower().strip()
    if said.endswith("?") or message.cue_in("question", said) or word("speaks_to_us").search(said):
        return False
    return (ground == DOCUMENTATION or is_of_somebody(message, clause)) and not is_general(message, clause)


def is_of_somebody(message: Message, clause: Span) -> bool:
    """Whether a clause is about the citizen or another person."""
    said = message.text[slice(*clause)].lower()
    return bool(word("of_oneself").search(said) or word("of_another").search(said))


def is_general(message: Message, clause: Span) -> bool:
    """Whether a clause is of nobody: 'hvis man er døv'."""
    return bool(word("in_general").search(message.text[slice(*clause)].lower()))


def _clauses(message: Message) -> list[Span]:
    inside = message.unbroken
    marks = (mark.end() for mark in word("joints").finditer(message.text.lower()))
    places = [mark for mark in marks if not any(start < mark < end for start, end in inside)]
    return [span for span in pairwise([0, *places, len(message.text)]) if message.text[slice(*span)].strip()]


def _of_the_one_before(mentions: Sequence[Mention], said: str, *, others: bool, wrong: bool) -> list[Mention]:
    """The mentions, with those of the last clause changed by 'det skal slettes', 'det andet skal væk'."""
    if not (wrong or word("is_wrong").search(said)):
        return [one for one in mentions if one.clause[1] > 0]
    last = mentions[-1].clause
    return [
        replace(one, denied=one.denied or not others, alone=others) if one.clause == last else one for one in mentions
    ]


def _mentions(message: Message, clause: Span, takes_out: bool) -> Iterator[Mention]:
    text = message.text.lower()[slice(*clause)]
    wrong = takes_out or bool(word("is_wrong").search(text))
    for ground, how, start, end in _places(message, clause):
        before, behind = text[:start], text[end:]
        fails = _fails(how, before, text[start:end], behind)
        if fails is None and not wrong:
            continue
        denied = wrong or fails is False or bool(word("denies_the_rest").search(before))
        only = word("only").search(before)
        alone = only is not None and _is_bare(before[only.end() :])
        lacks = bool(word("lacks").search(text))
        of_another = not wrong and bool(word("of_another").search(text)) and not word("of_oneself").search(text)
        yield Mention(ground, clause, clause[0] + start, how, denied, alone, lacks, of_another)


def _places(message: Message, clause: Span) -> Iterator[tuple[str, str, int, int]]:
    """Grounds with the way they are spoken of and their place in the clause."""
    text = message.text.lower()[slice(*clause)]
    spans = [passing.span() for passing in word("in_passing").finditer(text)]
    # 'Hjerneskadecentret tror jeg'
    spans += [(one.start - clause[0], one.end - clause[0]) for one in message.values("department")]
    for how in (FAILING, THING, ABILITY):
        for ground, pattern in _names(how).items():
            for found in pattern.finditer(text):
                if not any(start < found.end() and found.start() < end for start, end in spans):
                    spans.append(found.span())
                    yield ground, how, found.start(), found.end()
    for one in message.found:
        start, end = one.start - clause[0], one.end - clause[0]
        inside = clause[0] <= one.start < clause[1]
        if one.entity == "recording_grounds" and inside and not any(s < end and start < e for s, e in spans):
            yield from ((ground, FAILING, start, end) for ground in one.value if ground != "other")


def _fails(how: str, before: str, said: str, behind: str) -> bool | None:
    """Whether a ground is told; False where it is denied, None where the words say nothing of it."""
    plain, behind = (word("denies_who").sub(" ", one) for one in (before, behind))
    around = f"{plain}{said}{behind}"
    if how == ABILITY and word("aims").search(plain):
        return None
    if how == FAILING:
        return not (_is_denied_here(plain) or patterns.match(r" (?:jo |da |altså )?(?:ikke|ik|intet)\b", behind))
    whole = word("is_whole").search(around)
    if whole and (word("denies").search(whole.group()) or not _is_denied_here(around[: whole.start()], anywhere=True)):
        return False
    if lacks := word("lacks").search(around):
        return not _is_denied_here(around[: lacks.start()])
    if how == ABILITY:
        return True if word("denies").search(around) else None
    return bool(word("cannot").search(plain)) or not _is_denied_here(plain)


def _is_denied_here(before: str, anywhere: bool = False) -> bool:
    """Whether a denial stands right before, with small words between; `anywhere`: with any words between."""
    found = list(word("denies").finditer(before))
    return bool(found) and (anywhere or not word("between").sub("", before[found[-1].end() :]).strip(" ,"))


def _is_bare(text: str) -> bool:
    """Whether words say nothing but that something is lacking: 'kun (svært ved) at huske'."""
    return not word("between").sub("", word("lacks").sub("", text)).strip(" ,:")
