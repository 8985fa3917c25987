"""Rasa's own commands (`script/rasa shell`, `interactive`, `test` ...), as its documentation has them."""

import os
import sys
import warnings
from typing import Any
from unittest.mock import patch

import sanic.response
from sanic import Sanic
from sanic.response import ResponseStream

from bot.library_logs import silence_libraries
from bot.model_archive import guard_rasa
from common.settings import ROOT, Settings, SettingsError, settings

_run = Sanic.run


def _in_this_process(app: "Sanic[Any, Any]", host: str | None = None, port: int | None = None, **kwargs: Any) -> None:
    """Sanic.run without a worker manager, which cannot find an app made by Rasa (rasa-on-3.11.md, trap 2)."""
    kwargs.pop("workers", None)
    # Rasa would open its training server to the whole network.
    here = "127.0.0.1" if host in (None, "0.0.0.0") else host
    _run(app, here, port, **{**kwargs, "single_process": True, "motd": False})


def _run_actions(arguments: Any) -> None:
    """`rasa run actions`: this project's action server on ACTION_PORT, not rasa_sdk's, which asks for no secret."""
    from actions.__main__ import main as actions_main

    sys.exit(actions_main())


def _stream(streaming: Any, status: int = 200, headers: Any = None, content_type: str | None = None) -> ResponseStream:
    """What Sanic called so until version 22; Rasa's shell gets its answers by it."""
    return ResponseStream(streaming, status, headers, content_type)


def _say_nothing(*warning: Any, **more: Any) -> None:
    """A warning is not shown."""


def fill_endpoints(config: Settings) -> None:
    """Sets what endpoints.yml names: where the action server is, and the secret that it asks for."""
    os.environ |= {"ACTION_URL": config.action_url, "ACTION_SECRET": config.action_secret}
    # The action server takes nothing compressed.
    os.environ.pop("COMPRESS_ACTION_SERVER_REQUEST", None)


def main() -> None:
    """Rasa's command line, with the words that it was called with."""
    silence_libraries()
    try:
        fill_endpoints(settings())
    except SettingsError as error:
        sys.exit(f"script/rasa: {error}")
    # Rasa sets filters of its own, for warnings that nobody here can act on.
    warnings.showwarning = _say_nothing
    os.chdir(ROOT)
    guard_rasa()
    from rasa.__main__ import main as rasa_main

    running = patch.object(Sanic, "run", _in_this_process)
    streaming = patch.object(sanic.response, "stream", _stream, create=True)
    actions = patch("rasa_sdk.__main__.main_from_args", _run_actions)
    with running, streaming, actions:
        rasa_main()


if __name__ == "__main__":
    sys.argv[0] = "rasa"
    main()
