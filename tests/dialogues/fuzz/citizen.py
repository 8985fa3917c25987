"""A citizen in the web chat whose page may also send its last message once more."""

from typing import Any

from workbench.dialogues.web_citizen import WebCitizen


class FuzzCitizen(WebCitizen):
    """A WebCitizen who knows what is offered, and whose last message can arrive again."""

    _sent: tuple[dict[str, str], dict[str, Any]] | None = None

    def offered(self) -> list[tuple[str, str]]:
        """Title and payload of every button of the last answer, rows of the card included."""
        return list(self._offered().items())

    def again(self) -> bool:
        """Sends the last message once more, under its old id; whether the answer is the old one."""
        if self._sent is None:
            return True
        body, answer = self._sent
        self._cached_tracker = None
        return super()._call("POST", "messages", body) == answer

    def events(self) -> list[dict[str, Any]]:
        """All that Rasa has stored of the conversation."""
        return [event.as_dict() for event in self._tracker().events]

    def _call(self, method: str, what: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        answer = super()._call(method, what, body)
        if what == "messages" and body is not None:
            self._sent = body, answer
        return answer
