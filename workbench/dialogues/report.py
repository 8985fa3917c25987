"""Terminal output of dialogues: each failure as a conversation, the totals, and what no dialogue reaches."""

from rich.console import Console
from rich.text import Text

from workbench.dialogues.runner import Failure, Spoken, Verdict
from workbench.shared.problems import shown

_STYLES = {"Borger": "cyan", "Assistent": "default", "Omkring": "yellow"}
_LONGEST_TEXT = 300


def failure(verdict: Verdict, console: Console) -> None:
    """Prints the conversation up to the first wrong step, and what was expected and what was there."""
    assert verdict.failure
    console.print()
    title = f"FEJL  {shown(verdict.case.file)}, linje {verdict.failure.line}: {verdict.case.name}"
    console.print(Text(title, style="bold red"))
    for spoken in verdict.spoken:
        console.print(_line(spoken))
    console.print(_mark(verdict.failure))


def plain(verdict: Verdict) -> str:
    """The same as text, for JUnit and pytest."""
    assert verdict.failure
    place = f"{shown(verdict.case.file)}, linje {verdict.failure.line}: {verdict.case.name}"
    lines = [place, *(_line(spoken).plain for spoken in verdict.spoken), _mark(verdict.failure).plain]
    return "\n".join(lines)


def summary(verdicts: list[Verdict], seconds: float, console: Console) -> None:
    """Prints how many dialogues held, in how many seconds."""
    failed = sum(verdict.failure is not None for verdict in verdicts)
    count = len(verdicts)
    dialogues = "dialog" if count == 1 else "dialoger"
    outcome = f"{failed} fejler" if failed else ("den holder" if count == 1 else "alle holder")
    console.print()
    text = f"{count} {dialogues} på {seconds:.0f} sekunder: {outcome}."
    console.print(Text(text, style="bold red" if failed else "bold green"))


def untried(names: dict[str, list[str]], console: Console) -> None:
    """Prints the names that no dialogue reaches, by kind."""
    console.print()
    if not any(names.values()):
        console.print("Dialogerne kommer forbi alle intentioner, felter og svar.")
        return
    console.print("Det kommer ingen dialog forbi:")
    for title, left in names.items():
        console.print(Text(f"  {title} ({len(left)}): {', '.join(left) or 'ingen'}"))


def _line(spoken: Spoken) -> Text:
    text = " ".join(spoken.text.split())
    text = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 3] + "..."
    line = Text(f"    {spoken.who + ':':<11}", style=_STYLES[spoken.who])
    if spoken.name:
        line.append(f"{spoken.name}  ", style="dim")
    line.append(text)
    for button in spoken.buttons:
        line.append(f" [{button}]", style="dim")
    return line


def _mark(failure: Failure) -> Text:
    text = f"  ► linje {failure.line}, {failure.step}\n      ventet: {failure.expected}\n      fik:    {failure.actual}"
    return Text(text, style="bold red")
