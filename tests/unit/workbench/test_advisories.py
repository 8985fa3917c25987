"""Advisories about the locked packages, queried with the real uv; the list of known ones is current."""

import json
import re
import threading
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from common.settings import ROOT
from common.yaml_files import read_yaml
from workbench import advisories

ID, ALIAS = "GHSA-aaaa-bbbb-cccc", "CVE-2026-99999"


@dataclass
class Osv:
    """A fake OSV service with one advisory each on jinja2 and tensorflow-cpu."""

    on: tuple[str, ...] = ("jinja2",)
    broken: bool = False
    wait: float = 0
    asked: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def osv() -> Iterator[Osv]:
    database = Osv()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *words: Any) -> None:
            """Logs nothing."""

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            database.asked.append(self.path)
            time.sleep(database.wait)
            names = [one["package"]["name"] for one in query["queries"]]
            one = {"vulns": [{"id": ID, "modified": "2026-01-01T00:00:00Z"}]}
            found = {"results": [one if name in database.on else {} for name in names]}
            self.answer(b"<h1>Log ind</h1>" if database.broken else json.dumps(found).encode())

        def do_GET(self) -> None:
            times = {"modified": "2026-01-01T00:00:00Z", "published": "2026-01-01T00:00:00Z"}
            events = [{"introduced": "0"}, {"fixed": "99.1"}]
            affected = [
                {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
                for name in database.on
            ]
            self.answer(json.dumps({"id": ID, "aliases": [ALIAS], "affected": affected, **times}).encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    database.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield database
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache and a list of known advisories for the test."""
    known = tmp_path / "dependencies.yml"
    known.write_text("entries: []\n", encoding="utf-8")
    monkeypatch.setattr(advisories, "_CACHE", tmp_path / "var" / "advisories.json")
    monkeypatch.setattr(advisories, "known", lambda known_list=advisories.known: known_list(known))
    # Only the fake service is queried.
    monkeypatch.setenv("UV_OFFLINE", "0")
    return known


def listed(file: Path, package: str, *ids: str) -> None:
    entry = {"packages": {package: "1"}, "advisories": list(ids), "reached": False, "why": "x"}
    file.write_text(yaml.safe_dump({"entries": [entry]}), encoding="utf-8")


def test_a_new_advisory_fails_and_says_what_to_do(osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(["--service", osv.url]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"^FEJL: jinja2 [\d.]+ har en kendt sårbarhed: {ID}, {ALIAS}\. Rettet i 99\.1\.$", said, re.M)
    assert "docs/dependencies.yml" in said and "uv lock --upgrade-package" in said


@pytest.mark.parametrize("id", [ID, ALIAS, "any"])
def test_a_known_advisory_does_not_fail(osv: Osv, files: Path, id: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed(files, "jinja2", "CVE-2020-1", id)
    assert advisories.main(["--service", osv.url]) == 0
    assert (
        capsys.readouterr().out == "Sårbarheder: ingen nye i de låste pakker; 1 kendte står i docs/dependencies.yml.\n"
    )


def test_a_known_advisory_of_another_package_fails(osv: Osv, files: Path) -> None:
    listed(files, "flask", ID)
    assert advisories.main(["--service", osv.url]) == 1


def test_advisories_are_queried_once_a_day_and_for_each_lock(
    osv: Osv, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert advisories.main(["--service", osv.url]) == 1
    assert len(osv.asked) == 1, "asked again on the same day"
    listed(files, "jinja2", ID)
    assert advisories.main(["--service", osv.url]) == 0, "what was written into the list since counts at once"
    assert len(osv.asked) == 1
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    advisories.main(["--service", osv.url])
    assert len(osv.asked) == 2
    other = tmp_path / "uv.lock"
    other.write_text("another")
    monkeypatch.setattr(advisories, "_LOCK", other)
    advisories.main(["--service", osv.url])
    assert len(osv.asked) == 3


@pytest.mark.parametrize("trouble", ["gone", "broken", "slow"])
def test_an_unreachable_advisory_service_is_reported_without_failing(
    osv: Osv, trouble: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    osv.broken, osv.wait = trouble == "broken", 6 if trouble == "slow" else 0
    monkeypatch.setattr(advisories, "_TIMEOUT_SECONDS", 4 if trouble == "slow" else 20)
    began = time.monotonic()
    assert advisories.main(["--service", "http://127.0.0.1:9" if trouble == "gone" else osv.url]) == 0
    assert time.monotonic() - began < 15
    said = capsys.readouterr().out
    assert said.startswith("Sårbarheder: ingen kilde kunne nås (")
    assert said.endswith("; listen i docs/dependencies.yml gælder.\n") and said.count("\n") == 1
    assert not advisories._CACHE.exists(), "silence is no answer to keep"


def test_a_damaged_cache_is_queried_again(osv: Osv) -> None:
    advisories._CACHE.parent.mkdir()
    advisories._CACHE.write_text('{"lock": 1}')
    assert advisories.main(["--service", osv.url]) == 1


def test_the_list_of_known_ones_is_of_the_locked_versions() -> None:
    """An entry holds for a version: a new version must be reviewed again."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"]: package.get("version") for package in lock["package"]}
    entries = read_yaml(ROOT / "docs" / "dependencies.yml")["entries"]
    stale = [
        f"{name} {version}: uv.lock has {locked.get(name)}"
        for entry in entries
        for name, version in entry["packages"].items()
        if str(version) != locked.get(name)
    ]
    assert not stale, "look at it again, and write the version that is locked now into docs/dependencies.yml"
    names = [name for entry in entries for name in entry["packages"]]
    assert len(names) == len(set(names))
    for entry in entries:
        assert set(entry) == {"packages", "advisories", "reached", "why"} and len(entry["why"].split()) > 7, entry
        ids = entry["advisories"]
        assert all(re.fullmatch(r"any|(CVE|GHSA|PYSEC)-[\w-]+", id) for id in ids), ids
        assert entry["reached"] in (True, False)
        assert not (entry["reached"] and ids), "what can be reached is mended, not listed"


def test_packages_locked_for_no_platform_are_not_installed() -> None:
    """As docs/dependencies.yml says of these packages."""
    from importlib.metadata import distributions

    entries = read_yaml(ROOT / "docs" / "dependencies.yml")["entries"]
    (said,) = [set(entry["packages"]) for entry in entries if "jax" in entry["packages"]]
    assert not said & {str(one.metadata["Name"]).lower() for one in distributions()}
