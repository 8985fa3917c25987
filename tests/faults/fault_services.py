"""Sender (in place of the action server), delivery and inbox as processes that can be killed.

A fork server that has imported everything forks them, so that 200 kills fit into a test run.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fault_drafts import draft
from sqlalchemy.exc import SQLAlchemyError

from common.settings import Settings, read_settings, settings
from legal.delivery.attempt import attempt
from legal.inbox.store import InboxStore
from legal.outbox import Outbox

CONTEXT = multiprocessing.get_context("forkserver")
# `__main__` is pytest, which every child would otherwise import again.
CONTEXT.set_forkserver_preload(["__main__", "fault_services", "legal.delivery.__main__", "legal.inbox.__main__"])
# As long as the action server lets a citizen wait.
FIRST_ATTEMPT_SECONDS = 3.0


@dataclass(frozen=True)
class Answer:
    """What the citizen was told: the reference (None: not stored) and the state."""

    origin: str
    reference: str | None
    state: str
    seconds: float


def _enter(env: dict[str, str], log: str) -> None:
    """Gives a forked child its environment, log file and signal handlers."""
    os.environ.clear()
    os.environ.update(env)
    settings.cache_clear()
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def move_clock(jump: Any) -> None:
    """Shifts this process's clock by `jump` (shared seconds): leases, pauses and deadlines, not signatures."""
    real = time.time
    time.time = lambda: real() + jump.value


def set_calendar(jump: Any) -> None:
    """Shifts the clock and the time of signatures by `jump` (shared seconds), like a wrong system date."""
    move_clock(jump)

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(seconds=jump.value)

    sys.modules["legal.delivery.post"].datetime = Wrong  # type: ignore[attr-defined]


def limit_files(room: int) -> None:
    """Limits every file to `room` bytes, which fails like a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))


def send(outbox: Outbox, config: Settings, origin: str) -> Answer:
    """Stores and first posts a request, like actions/request/sending.py."""
    before = time.monotonic()
    try:
        entry = outbox.store(draft(origin), origin, "c")
    except (SQLAlchemyError, OSError):
        return Answer(origin, None, "not written", time.monotonic() - before)
    try:
        state = str(attempt(outbox, entry.id, FIRST_ATTEMPT_SECONDS, config))
    except Exception:
        state = "pending"
    return Answer(origin, entry.reference, state, time.monotonic() - before)


def run_sender(env: dict[str, str], log: str, prepare: Callable[[], None] | None, pipe: Any) -> None:
    """The sender's process: sends the request of each origin from the pipe, and returns its Answer."""
    _enter(env, log)
    config = read_settings(env)
    outbox: Outbox | None = None
    if prepare:
        prepare()
    pipe.send("ready")
    while True:
        origin = pipe.recv()
        try:
            outbox = outbox or Outbox(config.database("outbox"))
        except (SQLAlchemyError, OSError):
            pipe.send(Answer(origin, None, "not written", 0.0))
            continue
        pipe.send(send(outbox, config, origin))


def run_module(env: dict[str, str], log: str, prepare: Callable[[], None] | None, module: str) -> None:
    """Runs `python -m legal.delivery` or `legal.inbox` in a child that has imported it."""
    _enter(env, log)
    if prepare:
        prepare()
    main = __import__(f"{module}.__main__", fromlist=["main"]).main
    sys.argv = [module]
    sys.exit(main())


def open_outbox(url: str) -> None:
    """Opens an outbox, which creates its tables, and ends."""
    Outbox(url).close()


def free_port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class Sender:
    """A running sender, which takes one order at a time."""

    process: Any
    pipe: Any

    def order(self, origin: str) -> None:
        """Tells it to send the request of this origin."""
        with contextlib.suppress(OSError):
            self.pipe.send(origin)

    def answer(self, seconds: float) -> Answer | None:
        """Its answer within so many seconds; None if there is none or it was killed."""
        try:
            while self.pipe.poll(seconds):
                said = self.pipe.recv()
                if said != "ready":
                    return said
        except (EOFError, OSError):
            pass
        return None


@dataclass
class Services:
    """A data folder and the processes that work on it, all with the settings `env`."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    running: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = free_port()
        self.env = {
            "PATH": os.environ.get("PATH", ""),
            "DATA_DIR": str(self.folder / "data"),
            "INBOX_PORT": str(self.port),
        } | self.env
        self.config = read_settings(self.env)
        self.outbox = Outbox(self.config.database("outbox"))

    def start(self, target: Callable[..., None], name: str, prepare: Callable[[], None] | None, *more: Any) -> Any:
        """Starts a process, whose output goes to `<name>.log`."""
        log = str(self.folder / f"{name}.log")
        process = CONTEXT.Process(target=target, args=(self.env, log, prepare, *more), daemon=True, name=name)
        process.start()
        self.running.append(process)
        return process

    def sender(self, prepare: Callable[[], None] | None = None) -> Sender:
        """Starts a sender, in place of the action server."""
        mine, its = CONTEXT.Pipe()
        process = self.start(run_sender, "sender", prepare, its)
        its.close()
        assert mine.recv() == "ready"
        return Sender(process, mine)

    def delivery(self, prepare: Callable[[], None] | None = None) -> Any:
        """The delivery process."""
        return self.start(run_module, "delivery", prepare, "legal.delivery")

    def delivery_when_leases_are_over(self) -> Any:
        """Starts delivery with its clock forty seconds ahead, when the leases of killed processes have expired."""
        return self.delivery(partial(move_clock, SimpleNamespace(value=40.0)))

    def inbox(self, prepare: Callable[[], None] | None = None) -> Any:
        """Starts the inbox, without waiting for it."""
        return self.start(run_module, "inbox", prepare, "legal.inbox")

    def await_inbox(self) -> None:
        """Waits until the inbox answers."""
        wait_until(lambda: answers(self.port), 20, "the inbox does not answer")

    def kill(self, process: Any) -> None:
        """Kills a process with SIGKILL and waits for its end."""
        process.kill()
        process.join()
        self.running.remove(process)

    def received(self) -> list[Any]:
        """The payloads of all requests in the inbox."""
        return InboxStore(f"sqlite:///{self.config.data_dir / 'inbox.db'}").page(0, None)

    def log(self, name: str) -> str:
        """The output of the processes of that name."""
        file = self.folder / f"{name}.log"
        return file.read_text() if file.exists() else ""

    def close(self) -> None:
        """Ends all processes."""
        for process in list(self.running):
            self.kill(process)
        self.outbox.close()


def answers(port: int) -> bool:
    """Whether a port accepts connections."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def wait_until(holds: Callable[[], bool], seconds: float, complaint: str) -> None:
    """Waits until the condition holds; AssertionError with the complaint after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)


def settle(services: Services, seconds: float) -> None:
    """Waits until no request of the outbox is pending."""

    def nothing_waits() -> bool:
        with contextlib.suppress(SQLAlchemyError):
            services.outbox.hasten()
            return services.outbox.waiting()[0] == 0
        return False

    wait_until(nothing_waits, seconds, f"still waiting: {services.outbox.health()}")


@dataclass
class Figures:
    """The counts of a run, which are printed."""

    kills: int = 0
    requests: int = 0
    lost: int = 0
    doubled: int = 0
    unseen: int = 0  # references that the citizen did not receive at first
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"kills {self.kills}, requests {self.requests}, lost {self.lost}, doubled {self.doubled}, "
            f"references lost on the way {self.unseen}, {self.seconds:.0f} s"
        )


def check_promises(
    services: Services, told: dict[str, set[str]], arrived: list[dict[str, Any]], figures: Figures
) -> None:
    """Checks the promises of request.md: each origin has one reference, and arrived once or stands in the outbox.

    `told`: the references that the citizen of each origin saw; `arrived`: the payloads in the inbox.
    """
    here: dict[str, list[str]] = {}
    for payload in arrived:
        sent = draft(payload["assistant"]["conversation"])
        assert {key: value for key, value in payload.items() if key not in ("id", "reference", "submitted_at")} == sent
        here.setdefault(payload["assistant"]["conversation"], []).append(payload["reference"])
    figures.requests = len(told)
    for origin, references in told.items():
        again = services.outbox.store(draft(origin), origin, "c")
        assert references <= {again.reference}, f"{origin} got another reference the second time"
        kept = again.state == "pending" or (again.state == "refused" and again.reason)
        figures.lost += not here.get(origin) and not kept
        figures.lost += again.state == "delivered" and here.get(origin) != [again.reference]
        figures.doubled += len(here.get(origin, [])) > 1
    figures.doubled += len(services.outbox.entries()) - len(told)
    schemas = Counter(payload["schema"] for payload in arrived)
    print(f"\n{figures}, of them {dict(schemas)}")
    assert (figures.lost, figures.doubled) == (0, 0), str(figures)
