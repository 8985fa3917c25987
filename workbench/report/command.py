"""The command `script/bot report`: writes the last results of `evaluate` and `dialogues` as one HTML file."""

from datetime import datetime
from pathlib import Path

from rich.console import Console

from common import patterns
from common.clock import now
from common.settings import Settings, settings
from workbench.report.language import language
from workbench.report.page import page
from workbench.report.talks import talks
from workbench.shared import results as kept
from workbench.shared.limits import LIMITS, passed_limits, read_limits
from workbench.shared.stored_conversations import feedback

WRITTEN, NOT_WRITTEN = 0, 1
_DECIMAL = patterns.compile(r"(?<=\d)\.(?=\d)")
_COMMANDS = {"evaluate": "script/bot evaluate", "dialogues": "script/bot dialogues"}


def report(
    output: Path | None = None,
    results: Path | None = None,
    moment: datetime | None = None,
    console: Console | None = None,
    config: Settings | None = None,
) -> int:
    """Writes the report to `output`, by default var/report.html. Returns 0, or 1 when there is nothing to report yet.

    `results`: their folder, by default var/results. Prints in Danish which command makes a missing result.
    """
    config = config or settings()
    console = console or Console(highlight=False, soft_wrap=True)
    last = {name: kept.last_of(name, results) for name in _COMMANDS}
    for name, command in _COMMANDS.items():
        if not last[name]:
            console.print(f"Der er intet resultat fra {command} endnu. Kør den, og prøv igen.", style="yellow")
    helped = feedback(config.database("conversations"))
    if not any(last.values()) and not helped:
        return NOT_WRITTEN
    understood = language(last["evaluate"], kept.before("evaluate", results)) if last["evaluate"] else None
    held = talks(last["dialogues"], kept.before("dialogues", results)) if last["dialogues"] else None
    limits = passed_limits(understood.figures, read_limits(LIMITS), with_time=False) if understood else []
    limits = [_DECIMAL.sub(",", sentence) for sentence in limits]
    file = output or config.data_dir / "report.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(understood, held, limits, helped, moment or now()), encoding="utf-8")
    console.print(f"Rapporten: {file} ({file.stat().st_size / 1000:.0f} KB)", markup=False)
    return WRITTEN
