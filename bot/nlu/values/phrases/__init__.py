"""Phrase lists of data/values, matched in a message: departments, choices, authorities, recurring meetings."""
