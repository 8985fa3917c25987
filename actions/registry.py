"""The actions that the server offers. rasa_sdk finds them by importing this."""

from actions.answers import AskBack, Inform, OpeningHours, Plainer, Repeat, Restart
from actions.status import CheckStatus
from actions.turn.form import ValidateRequestForm
from actions.withdraw import Affirm, Cancel, Deny

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
