"""Log levels and warning filters that hide library noise from the users of our commands."""

import logging
import os
import warnings

import structlog

from bot.lazy_tensorflow import load_tensorflow_when_used

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


def silence_libraries() -> None:
    """Must be called before rasa, TensorFlow or SQLAlchemy is imported; TensorFlow then waits until it is used."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
    warnings.filterwarnings("ignore")
    # At debug level Rasa logs citizens' messages word for word.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    load_tensorflow_when_used()
