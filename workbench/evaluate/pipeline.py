"""Trains a Rasa pipeline and runs it on lines, each step in a new process."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from common.acts import CHECK_NOTED, is_follow_up
from common.settings import settings
from workbench.shared.lines import Line
from workbench.shared.measures import Judgement

_ASKS_BACK = "nlu_fallback"
# The answer before a follow-up.
_ANSWERED = "utter_faq_may_i_record"
# The request before a question about it, and what it asks for.
_FORM, _ASKED = "request_form", "review"


@dataclass(frozen=True)
class Trial:
    """Seconds of training, megabytes of the process that ran the model, and a judgement for each line."""

    seconds: float
    megabytes: float
    judgements: list[Judgement]


def train(config: Path, nlu: Path, output: Path) -> tuple[Path, float]:
    """Trains the NLU part of a config on the lines in a folder; returns the model file and the seconds it took."""
    _prepare()
    from rasa.model_training import train_nlu

    started = time.perf_counter()
    # New folders, since caches of an earlier training (embeddings, Rasa's components) would shorten this one.
    with tempfile.TemporaryDirectory() as data:
        os.environ["DATA_DIR"] = data
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(data) / "rasa")
        settings.cache_clear()
        model = train_nlu(config=str(config), nlu_data=str(nlu), output=str(output), fixed_model_name=config.stem)
    if not model:
        raise RuntimeError(f"Rasa could not train {config.name} on {nlu}; script/check names what is wrong")
    return Path(model), time.perf_counter() - started


def judge(model: Path, lines: Sequence[Line]) -> tuple[list[Judgement], float]:
    """A judgement for each line, and the megabytes of the process after them."""
    _prepare()
    import psutil
    from rasa.core.agent import Agent

    from bot.model_loading import load_models_fast

    load_models_fast()
    agent = Agent.load(str(model))

    async def judgements_of_lines() -> list[Judgement]:
        # The first lines load what is loaded lazily, and are not timed.
        for line in lines[:20]:
            await agent.parse_message(line.text)
        return [await _judgement(agent, line) for line in lines]

    judgements = asyncio.run(judgements_of_lines())
    return judgements, psutil.Process().memory_info().rss / 1e6


async def _judgement(agent: Any, line: Line) -> Judgement:
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    message = UserMessage(line.text)
    # A follow-up needs an answer before it, a question about the request a request; all others are a first message.
    before: list[Any] = []
    if is_follow_up(line.label):
        before = [BotUttered(metadata={"utter_action": _ANSWERED})]
    elif line.label == CHECK_NOTED:
        before = [ActiveLoop(_FORM), SlotSet("requested_slot", _ASKED)]
    tracker = DialogueStateTracker.from_events(message.sender_id, before)
    started, computed = time.perf_counter(), time.process_time()
    parsed = await agent.processor.parse_message(message, tracker)
    # Where others use the machine, the wall clock counts them as well; where two cores share the work, the processor
    # time counts it twice.
    milliseconds = min(time.perf_counter() - started, time.process_time() - computed) * 1000
    ranking = [each for each in parsed.get("intent_ranking", []) if each["name"] != _ASKS_BACK]
    best = ranking[0] if ranking else {"name": _ASKS_BACK, "confidence": 0.0}
    asks_back = parsed["intent"]["name"] in (_ASKS_BACK, None)
    return Judgement(str(best["name"]), float(best["confidence"]), asks_back, milliseconds)


def trial(config: Path, nlu: Path, lines: Sequence[Line], waiting: Callable[[str, "Future[Any]"], None]) -> Trial:
    """Trains a config and runs it on lines. `waiting` gets the name and the future of each step, and waits for it."""
    with tempfile.TemporaryDirectory() as folder:
        with _process() as pool:
            training = pool.submit(train, config, nlu, Path(folder))
            waiting("Træner", training)
            model, seconds = training.result()
        with _process() as pool:
            judging = pool.submit(judge, model, list(lines))
            waiting("Prøver", judging)
            judgements, megabytes = judging.result()
    return Trial(seconds, megabytes, judgements)


def _process() -> ProcessPoolExecutor:
    """A new process for each step, so that time and memory of one do not count for another."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def _prepare() -> None:
    """Redirects this process's output, which is Rasa's and TensorFlow's, to a log file."""
    from bot.library_logs import silence_libraries

    silence_libraries()
    log = settings().data_dir / "log" / "evaluate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            os.dup2(file.fileno(), stream.fileno())
