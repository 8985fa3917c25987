"""Results that are kept while one message is read: several rules ask the same of the same text."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_message() -> Iterator[None]:
    """In this block the functions marked by `once` run once for each of their arguments.

    Inside another such block, that one holds. Nothing of the text is kept behind the block.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Marks a function of hashable arguments alone. Callers must not change what it returns."""

    @wraps(function)
    def kept(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        results = _kept.get()
        if results is None:
            return function(*args, **kwargs)
        asked = (function, args, *kwargs.items())
        if asked not in results:
            results[asked] = function(*args, **kwargs)
        found: _Result = results[asked]
        return found

    return kept
