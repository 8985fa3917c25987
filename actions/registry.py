"""Actions room: the actions that the server offers. rasa_sdk finds them by importing this."""

from actions.answers import AskBack, CheckStatus, Inform, OpeningHours, Plainer, Repeat, Restart
from actions.form import ValidateRequestForm

__all__ = ["AskBack", "CheckStatus", "Inform", "OpeningHours", "Plainer", "Repeat", "Restart", "ValidateRequestForm"]
