"""Trains the model when needed: in a subprocess, one training at a time, with progress messages."""

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
_TRAIN = "from bot.library_logs import silence_libraries; silence_libraries(); from bot import model; model.train()"


def ensure_model(config: Settings, say: Callable[[str], None]) -> bool:
    """Trains the model of the current files unless there is one; False on failure. `say` prints Danish messages."""
    if _use_existing():
        return True
    if problem := unreadable():
        say(f"FEJL: {problem}")
        return False
    with _training_lock(config, say):
        # Another process may have trained it while this one waited.
        return _use_existing() or _train(config, say)


def _use_existing() -> bool:
    usable = model.usable()
    if usable:
        model.mark_used(model.path())
    return usable


def _refusal_reason() -> str:
    """Why the existing model cannot be used; empty when there is none."""
    try:
        model.current()
    except model.ModelRefused as refused:
        return str(refused)
    except model.ModelMissing:
        pass
    return ""


@contextmanager
def _training_lock(config: Settings, say: Callable[[str], None]) -> Iterator[None]:
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
    """Trains in a subprocess, which frees the memory of the training."""
    if reason := _refusal_reason():
        say(reason)
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
