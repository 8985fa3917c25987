"""Tests, common: every setting is read, and each that is wrong is named with the remedy."""

import re
from pathlib import Path

import pytest

from common.settings import ROOT, Rate, SettingsError, read_settings


def read(tmp_path: Path, **env: str):  # type: ignore[no-untyped-def]
    return read_settings({"DATA_DIR": str(tmp_path), **env})


def test_what_holds_when_nothing_is_set(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert (config.rasa_host, config.rasa_port, config.action_port, config.inbox_port) == (
        "127.0.0.1",
        5005,
        5055,
        5080,
    )
    assert config.legal_api_url == "http://127.0.0.1:5080/requests"
    assert config.database("outbox") == f"sqlite:///{tmp_path}/outbox.db"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.legal_webhook_secret == second.legal_webhook_secret != first.chat_secret
    kept = tmp_path / "secrets" / "webhook"
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RASA_PORT", "0"),
        ("ACTION_PORT", "65536"),
        ("INBOX_PORT", "femtusind"),
        ("RATE_PER_SESSION", "60"),
        ("RATE_PER_ADDRESS", "0/minute"),
        ("CHAT_ORIGINS", "www.frederiksberg.dk"),
        ("CHAT_ORIGINS", "https://www.frederiksberg.dk/side"),
        ("LEGAL_API_URL", "ftp://jura"),
        ("DATABASE_URL", "mysql://x/y"),
        ("REDIS_URL", "localhost:6379"),
        ("LEGAL_WEBHOOK_SECRET", "whsec_kort"),
        ("NOW", "2026-12-01T10:00:00"),
        ("CHAT_SESSION_HOURS", "-1"),
        ("OUTBOX_CONTENT_DAYS", "en måned"),
        ("INBOX_RETENTION_DAYS", "0"),
        ("INBOX_HTTPS", "ja"),
    ],
)
def test_a_malformed_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read(tmp_path, **{name: value})


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, DATABASE_URL="mysql://jura:hemmeligt@vert/base")
    assert "hemmeligt" not in str(error.value)


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(SettingsError, match="DATA_DIR"):
        read(tmp_path / "fil" / "under")


def test_rates(tmp_path: Path) -> None:
    assert read(tmp_path, RATE_PER_SESSION="5/second").rate_per_session == Rate(5, 1)
    assert read(tmp_path, RATE_PER_SESSION="0").rate_per_session.count == 0


def test_the_example_names_every_setting() -> None:
    named = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
    code = "".join(
        path.read_text(encoding="utf-8") for folder in ("common", "legal") for path in (ROOT / folder).rglob("*.py")
    )
    used = set(
        re.findall(r'(?:text|port|number|url|rate|origins|fail|environ\.get|environ)[\[(]"([A-Z][A-Z_]+)"', code)
    )
    assert used - named == set()
