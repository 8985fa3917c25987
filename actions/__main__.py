"""The action server (`python -m actions`)."""

import sys
import warnings

warnings.filterwarnings("ignore")

from actions import log
from common.settings import SettingsError, settings


def main() -> int:
    """Serves until stopped; 2 if the settings are wrong."""
    log.start()
    try:
        config = settings()
    except SettingsError as error:
        print(f"actions: {error}", file=sys.stderr)
        return 2
    from actions.request.sending import outbox
    from actions.server import build

    # Fails now if the database cannot be opened, not at the first request.
    outbox()
    # Sanic's worker manager cannot find an app that is not importable by name (rasa-on-3.11.md, trap 2).
    build(config).run(
        config.action_host, config.action_port, single_process=True, motd=False, access_log=False, debug=False
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
