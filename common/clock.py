"""The clock for dates, opening hours and deadlines, in Copenhagen time.

`NOW` (RFC 3339, tests only) sets the time at which a process's clock starts; it runs on from there. Signatures and
session tokens use the machine's clock instead, because other machines check them.
"""

import os
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_STARTED = time.monotonic()


def parse_now(text: str) -> datetime:
    """RFC 3339 text as an aware time in Copenhagen; raises ValueError where it is malformed or has no offset."""
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("the offset from UTC is missing")
    return moment.astimezone(COPENHAGEN)


def now() -> datetime:
    """The current time in Copenhagen; with `NOW` set, that time plus what has passed since the process started."""
    start = os.environ.get("NOW", "").strip()
    if not start:
        return datetime.now(COPENHAGEN)
    # Added in UTC, so that seconds are real ones across a change to summer time.
    moment = parse_now(start).astimezone(ZoneInfo("UTC")) + timedelta(seconds=time.monotonic() - _STARTED)
    return moment.astimezone(COPENHAGEN)
