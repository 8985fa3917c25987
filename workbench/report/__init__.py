"""The last results of `evaluate` and `dialogues` in one file that can be sent by e-mail."""
