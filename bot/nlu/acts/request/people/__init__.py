"""Who writes, and for whom."""
