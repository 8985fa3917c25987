"""Which assistant this is, as requests name it."""

VERSION = "0.1.0"
