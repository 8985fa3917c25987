"""What this project adds to Rasa."""
