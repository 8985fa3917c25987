"""Runs Rasa's own validation in a process, and translates its warnings.

A process beside the other checks, since loading Rasa takes longer than all of them. Its exit code says nothing: it is
0 with warnings.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from common import patterns
from common.settings import ROOT
from workbench.shared.problems import Problem

# Rasa does not see what actions say; `workbench.check.use` does.
_CHECKED_ELSEWHERE = patterns.compile(r"is not used in any story or rule")
# Warnings that do not depend on the files.
_ALWAYS = patterns.compile(r"^Slot auto-fill has been removed|pkg_resources is deprecated")
# A pattern of Rasa's message, its Danish translation, and where to look for the name in it.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"The intent '(?P<name>[^']+)' is listed in the domain file, but is not found in the NLU",
        "Mærket {name} har ingen sætninger at lære af. Skriv nogle i data/nlu, eller slet mærket.",
        "domain",
    ),
    (
        r"message in the training data labeled with intent '(?P<name>[^']+)'",
        "Mærket {name} findes ikke. Ret navnet, eller skriv det i domain/labels.yml.",
        "data/nlu",
    ),
    (
        r"The example '(?P<name>.+)' was found labeled with multiple different intents.*labeled with: (?P<more>.+)\.",
        "Sætningen '{name}' står under flere mærker ({more}). Lad den stå under ét.",
        "data/nlu",
    ),
    (
        r"The intent '(?P<name>[^']+)' is used in your stories, but",
        "Mærket {name} findes ikke. Ret navnet i reglen, eller skriv det i domain/labels.yml.",
        "data/rules",
    ),
    (
        r"The action '(?P<name>[^']+)' is used in the stories, but is not a valid utterance",
        "Svaret {name} findes ikke. Ret navnet i reglen, eller skriv svaret i domain.",
        "data/rules",
    ),
    (
        r"The (?:action|form) '(?P<name>[^']+)' is used in the '[^']*' block",
        "Handlingen {name} findes ikke. Ret navnet i reglen, eller skriv den i domain.",
        "data/rules",
    ),
    (
        r"The form slot '(?P<name>[^']+)' in form '(?P<more>[^']+)'",
        "Feltet {name} i formularen {more} findes ikke. Ret navnet, eller skriv feltet under 'slots'.",
        "domain",
    ),
    (
        r"Slot '(?P<name>[^']+)' has a mapping condition for form '(?P<more>[^']+)'",
        "Feltet {name} hører til formularen {more}, som ikke har det. Ret navnet på den ene.",
        "domain",
    ),
    (
        r"config file is missing (?:the|a unique value for the) '(?P<name>[^']+)' mandatory key",
        "'{name}' mangler i config.yml. Skriv det.",
        "config.yml",
    ),
)


def start(root: Path) -> "subprocess.Popen[str]":
    """Starts the validation of the project in `root`; `read` waits for it."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbench.check.rasas", str(root)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read(process: "subprocess.Popen[str]", root: Path) -> list[Problem]:
    """Waits for the validation; the problems that Rasa warned of."""
    said, errors = process.communicate()
    try:
        messages = json.loads(said)
    except ValueError:
        last = errors.strip().split("\n")[-1]
        return [Problem(root / "config.yml", 1, f"Rasas kontrol kunne ikke køre ({last}). Vis det til en udvikler.")]
    return [found for message in messages if (found := meaning(message, root))]


def meaning(message: str, root: Path) -> Problem | None:
    """A warning in Danish, with file and line; None when another check reports it or it is no news of the files."""
    text = " ".join(message.split())
    if _CHECKED_ELSEWHERE.search(text) or _ALWAYS.search(text):
        return None
    for pattern, danish, where in _MEANINGS:
        if found := patterns.search(pattern, text):
            file, line = _place(found["name"], root, where)
            return Problem(file, line, danish.format(**found.groupdict()))
    file, line = next(_named(text, root), (root / "config.yml", 1))
    return Problem(file, line, f"Rasa siger: {text} Ret det, eller vis det til en udvikler.")


def _named(text: str, root: Path) -> Iterator[tuple[Path, int]]:
    """The files that a warning names, with its line, else 1."""
    for found in patterns.finditer(r"[\w./-]+\.yml", text):
        line = patterns.search(r"line (\d+)", text[found.end() :])
        yield root / found[0], int(line[1]) if line else 1


def _place(name: str, root: Path, where: str) -> tuple[Path, int]:
    """File and line of the first occurrence of a name as a whole word."""
    path = root / where
    files = [path] if path.is_file() else sorted(path.glob("*.yml"))
    wanted = patterns.compile(rf"(?<![\w-]){patterns.escape(name)}(?![\w-])")
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if wanted.search(line):
                return file, number
    return (files or [path])[0], 1


def _validate(root: Path) -> list[str]:
    """All of Rasa's warnings. Runs in the process that `start` starts."""
    import logging
    import warnings

    from bot.library_logs import silence_libraries

    silence_libraries()
    from rasa.shared.importers.rasa import RasaFileImporter
    from rasa.validator import Validator

    said: list[str] = []
    # Some warnings are logged, the rest are Python warnings. Conflicts between stories are left to
    # workbench/check/stories.py: Rasa ignores the entities by which follow-ups differ.
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("rasa.validator")
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    folders = [root / "data" / name for name in ("nlu", "rules", "stories")]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        # `rasa data validate` uses importers for retrieval intents and end-to-end stories, which do not occur here and
        # take seconds.
        importer = RasaFileImporter(
            str(root / "config.yml"), str(root / "domain"), [str(path) for path in folders if path.is_dir()]
        )
        validator = Validator(
            importer.get_domain(), importer.get_nlu_data(), importer.get_stories(), importer.get_config()
        )
        validator.verify_domain_validity()
        validator.verify_nlu()
        validator.verify_forms_in_stories_rules()
        validator.verify_form_slots()
        validator.verify_slot_mappings()
        validator.verify_actions_in_stories_rules()
        validator.warn_if_config_mandatory_keys_are_not_set()
    said += [str(one.message) for one in caught if one.category is UserWarning]
    return list(dict.fromkeys(said))


def _main() -> None:
    # Rasa prints to stdout; only the answer may go there.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        said = _validate(Path(sys.argv[1]))
    except Exception as error:
        # For files it cannot read, Rasa raises exceptions of many kinds.
        said = [str(error) or type(error).__name__]
    answer.write(json.dumps(said))
    answer.flush()
    # Does not wait for TensorFlow's threads.
    os._exit(0)


if __name__ == "__main__":
    _main()
