"""What the learnt models share: embeddings, counted features, and how a model is kept."""
