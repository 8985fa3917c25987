"""The command `script/bot check`: runs all checks; shows facts; compares a new version of the page."""

import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from common import patterns
from common.settings import ROOT
from workbench.check import choices, contact, facts, page, rasas, stories, use
from workbench.check.answers import Domain, read_domain
from workbench.check.said import Project, said
from workbench.shared.problems import FormatError, Problem

CLEAN, FOUND, NOT_RUN = 0, 1, 2
_NUMBER = patterns.compile(r"\d{4} \d{4}")


def check(root: Path = ROOT, console: Console | None = None, rasa: bool = True) -> int:
    """Prints the problems of the project's files in Danish. `rasa=False` leaves Rasa's own validation out.

    Returns 0 without problems, 1 with some, 2 when a file is not valid YAML.
    """
    console = console or _console()
    started = time.perf_counter()
    validation = rasas.start(root) if rasa else None
    try:
        with console.status("Ser efter i svar, regler og træningslinjer ..."):
            found, read = problems(root)
            if validation:
                found += rasas.read(validation, root)
    except FormatError as error:
        for problem in error.problems:
            console.print(Text(str(problem), style="red"))
        return NOT_RUN
    finally:
        if validation and validation.poll() is None:
            validation.kill()
            validation.wait()
    for problem in sorted(set(found), key=lambda one: (str(one.file), one.line, one.what)):
        console.print(Text(str(problem), style="red"))
    seconds = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    summary = f"{len(read.statements)} udsagn fra siden, {len(read.pairs)} sætninger set efter, {seconds} sekunder."
    if found:
        count = "1 fejl" if len(set(found)) == 1 else f"{len(set(found))} fejl"
        console.print(Text(f"\n{count}. {summary}", style="bold red"))
        return FOUND
    console.print(Text(f"Alt er i orden: {summary}", style="bold green"))
    return CLEAN


def problems(root: Path = ROOT) -> tuple[list[Problem], facts.Facts]:
    """The problems that our own checks find, and the facts read; FormatError when a file cannot be read."""
    read = Project(root)
    checks = (
        use.responses(read.domain, read.steps, root),
        use.labels(read.domain, read.steps, root),
        stories.stories(read.domain, read.steps, root),
        choices.answers(root),
        contact.code(read.contact, root),
    )
    return [problem for check in checks for problem in check] + said(read), read.facts


def review(root: Path = ROOT, console: Console | None = None) -> int:
    """Prints the sentences to be reviewed, as lines for data/facts.yml; 0 when there are none, 1 or 2 as `check`."""
    console = console or _console()
    found = _read(root, console)
    if found is None:
        return NOT_RUN
    pasted = facts.to_review(found[0].answers, found[1])
    if not pasted:
        console.print("Alle sætninger er set efter.")
        return CLEAN
    console.print(
        f"Sæt linjerne ind under 'answers' i {facts.FACTS}, og skriv i stedet for ? de udsagn, sætningen hviler på, "
        f"eller {facts.OWN_WORDS} i stedet for [?]. Står den ikke på siden, så ret svaret.\n"
    )
    console.print(Text(pasted))
    return FOUND


def show_facts(root: Path = ROOT, console: Console | None = None) -> int:
    """Prints each statement of the page with the answers that give it."""
    console = console or _console()
    found = _read(root, console)
    if found is None:
        return NOT_RUN
    table = Table(title="Hvad siden siger, og hvilke svar der giver det", show_lines=True)
    for title in ("", "Udsagn", "Svar"):
        table.add_column(title)
    for statement in found[1].statements.values():
        names = [name.removeprefix("utter_") for name in found[1].answers_of(statement.id)]
        table.add_row(statement.id, Text(statement.says), ", ".join(names))
    console.print(table)
    return CLEAN


def compare_page(place: str, root: Path = ROOT, console: Console | None = None) -> int:
    """Compares a new version of the municipality's page (a file or an address) with the stored one.

    Returns 0 when they are equal, 1 when they differ, 2 when the new one cannot be read.
    """
    console = console or _console()
    found = _read(root, console)
    if found is None:
        return NOT_RUN
    try:
        new = page.lines(page.fetch(place))
    except page.PageError as error:
        console.print(Text(str(error), style="red"))
        return NOT_RUN
    stored = page.read_page(root)
    difference = page.compare(stored, new)
    if len(difference.changed) == len(stored):
        console.print(Text(f"{place} ligner slet ikke {page.PAGE}. Er det den rigtige side?", style="red"))
        return NOT_RUN
    for change in difference.changed:
        _show_change(change, stored[change.before], found, console)
    if difference.added:
        console.print(Text("\nNyt, som ingen svar siger endnu:", style="bold"))
        for line in difference.added:
            console.print(Text(f"  + {line}", style="green"))
    if not difference.changed and not difference.added:
        console.print(Text(f"Siden siger det samme som {page.PAGE}.", style="bold green"))
        return CLEAN
    console.print(
        f"\nRet {page.PAGE}, svarene og {facts.FACTS} efter den nye side, og kør bot check igen.", style="bold"
    )
    return FOUND


def _show_change(change: page.Change, number: int, read: tuple[Domain, facts.Facts], console: Console) -> None:
    domain, known = read
    held = [one for one in known.statements.values() if one.says in change.before]
    gone = [one for one in held if not _still(one, change.after)]
    place = f"{page.PAGE}, linje {number}"
    paragraphs = ", ".join(dict.fromkeys(one.paragraph for one in held))
    title = f"Afsnit {paragraphs} ({place})" if paragraphs else place
    console.print(Text(f"\n{title} er {'ændret' if change.after else 'væk'}:", style="bold"))
    console.print(Text(f"  - {change.before}", style="red"))
    if change.after:
        console.print(Text(f"  + {change.after}", style="green"))
    named: set[str] = set()
    for statement in gone:
        names = known.answers_of(statement.id)
        named.update(names)
        console.print(Text(f"  Udsagn {statement.id}: {', '.join(names) or 'intet svar siger det'}"))
    # The telephone number also stands in answers that are not reviewed.
    for written in _NUMBER.findall(change.before):
        also = dict.fromkeys(one.name for one in domain.answers if written in one.text and one.name not in named)
        if also and written not in (change.after or ""):
            console.print(Text(f"  {written} står også i: {', '.join(also)}"))
    if not gone:
        console.print("  Udsagnene står der stadig ord for ord, så ingen svar skal rettes.")


def _still(statement: facts.Statement, line: str | None) -> bool:
    return line is not None and statement.says in line


def _read(root: Path, console: Console) -> tuple[Domain, facts.Facts] | None:
    try:
        return read_domain(root), facts.read_facts(root)
    except FormatError as error:
        for problem in error.problems:
            console.print(Text(str(problem), style="red"))
        return None


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
