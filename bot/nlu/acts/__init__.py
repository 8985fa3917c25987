"""A message becomes acts."""
