"""The delivery process: polls the outbox each second and delivers what is due."""

import logging
import signal
import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from common.settings import Settings
from legal.delivery.attempt import deliver, lease_for
from legal.delivery.circuit import Circuit
from legal.labels import refused_text
from legal.outbox import Outbox

_POLL_SECONDS = 1.0
_ATTEMPT_SECONDS = 15.0
_STOP_SECONDS = 3.0
_ERROR_PAUSE_SECONDS = 5.0
_FORGET_EVERY_SECONDS = 3600.0

log = logging.getLogger("levering")


class Delivery:
    """Delivers due requests one at a time until told to stop. `timeout`: seconds for one attempt."""

    def __init__(
        self, outbox: Outbox, config: Settings, timeout: float = _ATTEMPT_SECONDS, content_days: int = 30
    ) -> None:
        self._outbox = outbox
        self._config = config
        self._timeout = timeout
        self._content_days = content_days
        self._forgot_at = float("-inf")
        self._circuit = Circuit()

    def step(self) -> bool:
        """Makes one attempt if one is due and the circuit allows it; returns whether it did."""
        lease = lease_for(self._timeout)
        if self._circuit.may_try():
            claimed = self._outbox.claim(1, lease)
        else:
            # Staff who retry a request may know that Jura's system answers again.
            claimed = self._outbox.claim(1, lease, hastened=True)
        if not claimed:
            return False
        entry = claimed[0]
        outcome, state = deliver(self._outbox, entry, self._timeout, self._config)
        # No personal data: ids, states and reasons only.
        level = logging.WARNING if state == "refused" else logging.INFO
        log.log(level, "%s %s: %s", entry.id, state, outcome.reason)
        if outcome.kind == "retry":
            was_open = self._circuit.open
            self._circuit.failed(outcome.retry_after)
            if self._circuit.open and not was_open:
                log.warning("Juras system svarer ikke. Vi prøver nu kun af og til; intet går tabt.")
            return True
        if self._circuit.open:
            log.info("Juras system svarer igen. Alt, der venter, bliver sendt nu.")
            self._outbox.hasten()
        self._circuit.answered()
        return True

    def forget(self) -> None:
        """Once an hour deletes the content of requests delivered `content_days` ago."""
        if time.monotonic() - self._forgot_at < _FORGET_EVERY_SECONDS:
            return
        # Set first: a failure here must not be retried each second, which would stop delivery.
        self._forgot_at = time.monotonic()
        if count := self._outbox.forget(self._content_days):
            log.info("slettede indholdet af %d anmodninger, leveret for over %d dage siden", count, self._content_days)

    def report(self) -> None:
        """Logs a warning if requests were refused: they wait for a person."""
        if refused := refused_text(self._outbox.health()["refused"]):
            log.warning(refused)

    def run(self, stop: threading.Event) -> None:
        """Runs until `stop` is set. Errors are logged and waited out, also a database that is away or full."""
        while not stop.is_set():
            try:
                self.forget()
                worked = self.step()
            except Exception as error:
                what = "databasen svarer ikke" if isinstance(error, SQLAlchemyError) else "uventet fejl"
                log.error("%s (%s). Prøver igen om lidt.", what, type(error).__name__)
                stop.wait(_ERROR_PAUSE_SECONDS)
                continue
            if not worked:
                stop.wait(_POLL_SECONDS)


def run_until_signalled(delivery: Delivery) -> None:
    """Runs delivery until SIGTERM or SIGINT; returns within five seconds of it.

    An attempt still under way is abandoned: its lease runs out, and another process tries again.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker = threading.Thread(target=delivery.run, args=(stop,), daemon=True, name="delivery")
    worker.start()
    log.info("klar")
    stop.wait()
    worker.join(_STOP_SECONDS)
    log.info("stoppet")
