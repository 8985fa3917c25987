"""Errors and warnings about malformed lines and unknown names in `.env`."""

import os
from pathlib import Path

import pytest

from common import settings as module
from common.env_file import read_env_file, unknown_names
from common.settings import KNOWN, SettingsError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_names_and_values(file: Path) -> None:
    assert read_env_file(file) == {}
    file.write_text(
        "\ufeff# Porte\r\n\r\nRASA_PORT=5006 # chatten\r\nexport INBOX_PORT = '5081'\r\nCHAT_SECRET=\r\n"
        'DATA_DIR="/srv/året #1"\nREDIS_URL=redis://x/#1\n\n',
        encoding="utf-8",
        newline="",
    )
    assert read_env_file(file) == {
        "RASA_PORT": "5006",
        "INBOX_PORT": "5081",
        "CHAT_SECRET": "",
        "DATA_DIR": "/srv/året #1",
        "REDIS_URL": "redis://x/#1",
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("RASA_PORT 5006", 1),
        ("RASA_PORT: 5006", 1),
        ("RASA_PORT:5006\nINBOX_PORT=5081", 1),
        ("# Porte\n\n  \nRASA_PORT\n", 4),
        ("# Porte\r\n\r\nhemmelig tekst\r\n", 3),
        ("RASA_PORT=5006\n=hemmelig\n", 2),
        ("RASA_PORT=5006\n\n- INBOX_PORT=5081\n", 3),
        ("RASA PORT=5006\n", 1),
        ("whsec_hemmelig+hemmelig/hemmelig=\n", 1),
        ('RASA_PORT=5006\nCHAT_SECRET="hemmelig\n', 2),
        ('CHAT_SECRET="hemmelig\nRASA_PORT=5006\nDATA_DIR="\n', 1),
        ("RASA_PORT=50\0\n", 1),
    ],
)
def test_a_malformed_line_is_named_by_its_number_and_not_quoted(file: Path, text: str, line: int) -> None:
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(SettingsError) as error:
        read_env_file(file)
    assert str(error.value) == f".env, linje {line}: skal være NAVN=værdi på én linje"


def test_an_unreadable_env_file_is_named(file: Path) -> None:
    file.write_bytes("DATA_DIR=/srv/året".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"^\.env: skal gemmes som UTF-8$"):
        read_env_file(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(SettingsError, match=r"^\.env: skal være en fil, der kan læses$"):
        read_env_file(file)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("RASA_PROT", "RASA_PORT"),
        ("RASA-PORT", "RASA_PORT"),
        ("rasa_port", "RASA_PORT"),
        ("ACTIONS_PORT", "ACTION_PORT"),
        ("CHAT_ORIGIN", "CHAT_ORIGINS"),
        ("INBOX_PASS", "INBOX_PASSWORD"),
        ("DATADIR", "DATA_DIR"),
        ("LEGAL_SECRET", None),
        ("HTTPS_PROXY", None),
        ("TZ", None),
        ("RASA_TELEMETRY_ENABLED", None),
    ],
)
def test_a_warning_names_an_unknown_name_and_the_most_similar_setting(
    file: Path, written: str, meant: str | None
) -> None:
    file.write_text(f"RASA_HOST=127.0.0.1\n{written}=hemmelig\n")
    said = f"ADVARSEL: {written} i .env kendes ikke."
    assert unknown_names(file, KNOWN) == [f"{said} Mente du {meant}?" if meant else said]


def test_known_names_give_no_warning(file: Path) -> None:
    assert unknown_names(file, KNOWN) == []
    file.write_text("".join(f"{name}=\n" for name in KNOWN))
    assert unknown_names(file, KNOWN) == []


def test_the_process_stops_at_a_broken_file_and_warns_of_an_unknown_name(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENV_FILE", file)
    monkeypatch.setattr(os, "environ", {"DATA_DIR": str(tmp_path)})
    module.settings.cache_clear()
    try:
        file.write_text("RASA_PROT=5006\nRASA_PORT 5006\n")
        with pytest.raises(SettingsError, match=r"^\.env, linje 2: skal være NAVN=værdi"):
            module.settings()
        file.write_text("RASA_PROT=5006\nINBOX_PORT=5081\n")
        assert (module.settings().rasa_port, module.settings().inbox_port) == (5005, 5081)
        assert module.setting_warnings() == ["ADVARSEL: RASA_PROT i .env kendes ikke. Mente du RASA_PORT?"]
    finally:
        module.settings.cache_clear()
