"""Checks data/facts.yml: the statements of the page, and which of them each sentence of an answer rests on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common import patterns
from workbench.check.answers import Answer, Domain, Sentence
from workbench.check.page import PAGE
from workbench.shared.problems import FormatError, Problem, shown
from workbench.shared.yaml_lines import line_of, load

FACTS = Path("data") / "facts.yml"
OWN_WORDS = "own"
# The only words that may stand between two statements.
_JOINING = {"og", "så"}
# Answers to a question. The plainer wordings (utter_simple_) come only on request.
_ANSWERS = "utter_faq_"


@dataclass(frozen=True)
class Statement:
    """A statement of the page, word for word."""

    id: str
    paragraph: str
    says: str
    line: int


@dataclass(frozen=True)
class Pair:
    """A reviewed sentence of an answer and the ids of its statements; none for our own words."""

    answer: str
    says: str
    rests_on: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Facts:
    """data/facts.yml. `beside`: words of the page that are no statement; `reviewed`: prefixes of reviewed answers."""

    file: Path
    statements: dict[str, Statement]
    beside: tuple[str, ...]
    reviewed: tuple[str, ...]
    pairs: tuple[Pair, ...]

    def problem(self, line: int, what: str) -> Problem:
        """A problem in the file."""
        return Problem(self.file, line, what)

    def answers_of(self, statement: str) -> list[str]:
        """The names of the answers that give a statement."""
        return list(dict.fromkeys(pair.answer for pair in self.pairs if statement in pair.rests_on))


def read_facts(root: Path) -> Facts:
    """Reads data/facts.yml; FormatError when a part is missing or malformed."""
    file = root / FACTS
    content = load(file)
    try:
        statements = {}
        for paragraph, said in content["statements"].items():
            for letter, words in said.items():
                id = f"{paragraph}-{letter}"
                statements[id] = Statement(id, str(paragraph), str(words), line_of(said, letter))
        pairs = [
            Pair(str(name), str(says), _rests_on(rests), line_of(said, says))
            for name, said in content["answers"].items()
            for says, rests in (said or {}).items()
        ]
        beside, reviewed = tuple(map(str, content["beside"])), tuple(map(str, content["reviewed"]))
    except (KeyError, TypeError, AttributeError) as error:
        what = f"Filen skal have 'statements', 'beside', 'reviewed' og 'answers', som kommentarerne viser ({error})."
        raise FormatError([Problem(file, 1, what)]) from error
    return Facts(file, statements, beside, reviewed, tuple(pairs))


def _rests_on(written: Any) -> tuple[str, ...]:
    if written == OWN_WORDS:
        return ()
    if not isinstance(written, list) or not written:
        raise TypeError(f"{written!r} er hverken en liste eller '{OWN_WORDS}'")
    return tuple(map(str, written))


def against_page(facts: Facts, page: dict[str, int], root: Path) -> Iterator[Problem]:
    """Statements that are not on the page, and words of the page in no statement."""
    for statement in facts.statements.values():
        if not any(statement.says in line for line in page):
            yield facts.problem(
                statement.line,
                f"Udsagn {statement.id} står ikke på siden: '{statement.says}'. Skriv det ord for ord, som det står i "
                f"{PAGE}, eller slet det.",
            )
    known = sorted([*facts.beside, *(one.says for one in facts.statements.values())], key=len, reverse=True)
    for line, number in page.items():
        left = line
        for words in known:
            left = left.replace(words, " | ")
        rest = [word for word in patterns.findall(r"\w+", left) if word.lower() not in _JOINING]
        if rest:
            yield Problem(
                root / PAGE,
                number,
                f"Ordene '{' '.join(rest)}' er i intet udsagn. Skriv dem som et udsagn under 'statements' i "
                f"{shown(facts.file)}, og sig det i et svar.",
            )


def against_answers(facts: Facts, domain: Domain) -> Iterator[Problem]:
    """Unreviewed sentences, reviewed ones that no answer says any more, unknown statements, wrong `paragraphs`."""
    reviewed = {(pair.answer, pair.says): pair for pair in facts.pairs}
    spoken: set[tuple[str, str]] = set()
    for answer in domain.answers:
        spoken.update((answer.name, sentence.text) for sentence in answer.sentences)
        for sentence in unreviewed(answer, facts):
            yield answer.problem(
                f"{answer.name} siger noget, som ingen har set efter: '{sentence.text}' Find det på siden, og "
                f"skriv det i {shown(facts.file)} ('bot check --review' viser hvordan). "
                "Står det ikke på siden, så ret svaret.",
                sentence.line,
            )
        yield from _paragraphs(answer, [reviewed.get((answer.name, one.text)) for one in answer.sentences], facts)
    for pair in facts.pairs:
        if (pair.answer, pair.says) not in spoken:
            yield facts.problem(pair.line, f"{pair.answer} siger ikke længere '{pair.says}' Slet linjen.")
        for id in pair.rests_on:
            if id not in facts.statements:
                yield facts.problem(pair.line, f"Der er intet udsagn '{id}'. Ret det til et af dem øverst i filen.")


def _paragraphs(answer: Answer, pairs: list[Pair | None], facts: Facts) -> Iterator[Problem]:
    if answer.paragraphs is None or None in pairs:
        # An unreviewed sentence may rest on further paragraphs.
        return
    ids = [id for pair in pairs if pair for id in pair.rests_on if id in facts.statements]
    rests = list(dict.fromkeys(facts.statements[id].paragraph for id in facts.statements if id in ids))
    if set(rests) != set(answer.paragraphs):
        right = ", ".join(f'"{one}"' for one in rests)
        yield answer.problem(
            f"{answer.name} hviler efter {shown(facts.file)} på andre afsnit, end den nævner. "
            f"Skriv 'paragraphs: [{right}]', eller ret {shown(facts.file)}."
        )


def unreviewed(answer: Answer, facts: Facts) -> list[Sentence]:
    """The sentences of an answer that still must be reviewed."""
    if not answer.name.startswith(facts.reviewed):
        return []
    known = {pair.says for pair in facts.pairs if pair.answer == answer.name}
    return [sentence for sentence in answer.sentences if sentence.text not in known]


def reachable(facts: Facts, answered: Collection[str]) -> Iterator[Problem]:
    """Statements that no answer gives. `answered`: the responses that a rule gives."""
    for statement in facts.statements.values():
        given = facts.answers_of(statement.id)
        if not any(name.startswith(_ANSWERS) and name in answered for name in given):
            only = f" Kun {', '.join(given)} siger det, og det får ingen, der spørger." if given else ""
            yield facts.problem(
                statement.line,
                f"Intet svar giver udsagn {statement.id}: '{statement.says}'.{only} Sig det i et svar i "
                "domain/answers.yml, som en regel i data/rules giver.",
            )


def to_review(answers: Iterable[Answer], facts: Facts) -> str:
    """The unreviewed sentences as YAML to paste into the file; empty when there are none."""
    pieces = []
    for answer in answers:
        found = unreviewed(answer, facts)
        if found:
            pieces.append(f"  {answer.name}:")
            pieces += [f"    {_quoted(sentence.text)}: [?]" for sentence in found]
    return "\n".join(pieces)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
