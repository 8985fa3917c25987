"""The request: its payload, its sending, and how its values are worded."""
