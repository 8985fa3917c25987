"""A request's payload, its sending, and the wording of its values."""
