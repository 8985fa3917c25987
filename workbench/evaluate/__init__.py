"""How well the assistant understands, measured on lines that it was not trained on."""
