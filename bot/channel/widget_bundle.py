"""Joins the widget's modules (static/*.js) into one script, named by its content, so that browsers keep it for good."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bot.responses import Responses, read_responses
from common.clock import now
from common.settings import ROOT
from common.working_days import is_working_day
from common.yaml_files import read_yaml

STATIC = Path(__file__).parent / "static"
_ENTRY = "widget.js"
# Replaced by what is known when the server starts.
_SITE = "site.js"
# Comments on lines of their own, indentation and empty lines; a third of the bytes.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*+|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
# Types within a line, for the checker alone.
_TYPE = re.compile(r"/\*\* @[^*\n]*+\*/ ?")
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async )?(?:class|const|let|function) (\w+)", re.MULTILINE)
# Words of a paragraph by which it is found on the page.
_QUOTED = 7
_OF_A_TOPIC = "utter_faq_"
# The page's paragraphs that say something, and most of them that an answer names; those behind them are the contact's,
# of which the address is quoted.
_SAYING = range(1, 11)
_NAMED = 2
_CONTACT, _ADDRESS = "11", "c"


@dataclass(frozen=True)
class Site:
    """What the widget is told.

    The addresses of two pages, the departments' names, the days (ISO) besides Saturdays and Sundays on which offices
    are closed, by topic the numbers of the page's paragraphs that an answer is from, each one's first words, and the
    number of the one with the address.
    """

    privacy: str | None = None
    accessibility: str | None = None
    departments: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    contact: str = _CONTACT


def read_site(privacy: str | None, accessibility: str | None) -> Site:
    """Reads what the widget is told from the project's files."""
    departments = read_yaml(ROOT / "data/values/departments.yml")["departments"]
    statements = read_yaml(ROOT / "data/facts.yml")["statements"]
    return Site(
        privacy,
        accessibility,
        tuple(one["display"] for one in departments.values()),
        _closed(now().year),
        sources_of(read_responses()),
        {str(number): _quote(statements[str(number)]["a"]) for number in _SAYING}
        | {_CONTACT: _quote(statements[_CONTACT][_ADDRESS])},
    )


def sources_of(responses: Responses) -> dict[str, str]:
    """By topic, the numbers of the page's paragraphs that its answer is from."""
    return {
        name.removeprefix(_OF_A_TOPIC): _named(list(map(str, metadata["paragraphs"])))
        for name, variants in responses.items()
        if name.startswith(_OF_A_TOPIC) and (metadata := variants[0].get("metadata") or {}).get("paragraphs")
    }


def _named(paragraphs: list[str]) -> str:
    saying = [number for number in paragraphs if number.isdecimal() and int(number) in _SAYING]
    return " ".join(saying[:_NAMED] or [_CONTACT])


def _quote(text: str) -> str:
    return " ".join(text.split()[:_QUOTED]).rstrip(",.")


def _closed(year: int) -> tuple[str, ...]:
    """Closed days from December of the year before to the end of the next, for the widget's ten working days."""
    days = (date(year - 1, 12, 1) + timedelta(number) for number in range(3 * 366))
    return tuple(
        day.isoformat() for day in days if day.year <= year + 1 and day.weekday() < 5 and not is_working_day(day)
    )


@dataclass(frozen=True)
class Bundle:
    """The script, and the loader that names it: `widget.js`, which pages embed."""

    script: bytes
    loader: bytes
    name: str


def bundle(site: Site) -> Bundle:
    """Joins the modules in the order in which they need each other; ValueError where two declare the same name."""
    ordered: list[str] = []
    _visit(_ENTRY, ordered)
    joined = "".join(site_module(site) if name == _SITE else _joined(name) for name in ordered)
    declared = [found[1] for found in _DECLARED.finditer(joined)]
    if twice := {name for name in declared if declared.count(name) > 1}:
        raise ValueError(f"declared by two modules of the widget: {', '.join(sorted(twice))}")
    script = _INDENTATION.sub("", joined)
    name = f"widget-{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
    return Bundle(script.encode(), f'import "./{name}";\n'.encode(), name)


def site_module(site: Site) -> str:
    """static/site.js with what is known of this server in place of its empty values."""
    return f"const site = {json.dumps(asdict(site), ensure_ascii=False, separators=(',', ':'))};\n"


@cache
def _source(name: str) -> str:
    return _TYPE.sub("", _COMMENT.sub("", (STATIC / name).read_text(encoding="utf-8")))


def _visit(name: str, ordered: list[str]) -> None:
    for found in _IMPORT.finditer(_source(name)):
        if found[1] not in ordered:
            _visit(found[1], ordered)
    ordered.append(name)


def _joined(name: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", _source(name)))
