"""Rasa's own validation, its output read: it ends well also where it has warned.

Rasa validates in a process of its own, beside the other checks: loading Rasa takes longer than all of them.
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

# Rasa sees no code: what only an action says, `workbench.check.use` finds, and unanswered labels with their lines.
_KNOWN_BETTER = patterns.compile(r"is not used in any story or rule")
# Said whatever the files hold: Rasa's own news, and one of a library's.
_ALWAYS = patterns.compile(r"^Slot auto-fill has been removed|pkg_resources is deprecated")
# What Rasa says, what that means for staff, and where the name that it complains of is to be looked for.
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
    """Begins the validation of a assistant; `read` waits for it."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbench.check.rasas", str(root)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read(process: "subprocess.Popen[str]", root: Path) -> list[Problem]:
    """What Rasa complained of."""
    said, errors = process.communicate()
    try:
        messages = json.loads(said)
    except ValueError:
        last = errors.strip().split("\n")[-1]
        return [Problem(root / "config.yml", 1, f"Rasas kontrol kunne ikke køre ({last}). Vis det til en udvikler.")]
    return [found for message in messages if (found := meaning(message, root))]


def meaning(message: str, root: Path) -> Problem | None:
    """One of Rasa's warnings in Danish, with its place; None where another check knows better."""
    text = " ".join(message.split())
    if _KNOWN_BETTER.search(text) or _ALWAYS.search(text):
        return None
    for pattern, danish, where in _MEANINGS:
        if found := patterns.search(pattern, text):
            file, line = _place(found["name"], root, where)
            return Problem(file, line, danish.format(**found.groupdict()))
    file, line = next(_named(text, root), (root / "config.yml", 1))
    return Problem(file, line, f"Rasa siger: {text} Ret det, eller vis det til en udvikler.")


def _named(text: str, root: Path) -> Iterator[tuple[Path, int]]:
    """A file that a warning names, with the line where it gives one."""
    for found in patterns.finditer(r"[\w./-]+\.yml", text):
        line = patterns.search(r"line (\d+)", text[found.end() :])
        yield root / found[0], int(line[1]) if line else 1


def _place(name: str, root: Path, where: str) -> tuple[Path, int]:
    """Where a name stands: by itself, or as an item of a list."""
    path = root / where
    files = [path] if path.is_file() else sorted(path.glob("*.yml"))
    wanted = patterns.compile(rf"(?<![\w-]){patterns.escape(name)}(?![\w-])")
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if wanted.search(line):
                return file, number
    return (files or [path])[0], 1


def _validate(root: Path) -> list[str]:
    """All that Rasa warns of, in its own words. Runs in the process that `start` begins."""
    import logging
    import warnings

    from bot.library_logs import silence_libraries

    silence_libraries()
    from rasa.shared.importers.rasa import RasaFileImporter
    from rasa.validator import Validator

    said: list[str] = []
    # Some are logged, and everything else is warned of. Conflicts between stories are for
    # workbench/check/stories.py: Rasa does not tell apart what follow-ups name.
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("rasa.validator")
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    folders = [root / "data" / name for name in ("nlu", "rules", "stories")]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        # `rasa data validate` adds responses for retrieval intents and stories in free text, of which there are none
        # here, and copies the training lines several times over for it: 9 s instead of 5.
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
    # Rasa prints; the answer alone goes to the one who asked.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        said = _validate(Path(sys.argv[1]))
    except Exception as error:
        # Whatever is wrong with the files, Rasa raises some exception of its own.
        said = [str(error) or type(error).__name__]
    answer.write(json.dumps(said))
    answer.flush()
    # TensorFlow's threads need a second to end by themselves.
    os._exit(0)


if __name__ == "__main__":
    _main()
