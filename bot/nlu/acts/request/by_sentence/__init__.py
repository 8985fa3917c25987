"""Messages of several sentences, each read by itself."""
