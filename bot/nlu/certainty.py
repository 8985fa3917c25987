"""Thresholds of the NLU, as probabilities from 0 to 1 unless said otherwise.

docs/decisions/0018-thresholds.md
"""

# A whole message is understood from here on; below it the assistant asks back.
UNDERSTOOD = 0.8
# Below BY_ITSELF a message of up to SHORT_AFTER characters is weighed by what was answered before it, a longer one
# only where it is below UNDERSTOOD. A weighed label counts from UNDERSTOOD_AFTER on.
BY_ITSELF = 0.97
UNDERSTOOD_AFTER = 0.5
SHORT_AFTER = 60
# A part that has the form of a question is answered; below it is quoted and asked back.
ASKED = 0.4
# The same inside a request, where what looks like a question may be an answer.
ASKED_IN_FORM = 0.6
# The same, where it may as well ask why the form asks.
BEYOND_DOUBT = 0.97
# A question inside a request asks for what the page does not say.
SAID_NOT_THERE = 0.85
# A part without the form of a question is answered as one.
SAID = 0.9
# A part wishes for a request, also inside one.
WISHED = 0.9
# A message is not split where the whole is in another language, stops the request or restarts.
TAKEN_WHOLE = 0.8
# A part leads up to a question ('inden jeg svarer, vil jeg vide'): it asks nothing and answers nothing.
LEADS_UP = 0.6
# A part beside a question is small talk, or a correction.
TOLD = 0.8
# Words: a free text of at most this many beside a question is kept without the question.
TOLD_SHORTLY = 4
