"""The order in which several processes take the files of tests: first what takes long, waiting and computing by turns.

A file that is begun last keeps one process busy while the others have nothing left. Files whose tests wait for servers,
clocks and browsers alternate with files that compute, so that the processor always has work.
"""

from itertools import chain, zip_longest

import pytest
from xdist.scheduler import LoadFileScheduling

_WAITING = ("system", "channel", "faults", "browser")
_COMPUTING = ("dialogues", "citizens", "nlu", "unit")
# The files that take longest of each kind; of the others, those with more tests go first.
LONG = (
    "system/test_deployment.py",
    "system/test_rasa_commands.py",
    "channel/test_chat_schema.py",
    "system/test_readme.py",
    "channel/test_chat_start.py",
    "channel/test_chat_bounds.py",
    "system/test_privacy.py",
    "faults/test_faults_conversations.py",
    "faults/test_faults_kills.py",
    "channel/test_chat_store.py",
    "dialogues/test_long_conversations.py",
    "browser/test_trouble.py",
    "browser/test_access.py",
    "unit/workbench/check/test_check_answers.py",
    "unit/workbench/check/test_check_command.py",
    "unit/legal/inbox/test_legal_receiving.py",
    "unit/common/test_patterns.py",
    "unit/common/cpr/test_cpr_time.py",
    "unit/legal/inbox/test_legal_login.py",
    "unit/legal/inbox/test_legal_inbox_work.py",
)


class Scheduling(LoadFileScheduling):
    """Gives a process whole files, and all files of tests/channel to the same one, which starts their server once."""

    def _split_scope(self, nodeid: str) -> str:
        folder = "tests/channel/"
        return folder if nodeid.startswith(folder) else super()._split_scope(nodeid)


def by_turns(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests with their files in that order; those of a file stay together as they are."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0].removeprefix("tests/"), []).append(item)
    order = in_order({file: len(tests) for file, tests in files.items()})
    return [item for file in order for item in files[file]]


def in_order(tests: dict[str, int]) -> list[str]:
    """The files, given with how many tests each has, in the order in which they begin."""
    waiting = sorted((file for file in tests if _folder(file) in _WAITING), key=lambda file: _rank(file, tests[file]))
    computing = sorted((file for file in tests if file not in waiting), key=lambda file: _rank(file, tests[file]))
    return [file for file in chain.from_iterable(zip_longest(waiting, computing)) if file]


def _folder(file: str) -> str:
    return file.partition("/")[0]


def _rank(file: str, tests: int) -> tuple[int, int, int, str]:
    """Dialogues, citizens and what is learnt go before unit tests: all of their files load the model."""
    kind = _COMPUTING.index(_folder(file)) if _folder(file) in _COMPUTING else 0
    return kind, LONG.index(file) if file in LONG else len(LONG), -tests, file
