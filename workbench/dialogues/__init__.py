"""Dialogue tests: YAML files run against the whole assistant (`script/bot dialogues`)."""
