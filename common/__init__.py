"""Shared by all processes; imports neither Rasa nor legal."""
