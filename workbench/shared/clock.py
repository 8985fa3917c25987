"""Sets the clock that NLU and actions follow. Both run in this process, so one hand moves both."""

import os
from datetime import datetime

from common.clock import now


def set_clock(moment: datetime) -> None:
    """Makes it `moment`; time runs on from there."""
    os.environ["NOW"] = moment.isoformat()
    # NOW is where the clock stood when the process began: what has run since is taken off.
    os.environ["NOW"] = (moment - (now() - moment)).isoformat()
