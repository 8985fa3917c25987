"""Ends a process with the one that began it."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Has the kernel send this process a SIGTERM when its parent ends, however it ends; only on Linux.

    Makes one system call and nothing else: it may run between fork and exec, also where threads run.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
