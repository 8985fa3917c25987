"""Actions outside a request."""
