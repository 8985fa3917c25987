"""Keeps the warnings of libraries, which nobody here can act on, from the people who run our commands."""

import logging
import os
import warnings

import structlog

_NOISY = (
    "rasa",
    "sanic.root",
    "sanic.server",
    "apscheduler",
    "matplotlib",
    "tensorflow",
    "absl",
    "asyncio",
    "numba",
    "spacy",
)


def quiet(level: int = logging.WARNING) -> None:
    """To be called before rasa, TensorFlow or SQLAlchemy are imported."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
    warnings.filterwarnings("ignore")
    # Rasa logs messages word for word when told to debug: never here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.ERROR))
