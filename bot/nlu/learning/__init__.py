"""Shared parts of the trained models: embeddings, TF-IDF features, storage in Rasa."""
