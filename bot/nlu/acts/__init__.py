"""Reads a message into acts (conversation.md, Acts)."""
