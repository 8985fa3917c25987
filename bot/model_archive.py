"""A model's archive: its checksum, and what may be in it, looked at before Rasa unpacks anything.

The checksum lies beside the archive (`models/<name>.tar.gz.sha256`, as `sha256sum --check` reads it) and is made by
the training. It tells that a file was damaged, copied in part or exchanged. Who may write in `models/` can make a new
checksum; so an archive is also read through before it is unpacked: it can write nothing outside its place, and can name
no code but Rasa's and ours. What it makes the assistant say is protected by the rights of the folder alone, as
`domain/` is.
"""

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

# Whose classes a model may be built of, and how: Rasa imports and calls whatever its metadata names.
_CODE = ("bot.", "rasa.core.policies.", "rasa.graph_components.", "rasa.nlu.")
_CONSTRUCTORS = ("create", "load")
_METADATA = "metadata.json"
# Text, numbers and arrays: nothing that runs when it is read. A pickle would.
_KINDS = (".json", ".skops", ".yml")
# An archive of this project has 48 MB unpacked.
_MOST_BYTES = 2**29
_AGAIN = "Brug den ikke. Kør script/train, så bliver modellen trænet igen."


class ModelMissing(RuntimeError):
    """There is no model that can be used; says in Danish what to do."""


class ModelRefused(ModelMissing):
    """A model is not used, because it is not as it was trained; says why."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"Modellen {file.parent.name}/{file.name} {why}. {_AGAIN}")


def seal(file: Path, name: str) -> None:
    """Writes the checksum of an archive for the name that it will have in its folder."""
    _seal_of(file.with_name(name)).write_text(f"{_digest(file)}  {name}\n", encoding="ascii")


def unseal(file: Path) -> None:
    """Removes an archive's checksum."""
    _seal_of(file).unlink(missing_ok=True)


def check_seal(file: Path) -> None:
    """Raises ModelRefused where the archive is not the one that was trained here."""
    try:
        sealed = _seal_of(file).read_text(encoding="ascii").split()
    except FileNotFoundError:
        raise ModelRefused(file, "har ingen kontrolsum, så det kan ikke ses, om den er lavet om") from None
    except ValueError:
        sealed = []
    if sealed != [_digest(file), file.name]:
        raise ModelRefused(file, "passer ikke til sin kontrolsum: den er beskadiget eller lavet om")


def check_content(file: Path) -> None:
    """Raises ModelRefused where something in the archive could write or run outside of it. Unpacks nothing."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            total = 0
            for member in archive:
                total += member.size
                if total > _MOST_BYTES:
                    raise ModelRefused(file, "fylder for meget, når den pakkes ud")
                if not _is_in_place(member):
                    raise ModelRefused(file, f"indeholder {member.name[:80]!r}, som ikke hører til i en model")
                if member.isfile():
                    _check_file(file, member.name, archive.extractfile(member))
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise ModelRefused(file, f"kan ikke læses ({type(error).__name__})") from error


def guard_rasa() -> None:
    """From here on Rasa unpacks nothing in this process that was not read through, whoever asks it to."""
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    unpack = LocalModelStorage._extract_archive_to_directory
    if getattr(unpack, "reads_through", False):
        return

    def read_through(model_archive_path: str | Path, temporary_directory: Path) -> None:
        check_content(Path(model_archive_path))
        unpack(model_archive_path, temporary_directory)

    read_through.reads_through = True  # type: ignore[attr-defined]
    LocalModelStorage._extract_archive_to_directory = staticmethod(read_through)


def _seal_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_in_place(member: tarfile.TarInfo) -> bool:
    """Whether a member is a folder or file that Rasa makes: no link, no device, no way out of the folder."""
    parts = PurePosixPath(member.name).parts
    if "\\" in member.name or ".." in parts or member.name.startswith("/"):
        return False
    if member.isdir():
        return not parts or (parts[0] == "components" and len(parts) <= 2)
    in_components = len(parts) == 3 and parts[0] == "components" and PurePosixPath(parts[2]).suffix in _KINDS
    return member.isfile() and (parts == (_METADATA,) or in_components)


def _check_file(file: Path, name: str, opened: Any) -> None:
    content = opened.read()
    try:
        foreign = list(_foreign(name, content))
    except Exception as error:
        # Whatever a made-up file does to its reader, the model is not used.
        raise ModelRefused(file, f"har {name[:80]!r}, som ikke kan læses ({type(error).__name__})") from error
    if foreign:
        raise ModelRefused(file, f"vil bruge kode, som ikke er dens: {str(foreign[0])[:80]!r} (i {name[:80]!r})")


def _foreign(name: str, content: bytes) -> Iterator[str]:
    """The code that a file of a model names and that is not a model's to name."""
    if name.endswith(".skops"):
        import skops.io

        yield from skops.io.get_untrusted_types(data=content)
    elif name == _METADATA:
        metadata = json.loads(content)
        for schema in ("train_schema", "predict_schema"):
            for node in metadata[schema]["nodes"].values():
                if not node["uses"].startswith(_CODE) or node["constructor_name"] not in _CONSTRUCTORS:
                    yield f"{node['uses']}.{node['constructor_name']}"
                name_of_files = (node.get("resource") or {"name": "none"})["name"]
                if name_of_files in ("", ".", "..") or "/" in name_of_files:
                    yield name_of_files
        yield from _slot_types(metadata["domain"])
    elif name.endswith(".yml"):
        yield from _slot_types(yaml.safe_load(content))


def _slot_types(domain: dict[str, Any]) -> Iterator[str]:
    """The types of slots that are somebody's classes: Rasa imports those, too."""
    for slot in (domain.get("slots") or {}).values():
        if "." in str(slot["type"]):
            yield str(slot["type"])
