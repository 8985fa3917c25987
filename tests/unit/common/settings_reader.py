"""Reads settings for a test."""

from pathlib import Path

from common.settings import Settings, read_settings


def read(tmp_path: Path, **env: str) -> Settings:
    """The settings of an environment with these variables and `tmp_path` as data folder."""
    return read_settings({"DATA_DIR": str(tmp_path), **env})
