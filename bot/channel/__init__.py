"""Bot room, channel: the web chat."""
