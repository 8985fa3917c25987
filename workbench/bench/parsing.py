"""How long our model reads a message: `python -m workbench.bench.parsing FILE` (a text a line)."""

import asyncio
import json
import sys
import time
from pathlib import Path

import numpy as np

from bot.library_logs import silence_libraries

# The first texts load what is loaded lazily.
_NOT_TIMED = 10


def main() -> None:
    """Prints the 50th and 95th percentile in milliseconds, as JSON."""
    silence_libraries()
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    from bot import model
    from bot.model_loading import load_models_fast

    load_models_fast()
    agent = Agent.load(str(model.current()))
    texts = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    # Agent.parse_message masks nothing and stores nothing: it is the pipeline alone.
    times = []

    async def read() -> None:
        for text in texts:
            begun = time.perf_counter()
            await agent.processor.parse_message(UserMessage(text))
            times.append((time.perf_counter() - begun) * 1000)

    asyncio.run(read())
    p50, p95 = np.percentile(times[_NOT_TIMED:], [50, 95])
    print(json.dumps([p50, p95]))


if __name__ == "__main__":
    main()
