"""Settings from the environment: defaults, and errors that say what to write."""

import re
from ipaddress import ip_network
from pathlib import Path

import pytest
from settings_reader import read

from common.settings import (
    KNOWN,
    ROOT,
    Rate,
    SettingsError,
    read_settings,
)

EXAMPLE = dict(re.findall(r"^#([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))


def test_defaults(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert (config.rasa_host, config.rasa_port, config.action_port, config.inbox_port) == (
        "127.0.0.1",
        5005,
        5055,
        5080,
    )
    assert config.legal_api_url == "http://127.0.0.1:5080/requests"
    assert config.database("outbox") == f"sqlite:///{tmp_path}/outbox.db"


PORT = "skal være et helt tal fra 1 til 65535"
WEB = "skal være en adresse, der begynder med http:// eller https://"
RATE = "skal være 0 (ingen grænse) eller for eksempel 60/minute"
SITE = "skal være et websted som https://www.frederiksberg.dk uden sti"
KEY = "skal være whsec_ og mindst 16 byte i base64"
TOKEN = "må kun have bogstaverne a-z, tal og tegnene . _ ~ + / = -"
NO_KEY = "må ikke rumme et kodeord eller en nøgle; sæt ACTION_SECRET i stedet"
TIME = "skal være et tidspunkt med tidszone, skrevet som 2026-12-01T10:00:00+01:00"
PROXY = "skal være proxyens adresse eller net, for eksempel 10.0.0.5 eller 10.0.0.0/24"
HOST = "skal være en maskines navn eller adresse, for eksempel jura.intern, uden http:// og uden sti"


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("RASA_PORT", "abc", PORT),
        ("RASA_PORT", "0", PORT),
        ("RASA_PORT", "9" * 5000, PORT),
        ("RASA_PORT", "+5005", PORT),
        ("RASA_PORT", "5_005", PORT),
        ("ACTION_PORT", "65536", PORT),
        ("INBOX_PORT", "femtusind", PORT),
        ("RATE_PER_SESSION", "60", RATE),
        ("RATE_PER_ADDRESS", "0/minute", RATE),
        ("CHAT_ORIGINS", "www.frederiksberg.dk", SITE),
        ("CHAT_ORIGINS", "https://www.frederiksberg.dk/side", SITE),
        ("CHAT_ORIGINS", "https://[frederiksberg.dk", SITE),
        ("CHAT_ORIGINS", "https://www.frederiksberg.dk#top", SITE),
        ("ACTION_URL", "localhost:5055", WEB),
        ("PRIVACY_URL", "frederiksberg.dk/privatliv", WEB),
        ("ACCESSIBILITY_URL", "https://", WEB),
        ("NOW", "2026-12-01T10:00:00", TIME),
        ("NOW", "i morgen", TIME),
        ("NOW", "0001-01-01T00:00:00+14:00", TIME),
        ("CHAT_SESSION_HOURS", "-1", "skal være et helt tal fra 1 til 720"),
        ("OUTBOX_CONTENT_DAYS", "en måned", "skal være et helt tal fra 1 til 3650"),
        ("INBOX_RETENTION_DAYS", "0", "skal være et helt tal fra 1 til 3650"),
        ("INBOX_HTTPS", "ja", "skal være 0 eller 1"),
        ("INBOX_HTTPS", "2", "skal være 0 eller 1"),
        ("INBOX_PROXY", "proxy.intern", PROXY),
        ("INBOX_PROXY", "10.0.0.5/8", PROXY),
        ("INBOX_PROXY", "*", PROXY),
        # A network of all addresses would trust X-Forwarded-For from anybody.
        ("INBOX_PROXY", "0.0.0.0/0", PROXY),
        ("INBOX_PROXY", "::/0", PROXY),
        ("PLAIN_HTTP_HOSTS", "http://jura.intern", HOST),
        ("PLAIN_HTTP_HOSTS", "jura.intern/requests", HOST),
        ("PLAIN_HTTP_HOSTS", "*", HOST),
        ("CHAT_HTTPS", "ja", "skal være 0 eller 1"),
        ("TURNS_PER_CONVERSATION", "0", "skal være et helt tal fra 1 til 10000"),
        ("CHARACTERS_PER_CONVERSATION", "3999", "skal være et helt tal fra 4000 til 10000000"),
        ("REQUESTS_PER_ADDRESS", "0", "skal være et helt tal fra 1 til 10000"),
        ("REQUESTS_IN_ALL", "mange", "skal være et helt tal fra 1 til 10000"),
    ],
)
def test_a_malformed_setting_is_named_with_its_value_and_what_to_write(
    tmp_path: Path, name: str, value: str, remedy: str
) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, **{name: value})
    assert str(error.value) == f"{name}={value!r}: {remedy}"


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("LEGAL_WEBHOOK_SECRET", "whsec_kort", KEY),
        ("LEGAL_WEBHOOK_SECRET", "whsec_hemmeligt og langt nok til at være en nøgle", KEY),
        ("INBOX_PASSWORD", "hemmelig-11", "skal have mindst 12 tegn"),
        ("INBOX_PASSWORD", " hemmelig-11  ", "skal have mindst 12 tegn"),
        ("CHAT_SECRET", "x", "skal have mindst 32 tegn"),
        ("CHAT_SECRET", "h" * 31, "skal have mindst 32 tegn"),
        ("ACTION_SECRET", "h" * 31, "skal have mindst 32 tegn"),
        ("ACTION_SECRET", "hemmelig " * 4 + "og langt nok", TOKEN),
        ("ACTION_SECRET", "hemmelighed-på-dansk-0123456789-ab", TOKEN),
        ("ACTION_SECRET", f"{'h' * 32}\r\nX: y", TOKEN),
        # A secret in a URL ends up in logs, and would replace the header with ACTION_SECRET.
        ("ACTION_URL", "http://rasa:hemmelig@127.0.0.1:5055/webhook", NO_KEY),
        ("ACTION_URL", "http://127.0.0.1:5055/webhook?token=hemmelig", NO_KEY),
        ("RASA_AUTH_TOKEN", "h" * 31, "skal have mindst 32 tegn"),
        ("LEGAL_API_URL", "ftp://jura", WEB),
        ("LEGAL_API_URL", "jura.example.dk/krog/hemmelig", WEB),
        ("LEGAL_API_URL", "http://[jura/hemmelig", WEB),
        (
            "DATABASE_URL",
            "mysql://jura:hemmeligt@vert/base",
            "skal være en adresse, der begynder med postgresql:// eller postgresql+psycopg2://",
        ),
        ("REDIS_URL", "hemmelig@localhost:6379", "skal være en adresse, der begynder med redis:// eller rediss://"),
        # Usually no secrets, but these values hold one.
        ("CHAT_ORIGINS", "https://bruger:hemmelig@www.frederiksberg.dk", SITE),
        ("ACTION_URL", "bruger:hemmelig@localhost", WEB),
        ("PRIVACY_URL", "frederiksberg.dk/privatliv?key=hemmelig", WEB),
    ],
)
def test_a_malformed_secret_is_named_and_not_repeated(tmp_path: Path, name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, **{name: value})
    assert str(error.value) == f"{name}: {remedy}"


def test_of_several_sites_the_wrong_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape(f"CHAT_ORIGINS='intranet.dk': {SITE}")):
        read(tmp_path, CHAT_ORIGINS="https://www.frederiksberg.dk/, intranet.dk")
    assert read(tmp_path, CHAT_ORIGINS="https://www.frederiksberg.dk/,http://localhost:8000").chat_origins == (
        "https://www.frederiksberg.dk",
        "http://localhost:8000",
    )


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"RASA_PORT": "5055"}, "RASA_PORT og ACTION_PORT må ikke være ens (begge er 5055)"),
        ({"ACTION_PORT": "5005"}, "RASA_PORT og ACTION_PORT må ikke være ens (begge er 5005)"),
        ({"RASA_PORT": "6000", "INBOX_PORT": "6000"}, "RASA_PORT og INBOX_PORT må ikke være ens (begge er 6000)"),
        ({"ACTION_PORT": "5080"}, "ACTION_PORT og INBOX_PORT må ikke være ens (begge er 5080)"),
    ],
)
def test_equal_ports_are_refused_by_name(tmp_path: Path, env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(named)):
        read(tmp_path, **env)


def test_the_port_of_an_unused_inbox_may_be_used(tmp_path: Path) -> None:
    assert read(tmp_path, RASA_PORT="5080", LEGAL_API_URL="https://jura.example.dk/requests").rasa_port == 5080
    with pytest.raises(SettingsError, match="INBOX_PORT"):
        read(tmp_path, RASA_PORT="6000", INBOX_PORT="6000", LEGAL_API_URL="https://jura.example.dk/requests")


def test_inbox_proxy_takes_addresses_and_networks(tmp_path: Path) -> None:
    assert read(tmp_path).inbox_proxy == ()
    found = read(tmp_path, INBOX_PROXY="10.0.0.5, 192.168.4.0/24 2001:db8::/32,").inbox_proxy
    assert found == tuple(map(ip_network, ("10.0.0.5/32", "192.168.4.0/24", "2001:db8::/32")))
    with pytest.raises(SettingsError, match=re.escape(f"INBOX_PROXY='proxy': {PROXY}")):
        read(tmp_path, INBOX_PROXY="10.0.0.5, proxy")


def test_rates(tmp_path: Path) -> None:
    assert read(tmp_path, RATE_PER_SESSION="5/second").rate_per_session == Rate(5, 1)
    assert read(tmp_path, RATE_PER_SESSION="0").rate_per_session.count == 0


def test_env_example_names_every_setting() -> None:
    assert sorted(EXAMPLE) == sorted(KNOWN)


def test_env_example_is_valid(tmp_path: Path) -> None:
    assert read_settings(EXAMPLE | {"DATA_DIR": str(tmp_path)}).rasa_port == 5005


def test_code_reads_only_known_settings() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for folder in ("common", "legal") for path in (ROOT / folder).rglob("*.py")
    )
    used = set(re.findall(r'(?:environ\.get\(|environ\[|settings_error\(env, )"([A-Z][A-Z_]+)"', code))
    assert {"ACTION_URL", "NOW"} <= used <= set(KNOWN)
