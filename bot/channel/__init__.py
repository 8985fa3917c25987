"""The web chat: Rasa input channel, HTTP API and widget."""
