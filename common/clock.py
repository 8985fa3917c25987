"""The clock that dates, opening hours and deadlines follow.

``NOW`` (RFC 3339, tests only) is the time at which a process's clock starts; it runs on from there.
Signatures and session tokens follow the machine's own clock instead, because other machines judge them.
"""

import os
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_STARTED = time.monotonic()


def parse_now(text: str) -> datetime:
    """RFC 3339 text to an aware time in Copenhagen; ValueError when it is malformed or has no offset."""
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("the offset from UTC is missing")
    return moment.astimezone(COPENHAGEN)


def now() -> datetime:
    """The present time in Copenhagen, or the time that ``NOW`` started plus what has run since."""
    start = os.environ.get("NOW", "").strip()
    if not start:
        return datetime.now(COPENHAGEN)
    # Through UTC, so that a run across a change to summer time is counted in real seconds.
    moment = parse_now(start).astimezone(ZoneInfo("UTC")) + timedelta(seconds=time.monotonic() - _STARTED)
    return moment.astimezone(COPENHAGEN)
