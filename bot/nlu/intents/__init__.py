"""What a citizen means: the labels of a message and of its parts."""
