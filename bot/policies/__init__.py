"""What this project adds to Rasa's policies."""
