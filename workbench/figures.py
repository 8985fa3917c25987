"""Figures of the project, counted from its files without a model: the command `script/bot figures`."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common.settings import ROOT
from common.yaml_files import read_yaml
from workbench.shared import results as kept

# The README holds the first table between these two lines; tests/unit/test_repository.py compares them.
START = "<!-- tal: begin (script/bot figures) -->"
END = "<!-- tal: slut -->"
_PACKAGES = ("common", "bot", "actions", "legal", "run", "workbench")
# Rounded figures stay the same through small changes, so that the README need not follow each of them.
_EXACT_BELOW = 100
_TOPIC = "faq_"
# Where a row of tests/nlu names what is read wrongly of it (tests/nlu/known_faults.py).
_FAULTS = ("missed", "changed", "taken", "remark")


def figures() -> str:
    """All tables, as Markdown: what the files hold, lines of code, known faults, and the last measured results."""
    code = _table("pakke", "linjer Python", ((f"`{name}/`", _number(_code(ROOT / name))) for name in _PACKAGES))
    measured = list(_measured())
    last = _table("sidst målt", "tal", measured) if measured else "Intet er målt endnu: kør `script/bot evaluate`."
    return "\n\n".join((counted(), code, _table("kendte fejl i", "rækker, fejl", list(_known_faults(ROOT))), last))


def counted(root: Path = ROOT) -> str:
    """The table of what the files hold, as Markdown; of figures of 100 and more the first digit alone."""
    rows = (
        ("emner, den svarer på", _topics(root)),
        ("svar og andre tekster", _entries(root, "domain/**/*.yml", "responses")),
        ("sætninger, den lærer af", _lines(root, "data/nlu/*.yml")),
        ("prøvesætninger, den aldrig lærer af", _lines(root, "tests/nlu/*.yml")),
        ("regler", _entries(root, "data/rules/*.yml", "rules")),
        ("historier om opfølgninger", _entries(root, "data/stories/*.yml", "stories")),
        ("samtaler, der altid skal virke", _entries(root, "tests/dialogues/**/*.yml", "test_cases")),
        ("spillede borgere", _items(root, "tests/citizens/**/*.yml")),
        ("prøver af datoer, navne og andre værdier", _values(root)),
        ("låste pakker", _locked(root)),
    )
    return _table("i filerne", "antal", ((title, _rounded(count)) for title, count in rows))


def _topics(root: Path) -> int:
    intents = _read(root / "domain" / "labels.yml")["intents"]
    return sum(next(iter(intent)).startswith(_TOPIC) for intent in intents)


def _entries(root: Path, files: str, key: str) -> int:
    """How many entries stand under a key of these YAML files."""
    return sum(len(_read(file).get(key) or ()) for file in root.glob(files))


def _items(root: Path, files: str) -> int:
    return sum(len(_read(file)) for file in root.glob(files))


def _lines(root: Path, files: str) -> int:
    """How many labelled lines stand in these files of Rasa's training format."""
    groups = (group for file in root.glob(files) for group in _read(file).get("nlu", ()))
    return sum(line.startswith("- ") for group in groups for line in str(group.get("examples", "")).splitlines())


def _known_faults(root: Path) -> Iterator[tuple[str, str]]:
    """The folders of rows with known faults: how many rows, and how many faults."""
    for folder in sorted(path for path in (root / "tests" / "nlu").iterdir() if path.is_dir()):
        rows = [row for file in sorted(folder.glob("*.yml")) for row in _listed(_read(file))]
        faults = [row[kind] for row in rows for kind in _FAULTS if kind in row]
        if faults:
            count = sum(1 if fault is True else len(fault) for fault in faults)
            yield f"`tests/nlu/{folder.name}`", f"{_number(len(rows))}, {_number(count)}"


def _listed(read: Any) -> list[dict[str, Any]]:
    return [row for row in read if isinstance(row, dict)] if isinstance(read, list) else []


def _values(root: Path) -> int:
    """How many rows the tables of values have; lines that begin with # are comments."""
    files = (file for folder in ("bot/nlu/values", "common/cpr") for file in root.glob(f"tests/unit/{folder}/*.tsv"))
    tables = (file.read_text(encoding="utf-8").splitlines() for file in files)
    rows = sum(bool(line.strip()) and not line.startswith("#") for table in tables for line in table)
    return rows + _items(root, "tests/nlu/values/*.yml")


def _locked(root: Path) -> int:
    """How many packages uv.lock pins, the project itself not counted."""
    return len(tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))["package"]) - 1


def _code(package: Path) -> int:
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in package.rglob("*.py"))


def _measured() -> Iterator[tuple[str, str]]:
    """The last results of `script/bot evaluate` and `script/bot dialogues`, each with its date."""
    if understood := kept.last_of("evaluate"):
        lines = understood["lines"]
        right = [line["label"] == line["understood"] for line in lines]
        wrong = [not ok and not line["asks_back"] for ok, line in zip(right, lines, strict=True)]
        day = understood["at"][:10]
        yield f"prøvesætninger forstået rigtigt ({day})", _share(sum(right), len(lines))
        yield f"prøvesætninger forstået forkert uden at spørge ({day})", _share(sum(wrong), len(lines))
    if held := kept.last_of("dialogues"):
        holds = sum(one["failure"] is None for one in held["dialogues"])
        yield f"samtaler, der virkede ({held['at'][:10]})", f"{holds} af {len(held['dialogues'])}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}".replace(".", ",") if whole else "-"


def _rounded(count: int) -> str:
    if count < _EXACT_BELOW:
        return str(count)
    unit = 10 ** (len(str(count - 1)) - 1)
    return f"over {_number((count - 1) // unit * unit)}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _table(title: str, value: str, rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    return "\n".join((f"| {title} | {value} |", "| --- | ---: |", *(f"| {name} | {text} |" for name, text in rows)))


def _read(file: Path) -> Any:
    return read_yaml(file) or {}
