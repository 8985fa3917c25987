"""The commands `script/bot pause`, `resume` and `notice`: what citizens are told in place of the chat, or above it."""

from collections.abc import Callable

from bot.channel.announcements import LONGEST_TEXT, NOTICE, PAUSE, REMOVE, RESUME, Announcements
from common import plain_text
from common.settings import Settings
from workbench.shared.staff import DONE, REFUSED, Say, when, who, with_table

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
            say(f"Chatten holder pause siden {when(standing.notice.at)}: {standing.notice.text}")
        else:
            say("Chatten er åben.")
        say(f"Meddelelse siden {when(above.at)}: {above.text}" if above else "Der er ingen meddelelse.")
        if latest := announcements.latest(_SHOWN):
            say("")
            say("Det seneste:")
        for one in latest:
            say(f"  {when(one.at)}  {_TITLES.get(one.what, one.what)} ({one.who}){f': {one.text}' if one.text else ''}")
        return DONE

    return with_table(Announcements, run, say, config)


def _announced(what: str, text: str, done: str, say: Say, config: Settings | None) -> int:
    text = " ".join(plain_text.cleaned(text).split())
    if not text:
        say("FEJL: Skriv, hvad borgerne skal have at vide.")
        return REFUSED
    if len(text) > LONGEST_TEXT:
        say(f"FEJL: Teksten er på {len(text)} tegn. Den må højst være på {LONGEST_TEXT}.")
        return REFUSED

    def run(announcements: Announcements) -> int:
        announcements.add(who(), what, text)
        say(f"{done}\n{_WITHIN}")
        return DONE

    return with_table(Announcements, run, say, config)


def _taken_back(
    what: str, stands: Callable[[Announcements], bool], told: tuple[str, str], say: Say, config: Settings | None
) -> int:
    """Takes back what `stands`; `told`: what is said of it, and what where nothing stands."""
    done, nothing = told

    def run(announcements: Announcements) -> int:
        if not stands(announcements):
            say(nothing)
            return REFUSED
        announcements.add(who(), what)
        say(f"{done} {_WITHIN}")
        return DONE

    return with_table(Announcements, run, say, config)
