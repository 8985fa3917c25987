"""Serves a Sanic application over HTTP in a thread of this process."""

import asyncio
import logging
import socket
import threading
from typing import Any

from sanic import Sanic

_START_SECONDS = 180.0
_STOP_SECONDS = 10.0


def free_socket() -> socket.socket:
    """A socket bound to a free local port."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound


def address(bound: socket.socket) -> str:
    """The http address of a bound socket, without a path."""
    return f"http://127.0.0.1:{bound.getsockname()[1]}"


class Served:
    """A running server; the constructor returns when it answers, and raises what made the start fail."""

    def __init__(self, app: "Sanic[Any, Any]", bound: socket.socket) -> None:
        """Starts the server on a bound socket."""
        # Sanic's touch-up rewrites its classes for one application only; this process has several.
        app.config.TOUCHUP = False
        self._app = app
        self._bound = bound
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self.loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name=app.name)
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            raise TimeoutError(f"{app.name} did not start in {_START_SECONDS:.0f} seconds")
        if self._failure:
            raise self._failure

    def close(self) -> None:
        """Stops the server and waits for it."""
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_STOP_SECONDS)
        Sanic.unregister_app(self._app)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        # Any: the methods are not in Sanic's types.
        server: Any = await self._app.create_server(
            sock=self._bound, return_asyncio_server=True, access_log=False, debug=False
        )
        await server.startup()
        await server.before_start()
        await server.after_start()
        self._ready.set()
        await self._stop.wait()
        await server.before_stop()
        await server.close()
        await server.after_stop()
        # The application's background tasks never end. Sanic logs each that is cancelled; here that is intended.
        logging.getLogger("sanic.error").setLevel(logging.ERROR)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
