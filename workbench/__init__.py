"""The commands of staff and developers, and what they share."""
