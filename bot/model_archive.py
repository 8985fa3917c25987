"""Verifies a model archive before Rasa unpacks it: its checksum and its content.

The training writes the checksum beside the archive (`models/<name>.tar.gz.sha256`, in the format of `sha256sum`); it
reveals a damaged or replaced file. Whoever can write in `models/` can also write a checksum, so the content is checked
as well: no member may lie outside the model's folders, and none may name code other than Rasa's and ours.
"""

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from common.yaml_files import read_yaml

# Modules and constructors that the metadata may name: Rasa imports and calls them.
_ALLOWED_MODULES = ("bot.", "rasa.core.policies.", "rasa.graph_components.", "rasa.nlu.")
_CONSTRUCTORS = ("create", "load")
_METADATA = "metadata.json"
# Formats that run no code when they are read, unlike pickle.
_SUFFIXES = (".json", ".skops", ".yml")
_MOST_BYTES = 2**29
_RETRAIN = "Brug den ikke. Kør script/train, så bliver modellen trænet igen."


class ModelMissing(RuntimeError):
    """There is no usable model; the message says in Danish what to do."""


class ModelRefused(ModelMissing):
    """The model is not as it was trained; the message says why, in Danish."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"Modellen {file.parent.name}/{file.name} {why}. {_RETRAIN}")


def write_checksum(file: Path, name: str) -> None:
    """Writes the checksum of an archive that will be renamed to `name`."""
    _checksum_file(file.with_name(name)).write_text(f"{_digest(file)}  {name}\n", encoding="ascii")


def remove_checksum(file: Path) -> None:
    """Removes an archive's checksum, if it has one."""
    _checksum_file(file).unlink(missing_ok=True)


def verify_checksum(file: Path) -> None:
    """Raises ModelRefused when the archive does not have the checksum that the training wrote."""
    try:
        written = _checksum_file(file).read_text(encoding="ascii").split()
    except FileNotFoundError:
        raise ModelRefused(file, "har ingen kontrolsum, så det kan ikke ses, om den er lavet om") from None
    except ValueError:
        written = []
    if written != [_digest(file), file.name]:
        raise ModelRefused(file, "passer ikke til sin kontrolsum: den er beskadiget eller lavet om")


def check_content(file: Path) -> None:
    """Raises ModelRefused when a member could write elsewhere or run other code. Unpacks nothing."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            total = 0
            for member in archive:
                total += member.size
                if total > _MOST_BYTES:
                    raise ModelRefused(file, "fylder for meget, når den pakkes ud")
                if not _is_expected(member):
                    raise ModelRefused(file, f"indeholder {member.name[:80]!r}, som ikke hører til i en model")
                if member.isfile():
                    _check_file(file, member.name, archive.extractfile(member))
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise ModelRefused(file, f"kan ikke læses ({type(error).__name__})") from error


def guard_rasa() -> None:
    """Makes Rasa, in this process, call `check_content` before it unpacks any model."""
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    unpack = LocalModelStorage._extract_archive_to_directory
    if getattr(unpack, "checks_content", False):
        return

    def checked_unpack(model_archive_path: str | Path, temporary_directory: Path) -> None:
        check_content(Path(model_archive_path))
        unpack(model_archive_path, temporary_directory)

    checked_unpack.checks_content = True  # type: ignore[attr-defined]
    LocalModelStorage._extract_archive_to_directory = staticmethod(checked_unpack)


def _checksum_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_expected(member: tarfile.TarInfo) -> bool:
    """Whether a member is a file or folder that Rasa writes: no link, no device, no path outside the archive."""
    parts = PurePosixPath(member.name).parts
    if "\\" in member.name or ".." in parts or member.name.startswith("/"):
        return False
    if member.isdir():
        return not parts or (parts[0] == "components" and len(parts) <= 2)
    in_components = len(parts) == 3 and parts[0] == "components" and PurePosixPath(parts[2]).suffix in _SUFFIXES
    return member.isfile() and (parts == (_METADATA,) or in_components)


def _check_file(file: Path, name: str, opened: Any) -> None:
    content = opened.read()
    try:
        disallowed = list(_disallowed(name, content))
    except Exception as error:
        # A forged file can make its parser raise anything.
        raise ModelRefused(file, f"har {name[:80]!r}, som ikke kan læses ({type(error).__name__})") from error
    if disallowed:
        raise ModelRefused(file, f"vil bruge kode, som ikke er dens: {str(disallowed[0])[:80]!r} (i {name[:80]!r})")


def _disallowed(name: str, content: bytes) -> Iterator[str]:
    """The code and paths that a file of the model names and must not."""
    if name.endswith(".skops"):
        import skops.io

        yield from skops.io.get_untrusted_types(data=content)
    elif name == _METADATA:
        metadata = json.loads(content)
        for schema in ("train_schema", "predict_schema"):
            for node in metadata[schema]["nodes"].values():
                if not node["uses"].startswith(_ALLOWED_MODULES) or node["constructor_name"] not in _CONSTRUCTORS:
                    yield f"{node['uses']}.{node['constructor_name']}"
                resource = (node.get("resource") or {"name": "none"})["name"]
                if resource in ("", ".", "..") or "/" in resource:
                    yield resource
        yield from _slot_types(metadata["domain"])
    elif name.endswith(".yml"):
        yield from _slot_types(read_yaml(content))


def _slot_types(domain: dict[str, Any]) -> Iterator[str]:
    """Slot types that are paths of classes, which Rasa would import."""
    for slot in (domain.get("slots") or {}).values():
        if "." in str(slot["type"]):
            yield str(slot["type"])
