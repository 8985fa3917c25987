"""The acts of a message inside a request, applied: what changes, what is said, and what is asked for next."""
