"""The command `script/bot inspect`: a local page with the chat and what was understood in each turn."""
