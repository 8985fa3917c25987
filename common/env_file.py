"""Reads `.env`; malformed lines are errors and unknown names warnings, both in Danish."""

import io
from collections.abc import Iterable
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from common import patterns
from common.setting_values import SettingsError

# Also misspelt names ('RASA-PORT', 'rasa_port'), which get a warning rather than an error.
_NAME = patterns.compile(r"[\w.-]+")
_LINE_END = patterns.compile(r"\r\n|\n|\r")
# Similarity from which an unknown name is taken for a setting's: 'INBOX_PASS' is, 'LEGAL_SECRET' is not.
_LEAST_SIMILARITY = 0.7


def read_env_file(file: Path) -> dict[str, str]:
    """The names and values in the file, none if it does not exist; SettingsError names the first malformed line."""
    text = _text(file)
    for binding in parse_stream(io.StringIO(text)):
        if _is_malformed(binding):
            # Not quoted: the line may hold a secret.
            raise SettingsError(f"{file.name}, linje {_line_number(binding)}: skal være NAVN=værdi på én linje")
    return {name: value or "" for name, value in dotenv_values(stream=io.StringIO(text)).items()}


def unknown_names(file: Path, known: Iterable[str]) -> list[str]:
    """A warning for each name in the file that is not in `known`, with the most similar known name if there is one."""
    known = tuple(known)
    warnings = []
    for name in read_env_file(file):
        if name not in known:
            similar = _most_similar(name, known)
            hint = f" Mente du {similar}?" if similar else ""
            warnings.append(f"ADVARSEL: {name} i {file.name} kendes ikke.{hint}")
    return warnings


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file.name}: skal gemmes som UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{file.name}: skal være en fil, der kan læses") from error


def _is_malformed(binding: Binding) -> bool:
    if binding.error:
        return True
    if binding.key is None:
        return False  # A comment or an empty line.
    written = binding.original.string.strip()
    # An unclosed quote would take in the lines up to the next quote.
    over_lines = _LINE_END.search(written) is not None
    return binding.value is None or over_lines or "\0" in written or not _NAME.fullmatch(binding.key)


def _line_number(binding: Binding) -> int:
    """The number of the line; dotenv gives that of the first empty line before it."""
    written = binding.original.string
    before = written[: len(written) - len(written.lstrip())]
    return binding.original.line + len(_LINE_END.findall(before))


def _most_similar(name: str, known: tuple[str, ...]) -> str | None:
    # Imported here because it is seldom needed.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    match = process.extractOne(name.upper(), known, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY)
    return match[0] if match else None
