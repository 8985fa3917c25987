"""Bot room, NLU: how a Danish sentence is understood."""
