"""How patient the assistant is inside a request, and how much it repeats: every limit of applying acts.

How sure a reading must be stands with the reading (bot/nlu/certainty.py): here an act is taken as it was read.
"""

# After so much silence the citizen is told where the request stands (seconds). conversation.md names no figure.
SILENCE_SECONDS = 30 * 60
# Misunderstandings in a row after which the next reply is a way out (conversation.md, 7).
PATIENCE = 2
# So many characters of what was not understood are repeated.
MOST_QUOTED = 200
