"""Secrets among the settings: generated, chosen, never shown, and never sent unencrypted."""

import errno
import re
import threading
from pathlib import Path

import pytest
from settings_reader import read

from common.settings import (
    HIDDEN,
    KNOWN,
    SHORTEST_ACTION_SECRET,
    SHORTEST_CHAT_SECRET,
    SHORTEST_PASSWORD,
    SettingsError,
    settings_error,
)
from legal.inbox import password


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.legal_webhook_secret == second.legal_webhook_secret != first.chat_secret
    kept = tmp_path / "secrets" / "webhook"
    assert kept.stat().st_mode & 0o077 == 0


def test_every_secret_is_known_as_one() -> None:
    hidden = {name for name in KNOWN if re.search("SECRET|TOKEN|PASSWORD|DATABASE|REDIS|LEGAL_API", name)}
    assert hidden == HIDDEN
    for name in HIDDEN:
        assert "hemmelig" not in str(settings_error({name: "hemmelig"}, name, "er forkert"))


def test_the_inbox_has_the_same_rule_for_its_password(tmp_path: Path) -> None:
    assert SHORTEST_PASSWORD == password.SHORTEST_PASSWORD
    read(tmp_path, INBOX_PASSWORD="x" * SHORTEST_PASSWORD)
    read(tmp_path, INBOX_PASSWORD="")


def test_a_chat_secret_that_is_set_is_used_if_it_is_long_enough(tmp_path: Path) -> None:
    assert read(tmp_path, CHAT_SECRET="x" * SHORTEST_CHAT_SECRET).chat_secret == "x" * SHORTEST_CHAT_SECRET
    assert len(read(tmp_path).chat_secret) >= SHORTEST_CHAT_SECRET
    assert not read(tmp_path, INBOX_HTTPS="0").inbox_https and read(tmp_path, INBOX_HTTPS="1").inbox_https


def test_the_action_secret_is_generated_once_or_the_one_that_is_set(tmp_path: Path) -> None:
    made = read(tmp_path)
    assert made.action_secret == read(tmp_path).action_secret
    assert len(made.action_secret) >= SHORTEST_ACTION_SECRET
    assert made.action_secret not in (made.chat_secret, made.legal_webhook_secret)
    assert (tmp_path / "secrets" / "action").stat().st_mode & 0o077 == 0
    own = "Et.hemmeligt_ord-til~handlinger+/0123456789="
    assert read(tmp_path, ACTION_SECRET=own).action_secret == own


ELSEWHERE = "sæt ACTION_SECRET (mindst 32 tegn), den samme for Rasa og handlingsserveren"
OPEN = f"så kan andre maskiner nå handlingsserveren; {ELSEWHERE}"
FAR = f"er på en anden maskine; {ELSEWHERE}"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        *(
            ("ACTION_HOST", host, OPEN)
            for host in ("0.0.0.0", "::", "192.168.1.4", "handlinger.intern", "127.0.0.1.dk")
        ),
        *(
            ("ACTION_URL", f"https://{host}:5055/webhook", FAR)
            for host in ("actions", "10.0.0.2", "[2001:db8::1]", "localhost.dk", "127.0.0.1.dk")
        ),
        ("ACTION_URL", "https://handlinger.frederiksberg.dk/webhook", FAR),
    ],
)
def test_who_reaches_beyond_this_machine_chooses_the_secret(tmp_path: Path, name: str, value: str, why: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, **{name: value})
    assert str(error.value) == f"{name}={value!r}: {why}"
    chosen = read(tmp_path, **{name: value, "ACTION_SECRET": "x" * SHORTEST_ACTION_SECRET})
    assert value in (chosen.action_host, chosen.action_url)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "LOCALHOST"])
def test_on_this_machine_a_generated_action_secret_is_used(tmp_path: Path, host: str) -> None:
    named = f"[{host}]" if ":" in host else host
    assert read(tmp_path, ACTION_HOST=host, ACTION_URL=f"http://{named}:5055/webhook").action_secret


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    folder = tmp_path / "fil" / "under"
    with pytest.raises(SettingsError) as error:
        read(folder)
    why = "der kan ikke skrives i mappen; giv adgang til den, eller vælg en anden"
    assert str(error.value) == f"DATA_DIR={str(folder)!r}: {why}"


def test_a_full_disk_leaves_no_empty_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("common.settings.secrets.token_bytes", full)
        with pytest.raises(SettingsError, match=r"der kan ikke skrives i mappen \(disken er fuld\)"):
            read(tmp_path)
    assert len(read(tmp_path).chat_secret) >= SHORTEST_CHAT_SECRET


def test_a_secret_being_written_by_another_process_is_waited_for(tmp_path: Path) -> None:
    kept = tmp_path / "secrets" / "chat"
    kept.parent.mkdir()
    kept.write_text("")
    writing = threading.Timer(0.2, kept.write_text, ["whsec_skrevet-lidt-efter-af-en-anden-proces"])
    writing.start()
    assert read(tmp_path).chat_secret == "whsec_skrevet-lidt-efter-af-en-anden-proces"
    writing.join()


def test_an_empty_file_is_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.settings._SECRET_WAIT_SECONDS", 0)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "chat").write_text("\n")
    with pytest.raises(SettingsError, match=r"DATA_DIR: filen .*secrets/chat er tom; slet den"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEGAL_API_URL", "http://jura.example.dk/requests"),
        ("LEGAL_API_URL", "http://10.0.0.7/hemmelig"),
        ("LEGAL_API_URL", "http://[2001:db8::1]:8080/x"),
        ("LEGAL_API_URL", "http://localhost.example.dk/x"),
        ("LEGAL_API_URL", "http://127.0.0.1@jura.example.dk/x"),
        ("ACTION_URL", "http://handlinger.intern:5055/webhook"),
        ("DATABASE_URL", "postgresql://jura:hemmelig@database.intern/base"),
        ("DATABASE_URL", "postgresql://jura:hemmelig@127.0.0.1/base?host=database.intern"),
        ("DATABASE_URL", "postgresql://jura:hemmelig@database.intern/base?sslmode="),
        ("REDIS_URL", "redis://:hemmelig@redis.intern:6379/0"),
    ],
)
def test_nothing_goes_to_another_machine_unencrypted_without_ones_knowing(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, ACTION_SECRET="h" * 32, **{name: value})
    said = str(error.value)
    # Jura's and the databases' addresses are secret, the action server's is not.
    assert said.startswith(name) and "går ukrypteret til en anden maskine; brug " in said
    assert ("PLAIN_HTTP_HOSTS" in said) == (name != "DATABASE_URL") and "hemmelig" not in said


@pytest.mark.parametrize(
    "env",
    [
        {"LEGAL_API_URL": "https://jura.example.dk/requests"},
        {"LEGAL_API_URL": "http://localhost:8080/x"},
        {"LEGAL_API_URL": "http://127.0.0.2:8080/x"},
        {"LEGAL_API_URL": "http://[::1]:8080/x"},
        {"LEGAL_API_URL": "http://Jura.Intern:8080/x", "PLAIN_HTTP_HOSTS": "andre.intern, JURA.intern"},
        {"LEGAL_API_URL": "http://10.0.0.7/x", "PLAIN_HTTP_HOSTS": "10.0.0.7"},
        {"LEGAL_API_URL": "http://[2001:db8::1]/x", "PLAIN_HTTP_HOSTS": "2001:db8::1"},
        {"DATABASE_URL": "postgresql://x@localhost/base"},
        {"DATABASE_URL": "postgresql://x@127.0.0.1/base?host=/var/run/postgresql"},
        {"DATABASE_URL": "postgresql://x@database.intern/base?sslmode=verify-full"},
        # An explicit decision of the operator.
        {"DATABASE_URL": "postgresql://x@database.intern/base?sslmode=disable"},
        {"REDIS_URL": "redis://localhost:6379/0"},
        {"REDIS_URL": "rediss://redis.intern:6379/0"},
        {"REDIS_URL": "redis://redis.intern:6379/0", "PLAIN_HTTP_HOSTS": "redis.intern"},
    ],
)
def test_addresses_that_are_encrypted_or_listed_or_on_this_machine_are_accepted(
    tmp_path: Path, env: dict[str, str]
) -> None:
    read(tmp_path, **env)
