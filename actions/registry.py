"""The actions that the server offers: rasa_sdk finds them by importing this module."""

from actions.outside.answers import AskBack, Inform, OpeningHours, Plainer, Repeat, Restart
from actions.outside.status import CheckStatus
from actions.outside.yes_no_stop import Affirm, Cancel, Deny
from actions.turn.form import ValidateRequestForm

__all__ = [
    "Affirm",
    "AskBack",
    "Cancel",
    "CheckStatus",
    "Deny",
    "Inform",
    "OpeningHours",
    "Plainer",
    "Repeat",
    "Restart",
    "ValidateRequestForm",
]
