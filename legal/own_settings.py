"""Jura's room: the settings that concern Jura's processes alone, read from the environment, each named when wrong."""

import os

from common.settings import SettingsError


def days(name: str, default: int) -> int:
    """A number of days from 1 to 3650; SettingsError names the setting that is anything else."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 3650:
        raise SettingsError(f"{name}={value!r}: must be a whole number of days from 1 to 3650")
    return int(value)


def flag(name: str) -> bool:
    """Whether a setting is 1 (yes) or 0 (no; the default)."""
    value = os.environ.get(name, "").strip() or "0"
    if value not in ("0", "1"):
        raise SettingsError(f"{name}={value!r}: must be 1 (yes) or 0 (no)")
    return value == "1"


def outbox_content_days() -> int:
    """For how long the content of what is delivered or withdrawn stays in the outbox (OUTBOX_CONTENT_DAYS)."""
    return days("OUTBOX_CONTENT_DAYS", 30)


def inbox_retention_days() -> int:
    """For how long the inbox keeps a request after it was closed (INBOX_RETENTION_DAYS)."""
    return days("INBOX_RETENTION_DAYS", 365)


def inbox_https() -> bool:
    """Whether staff reach the inbox by https through a proxy of the house's own (INBOX_HTTPS)."""
    return flag("INBOX_HTTPS")
