"""The commands `script/bot pause`, `resume` and `notice`: what citizens are told in place of the chat, or above it."""

import getpass
import os
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.channel.announcements import LONGEST_TEXT, NOTICE, PAUSE, REMOVE, RESUME, Announcement, Announcements
from common import plain_text
from common.clock import COPENHAGEN
from common.settings import Settings, settings

Say = Callable[[str], None]
DONE, REFUSED = 0, 1
_SHOWN = 10
_TITLES = {PAUSE: "Pause", RESUME: "Pausen slut", NOTICE: "Meddelelse", REMOVE: "Meddelelsen fjernet"}
_WITHIN = "Det gælder på alle servere inden for et sekund."


def pause(why: str, say: Say, config: Settings | None = None) -> int:
    """Pauses the chat; `why` is shown to citizens in its place. Returns 0, or 1 and says why not."""
    return _announced(PAUSE, why, "Chatten holder pause. Åbn den igen med: script/bot resume", say, config)


def resume(say: Say, config: Settings | None = None) -> int:
    """Opens the chat again. Returns 0, or 1 where it is not paused."""

    return _taken_back(
        RESUME,
        lambda announcements: announcements.standing().paused,
        ("Chatten er åben igen.", "Chatten holder ikke pause."),
        say,
        config,
    )


def notice(text: str, say: Say, config: Settings | None = None) -> int:
    """Puts a notice above the chat, in place of the one that stands. Returns 0, or 1 and says why not."""
    return _announced(
        NOTICE, text, "Meddelelsen står over chatten. Fjern den med: script/bot notice --remove", say, config
    )


def remove(say: Say, config: Settings | None = None) -> int:
    """Takes the notice away. Returns 0, or 1 where none stands."""

    return _taken_back(
        REMOVE,
        lambda announcements: announcements.notice() is not None,
        ("Meddelelsen er fjernet.", "Der er ingen meddelelse."),
        say,
        config,
    )


def show(say: Say, config: Settings | None = None) -> int:
    """Says what stands now, and the last announcements: when, who and what. Returns 0, or 1 without a database."""

    def run(announcements: Announcements) -> int:
        standing, above = announcements.standing(), announcements.notice()
        if standing.paused and standing.notice:
            say(f"Chatten holder pause siden {_when(standing.notice)}: {standing.notice.text}")
        else:
            say("Chatten er åben.")
        say(f"Meddelelse siden {_when(above)}: {above.text}" if above else "Der er ingen meddelelse.")
        if latest := announcements.latest(_SHOWN):
            say("")
            say("Det seneste:")
        for one in latest:
            say(f"  {_when(one)}  {_TITLES.get(one.what, one.what)} ({one.who}){f': {one.text}' if one.text else ''}")
        return DONE

    return _opened(run, say, config)


def _announced(what: str, text: str, done: str, say: Say, config: Settings | None) -> int:
    text = " ".join(plain_text.cleaned(text).split())
    if not text:
        say("FEJL: Skriv, hvad borgerne skal have at vide.")
        return REFUSED
    if len(text) > LONGEST_TEXT:
        say(f"FEJL: Teksten er på {len(text)} tegn. Den må højst være på {LONGEST_TEXT}.")
        return REFUSED

    def run(announcements: Announcements) -> int:
        announcements.add(_who(), what, text)
        say(f"{done}\n{_WITHIN}")
        return DONE

    return _opened(run, say, config)


def _taken_back(
    what: str, stands: Callable[[Announcements], bool], told: tuple[str, str], say: Say, config: Settings | None
) -> int:
    """Takes back what `stands`; `told`: what is said of it, and what where nothing stands."""
    done, nothing = told

    def run(announcements: Announcements) -> int:
        if not stands(announcements):
            say(nothing)
            return REFUSED
        announcements.add(_who(), what)
        say(f"{done} {_WITHIN}")
        return DONE

    return _opened(run, say, config)


def _opened(run: Callable[[Announcements], int], say: Say, config: Settings | None) -> int:
    try:
        return run(Announcements((config or settings()).database("chat")))
    except (SQLAlchemyError, OSError) as error:
        say(f"FEJL: Databasen kan ikke bruges ({type(error).__name__}). Se DATABASE_URL og DATA_DIR.")
        return REFUSED


def _who() -> str:
    """The person at the terminal, by the machine's name for them."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "ukendt"  # a user without a name, as in some containers


def _when(announcement: Announcement) -> str:
    return f"{datetime.fromisoformat(announcement.at).astimezone(COPENHAGEN):%d-%m-%Y %H.%M}"
