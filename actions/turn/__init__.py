"""Applies the acts of a message inside a request: values, replies, and the next question."""
