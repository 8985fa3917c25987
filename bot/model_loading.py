"""Loads a trained model in less time than Rasa, and with the responses of the files in domain/.

Left out is what its training has checked, and what only training uses.
"""

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelMetadata, ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_yaml

from bot.responses import Responses, read_responses


def load_models_fast() -> None:
    """Replaces two of Rasa's functions in this process: how a model's metadata and its domain are read."""
    LocalModelStorage._load_metadata = staticmethod(_load_metadata)
    DomainProvider.load = classmethod(_load_domain)


def _load_metadata(directory: Path) -> ModelMetadata:
    metadata = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
    # Nothing in Rasa uses it, but all components that it names would be imported, and TensorFlow with them.
    metadata["train_schema"] = {"nodes": {}}
    metadata["domain"]["responses"] = _current(metadata["domain"].get("responses") or {})
    return ModelMetadata.from_dict(metadata)


def _current(trained: Responses) -> Responses:
    """The responses of the files, which may be newer than the model; the model's own where the files name others."""
    written = read_responses()
    return written if written.keys() == trained.keys() else trained


def _load_domain(
    cls: type[DomainProvider],
    /,
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: ExecutionContext,
    **kwargs: Any,
) -> DomainProvider:
    # Rasa reads the domain four times, and validates what its training has validated: for seconds.
    with model_storage.read_from(resource) as folder:
        domain = Domain.from_dict(read_yaml((folder / "domain.yml").read_text(encoding="utf-8")))
    return cls(model_storage, resource, domain)
