"""A Rasa policy that answers questions and follow-ups."""
