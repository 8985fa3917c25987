"""Imports Rasa without TensorFlow, which takes as long as all the rest and which no component of ours uses."""

import sys
from collections.abc import Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

# The modules through which Rasa's base classes of extractors and policies import TensorFlow.
_MODULES = ("rasa.utils.train_utils", "rasa.utils.tensorflow.model_data_utils")


class _Unused(ModuleType):
    """A module that is executed when something in it is first used.

    The standard library's LazyLoader would execute it when it is imported a second time as well.
    """

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or not spec or not isinstance(spec.loader, _Later):
            raise AttributeError(name)
        spec.loader = self.__loader__ = spec.loader.loader
        spec.loader.exec_module(self)
        return getattr(self, name)


class _Later(Loader):
    """Makes modules that the given loader executes later."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Unused(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Does nothing yet."""


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name in _MODULES else None
        if spec and spec.loader:
            spec.loader = _Later(spec.loader)
        return spec


def load_tensorflow_when_used() -> None:
    """Has TensorFlow loaded by its first user, not by an import of Rasa. Must be called before Rasa is imported."""
    # Imported for what it does then: it looks for names in every module there is, and would load TensorFlow later on.
    import skops.io  # noqa: F401 - nothing of it is used here

    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
