"""Runs one dialogue step by step and stops at the first step that fails."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from workbench.dialogues.assertions import Turn, Wrong, check, check_deliveries
from workbench.dialogues.citizen import Broken, Citizen, Touched
from workbench.dialogues.script import CITIZEN, Case, Step

Open = Callable[[datetime, str], Citizen]
# The channel's message when no answer came: a failure, unless the dialogue expects it.
_TECHNICAL_ERROR = "utter_technical_error"


@dataclass(frozen=True)
class Spoken:
    """A line of the conversation. `who`: Borger, Assistent or Omkring."""

    who: str
    text: str
    name: str | None = None
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """The first wrong step: its line and key, what was expected, what was there."""

    line: int
    step: str
    expected: str
    actual: str


@dataclass
class Verdict:
    """The result of a dialogue; `failure` is None when all steps held."""

    case: Case
    spoken: list[Spoken] = field(default_factory=list)
    failure: Failure | None = None
    seconds: float = 0.0
    touched: Touched = field(default_factory=Touched)


def run(case: Case, open_chat: Open) -> Verdict:
    """Runs the dialogue in a new chat. Never raises for what the assistant does."""
    verdict = Verdict(case)
    started = time.perf_counter()
    citizen: Citizen | None = None
    step: Step | None = None
    try:
        citizen = open_chat(case.now, case.receiver)
        turn = citizen.greeting()
        _note(turn, verdict)
        for case_step in case.steps:
            step = case_step
            answer = _act(step, citizen, verdict)
            if answer is None:
                if step.kind not in _WORLD:
                    check(step, turn, citizen)
                continue
            turn = answer
            _note(turn, verdict)
            _check_answered(turn, case)
            for assertion in case_step.assertions:
                step = assertion  # a failure names the assertion, not the step around it
                check(assertion, turn, citizen)
        _check_nothing_left(citizen)
    except Wrong as wrong:
        verdict.failure = _failure(step, case, wrong.expected, wrong.actual)
    except Broken as broken:
        verdict.failure = _failure(step, case, "at samtalen kan gå videre", str(broken))
    finally:
        if citizen:
            _end(citizen, verdict)
    verdict.seconds = time.perf_counter() - started
    return verdict


def _act(step: Step, citizen: Citizen, verdict: Verdict) -> Turn | None:
    """Does what the step says; the answer when the citizen wrote or pressed, else None."""
    if step.kind in CITIZEN:
        verdict.spoken.append(Spoken("Borger", f"[{step.value}]" if step.kind == "button" else step.value))
        return (citizen.press if step.kind == "button" else citizen.say)(step.value, step.twice)
    if step.kind in _WORLD:
        text, act = _WORLD[step.kind]
        verdict.spoken.append(Spoken("Omkring", text.format(step.value)))
        act(citizen, step.value)
    return None


_WORLD: dict[str, tuple[str, Callable[..., None]]] = {
    "silence_minutes": ("{} minutters stilhed", lambda citizen, minutes: citizen.wait(minutes)),
    "now": ("klokken er nu {}", lambda citizen, moment: citizen.at(moment)),
    "receiver": ("Juras system: {}", lambda citizen, mode: citizen.jura_is(mode)),
}


def _note(turn: Turn, verdict: Verdict) -> None:
    for message in turn.messages:
        buttons = tuple(button["title"] for button in message["buttons"])
        verdict.spoken.append(Spoken("Assistent", message["text"], message["name"], buttons))


def _check_answered(turn: Turn, case: Case) -> None:
    expected = any(_TECHNICAL_ERROR in str(step) for step in case.steps)
    if not expected and any(message["name"] == _TECHNICAL_ERROR for message in turn.messages):
        raise Wrong("et svar", f"{_TECHNICAL_ERROR}: der skete en fejl bag samtalen; se loggen ovenfor")


def _check_nothing_left(citizen: Citizen) -> None:
    """A dialogue must name every request that Jura receives."""
    left = citizen.received()
    check_deliveries(left)
    if left:
        kinds = ", ".join(str(one.payload.get("type")) for one in left)
        raise Wrong("Jura modtager ikke andet, end dialogen siger", f"Jura modtog også {kinds}; tilføj 'received'")


def _end(citizen: Citizen, verdict: Verdict) -> None:
    try:
        verdict.touched = citizen.touched()
        citizen.leave()
    except Broken as broken:
        verdict.failure = verdict.failure or _failure(None, verdict.case, "at samtalen kan slettes", str(broken))


def _failure(step: Step | None, case: Case, expected: str, actual: str) -> Failure:
    if step is None:
        return Failure(case.line, "test_case", expected, actual)
    return Failure(step.line, step.kind, expected, actual)
