"""Guides, README figures, publiccode.yml, changelog, licence, CI and editor settings agree with the code."""

import configparser
import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from common.settings import ROOT
from common.version import VERSION
from common.yaml_files import read_yaml
from workbench import figures
from workbench.figures import END, START, counted

_GUIDES = ("CONTRIBUTING.md", "README.md", "SECURITY.md", "docs/privatliv.md", "docs/tilgaengelighed.md")
_FILE = re.compile(r"\.(?:css|html|js|json|lock|md|py|svg|png|toml|tsv|txt|yaml|yml|example)$")
_PATH = re.compile(r"[\w.*/-]+")
# Created by the scripts, not part of the repository.
_MADE = (".venv", ".tools", "node_modules", "var", "models")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _yaml(name: str) -> Any:
    return read_yaml(_text(name))


@cache
def _file_names() -> frozenset[str]:
    """The names of all files of the repository."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in (*_MADE, ".git")]
    return frozenset(path.name for folder in folders for path in folder.rglob("*"))


def _named(text: str) -> set[str]:
    """The paths in a guide's backticks and shell blocks, and the local targets of its links."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    pieces = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    code = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    words = {word for piece in (*pieces, *code) for word in piece.split() if _is_path(word)}
    links = {target for target in re.findall(r"\]\(([^)#\s]+)", text) if not target.startswith("http")}
    return words | links


def _is_path(word: str) -> bool:
    if not _PATH.fullmatch(word) or word.startswith(("/", "-")) or word.split("/")[0] in _MADE:
        return False
    return "/" in word or bool(_FILE.search(word))


def _exists(path: str, guide: Path) -> bool:
    """Whether a path exists from the root or the guide's folder; a bare file name may lie in any folder."""
    if "*" in path:
        return any(ROOT.glob(path)) or ("/" not in path and any(Path(name).match(path) for name in _file_names()))
    return (ROOT / path).exists() or (guide.parent / path).exists() or ("/" not in path and path in _file_names())


@pytest.mark.parametrize("guide", _GUIDES)
def test_paths_in_the_guides_exist(guide: str) -> None:
    named = _named(_text(guide))
    assert named
    assert sorted(path for path in named if not _exists(path, ROOT / guide)) == []


def test_a_missing_path_is_reported() -> None:
    text = (
        "`domain/no.yml` `bot/*.nothing` `utter_faq_<topic>` `12-*` [x](docs/no.md) `script/bot log tests/no` `faq_x`"
    )
    missing = {path for path in _named(text) if not _exists(path, ROOT / "README.md")}
    assert missing == {"domain/no.yml", "bot/*.nothing", "docs/no.md", "tests/no"}


def test_the_readme_says_in_words_what_is_in_each_folder() -> None:
    rows = re.findall(r"^\| `(\w+)/` \| (.*) \|$", _text("README.md"), re.MULTILINE)
    assert {"bot", "actions", "legal", "tests"} <= {folder for folder, _ in rows}
    assert [folder for folder, what in rows if not re.search(r"[a-zæøå]{3}", what)] == []


def test_the_readme_has_the_current_figures() -> None:
    assert _text("README.md").split(START)[1].split(END)[0].strip() == counted(), (
        "run `script/bot figures` and paste its first table into README.md"
    )


def test_figures_show_the_last_results(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("faq_notes", "faq_notes", False), ("faq_notes", "greet", False), ("greet", "faq_notes", True)]
    keys = ("label", "understood", "asks_back")
    results = {
        "evaluate": {"at": "2026-12-01T10:00:00", "lines": [dict(zip(keys, line, strict=True)) for line in lines]},
        "dialogues": {"at": "2026-12-02T10:00:00", "dialogues": [{"failure": None}, {"failure": {"line": 7}}]},
    }
    monkeypatch.setattr(figures.kept, "last_of", results.get)
    shown = figures.figures()
    for row in (
        "| prøvesætninger forstået rigtigt (2026-12-01) | 0,333 |",
        "| prøvesætninger forstået forkert uden at spørge (2026-12-01) | 0,333 |",
        "| samtaler, der virkede (2026-12-02) | 1 af 2 |",
    ):
        assert row in shown
    monkeypatch.setattr(figures.kept, "last_of", {}.get)
    assert "Intet er målt endnu" in figures.figures()


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    locked = {one["name"]: one.get("version") for one in tomllib.loads(_text("uv.lock"))["package"]}
    assert {project["version"], locked[project["name"]], VERSION} == {VERSION}


def test_the_changelog_has_the_form_of_keep_a_changelog() -> None:
    headings = re.findall(r"^## (.+)$", _text("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert [one for one in headings[1:] if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", one)] == []
    kinds = set(re.findall(r"^### (.+)$", _text("CHANGELOG.md"), re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_licence_is_the_one_that_publiccode_names() -> None:
    assert _text("LICENSE").startswith("Mozilla Public License Version 2.0\n")
    assert _yaml("publiccode.yml")["legal"]["license"] == "MPL-2.0"


def test_publiccode_has_the_keys_of_its_standard() -> None:
    """Version 0.4, https://yml.publiccode.tools: what is mandatory, its type and its values."""
    content = _yaml("publiccode.yml")
    assert content["publiccodeYmlVersion"] == "0.4"
    assert isinstance(content["name"], str) and content["name"]
    assert re.fullmatch(r"https?://\S+", content["url"])
    assert date.fromisoformat(content["releaseDate"])
    for key in ("platforms", "categories"):
        assert content[key] and all(isinstance(one, str) for one in content[key])
    assert content["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    kinds = ("mobile", "iot", "desktop", "web", "backend", "other")
    assert content["softwareType"] in (
        *(f"standalone/{kind}" for kind in kinds), "addon", "library", "configurationFiles",
    )  # fmt: skip
    localisation = content["localisation"]
    assert isinstance(localisation["localisationReady"], bool) and localisation["availableLanguages"] == ["da"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_publiccode_describes_the_software_at_the_length_of_its_standard(language: str) -> None:
    described = _yaml("publiccode.yml")["description"][language]
    assert 0 < len(described["shortDescription"]) <= 150 and "\n" not in described["shortDescription"]
    assert 150 <= len(described["longDescription"]) <= 10_000
    assert described["features"] and all(isinstance(one, str) for one in described["features"])


def test_publiccode_says_who_maintains_it() -> None:
    maintenance = _yaml("publiccode.yml")["maintenance"]
    assert maintenance["type"] == "internal"
    contact = maintenance["contacts"][0]
    assert "Frederiksberg Kommune" in contact["name"]
    assert contact["phone"].removeprefix("+45 ") in _text("docs/siden.md")


def test_ci_runs_what_the_project_runs() -> None:
    workflow = _yaml(".github/workflows/ci.yml")
    job = workflow["jobs"]["test"]
    assert job["timeout-minutes"] == 90
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert "github.ref" in workflow["concurrency"]["group"]
    python = next(step["with"]["python-version"] for step in job["steps"] if "python-version" in step.get("with", {}))
    assert f"=={python}.*" == tomllib.loads(_text("pyproject.toml"))["project"]["requires-python"]


def test_hooks_before_a_commit_fetch_nothing() -> None:
    repositories = _yaml(".pre-commit-config.yaml")["repos"]
    assert {one["repo"] for one in repositories} == {"local"}
    hooks = [hook for one in repositories for hook in one["hooks"]]
    assert all(hook["language"] == "system" and hook["entry"].startswith(".venv/bin/ruff ") for hook in hooks)


def test_the_editor_settings_are_those_of_ruff() -> None:
    settings = configparser.ConfigParser()
    settings.read_string("[top]\n" + _text(".editorconfig"))
    assert settings["top"]["root"] == "true"
    ruff = tomllib.loads(_text("pyproject.toml"))["tool"]["ruff"]
    assert settings["*"].getint("max_line_length") == ruff["line-length"]
    assert settings["*.py"].getint("indent_size") == 4
