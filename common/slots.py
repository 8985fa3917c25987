"""Slots of a request that more than the form must know by their kind."""

# In characters: what Jura takes (legal/request.schema.json).
FREE_TEXT = {"recording_explanation": 2000, "notes_wanted": 2000, "question_text": 4000}
# Where a yes binds the citizen.
BINDING = ("terms_accepted", "review")
