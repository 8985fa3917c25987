"""Looks up advisories about the locked packages (`python -m workbench.advisories`); new ones fail `script/check`.

uv asks OSV, a public database, in one request. Without an answer the check passes, and says so. Known advisories that
cannot be exploited stand in docs/dependencies.yml with the reason.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from common.settings import ROOT
from common.yaml_files import read_yaml

KNOWN = ROOT / "docs" / "dependencies.yml"
_LOCK = ROOT / "uv.lock"
_CACHE = ROOT / "var" / "cache" / "advisories.json"
_CACHE_SECONDS = 24 * 3600
_TIMEOUT_SECONDS = 20
# In docs/dependencies.yml: all advisories about a package that our code never calls.
ANY = "any"


class NoAnswer(Exception):
    """The database could not be asked; the message says why in a few Danish words."""


@dataclass(frozen=True)
class Finding:
    """An advisory about a locked package: its ids in the databases, and the versions that fix it."""

    package: str
    version: str
    ids: tuple[str, ...]
    fixed: tuple[str, ...]


def known(file: Path = KNOWN) -> dict[str, frozenset[str]]:
    """The known advisories by package, from docs/dependencies.yml."""
    entries = read_yaml(file)["entries"]
    return {name: frozenset(entry["advisories"]) for entry in entries for name in entry["packages"]}


def new(findings: Iterable[Finding], known: Mapping[str, frozenset[str]]) -> list[Finding]:
    """The findings that are not known."""
    return [one for one in findings if not known.get(one.package, frozenset()) & {ANY, *one.ids}]


def ask(service: str = "") -> list[Finding]:
    """The advisories about the locked packages; NoAnswer when the database cannot be asked."""
    uv = ROOT / ".tools" / "bin" / "uv"
    program = str(uv) if uv.exists() else shutil.which("uv")
    if program is None:
        raise NoAnswer("uv mangler")
    command = [program, "audit", "--frozen", "--quiet", "--output-format", "json"]
    command += ["--preview-features", "audit-command,json-output"]
    command += ["--service-url", service] if service else []
    environment = {**os.environ, "UV_HTTP_RETRIES": "0", "UV_HTTP_TIMEOUT": str(_TIMEOUT_SECONDS // 2)}
    try:
        asked = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"intet svar i {_TIMEOUT_SECONDS} sekunder") from None
    # The exit code is 1 both for findings and for a failure.
    if not asked.stdout.strip():
        raise NoAnswer("ingen forbindelse")
    try:
        return [_finding(one) for one in json.loads(asked.stdout)["vulnerabilities"]]
    except (ValueError, KeyError, TypeError):
        raise NoAnswer("svaret kunne ikke læses") from None


def recent(service: str = "") -> list[Finding]:
    """The same as `ask`, cached for a day and the same lock."""
    lock = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    try:
        kept = json.loads(_CACHE.read_text(encoding="utf-8"))
        if kept["lock"] == lock and 0 <= time.time() - kept["at"] < _CACHE_SECONDS:
            return [Finding(**{**one, "ids": tuple(one["ids"]), "fixed": tuple(one["fixed"])}) for one in kept["found"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    found = ask(service)
    _CACHE.parent.mkdir(parents=True, exist_ok=True)
    _CACHE.write_text(json.dumps({"lock": lock, "at": time.time(), "found": [asdict(one) for one in found]}))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Prints the findings in Danish; 1 when one is new, else 0."""
    parser = argparse.ArgumentParser(prog="python -m workbench.advisories")
    parser.add_argument("--service", default="", help="the address of another advisory database of OSV's kind")
    service = parser.parse_args(arguments).service
    try:
        found = recent(service)
    except NoAnswer as why:
        print(f"Sårbarheder: ingen kilde kunne nås ({why}); listen i docs/dependencies.yml gælder.")
        return 0
    fresh = new(found, known())
    for one in fresh:
        fixed = f"Rettet i {', '.join(one.fixed)}." if one.fixed else "Den er ikke rettet i nogen version."
        print(f"FEJL: {one.package} {one.version} har en kendt sårbarhed: {', '.join(one.ids)}. {fixed}")
    if fresh:
        print("Opdatér pakken (uv lock --upgrade-package NAVN).")
        print("Kan fejlen ikke nås, så skriv hvorfor i docs/dependencies.yml.")
        return 1
    print(f"Sårbarheder: ingen nye i de låste pakker; {len(found)} kendte står i docs/dependencies.yml.")
    return 0


def _finding(one: dict[str, Any]) -> Finding:
    package = one["dependency"]
    ids = dict.fromkeys([one["id"], *(one["aliases"] or ())])
    return Finding(package["name"], package["version"], tuple(ids), tuple(one["fix_versions"] or ()))


if __name__ == "__main__":
    sys.exit(main())
