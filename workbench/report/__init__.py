"""The command `script/bot report`: the last results of `evaluate` and `dialogues` in one HTML file."""
