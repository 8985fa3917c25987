"""Limits of the conversation inside a request: silence, misunderstandings, quoted characters.

How certain a reading must be stands in bot/nlu/certainty.py; acts are applied as they were read.
"""

# Seconds of silence after which the citizen is told where the request stands. Our choice: conversation.md has none.
SILENCE_SECONDS = 30 * 60
# Misunderstandings in a row after which the next reply is a way out (conversation.md, 7).
PATIENCE = 2
# Characters of a text that was not understood that are quoted back.
MOST_QUOTED = 200
