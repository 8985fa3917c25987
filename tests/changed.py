"""Which tests `--changed-only` leaves out: those of the chat's channel and of legal, where neither has changed."""

import subprocess
from pathlib import Path

from common.settings import ROOT

# Folders of code, and the folders of tests that need not run while git sees no change in them.
TESTS_OF = {
    ("bot/channel", "tests/browser", "tests/channel"): ("tests/browser", "tests/channel", "tests/unit/bot/channel"),
    ("legal", "tests/faults"): ("tests/faults", "tests/unit/legal"),
}


def is_changed(*folders: str, root: Path = ROOT, base: str = "main") -> bool:
    """Whether a file below the folders is new or differs from where the branch left `base`. RuntimeError: no git."""
    start = _git(root, "merge-base", "HEAD", base)
    return bool(_git(root, "diff", "--name-only", start, "--", *folders) or _git(root, "status", "-s", "--", *folders))


def left_out() -> tuple[str, ...]:
    """The folders of tests to leave out."""
    return tuple(folder for code, tests in TESTS_OF.items() if not is_changed(*code) for folder in tests)


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"git {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.strip()
