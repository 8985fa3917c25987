"""What is wrong in the answers and the training data, in seconds and without a training."""
