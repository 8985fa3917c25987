"""Reasons, wishes and questions in the citizen's own words, and their edits."""
