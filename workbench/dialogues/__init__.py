"""Conversations written down as YAML, held with the real assistant, and judged."""
