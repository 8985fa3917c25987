"""Dates and times of day in a message, read as a Danish office reads them."""
