"""Base class of a Rasa component with one trained model, stored by skops as text, numbers and arrays."""

from typing import Any, ClassVar, Protocol, Self

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class StorableModel(Protocol):
    """A model that converts to and from a state of text, numbers and arrays."""

    def state(self) -> dict[str, Any]:
        """Return the state."""
        ...

    @classmethod
    def of(cls, state: dict[str, Any]) -> Self:
        """Restore the model from a state."""
        ...


class ModelComponent(GraphComponent):
    """A subclass names the class of its model (MODEL) and the file that stores it (FILE)."""

    MODEL: ClassVar[type[StorableModel]]
    FILE: ClassVar[str]

    def __init__(self, storage: ModelStorage, resource: Resource, model: Any = None) -> None:
        """`model`: None before training."""
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return no settings: parameters are constants in the code (docs/decisions)."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Create an untrained component (Rasa calls this)."""
        return cls(model_storage, resource)

    def keep(self, model: StorableModel) -> Resource:
        """Store a trained model and return the resource under which Rasa finds it."""
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
        """Load the trained component (Rasa calls this)."""
        with model_storage.read_from(resource) as folder:
            # The state holds only text, numbers and arrays, so no type needs to be trusted.
            state = skops.io.load(folder / cls.FILE, trusted=[])
        return cls(model_storage, resource, cls.MODEL.of(state))
