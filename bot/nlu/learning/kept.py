"""A component of Rasa's with one model that is kept as text, numbers and arrays."""

from typing import Any, ClassVar, Protocol, Self

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class Keepable(Protocol):
    """A model that can be kept as a state, and made of it again."""

    def state(self) -> dict[str, Any]:
        """What must be kept."""
        ...

    @classmethod
    def of(cls, state: dict[str, Any]) -> Self:
        """The model that was kept."""
        ...


class KeepsModel(GraphComponent):
    """What Rasa asks of such a component; the component names its model's class and its file."""

    MODEL: ClassVar[type[Keepable]]
    FILE: ClassVar[str]

    def __init__(self, storage: ModelStorage, resource: Resource, model: Any = None) -> None:
        """A component that keeps its model in Rasa's storage."""
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: what was tuned stands beside the model, with its measurements."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """An untrained component (Rasa calls this)."""
        return cls(model_storage, resource)

    def keep(self, model: Keepable) -> Resource:
        """Takes a trained model and keeps it; the resource under which Rasa finds it."""
        self._model = model
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(model.state(), folder / self.FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The trained component out of Rasa's storage."""
        with model_storage.read_from(resource) as folder:
            # Nothing but text, numbers and arrays is kept: no type needs to be trusted.
            state = skops.io.load(folder / cls.FILE, trusted=[])
        return cls(model_storage, resource, cls.MODEL.of(state))
