"""Checks that every response is used, every label is answered, and every button leads to an answer."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias, get_args

from common import patterns
from legal.entry import State
from workbench.check.answers import Answer, Button, Domain
from workbench.check.code import code_of
from workbench.check.rules import Step, answered_with
from workbench.shared.problems import Problem
from workbench.shared.vocabulary import meant
from workbench.shared.yaml_lines import load, plain

_PAYLOAD = patterns.compile(r"/(\w+)(.*)", patterns.DOTALL)
# Code that may say responses.
_CODE = ("actions/**/*.py", "bot/*.py", "bot/channel/*.py", "bot/nlu/**/*.py", "bot/policies/*.py")
_FOLLOWING = Path("data", "values", "following.yml")
_FAQ, _SIMPLE = "utter_faq_", "utter_simple_"
# Rasa runs action_restart for it without a rule.
_WITHOUT_RULE = {"restart"}
# Labels that 'Mente du ...?' may offer, and that need a title.
_OFFERED = ("faq_", "request_")
# The values of each entity that is a choice.
_Choices: TypeAlias = dict[str, frozenset[str]]


def responses(domain: Domain, steps: Iterable[Step], root: Path) -> Iterator[Problem]:
    """Responses that no rule and no code says; topics without a plainer wording."""
    particular = _particular(root)
    used = {step.action for step in steps} | _said_by_code(domain, root) | particular
    used |= {name.replace(_FAQ, _SIMPLE) for name in used if name.startswith(_FAQ)}
    seen: set[str] = set()
    for answer in domain.answers:
        if answer.name not in used and answer.name not in seen:
            yield answer.problem(
                f"{answer.name} bliver aldrig sagt: ingen regel og ingen handling nævner det. "
                "Slet svaret, eller skriv en regel i data/rules, der giver det."
            )
        simple = answer.name.replace(_FAQ, _SIMPLE)
        if answer.name.startswith(_FAQ) and simple not in domain.names:
            yield answer.problem(f"{answer.name} har ingen enklere formulering. Skriv den under navnet {simple}.")
        seen.add(answer.name)
    for name in sorted(particular - set(domain.names)):
        what = f"Svaret {name} findes ikke, så den, der spørger om netop det, får intet svar. Skriv det i domain/more."
        yield Problem(root / _FOLLOWING, 1, what)


def _particular(root: Path) -> set[str]:
    """Answers to what a question of a topic asks in particular (bot/policies/plan.py)."""
    topics = (plain(load(root / _FOLLOWING)) or {}).get("particular") or {}
    return {f"utter_more_{topic.removeprefix('faq_')}_{name}" for topic, names in topics.items() for name in names}


def _said_by_code(domain: Domain, root: Path) -> set[str]:
    read = list(code_of(root, _CODE))
    named = [patterns.escape(name) for code in read for name in sorted(code.responses)]
    named += ["".join(_pieces(whole.values, domain)) for code in read for whole in code.built]
    whole = patterns.compile("|".join(named) or r"(?!)")
    said = {name for name in domain.names if whole.fullmatch(name)}
    return said | {name + ending for name in said for code in read for ending in code.endings}


def _pieces(parts: list[ast.expr], domain: Domain) -> Iterator[str]:
    """Patterns of the parts of an f-string that names responses."""
    return (_piece(part, place, domain, parts) for place, part in enumerate(parts))


def _piece(part: ast.expr, place: int, domain: Domain, parts: list[ast.expr]) -> str:
    if isinstance(part, ast.Constant):
        return patterns.escape(str(part.value))
    before = parts[place - 1]
    if isinstance(before, ast.Constant) and before.value == "utter_":
        # f"utter_{intent}" is used for questions about the page only.
        names = [intent for intent in domain.intents if intent.startswith("faq_")]
    else:
        names = [*domain.form_slots, *get_args(State)]
    return f"(?:{'|'.join(map(patterns.escape, names))})"


def labels(domain: Domain, steps: list[Step], root: Path) -> Iterator[Problem]:
    """Labels that no rule answers, questions without a response, labels without a title, titles without a label."""
    answered = answered_with(steps)
    titles_file = root / "data" / "values" / "intent_titles.yml"
    titles = plain(load(titles_file)) or {}
    for intent, (file, line) in domain.intents.items():
        if intent not in answered and intent not in _WITHOUT_RULE:
            what = f"Mærket {intent} får intet svar. Skriv en regel i data/rules med 'intent: {intent}'."
            yield Problem(file, line, what)
        if intent.startswith("faq_") and f"utter_{intent}" not in domain.names:
            what = f"Mærket {intent} har intet svar. Skriv utter_{intent} i domain/answers.yml."
            yield Problem(file, line, what)
        if intent.startswith(_OFFERED) and intent not in titles:
            what = f"Mærket {intent} har ingen overskrift, så 'Mente du' kan ikke nævne det. Skriv den i filen."
            yield Problem(titles_file, 1, what)
    for intent in titles:
        if intent not in domain.intents:
            what = f"Mærket {intent} findes ikke.{meant(str(intent), list(domain.intents))} Ret det, eller slet linjen."
            yield Problem(titles_file, 1, what)


def buttons(domain: Domain, steps: list[Step], root: Path) -> Iterator[Problem]:
    """Buttons without a title, with a wrong payload, that lead back to their own answer, or that stand twice."""
    answered, choices = answered_with(steps), _choices(root)
    for answer in domain.answers:
        titles: set[str] = set()
        for button in answer.buttons:
            for what in _wrong(button, answer, domain, answered, choices):
                yield answer.problem(f"Knappen '{button.title}' i {answer.name} {what}", button.line)
            if button.title in titles:
                yield answer.problem(f"To knapper i {answer.name} hedder '{button.title}'. Slet den ene.", button.line)
            titles.add(button.title)


def _wrong(
    button: Button, answer: Answer, domain: Domain, answered: dict[str, set[str]], choices: _Choices
) -> Iterator[str]:
    if not button.title.strip():
        yield "har ingen tekst. Skriv 'title'."
    found = _PAYLOAD.fullmatch(button.payload)
    if not found:
        yield f"fører ingen steder hen: '{button.payload}'. Skriv en skråstreg og et mærke, for eksempel '/faq_notes'."
        return
    intent, values = found[1], found[2]
    if intent not in domain.intents:
        near = meant(intent, list(domain.intents))
        yield f"fører ingen steder hen: mærket '{intent}' findes ikke.{near} Ret 'payload'."
    elif intent not in answered and intent not in _WITHOUT_RULE:
        yield f"fører ingen steder hen: mærket '{intent}' får intet svar. Skriv en regel, eller ret 'payload'."
    elif answer.name.replace(_SIMPLE, _FAQ) in answered.get(intent, ()):
        yield "fører tilbage til det samme svar. Slet den, eller lad den føre videre."
    if values:
        yield from _wrong_values(values, domain, choices)


def _wrong_values(written: str, domain: Domain, choices: _Choices) -> Iterator[str]:
    if not (written.startswith("{{") and written.endswith("}}")):
        yield "har enkelte krøllede parenteser i 'payload'. Skriv dem dobbelt: {{ og }}."
        return
    try:
        values = json.loads(written[1:-1])
    except ValueError:
        yield f'har en værdi, der ikke kan læses: {written}. Skriv den som {{{{"navn": "værdi"}}}}.'
        return
    for name, value in values.items():
        allowed = choices.get(name)
        if name not in domain.entities:
            yield f"giver en værdi til '{name}', som ikke findes.{meant(name, domain.entities)} Ret 'payload'."
        elif allowed and value not in allowed:
            yield f"giver '{name}' værdien '{value}', som ikke findes. Skriv en af: {', '.join(sorted(allowed))}."


def _choices(root: Path) -> _Choices:
    content: dict[str, Any] = plain(load(root / "data" / "values" / "choices.yml")) or {}
    return {str(name): frozenset(values) for name, values in (content.get("entities") or {}).items()}
