"""Starts and supervises the processes, and trains the model."""
