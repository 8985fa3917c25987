"""Intent classification: the labels of a message and of its parts."""
