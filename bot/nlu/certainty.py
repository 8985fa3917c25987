"""How sure a reading must be, from 0 to 1; docs/nlu.md has what each was measured on."""

# A whole message counts as understood; below it the assistant asks back. A confidently wrong answer costs five times an
# asking back; measured so on the development lines, the cost is lowest here.
UNDERSTOOD = 0.8
# A short message that is less sure than this is read in the light of the answer before it
# (bot/nlu/intents/after_answer.py), a longer one where it is not understood by itself; so read it counts as understood
# from the second figure on.
BY_ITSELF = 0.97
UNDERSTOOD_AFTER = 0.5
SHORT_AFTER = 60
# A part that has the form of a question is answered; below it is named and asked back.
ASKED = 0.4
# Inside a request what looks like a question may be an answer.
ASKED_IN_FORM = 0.6
# The same, where it may as well be asked why the form asks.
BEYOND_DOUBT = 0.97
# A part without the form of a question is answered as one.
SAID = 0.9
# A part wishes for a request.
WISHED = 0.9
# Inside a request it must be plainer: what is answered there may sound like a wish.
WISHED_IN_FORM = 0.9
# A message is not taken apart that as a whole is in another language, or stops or begins anew.
TAKEN_WHOLE = 0.8
# What is said beside a question is small talk, or a correction.
TOLD = 0.8
# In words: what is told in a text beside a question is kept without it, as long as it is no longer than this.
TOLD_SHORTLY = 4
