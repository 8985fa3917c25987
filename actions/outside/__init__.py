"""Answers outside a request that need the clock or the conversation."""
