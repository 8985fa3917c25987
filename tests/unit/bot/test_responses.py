"""The responses of domain/: read as Rasa reads them, and no part of what a model is trained on but by name."""

from pathlib import Path

import pytest

from bot import model
from bot.responses import digest_of, names_of, read_responses

TEXTS = """
version: "3.1"
responses:
  utter_ja:
    - text: 14:30
      buttons: [{title: On, payload: /affirm}, {title: no, payload: '/deny{{"a": "1"}}'}]
      metadata: {paragraphs: ["1", 11]}
    - condition: [{type: slot, name: dato, value: true}]
      text: |-
        Ja.

        - 010
  utter_nej: [{text: Nej}]
"""
REST = """
version: "3.1"
intents: [affirm, deny]
slots: {dato: {type: text, mappings: [{type: custom}]}}
actions: [action_x]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "domain" / "more").mkdir(parents=True)
    (tmp_path / "domain" / "more" / "texts.yml").write_text(TEXTS, encoding="utf-8")
    (tmp_path / "domain" / "rest.yml").write_text(REST, encoding="utf-8")
    (tmp_path / "config.yml").write_text("language: da", encoding="utf-8")
    return tmp_path


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / "domain" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_responses_are_what_rasa_reads(root: Path) -> None:
    from rasa.shared.core.domain import Domain

    rasas = Domain.load(str(root / "domain")).responses
    # Rasa leaves a number in the metadata a number; all that is said is a text for both.
    rasas["utter_ja"][0]["metadata"]["paragraphs"] = ["1", "11"]
    assert read_responses(root) == rasas


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("more/texts.yml", "Nej", "Nej tak."),
        ("more/texts.yml", "title: On", "title: Ja"),
        ("more/texts.yml", "/affirm", "/deny"),
        ("more/texts.yml", '["1", 11]', '["1"]'),
        ("more/texts.yml", "    - condition: [{type: slot, name: dato, value: true}]\n      text", "    - text"),
        ("more/texts.yml", 'version: "3.1"', '# Svarene.\nversion: "3.1"'),
        ("rest.yml", "intents: [affirm, deny]", "intents:\n  - affirm  # ja\n  - deny"),
    ],
)
def test_another_text_needs_no_training(root: Path, file: str, old: str, new: str) -> None:
    before = model.fingerprint(root)
    change(root, file, old, new)
    assert model.fingerprint(root) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("more/texts.yml", "utter_nej", "utter_nix"),
        ("more/texts.yml", "  utter_nej: [{text: Nej}]\n", ""),
        ("more/texts.yml", "  utter_nej:", "  utter_ny: [{text: Ny}]\n  utter_nej:"),
        ("rest.yml", "deny]", "deny, greet]"),
        ("rest.yml", "type: text", "type: any"),
        ("rest.yml", "[affirm, deny]", "[affirm, deny"),
        ("rest.yml", 'version: "3.1"', "- 1"),
    ],
)
def test_another_name_or_anything_else_needs_training(root: Path, file: str, old: str, new: str) -> None:
    before = model.fingerprint(root)
    change(root, file, old, new)
    assert model.fingerprint(root) != before


def test_digests_tell_names_and_contents_apart_and_no_order() -> None:
    one = {"utter_ja": [{"text": "Ja"}], "utter_nej": [{"text": "Nej"}]}
    other = {"utter_nej": [{"text": "Nej"}], "utter_ja": [{"text": "Jo"}]}
    assert names_of(one) == names_of(other) and digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(dict(reversed(one.items())))
    assert names_of(one) != names_of({"utter_ja": []})


@pytest.mark.parametrize("content", ["[1]", "responses: [1]"])
def test_what_is_no_domain_is_refused(root: Path, content: str) -> None:
    (root / "domain" / "rest.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"domain/rest\.yml"):
        read_responses(root)
