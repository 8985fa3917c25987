"""The command `script/bot bench`: how fast the assistant is, side by side with Rasa's own default pipeline."""
