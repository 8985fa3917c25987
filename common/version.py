"""Which assistant this is, as requests name it."""

VERSION = "1.0.0"
