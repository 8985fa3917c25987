"""Classification of answers to a choice, learnt from data/choices."""
