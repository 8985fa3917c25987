"""The command `script/bot inspect`: starts the assistant and serves the page."""

import secrets
import signal
import socket
from datetime import datetime
from pathlib import Path
from types import FrameType

import waitress
from rich.console import Console

from bot import model
from common.settings import ROOT, settings
from workbench.inspect.app import create_app
from workbench.inspect.assistant import InspectedAssistant
from workbench.inspect.nearest import Nearest
from workbench.inspect.review import Review
from workbench.inspect.saving import DIALOGUES
from workbench.shared.clock import set_clock
from workbench.shared.lines import read_lines

HOST = "127.0.0.1"
REVIEW_FILE = "review.yml"
_THREADS = 8


class Inspector:
    """The page and its assistant. The constructor sets `address`; `run` serves until `close`."""

    def __init__(self, model_file: Path, review: Path, dialogues: Path, bound: socket.socket) -> None:
        """Starts the assistant and reads the training lines (half a minute); `bound` is the page's socket."""
        self.assistant = InspectedAssistant(model_file)
        try:
            nearest = Nearest(read_lines(ROOT / "data" / "nlu"), self.assistant.intent_model().features)
            token = secrets.token_urlsafe(24)
            app = create_app(self.assistant, nearest, Review(review), token, dialogues)
            self._server = waitress.create_server(app, sockets=[bound], threads=_THREADS)
        except BaseException:
            self.assistant.close()
            raise
        self.address = f"http://{HOST}:{bound.getsockname()[1]}/{token}/"

    def run(self) -> None:
        """Serves until the server is closed."""
        self._server.run()

    def close(self) -> None:
        """Stops the server and the assistant."""
        self._server.close()
        self.assistant.close()


def bind(port: int) -> socket.socket:
    """A socket that only this machine can reach; `port` 0: any free one. OSError when the port is taken."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((HOST, port))
    return bound


def inspect(port: int = 0, moment: datetime | None = None, console: Console | None = None) -> int:
    """Prints the page's address with its token and serves until Ctrl-C. `port` 0: any free one.

    `moment`: the time the assistant's clock is set to. Returns 0, or 2 when there is no model or the port is taken.
    """
    console = console or Console(highlight=False, soft_wrap=True)
    try:
        bound, model_file = bind(port), model.current()
    except OSError as error:
        console.print(f"Port {port} kan ikke bruges ({error.strerror}). Vælg en anden med --port.", style="red")
        return 2
    except model.ModelMissing as error:
        console.print(str(error), style="red", markup=False)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    # Before the assistant starts: it sets another data folder.
    review = settings().data_dir / REVIEW_FILE
    inspector: Inspector | None = None
    try:
        with console.status("Starter assistenten (et halvt minut) ..."):
            inspector = Inspector(model_file, review, DIALOGUES, bound)
        if moment:
            set_clock(moment)
        console.print(f"Åbn siden i en browser: {inspector.address}")
        console.print("Adressen virker kun på denne maskine. Samtalerne er væk, når du stopper med Ctrl-C.")
        inspector.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        if inspector:
            inspector.close()
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
