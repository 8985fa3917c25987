"""Sets the clock of NLU, actions and delivery, which run in this process (setting NOW)."""

import os
from datetime import datetime

from common.clock import now


def set_clock(moment: datetime) -> None:
    """Sets the time to `moment`; it runs on from there."""
    os.environ["NOW"] = moment.isoformat()
    # NOW means the time at the start of the process: subtract what has passed since.
    os.environ["NOW"] = (moment - (now() - moment)).isoformat()
