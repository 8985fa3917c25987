"""The services of the assistant: command, port and health URL of each."""

import sys
from dataclasses import dataclass

from common.settings import Settings


@dataclass(frozen=True)
class Service:
    """A process. `title`: its Danish name; `setting`: the setting of its port; `health`: URL that answers 200."""

    name: str
    title: str
    module: str
    port: int | None = None
    setting: str | None = None
    host: str = "127.0.0.1"
    health: str | None = None

    @property
    def command(self) -> list[str]:
        """The command that starts it in the project's folder."""
        return [sys.executable, "-m", self.module]


def services(config: Settings) -> list[Service]:
    """The services in the order of their start; without the inbox when Jura uses a system of its own."""
    ordered = [
        Service(
            "actions",
            "handlingsserveren",
            "actions",
            config.action_port,
            "ACTION_PORT",
            config.action_host,
            f"http://127.0.0.1:{config.action_port}/health",
        ),
        Service("delivery", "leveringen til Jura", "legal.delivery"),
        Service(
            "rasa",
            "Rasa med chatten",
            "bot.server",
            config.rasa_port,
            "RASA_PORT",
            config.rasa_host,
            f"http://127.0.0.1:{config.rasa_port}/webhooks/chat/",
        ),
    ]
    if uses_own_inbox(config):
        ordered.insert(
            0,
            Service(
                "inbox",
                "Juras indbakke",
                "legal.inbox",
                config.inbox_port,
                "INBOX_PORT",
                config.inbox_host,
                f"http://127.0.0.1:{config.inbox_port}/health",
            ),
        )
    return ordered


def uses_own_inbox(config: Settings) -> bool:
    """Whether LEGAL_API_URL is the project's own inbox."""
    return config.legal_api_url in {
        f"http://{host}:{config.inbox_port}/requests" for host in ("127.0.0.1", "localhost", config.inbox_host)
    }
