"""A reply: a response of the domain with its fills and buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """A response's name, its fills (plain text, unless they are `Markdown`), and buttons as (title, payload)."""

    response: str
    fill: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()
