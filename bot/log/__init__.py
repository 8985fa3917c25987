"""Bot room, log: what citizens asked lately, out of the stored conversations, masked and counted."""
