"""Bot room, dialogues: conversations written down as YAML, held with the real assistant, and judged."""
