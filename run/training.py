"""A training in a process of its own, with progress, one at a time, of files that can be read."""

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot import model
from common.settings import ROOT, Settings
from run.sources import unreadable

_PROGRESS_SECONDS = 10
_TRAIN = "from bot.quiet import quiet; quiet(); from bot import model; model.train()"


def trained(config: Settings, say: Callable[[str], None]) -> bool:
    """Whether there is a model of the present files, trained now where there was none; `say` gets each line."""
    if _there():
        return True
    if trouble := unreadable():
        say(f"FEJL: {trouble}")
        return False
    with _alone(config, say):
        # Another training may have ended meanwhile.
        return _there() or _train(config, say)


def _there() -> bool:
    there = model.usable()
    if there:
        model.keep(model.path())
    return there


def _refused() -> str:
    """Why the model that is there is not used, for who wonders that it is trained again."""
    try:
        model.current()
    except model.ModelRefused as refused:
        return str(refused)
    except model.ModelMissing:
        pass
    return ""


@contextmanager
def _alone(config: Settings, say: Callable[[str], None]) -> Iterator[None]:
    """One training at a time: two would take the machine from each other, and the chat."""
    file = config.data_dir / "run" / "train.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Der trænes allerede et andet sted. Venter, til det er færdigt ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train(config: Settings, say: Callable[[str], None]) -> bool:
    """Trains in a process of its own, whose memory ends with it, and says that it goes on."""
    if refused := _refused():
        say(refused)
    say("Træner modellen. Det sker kun, når noget er ændret, og tager et par minutter ...")
    log = config.data_dir / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen([sys.executable, "-c", _TRAIN], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
        try:
            while True:
                try:
                    process.wait(_PROGRESS_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    say(f"  træner ({time.monotonic() - started:.0f} s)")
        except BaseException:
            process.kill()
            say("Afbrudt. Der er ikke lavet en ny model.")
            raise
    if process.returncode != 0:
        say(f"FEJL: modellen kunne ikke trænes. Kør script/bot check, og ret det, den finder. Rasas egne ord: {log}")
        return False
    say(f"Modellen er trænet ({time.monotonic() - started:.0f} s).")
    return True
