"""Checks data/stories: each story is a topic's answer and what one follow-up to it means; no two may disagree."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.intents.follow_ups import NAMING
from common.acts import is_follow_up, named
from common.topics import HOWS, topic_of
from workbench.check.answers import Domain
from workbench.check.rules import Step, answered_with
from workbench.shared.problems import FormatError, Problem
from workbench.shared.vocabulary import meant
from workbench.shared.yaml_lines import line_of, load, plain

_GENERAL = ("affirm", "deny")
_FOLLOWING = Path("data") / "values" / "following.yml"


@dataclass(frozen=True)
class _Story:
    """A story. `before`: its first label and answer, empty for none; `label`: the follow-up; `names`: its entities."""

    name: str
    before: tuple[str, str]
    label: str
    names: tuple[str, ...]
    outcome: tuple[str, ...]
    file: Path
    line: int

    def problem(self, what: str) -> Problem:
        return Problem(self.file, self.line, f"Historien '{self.name}' {what}")


def stories(domain: Domain, steps: list[Step], root: Path) -> Iterator[Problem]:
    """Stories with a wrong form, that disagree, that name unknown words; follow-ups without a story."""
    read = list(_read(root))
    answered = answered_with([step for step in steps if step.file.parent.name == "rules"])
    words = plain(load(root / _FOLLOWING)) or {}
    known: dict[tuple[str, str, str], _Story] = {}
    for one in read:
        yield from _wrong(one, answered, words, domain)
        topic = topic_of(one.before[1]) or ""
        for name in one.names or ("",):
            first = known.setdefault((topic, one.label, name), one)
            if first.outcome != one.outcome:
                yield one.problem(f"og '{first.name}' giver hver sit svar på det samme. Slet den ene.")
    yield from _missing(read, root)


def _wrong(one: _Story, answered: dict[str, set[str]], words: dict[str, Any], domain: Domain) -> Iterator[Problem]:
    label, answer = one.before
    if not (is_follow_up(one.label) or one.label in _GENERAL):
        yield one.problem(f"slutter med mærket {one.label}. Kun follow_..., affirm og deny kan følge på et svar.")
    if label and answer not in answered.get(label, ()):
        yield one.problem(f"begynder med {label} og {answer}, men reglen for {label} svarer noget andet. Ret den.")
    if label and topic_of(answer) is None:
        yield one.problem(f"følger på {answer}, som ikke er et svar på et emne. Vælg et svar fra siden.")
    if label in domain.intents and not one.outcome:
        yield one.problem("ender uden et svar. Skriv en action.")
    kind = NAMING.get(named(one.label)[1], "")
    for name in one.names:
        if name not in words.get(kind, {}):
            yield one.problem(f"nævner '{name}', som ikke står i {_FOLLOWING}.{meant(name, list(words.get(kind, {})))}")


def _missing(read: list[_Story], root: Path) -> Iterator[Problem]:
    """A topic with stories needs one for each kind of follow-up, without a named word."""
    by_topic: dict[str, list[_Story]] = {}
    for one in read:
        if one.before[0]:
            by_topic.setdefault(one.before[0], []).append(one)
    for topic, ones in by_topic.items():
        known = {one.label for one in ones if not one.names}
        for label in (*(f"follow_{how}" for how in HOWS), "affirm"):
            if label not in known:
                what = f"Efter {topic} mangler en historie for {label}. Skriv den, så opfølgningen får et svar."
                yield Problem(ones[0].file, ones[0].line, what)


def _read(root: Path) -> Iterator[_Story]:
    for file in sorted((root / "data" / "stories").glob("*.yml")):
        for story in (load(file) or {}).get("stories") or ():
            try:
                yield _story(story, file)
            except (AttributeError, KeyError, TypeError, IndexError) as error:
                what = f"Historien har ikke den form, den skal have ({error}). Sammenlign med en, der virker."
                raise FormatError([Problem(file, line_of(story, "story"), what)]) from error


def _story(story: Any, file: Path) -> _Story:
    steps = list(story["steps"])
    places = [place for place, step in enumerate(steps) if "intent" in step]
    last = steps[places[-1]]
    before = steps[: places[-1]]
    answer = next((str(step["action"]) for step in before if "action" in step), "")
    values = [str(value) for entity in last.get("entities") or () for value in dict(entity).values()]
    return _Story(
        name=str(story["story"]),
        before=(str(before[0]["intent"]), answer) if before else ("", ""),
        label=str(last["intent"]),
        names=tuple(name.strip() for value in values for name in value.split(",")),
        outcome=tuple(str(plain(step)) for step in steps[places[-1] + 1 :]),
        file=file,
        line=line_of(story, "story"),
    )
