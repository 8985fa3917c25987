"""The version of the assistant, as named in requests."""

VERSION = "1.0.0"
