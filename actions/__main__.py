"""Actions room: the action server (`python -m actions`)."""

import logging
import sys
import warnings

warnings.filterwarnings("ignore")

from rasa_sdk.endpoint import create_app

from common.settings import SettingsError, settings


def main() -> int:
    """Serves Rasa's calls until told to stop."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        config = settings()
    except SettingsError as error:
        print(f"actions: {error}", file=sys.stderr)
        return 2
    from actions.health import routes
    from actions.send import outbox

    # A database that cannot be opened is found out now, not at the first request.
    outbox()
    app = create_app("actions.registry")
    app.blueprint(routes())
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    # Sanic's worker manager cannot find an app that is not importable by name (rasa-on-3.11.md, trap 2).
    app.run(config.action_host, config.action_port, single_process=True, motd=False, access_log=False, debug=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
