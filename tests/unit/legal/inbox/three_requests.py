"""The inbox of the fixture `box`: its departments, and which of its requests a list shows."""

from typing import Any

import requests

NAMES = {"jobcenter": "Jobcenter Frederiksberg", "ydelse": "Ydelsesservice"}


def shown(box: Any, session: requests.Session, query: str) -> set[str]:
    """The kinds of the requests that the list at `query` shows."""
    page = session.get(f"{box.url}/{query}", timeout=10)
    assert page.status_code == 200
    return {kind for kind, content in box.content.items() if content["reference"] in page.text}
