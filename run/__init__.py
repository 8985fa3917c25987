"""Starts, supervises and stops the processes; trains the model."""
