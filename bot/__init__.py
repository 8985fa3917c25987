"""Bot room: what this project adds to Rasa."""
