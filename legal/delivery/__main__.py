"""The delivery process: `python -m legal.delivery`."""

import logging
import sys

from sqlalchemy.exc import SQLAlchemyError

from common.settings import SettingsError, settings
from legal.delivery.process import Delivery, run_until_signalled
from legal.outbox import Outbox


def main() -> int:
    """Delivers until stopped; 0 after a clean stop, 2 if it could not start."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    # Its lines contain the whole address.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    try:
        config = settings()
        outbox = Outbox(config.database("outbox"))
        delivery = Delivery(outbox, config, content_days=config.outbox_content_days)
        delivery.report()
    except SettingsError as error:
        print(f"levering: {error}", file=sys.stderr)
        return 2
    except (SQLAlchemyError, OSError) as error:
        print(
            f"levering: databasen kan ikke åbnes ({type(error).__name__}). Se DATABASE_URL og DATA_DIR.",
            file=sys.stderr,
        )
        return 2
    run_until_signalled(delivery)
    outbox.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
