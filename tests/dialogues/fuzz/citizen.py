"""The citizen of the fuzz: a web chat that can also repeat its last message."""

from typing import Any

from workbench.dialogues.web_citizen import WebCitizen


class FuzzCitizen(WebCitizen):
    """A WebCitizen that lists the offered buttons and can repeat its last message."""

    _sent: tuple[dict[str, str], dict[str, Any]] | None = None

    def offered(self) -> list[tuple[str, str]]:
        """Title and payload of every button of the last answer, including the card's rows."""
        return list(self._offered().items())

    def again(self) -> bool:
        """Repeats the last message with its id; returns whether the answer is the same."""
        if self._sent is None:
            return True
        body, answer = self._sent
        self._cached_tracker = None
        return super()._call("POST", "messages", body) == answer

    def events(self) -> list[dict[str, Any]]:
        """The events that Rasa has stored of the conversation."""
        return [event.as_dict() for event in self._tracker().events]

    def _call(self, method: str, what: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        answer = super()._call(method, what, body)
        if what == "messages" and body is not None:
            self._sent = body, answer
        return answer
