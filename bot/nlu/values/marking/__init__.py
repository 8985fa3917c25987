"""Marks values that the sentence around them denies, assigns to another matter, or places in time."""
