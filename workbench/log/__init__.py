"""What citizens asked lately, out of the stored conversations, masked and counted."""
