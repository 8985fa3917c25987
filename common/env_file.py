"""The file `.env`: what it sets, and what is said in Danish where a line or a name in it is wrong."""

import io
from collections.abc import Iterable
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from common import patterns
from common.setting_values import SettingsError

# A name with a slip in it ('RASA-PORT', 'rasa_port') is a name still.
_NAME = patterns.compile(r"[\w.-]+")
_LINE_END = patterns.compile(r"\r\n|\n|\r")
# What a name must have in common with a setting's to be taken for it: 'INBOX_PASS' has, 'LEGAL_SECRET' has not.
_ALIKE = 0.7


def read_env_file(file: Path) -> dict[str, str]:
    """What the file sets, nothing where there is none; SettingsError names the first line that sets nothing."""
    text = _text(file)
    for binding in parse_stream(io.StringIO(text)):
        if _is_malformed(binding):
            # The line may hold a secret: it is not repeated.
            raise SettingsError(f"{file.name}, linje {_line(binding)}: skal være NAVN=værdi på én linje")
    return {name: value or "" for name, value in dotenv_values(stream=io.StringIO(text)).items()}


def unknown_names(file: Path, known: Iterable[str]) -> list[str]:
    """One warning for each name in the file that is no setting's, with the setting that is nearest, if one is near."""
    known = tuple(known)
    warnings = []
    for name in read_env_file(file):
        if name not in known:
            near = _nearest(name, known)
            meant = f" Mente du {near}?" if near else ""
            warnings.append(f"ADVARSEL: {name} i {file.name} kendes ikke.{meant}")
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
        return False  # A comment, or nothing.
    written = binding.original.string.strip()
    # A quote that is not closed would swallow the lines to the next quote.
    over_lines = _LINE_END.search(written) is not None
    return binding.value is None or over_lines or "\0" in written or not _NAME.fullmatch(binding.key)


def _line(binding: Binding) -> int:
    """The line's number; dotenv counts from the empty lines before it."""
    written = binding.original.string
    before = written[: len(written) - len(written.lstrip())]
    return binding.original.line + len(_LINE_END.findall(before))


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    # Imported where it is needed: hardly ever.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(name.upper(), known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE)
    return found[0] if found else None
