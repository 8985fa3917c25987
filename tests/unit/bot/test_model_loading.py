"""A model is loaded as Rasa itself loads it, in less time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.library_logs import silence_libraries
from common.settings import ROOT

DOMAIN = """
version: "3.1"
intents: [nej, "no", affirm]
entities: [dato]
slots:
  dato: {type: text, initial_value: "14:30", mappings: [{type: custom}]}
responses:
  utter_ja: [{text: "Ja 🙂, kl. 14:30", buttons: [{title: "On", payload: "/affirm"}]}, {text: "010"}]
actions: [action_x: {send_domain: true}]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: false}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    silence_libraries()
    from rasa.shared.core.domain import Domain

    (tmp_path / "domain_provider").mkdir()
    Domain.from_yaml(DOMAIN).persist(tmp_path / "domain_provider" / "domain.yml")
    return tmp_path


def test_the_domain_is_what_rasa_reads(folder: Path) -> None:
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.graph_components.providers.domain_provider import DomainProvider
    from rasa.shared.core.domain import Domain

    from bot.model_loading import _load_domain

    storage, context = LocalModelStorage(folder), ExecutionContext(GraphSchema({}))
    ours = _load_domain(DomainProvider, {}, storage, Resource("domain_provider"), context)._domain
    rasas = Domain.from_path(folder / "domain_provider")
    assert ours.as_dict() == rasas.as_dict() and ours.fingerprint() == rasas.fingerprint()
    assert "no" in ours.intents and ours.slots[0].initial_value == "14:30"


def test_of_the_metadata_only_what_training_uses_is_left_out(tmp_path: Path) -> None:
    silence_libraries()
    from rasa.engine.graph import GraphSchema, SchemaNode
    from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE
    from rasa.engine.storage.storage import ModelMetadata
    from rasa.graph_components.providers.domain_provider import DomainProvider
    from rasa.shared.core.domain import Domain
    from rasa.shared.data import TrainingType

    from bot.model_loading import _load_metadata

    def schema(node: str) -> GraphSchema:
        return GraphSchema({node: SchemaNode({}, DomainProvider, "load", "provide_inference", {})})

    values = {
        "trained_at": "2026-12-01T10:00:00",
        "rasa_open_source_version": "3.6.21",
        "model_id": "m",
        "assistant_id": "a",
        "domain": Domain.from_yaml(DOMAIN).as_dict(),
        "train_schema": schema("trained").as_dict(),
        "predict_schema": schema("predicted").as_dict(),
        "training_type": TrainingType.BOTH.value,
        "project_fingerprint": "f",
        "core_target": "predicted",
        "nlu_target": "predicted",
        "language": "da",
        "spaces": None,
    }
    (tmp_path / MODEL_ARCHIVE_METADATA_FILE).write_text(json.dumps(values), encoding="utf-8")
    rasas = ModelMetadata.from_dict(json.loads(json.dumps(values)))
    assert _load_metadata(tmp_path).as_dict() == rasas.as_dict() | {"train_schema": {"nodes": {}}}


def test_a_model_says_the_responses_of_the_files_unless_they_have_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    silence_libraries()
    from bot import model_loading

    written = {"utter_ja": [{"text": "Ja, gerne."}]}
    monkeypatch.setattr(model_loading, "read_responses", lambda: written)
    assert model_loading._current({"utter_ja": [{"text": "Ja"}]}) == written
    other = {"utter_ja": [{"text": "Ja"}], "utter_nej": [{"text": "Nej"}]}
    assert model_loading._current(other) == other


def test_a_start_imports_no_more_than_it_needs_and_tensorflow_is_loaded_by_its_first_user() -> None:
    program = """
import sys
import bot.server
assert len(sys.modules) <= 4000, len(sys.modules)
import rasa.utils.train_utils, rasa.nlu.extractors.crf_entity_extractor
assert "tensorflow" not in sys.modules
assert rasa.utils.train_utils.rank_and_mask and "tensorflow" in sys.modules
import rasa.nlu.classifiers.diet_classifier
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
