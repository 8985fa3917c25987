"""Delivers requests from the outbox to Jura's system; the process is `python -m legal.delivery`."""

from legal.delivery.attempt import attempt
from legal.delivery.post import post
from legal.outcome import Outcome

__all__ = ["Outcome", "attempt", "post"]
