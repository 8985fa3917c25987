"""Phrase lists of data/values: departments, choices, authorities and recurring meetings."""
