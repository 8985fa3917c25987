"""Conversations: their tables, the store that Rasa uses, the window of a long one, feedback, locks, retention."""
