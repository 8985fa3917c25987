"""Brings requests from the outbox to Jura's system. `python -m legal.delivery` is the process."""

from legal.delivery.attempt import attempt
from legal.delivery.post import post
from legal.outcome import Outcome

__all__ = ["Outcome", "attempt", "post"]
