"""What is measured, a section at a time, in the order in which they are run."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot import model
from bot.conversations.store import Conversations
from common.databases import open_database
from common.settings import ROOT, read_settings
from workbench.bench import load
from workbench.bench.chats import Chat, Open, Refused
from workbench.bench.filled import due_count, fill
from workbench.bench.load import Times
from workbench.bench.rows import FLOOR, MORE, OURS, STOCK, Rows
from workbench.bench.servers import Ours, Stock

_ACTION = ["Hvornår kan jeg ringe til Jura?"]
_SEVERAL = ["Må jeg optage mødet, hvem bestemmer det, og hvad er en bisidder?"]
_FLOOR_TEXT = ["faq_may_i_record"]
_WISH = "Jeg vil gerne søge om lov til at optage et møde"
_REQUEST = [
    _WISH,
    "Med jobcentret, mandag om to uger kl. 14, vi mødes på jobcentret",
    "kun lyd",
    "Jeg har svært ved at huske, hvad der bliver sagt",
    "nej",
    "kun til mig selv",
    "ja",
    "Li Ng, li.ng@eksempel.dk",
    "ja, send",
]
_LONG = (10, 50, 100, 200)
_AROUND = 5
_LONG_CONVERSATIONS = 3


@dataclass(frozen=True)
class Plan:
    """What a run measures. `stock`, `floor`: models of Rasa's own; `texts`: questions of citizens, one a message."""

    folder: Path
    stock: Path
    floor: Path
    texts: Sequence[str]
    workers: int = 2
    database: str | None = None
    turns: int = 200
    seconds: float = 10.0
    clients: tuple[int, ...] = (1, 8, 64)
    rates: tuple[float, ...] = (5, 10, 20, 30, 40, 60, 80, 100)
    conversations: int = 100_000


@dataclass
class Bench:
    """A run. `open` closes the servers, which are started once."""

    plan: Plan
    open: ExitStack
    say: Callable[[str], None]
    figures: Rows
    servers: dict[str, Ours | Stock] = field(default_factory=dict)

    def start(self) -> None:
        """From the start of each process to its first answer. The servers go on for the other sections."""
        plan = self.plan
        make: dict[str, Callable[[], Ours | Stock]] = {
            OURS: partial(Ours, plan.folder / "ours", 1, plan.database),
            # The same database: conversations do not meet.
            MORE: partial(Ours, plan.folder / "more", plan.workers, plan.database),
            STOCK: partial(Stock, plan.folder, plan.stock),
            FLOOR: partial(Stock, plan.folder, plan.floor, "/"),
        }
        for column, begin in make.items():
            self.say(f"starter {column}")
            # The first start reads the files from the disk; the second is what a restart takes.
            begin().close()
            self.servers[column] = server = begin()
            self.open.callback(server.close)
        seconds = {column: server.rasa.seconds for column, server in self.servers.items()}
        self.figures.add("start", "start af Rasa, til den svarer", "s", seconds)

    def memory(self) -> None:
        """Of the servers as they are, after all turns before; what their processes share counts once."""
        used = {column: server.rasa.megabytes() for column, server in self.servers.items()}
        self.figures.add("memory", "hukommelse, Rasa", "MB", used)
        actions = {
            column: server.actions.megabytes() for column, server in self.servers.items() if isinstance(server, Ours)
        }
        self.figures.add("memory", "hukommelse, handlingsserveren", "MB", actions)

    def answers(self) -> None:
        """A turn with one answer, the servers in turn; ours alone: with an action, with several answers, a request."""
        texts = self.plan.texts
        asyncio.run(load.in_turns(self._chats(), _FLOOR_TEXT, 16))
        found = asyncio.run(load.in_turns(self._chats(OURS, MORE, STOCK), texts, self.plan.turns))
        found |= asyncio.run(load.in_turns(self._chats(FLOOR), _FLOOR_TEXT, self.plan.turns))
        self._percentiles("turns", "en tur med et svar", found)
        p50, p95 = self._parsing(texts)
        self.figures.add("turns", "deraf læsningen, p50", "ms", {OURS: p50})
        self.figures.add("turns", "deraf læsningen, p95", "ms", {OURS: p95})
        for title, said in (("en tur med en handling", _ACTION), ("en tur med tre spørgsmål", _SEVERAL)):
            found = asyncio.run(load.in_turns(self._chats(OURS, MORE), said, self.plan.turns // 4))
            self._percentiles("turns", title, found)
        whole = {column: asyncio.run(self._request(chat)) for column, chat in self._chats(OURS, MORE).items()}
        self.figures.add("turns", f"en hel anmodning ({len(_REQUEST)} ture)", "ms", whole)

    def throughput(self) -> None:
        """Turns a second by citizens who each say the next message when the last one is answered."""
        for clients in self.plan.clients:
            found: dict[str, Times] = {}
            for column, chat in self._chats().items():
                self.say(f"{clients} ad gangen: {column}")
                texts = _FLOOR_TEXT if column == FLOOR else self.plan.texts
                found[column] = asyncio.run(load.closed(chat, texts, clients, self.plan.seconds))
            rates = {column: times.rate for column, times in found.items()}
            self.figures.add("throughput", f"ture i sekundet, {clients} ad gangen", "1/s", rates)
            self._percentiles("throughput", f"en tur, {clients} ad gangen", found)

    def rates(self) -> None:
        """The milliseconds of a turn against the turns a second, until a server falls behind."""
        for column, chat in self._chats(OURS, MORE, STOCK).items():
            points = self.figures.curves.setdefault(column, [])
            for rate in self.plan.rates:
                self.say(f"{rate:.0f} i sekundet: {column}")
                times = asyncio.run(load.at_rate(chat, self.plan.texts, rate, self.plan.seconds))
                points.append((rate, times.percentile(50), times.percentile(95), times.percentile(99)))
                if times.percentile(50) > 1000:
                    break

    def long(self) -> None:
        """The turns of a long conversation: the median around each place, in some conversations."""
        for title, first in (("spørgsmål", None), ("spørgsmål i en anmodning", _WISH)):
            servers = self._chats(OURS, STOCK) if first is None else self._chats(OURS)
            found: dict[str, list[list[float]]] = {column: [] for column in servers}
            for number in range(_LONG_CONVERSATIONS):
                for column, chat in servers.items():
                    self.say(f"{title}, samtale {number + 1} af {_LONG_CONVERSATIONS}: {column}")
                    found[column].append(asyncio.run(self._conversation(chat, first)))
            for place in _LONG:
                medians = {
                    column: Times([ms for each in all_ for ms in each[place - _AROUND : place + _AROUND]], 1)
                    for column, all_ in found.items()
                }
                values = {column: times.percentile(50) for column, times in medians.items()}
                self.figures.add("long", f"tur {place} af en samtale, {title}", "ms", values)

    def cleaning(self) -> None:
        """Turns while a server erases what is due of many conversations, and afterwards."""
        folder = self.plan.folder / "filled"
        server = Ours(folder, 1, self.plan.database)
        asyncio.run(load.closed(server.open, self.plan.texts, 1, 0.5))
        server.close()
        config = read_settings({"DATA_DIR": str(folder), "DATABASE_URL": self.plan.database or ""})
        _keep_one(config.database("conversations"))
        count = self.plan.conversations
        due = fill(config, count, lambda done: self.say(f"skriver samtale {done} af {count}"))
        server = Ours(folder, 1, self.plan.database)
        try:
            engine = open_database(config.database("conversations"), future=True)
            self.say(f"{due} samtaler skal slettes")
            during: list[float] = []
            begun, at = time.perf_counter(), time.time()
            while left := due_count(engine, config, at):
                during += asyncio.run(load.closed(server.open, self.plan.texts, 1, 2.0)).each
                self.say(f"{left} samtaler skal slettes")
            seconds = time.perf_counter() - begun
            after = asyncio.run(load.closed(server.open, self.plan.texts, 1, max(self.plan.seconds, 10.0)))
        finally:
            server.close()
        title = f"sletning af {due} af {count} samtaler"
        self.figures.add("cleaning", title, "s", {OURS: seconds})
        for when, times in ((" imens", Times(during, seconds)), (" bagefter", after)):
            for percent, name in ((50, "p50"), (99, "p99"), (100, "den langsomste")):
                self.figures.add("cleaning", f"en tur{when}, {name}", "ms", {OURS: times.percentile(percent)})

    def sizes(self) -> None:
        """The model and the environment on the disk."""
        files = {OURS: model.path(), STOCK: self.plan.stock, FLOOR: self.plan.floor}
        self.figures.add("sizes", "model", "MB", {column: f.stat().st_size / 1e6 for column, f in files.items()})
        environment = sum(f.lstat().st_size for f in (ROOT / ".venv").resolve().rglob("*") if not f.is_dir())
        self.figures.add("sizes", "pakker", "MB", {OURS: environment / 1e6})

    def _chats(self, *columns: str) -> dict[str, Open]:
        return {column: self.servers[column].open for column in columns or self.servers}

    def _percentiles(self, section: str, title: str, found: dict[str, Times]) -> None:
        for percent in (50, 95):
            values = {column: times.percentile(percent) for column, times in found.items()}
            self.figures.add(section, f"{title}, p{percent}", "ms", values)

    def _parsing(self, texts: Sequence[str]) -> list[float]:
        file = self.plan.folder / "texts"
        file.write_text("\n".join(texts), encoding="utf-8")
        command = [sys.executable, "-m", "workbench.bench.parsing", str(file)]
        printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        found: list[float] = json.loads(printed.splitlines()[-1])
        return found

    async def _request(self, make: Open) -> float:
        times = []
        for _ in range(5):
            async with load.connected() as http:
                chat = make(http)
                await chat.open()
                begun = time.perf_counter()
                for text in _REQUEST:
                    answer = await chat.say(text)
                times.append((time.perf_counter() - begun) * 1000)
            if not any((message["card"] or {}).get("type") == "receipt" for message in answer):
                raise Refused(f"anmodningen endte uden kvittering, men med: {answer[-1]['text'][:200]}")
        return Times(times, 1).percentile(50)

    async def _conversation(self, make: Open, first: str | None) -> list[float]:
        async with load.connected() as http:
            chat: Chat = make(http)
            await chat.open()
            if first:
                await chat.say(first)
            texts = self.plan.texts
            return [await load.timed(chat, texts[turn % len(texts)]) for turn in range(max(_LONG) + _AROUND)]


def _keep_one(database: str) -> None:
    """Erases all conversations but one, which is copied."""
    store = Conversations(database)
    for conversation in list(asyncio.run(store.keys()))[1:]:
        store.forget(conversation)
    store.engine.dispose()


# In this order: a section may need what an earlier one began.
SECTIONS: dict[str, Callable[[Bench], None]] = {
    "start": Bench.start,
    "turns": Bench.answers,
    "throughput": Bench.throughput,
    "rates": Bench.rates,
    "long": Bench.long,
    "memory": Bench.memory,
    "cleaning": Bench.cleaning,
    "sizes": Bench.sizes,
}
