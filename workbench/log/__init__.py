"""The command `script/bot log`: what citizens asked lately, from the stored conversations, masked and counted."""
