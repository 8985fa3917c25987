"""One thing that the assistant says: a response of the domain with what fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """A response to utter, with the values of its placeholders (words, unless they are `Markdown`) and buttons."""

    response: str
    fill: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()
