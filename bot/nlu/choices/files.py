"""Reader of data/choices: the answers to each slot, by value."""

from pathlib import Path

import yaml

from common.yaml_files import read_yaml


class ChoiceFileError(ValueError):
    """A file of answers is malformed; the message names the file and what to do."""


def read_answers(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return the answers in a folder by slot, then by value; ChoiceFileError where a file is malformed."""
    answers: dict[str, dict[str, list[str]]] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            content = read_yaml(file) or {}
        except yaml.YAMLError as error:
            raise ChoiceFileError(f"{file.name} is not YAML: {error}") from error
        if not isinstance(content, dict) or not content.get("slot") or not isinstance(content.get("answers"), dict):
            raise ChoiceFileError(f"{file.name}: needs a 'slot' and its 'answers' by value, as the other files have")
        answers[str(content["slot"])] = {
            str(value): _lines(file, str(value), said) for value, said in content["answers"].items()
        }
    if not answers:
        raise ChoiceFileError(f"there are no answers in {folder}; it needs a *.yml file for each slot")
    return answers


def _lines(file: Path, value: str, said: object) -> list[str]:
    lines = [line.strip() for line in str(said or "").splitlines() if line.strip()]
    odd = [line for line in lines if not line.startswith("- ")]
    if odd or not lines:
        raise ChoiceFileError(
            f"{file.name}, '{value}': each answer stands on a line that begins with '- ', not {odd[:1]}"
        )
    return [line.removeprefix("- ").strip() for line in lines]
