"""Writes verdicts as JUnit XML, for build servers."""

from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from common import patterns
from workbench.dialogues.report import plain
from workbench.dialogues.runner import Verdict
from workbench.shared.problems import shown

# XML 1.0 forbids these, and dialogues of hostile_input contain them.
_NOT_XML = patterns.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(verdicts: list[Verdict], path: Path) -> None:
    """Writes a test suite for each dialogue file. OSError when the file cannot be written."""
    root = ElementTree.Element("testsuites", _counts(verdicts))
    ordered = sorted(verdicts, key=lambda verdict: (str(verdict.case.file), verdict.case.line))
    for file, group in groupby(ordered, key=lambda verdict: verdict.case.file):
        of_file = list(group)
        suite = ElementTree.SubElement(root, "testsuite", {"name": shown(file), **_counts(of_file)})
        for verdict in of_file:
            attributes = {
                "classname": shown(file).removesuffix(file.suffix).replace("/", "."),
                "name": verdict.case.name,
                "file": shown(file),
                "line": str(verdict.case.line),
                "time": f"{verdict.seconds:.3f}",
            }
            case = ElementTree.SubElement(suite, "testcase", {k: _clean(v) for k, v in attributes.items()})
            if verdict.failure:
                message = f"ventet: {verdict.failure.expected}; fik: {verdict.failure.actual}"
                element = ElementTree.SubElement(case, "failure", {"message": _clean(message), "type": "Wrong"})
                element.text = _clean(plain(verdict))
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _counts(verdicts: list[Verdict]) -> dict[str, str]:
    return {
        "tests": str(len(verdicts)),
        "failures": str(sum(verdict.failure is not None for verdict in verdicts)),
        "errors": "0",
        "time": f"{sum(verdict.seconds for verdict in verdicts):.3f}",
    }


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
