"""Checks that every variable in an answer, such as {reference}, is filled in by an action or a policy.

Rasa sends a variable that nobody fills in to the citizen with its braces; when a slot has that name, it sends the slot,
unescaped (common/markdown.py). Slots that a policy sets are escaped before.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from common import patterns
from workbench.check.answers import Answer, Domain
from workbench.check.code import code_of
from workbench.check.rules import Step
from workbench.shared.problems import Problem
from workbench.shared.vocabulary import meant

_VARIABLE = patterns.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_ACTIONS, _POLICIES = "actions/**/*.py", "bot/policies/**/*.py"
# Fills what any answer may say.
_GENERATOR = "bot/generator.py"
_PAGE_ANSWERS = ("utter_faq_", "utter_simple_")


def variables(domain: Domain, steps: Iterable[Step], root: Path) -> Iterator[Problem]:
    """Variables in answers that a rule says, variables that are slots, and unknown variables."""
    by_rule = {step.action for step in steps}
    filled, everywhere = _filled(root), _keys(root, _GENERATOR)
    for answer in domain.answers:
        for name, line in _named(answer):
            if name in everywhere:
                continue
            if answer.name.startswith(_PAGE_ANSWERS) or answer.name in by_rule:
                what = "kan ikke stå her: ingen udfylder den, og borgeren ser parenteserne. Skriv ordene i stedet."
                yield answer.problem(f"{{{name}}} i {answer.name} {what}", line)
            elif name in domain.slots and name not in _keys(root, _POLICIES):
                what = (
                    "kan ikke stå her: det er noget, borgeren selv har skrevet, og det kan ligne et link. Skriv ordene."
                )
                yield answer.problem(f"{{{name}}} i {answer.name} {what}", line)
            elif name not in filled:
                near = meant(name, sorted(filled | everywhere))
                yield answer.problem(f"{{{name}}} i {answer.name} findes ikke.{near} Ret navnet.", line)


def _named(answer: Answer) -> Iterator[tuple[str, int | None]]:
    """The variables of an answer, each with the line of its sentence."""
    for name in dict.fromkeys(_VARIABLE.findall(answer.text)):
        lines = [sentence.line for sentence in answer.sentences if f"{{{name}}}" in sentence.text]
        yield name, lines[0] if lines else None


def _filled(root: Path) -> frozenset[str]:
    """Names that code fills in: keyword arguments of calls in actions, keys of dictionaries in actions and policies."""
    called = [code.keywords for code in code_of(root, [_ACTIONS])]
    return frozenset().union(*called, _keys(root, _ACTIONS), _keys(root, _POLICIES))


def _keys(root: Path, glob: str) -> frozenset[str]:
    return frozenset().union(*(code.keys for code in code_of(root, [glob])))
