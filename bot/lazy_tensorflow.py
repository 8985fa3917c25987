"""Imports Rasa without TensorFlow, which takes as long to import as all the rest and which no component of ours uses."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

# The modules through which Rasa's base classes of extractors and policies import TensorFlow.
_MODULES = ("rasa.utils.train_utils", "rasa.utils.tensorflow.model_data_utils")


class _LazyFinder:
    """Finds these modules, and has each executed when something in it is first used."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The lazy spec of one of these modules; None for all others."""
        spec = PathFinder.find_spec(name, path, target) if name in _MODULES else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


def load_tensorflow_when_used() -> None:
    """Has TensorFlow loaded by its first user, not by an import of Rasa. Must be called before Rasa is imported."""
    if _LazyFinder not in sys.meta_path:
        sys.meta_path.insert(0, _LazyFinder)
