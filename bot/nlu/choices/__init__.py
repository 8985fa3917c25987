"""Answers to a choice, learnt from data/choices."""
