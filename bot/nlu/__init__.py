"""How a Danish sentence is understood."""
