"""The parts of a message that tell of meetings, and the values in them."""
