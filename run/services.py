"""The processes of the assistant, how each is started, and where each answers."""

import sys
from dataclasses import dataclass

from common.settings import Settings


@dataclass(frozen=True)
class Service:
    """A process: its name in Danish, its module, its port with the setting's name, and its health address."""

    name: str
    title: str
    module: str
    port: int | None = None
    setting: str | None = None
    host: str = "127.0.0.1"
    health: str | None = None

    @property
    def command(self) -> list[str]:
        """The command line that starts it, in the project's folder."""
        return [sys.executable, "-m", self.module]


def services(config: Settings) -> list[Service]:
    """All processes, in the order of their start. The inbox is left out where Jura has a system of its own."""
    found = [
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
        found.insert(
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
    return found


def uses_own_inbox(config: Settings) -> bool:
    """Whether requests go to the inbox that ships with the project."""
    return config.legal_api_url in {
        f"http://{host}:{config.inbox_port}/requests" for host in ("127.0.0.1", "localhost", config.inbox_host)
    }
