"""The command `script/bot log`: prints what citizens asked, and writes files that are erased after some days."""

from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from bot.citizen_files import erase_old, note_oldest
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.settings import Settings, settings
from workbench.log import lines_file, store
from workbench.log.conversation import LEFT, take_apart
from workbench.log.counting import Overview, count
from workbench.log.grouping import group
from workbench.log.picture import draw
from workbench.log.tables import tables
from workbench.shared.stored_conversations import NoConversations, feedback

SHOWN, NOT_SHOWN = 0, 1
_PICTURE, _LINES = "overview.png", "not_understood.yml"


def log(
    days: int,
    output: Path | None = None,
    config: Settings | None = None,
    moment: datetime | None = None,
    console: Console | None = None,
) -> int:
    """Prints what citizens asked in the last `days`, today included; writes picture and lines to `output`.

    Returns 0, or 1 when there is nothing to show, and prints why in Danish. The store is only read.
    """
    console = console or Console(width=None if Console().is_terminal else 110, highlight=False)
    config, moment = config or settings(), moment or now()
    first = (moment - timedelta(days=days - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    since, last = first.timestamp(), moment.timestamp()
    erase_old(config.data_dir / "citizens", config.conversation_days, last)
    try:
        with console.status("Læser samtalerne ..."):
            stored = store.conversations(config.database("conversations"), since)
            found = count((take_apart(events, last) for events in stored), since, first.date())
            groups = group(found.missed)
    except NoConversations:
        console.print("Der er ikke gemt nogen samtaler endnu. Start assistenten med script/run, og skriv i chatten.")
        return NOT_SHOWN
    except SQLAlchemyError as error:
        name = type(error).__name__
        console.print(f"Samtalerne kan ikke læses ({name}). Se efter, om DATABASE_URL er rigtig.", style="red")
        return NOT_SHOWN
    if not found.conversations:
        console.print(f"Ingen har skrevet til assistenten {_period(days)}. Se længere tilbage med --days.")
        return NOT_SHOWN
    folder = output or config.data_dir / "citizens"
    draw(found, moment.date(), folder / _PICTURE)
    lines_file.write(groups, folder / _LINES)
    oldest = found.oldest or last
    if output is None:
        oldest = note_oldest(folder, oldest, (_PICTURE, _LINES))
    count_text = "1 samtale" if found.conversations == 1 else f"{found.conversations} samtaler"
    console.print(f"{count_text} {_period(days)}.", style="bold")
    for table in tables(found, groups, feedback(config.database("conversations"), since)):
        console.print()
        console.print(table)
    console.print()
    for line in _notes(found, config):
        console.print(line)
    console.print(f"Billedet: {folder / _PICTURE}", soft_wrap=True, markup=False)
    console.print(f"Linjerne, klar til at få et emne: {folder / _LINES}", soft_wrap=True, markup=False)
    until = format_date(datetime.fromtimestamp(oldest, COPENHAGEN) + timedelta(days=config.conversation_days))
    console.print(
        f"Filerne slettes igen {until}: Så slettes den ældste samtale, de er lavet af."
        if output is None
        else f"Slet dem selv senest {until}: Så slettes den ældste samtale, de er lavet af."
    )
    return SHOWN


def _period(days: int) -> str:
    return "i dag" if days == 1 else f"de sidste {days} dage"


def _notes(found: Overview, config: Settings) -> list[str]:
    notes = [f"Samtaler slettes efter {config.conversation_days} dage, eller når borgeren selv sletter dem."]
    if found.requests:
        # Retention erases them, so that the number covers fewer days.
        notes.append(
            f"Forladte anmodninger slettes efter {config.unfinished_hours} timer; tallet for dem dækker kun den tid "
            f"({found.of_request(LEFT)} nu)."
        )
    if found.withheld:
        count_text = "1 besked" if found.withheld == 1 else f"{found.withheld} beskeder"
        notes.append(
            f"{count_text}, der ikke blev forstået, er talt med, men vises ikke: Det er svar på spørgsmål om navn, "
            "kontakt, grunde eller fri tekst, eller det hører til en anmodning, der ikke er sendt."
        )
    return notes
