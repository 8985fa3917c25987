"""The command `script/bot publish`: puts changed answers into use without a training, and takes them back."""

import time
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any

import yaml

from bot.channel.published import LONGEST_WHY, PUBLISH, START, UNDO, Published
from bot.responses import Responses, digest_of, names_of, read_responses
from common import plain_text
from common.settings import ROOT, Settings
from workbench.shared.problems import FormatError, Problem
from workbench.shared.staff import DONE, REFUSED, Say, when, who, with_table

_SHOWN = 10
_LONGEST_LINE = 160
_TITLES = {PUBLISH: "Taget i brug", UNDO: "Fortrudt", START: "Brugt ved start"}
# Servers look once a second; one that has much to do may be late.
_FIRST_SECONDS, _OTHERS_SECONDS, _PAUSE_SECONDS = 3.0, 1.1, 0.1


def publish(why: str, say: Say, config: Settings | None = None, root: Path = ROOT) -> int:
    """Puts the answers of the files into use. Returns 0, or 1 and says why not; nothing is changed then."""
    why = " ".join(plain_text.cleaned(why).split())
    if len(why) > LONGEST_WHY:
        say(f"FEJL: Grunden er på {len(why)} tegn. Den må højst være på {LONGEST_WHY}.")
        return REFUSED

    def run(published: Published) -> int:
        running = next(iter(published.latest(1)), None)
        if running is None:
            say("FEJL: Assistenten har ikke været startet her. Kør script/run: den bruger svarene i domain/.")
            return REFUSED
        responses = _read(root, say)
        if responses is None:
            return REFUSED
        if running.names != names_of(responses):
            other = sorted(published.responses(running.number).keys() ^ responses.keys())
            say(
                f"FEJL: Navnene er andre, end da assistenten blev startet ({', '.join(other[:_SHOWN])}). "
                "Det kræver træning: Kør script/train, stop assistenten, og kør script/run."
            )
            return REFUSED
        if running.digest == digest_of(responses):
            say("Svarene i domain/ er dem, der er i brug.")
            return DONE
        if problems := _problems(root):
            _refuse(problems, say)
            return REFUSED
        for line in _changes(published.responses(running.number), responses):
            say(line)
        _followed(published, published.add(who(), PUBLISH, responses, why), say)
        say("Fortryd med: script/bot publish --undo")
        return DONE

    return with_table(Published, run, say, config)


def undo(say: Say, config: Settings | None = None) -> int:
    """Puts the answers back into use that stood before. Returns 0, or 1 where none did."""

    def run(published: Published) -> int:
        running = next(iter(published.latest(1)), None)
        before = published.before(running) if running else None
        if running is None or before is None:
            say("Der er ikke noget at fortryde.")
            return REFUSED
        responses = published.responses(before.number)
        for line in _changes(published.responses(running.number), responses):
            say(line)
        again = before.again or before.number
        _followed(published, published.add(who(), UNDO, responses, again=again), say)
        say("Filerne i domain/ er, som de var. Ret dem, før du kører script/bot publish igen.")
        return DONE

    return with_table(Published, run, say, config)


def show(say: Say, config: Settings | None = None) -> int:
    """Says what was put into use lately: when, who and why. Returns 0, or 1 without a database."""

    def run(published: Published) -> int:
        latest = published.latest(_SHOWN)
        for one in latest:
            why = f": {one.why}" if one.why else ""
            again = f", som nr. {one.again}" if one.again else ""
            say(f"  nr. {one.number}  {when(one.at)}  {_TITLES.get(one.what, one.what)}{again} ({one.who}){why}")
        if not latest:
            say("Der er ikke taget noget i brug endnu.")
        return DONE

    return with_table(Published, run, say, config)


def use_files(say: Say, config: Settings | None = None, root: Path = ROOT) -> int:
    """Before the servers start: publishes the answers of the files where they are new and without errors.

    What has been in use before is not put back: another server may have published since, or somebody has undone it.
    """

    def run(published: Published) -> int:
        responses = _read(root, say)
        standing = published.standing(names_of(responses)) if responses else None
        if responses is None or standing is None or standing.digest == digest_of(responses):
            return DONE
        stands = f"I brug er dem fra {when(standing.at)} ({standing.who})."
        if published.known(standing.names, digest_of(responses)):
            say(f"Svarene i domain/ har været i brug før. {stands} Tag dem i domain/ i brug: script/bot publish")
        elif problems := _problems(root):
            _refuse(problems, say)
            say(stands)
        else:
            published.add(who(), START, responses)
            say("Svarene i domain/ er ændret og bliver taget i brug. Fortryd: script/bot publish --undo")
        return DONE

    return with_table(Published, run, say, config)


def _read(root: Path, say: Say) -> Responses | None:
    """The responses of the files; None, and says where they are wrong, if they cannot be read."""
    try:
        return read_responses(root)
    except (OSError, ValueError, yaml.YAMLError) as error:
        _refuse(_problems(root) or [Problem(root / "domain", 1, str(error))], say)
        return None


def _problems(root: Path) -> list[Problem]:
    # Imported here: most starts change no answer.
    from workbench.check.said import Project, said

    try:
        return said(Project(root))
    except FormatError as error:
        return error.problems


def _refuse(problems: list[Problem], say: Say) -> None:
    for problem in sorted(set(problems), key=lambda one: (str(one.file), one.line, one.what)):
        say(f"FEJL: {problem}")
    say("Svarene i domain/ er ikke taget i brug. Ret dem, og kør script/bot publish.")


def _changes(before: Responses, after: Responses) -> Iterator[str]:
    """The first responses that differ, each with the lines that it had and those that it has."""
    changed = [name for name in sorted(after) if before.get(name) != after[name]]
    yield f"{len(changed)} svar ændres:"
    for name in changed[:_SHOWN]:
        yield name
        for line in ndiff(list(_lines(before.get(name, []))), list(_lines(after[name]))):
            sign, text = line[:2], line[2:]
            if sign in ("- ", "+ "):
                yield f"  {sign}{text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE].rstrip() + ' ...'}"
    if len(changed) > _SHOWN:
        yield f"og {len(changed) - _SHOWN} til"


def _lines(wordings: list[dict[str, Any]]) -> Iterator[str]:
    for wording in wordings:
        for one in wording.get("condition") or ():
            yield f"hvis {one.get('name')} er {one.get('value')}:"
        yield from (line for line in str(wording.get("text", "")).split("\n") if line.strip())
        yield from (f"[{button.get('title')}] {button.get('payload')}" for button in wording.get("buttons") or ())
        yield from (f"{key}: {value}" for key, value in (wording.get("metadata") or {}).items())


def _followed(published: Published, number: int, say: Say) -> None:
    """Says how many servers use a row, when they have had the time to."""
    say("Det gælder på alle servere inden for et sekund, fra borgerens næste besked.")
    ends = time.monotonic() + _FIRST_SECONDS
    used = 0
    while time.monotonic() < ends:
        time.sleep(_PAUSE_SECONDS)
        before, used = used, published.used(number)
        if used and not before:
            ends = time.monotonic() + _OTHERS_SECONDS
    if used:
        say(f"I brug på {used} {'server' if used == 1 else 'servere'}.")
    else:
        say("Ingen server bruger det endnu. Kører assistenten? Det bliver brugt, når den starter.")
