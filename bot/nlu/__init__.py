"""Danish natural language understanding: components of Rasa's NLU pipeline."""
