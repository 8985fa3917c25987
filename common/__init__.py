"""What every process needs and that knows neither Rasa nor Jura."""
