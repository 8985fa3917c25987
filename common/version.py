"""The version of the assistant, as named in requests."""

VERSION = "0.1.0"
