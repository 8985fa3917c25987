"""Runs Rasa's own command line (`script/rasa shell`, `interactive`, `test` ...) with this project's settings."""

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


def in_this_process(app: "Sanic[Any, Any]", host: str | None = None, port: int | None = None, **kwargs: Any) -> None:
    """Sanic.run without its worker manager, which cannot find an app made by Rasa (rasa-on-3.11.md, trap 2)."""
    kwargs.pop("workers", None)
    # Rasa would open its training server to the whole network.
    local = "127.0.0.1" if host in (None, "0.0.0.0") else host
    _run(app, local, port, **{**kwargs, "single_process": True, "motd": False})


def _run_actions(arguments: Any) -> None:
    """`rasa run actions`: starts this project's action server instead of rasa_sdk's, which checks no secret."""
    from actions.__main__ import main as actions_main

    sys.exit(actions_main())


def _stream(streaming: Any, status: int = 200, headers: Any = None, content_type: str | None = None) -> ResponseStream:
    """sanic.response.stream, which Rasa's shell uses and Sanic dropped after version 22."""
    return ResponseStream(streaming, status, headers, content_type)


def _ignore(*warning: Any, **more: Any) -> None:
    pass


def fill_endpoints(config: Settings) -> None:
    """Sets the environment variables of endpoints.yml: the address and the secret of the action server."""
    os.environ |= {"ACTION_URL": config.action_url, "ACTION_SECRET": config.action_secret}
    # The action server does not accept compressed requests.
    os.environ.pop("COMPRESS_ACTION_SERVER_REQUEST", None)


def main() -> None:
    """Runs Rasa's command line with this process's arguments."""
    silence_libraries()
    try:
        fill_endpoints(settings())
    except SettingsError as error:
        sys.exit(f"script/rasa: {error}")
    # Rasa resets the filters of `silence_libraries`; nobody here can act on its warnings.
    warnings.showwarning = _ignore
    os.chdir(ROOT)
    guard_rasa()
    from rasa.__main__ import main as rasa_main

    from bot.model_loading import load_models_fast

    load_models_fast()

    running = patch.object(Sanic, "run", in_this_process)
    streaming = patch.object(sanic.response, "stream", _stream, create=True)
    actions = patch("rasa_sdk.__main__.main_from_args", _run_actions)
    with running, streaming, actions:
        rasa_main()


if __name__ == "__main__":
    sys.argv[0] = "rasa"
    main()
