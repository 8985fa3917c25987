"""Thresholds of reading a message inside a request: shares of labels and answers, words, characters.

The shares are those of bot/nlu/intents/intent_model.py (labels) and bot/nlu/choices/choice_model.py (answers), set on
the turns and answers of tests/nlu (turns, choices, binding). Figures: docs/decisions/0018.
"""

# Least confidence of a label that counts.
SURE = 0.5
# Least confidence where a long message could be something else: free text, another kind of request.
CERTAIN = 0.9
# A label below UNDERSTOOD (bot/nlu/certainty.py) is `nlu_fallback`. Inside a request the slot asked for narrows down
# the meaning, so that it counts from here on.
SURE_IN_A_REQUEST = 0.6

# Least probability of a learnt answer.
LIKELY = 0.4
# For a second answer to the same slot; the review shows how it was read.
LESS_LIKELY = 0.25
# For an answer in a message with a day, name or number.
PLAIN = 0.75
# Least difference between two values; below it, it is asked again.
NEAR = 0.08
# Least probability of the value that a phrase stands for, in the message or its clause.
POSSIBLE = 0.2
# The same for a choice not asked for: 'de ringer bare til mig' is no purpose.
SAID = 0.4
# The same in a first message, which says each thing in few words.
SAID_FIRST = 0.2
# Further grounds after the likeliest: in the whole message, in a clause.
ALSO = 0.93
ALSO_IN_A_CLAUSE = 0.94
# The likeliest ground of a message that says why ('fordi ...').
SAID_TO_BE_WHY = 0.5
# Answers about the support person after another question was asked in between.
SPOKEN_OF = 0.9
# A text tells a reason, beside a question and without one; it names a department in the citizen's own words.
TELLS_A_REASON, MAY_TELL_A_REASON, NAMES_A_PLACE = 0.35, 0.1, 0.1
# A sentence behind one that tells a reason goes on with it: 'det har jeg været ked af', and not 'nå, lad os prøve'.
MORE_OF_A_REASON = 0.2
# A clause that names no ground tells a reason, before that is asked for: the mean of two shares, and each of them.
REASON_BY_ITSELF, EACH_OF_A_REASON = 0.5, 0.3
# A statement in place of the reason is asked about below this; of unseen reasons one in ten is below.
HARDLY_TELLS_A_REASON = 0.2
# "No day is fixed", where a period is named ('engang i det nye år').
NO_DAY = 0.8
# A new value for a known choice that is not named.
CHOSEN_ANEW = 0.8
# A clause tells something of the request, also where a text is asked for, and more of the reason; a choice in it.
TOLD_OF, TOLD_IN_A_TEXT, TOLD_BEYOND_DOUBT, MAY_BE_TOLD = 0.7, 0.95, 0.8, 0.25
# Least probability that a clause tells of the meeting, where its only day is 'i morgen'.
TOLD_IN_PASSING = 0.15
ADDS_TO_A_REASON = 0.8
CHOSEN_BESIDE = 0.6
# A message wants the text of the request changed.
EDITS_A_TEXT = 0.7
# A clause tells something for which the request has no field.
HAS_NO_FIELD = 0.7
# A clause says how or when the citizen is to be reached; where it may tell a value as well.
REACHES, REACHES_BEYOND_DOUBT, REACHES_IN_FEW_WORDS = 0.6, 0.85, 0.95
# A clause beside how to be reached says why.
TELLS_WHY_BESIDE = 0.7
# A sentence beside a yes is said to the chat.
SAID_TO_US = 0.7
# A clause says that the citizen is guardian or representative.
TELLS_CAPACITY = 0.8
# A message, or a clause of it, takes something back that is known; where it has the form of a question.
TAKES_BACK, TAKES_BACK_BEYOND_DOUBT = 0.8, 0.95
# A message as a whole, of which a clause says that the request is for oneself.
FOR_ONESELF_AS_A_WHOLE = 0.4
# The slot asked for is skipped.
LEFT_OUT = 0.6
# Certainty of a value that was read from a sentence and not from a bare answer: it is said back.
READ_FROM_A_SENTENCE = 0.9

# A likely yes, after which the binding words are asked for: with a matching label, without one, and
# in the first person ('dem siger jeg ja til').
AGREES = 0.8
AGREES_BEYOND_DOUBT = 0.9
AGREES_IN_WORDS, TORN = 0.4, 0.65
# A clause next to a yes, about what was asked: 'nu passer det endelig'.
REMARKS = 0.2
# Highest probability of a no or unsure next to it; the second where the yes is beyond doubt.
DISAGREES, MAY_DISAGREE = 0.15, 0.4

# Steering without a slot named ('lige én tilbage').
STEERS = 0.6
STEERS_FREE_TEXT = 0.9
# 'Hvorfor er jeg nødt til at oplyse det?' sounds like a topic as well, and the topic wins from `TOPIC` on.
STEERS_BEYOND_DOUBT = 0.9
TOPIC = 0.97

# Inside a free text: a question, a topic without the form of a question, a wish for a request.
ASKED = 0.6
ASKED_WITHOUT_FORM = 0.985
WISHED = 0.8

# In days: a reading in the expected direction this far away is doubted where the other direction is near.
FAR_DAYS = 200
# 'Den 10. december', of notes, on the first: ten days to come is likelier than a year ago; 'den 15. januar' is not.
NEAR_DAYS = {"recording": 60, "notes": 31}

# Number of values that make a wish of a message with another label.
VALUES_OF_A_WISH = 2
# Digits from which a text is a failed telephone number.
DIGITS_OF_A_PHONE = 3

# In words: a longer message also says something else, or is a text.
STEERING_WORDS = 8
STOP_WORDS, STOP_WORDS_BY_LABEL = 12, 40
STOP_WORDS_OF_A_QUESTION = 5
BACK_WORDS = 15
WHY_WORDS = 5
YES_WORDS, YES_WORDS_BY_LABEL, YES_WORDS_BY_ANSWER = 15, 6, 8
NO_WORDS = 4
CHOICE_WORDS, CHOICE_WORDS_BY_NAME = 15, 8
BETWEEN_WORDS = 8
KIND_WORDS = 2
# 'Jeg vil hellere have et referat'
NAMED_WORDS = 6
WISH_WORDS, WISH_WORDS_IN_A_TEXT = 40, 12
CORRECTION_WORDS, CORRECTION_WORDS_BY_NAME = 20, 4
# A day in a longer message is mentioned in passing.
DAY_WORDS = 6
TALK_WORDS = 15
QUESTION_WORDS = 40
NOTHING_WORDS, NOTHING_WORDS_TO_JURA = 4, 2
DEPARTMENT_WORDS, PERSON_WORDS, ELSEWHERE_WORDS = 12, 6, 4
# 'I kan bare slå mig op, cpr (CPR-nummer skjult)' gives no reason.
REASON_WORDS_BESIDE_A_NUMBER = 10
# With more sentences or clauses, a message is read as a whole.
MOST_SENTENCES = 6
MOST_CLAUSES = 12
# A sentence in a reason or wish that is only about a meeting; words outside its values.
SENTENCE_WORDS, WORDS_BESIDE = 25, 2
# Text to be written that may be a field: 'skriv, at det er for min mand Jeppe'.
WORDS_OF_A_FIELD = 14
# Words outside the values of a sentence that only tells values.
WORDS_BESIDE_A_VALUE = 6
# A choice told in a reason: 'og jeg kan ikke tage en bisidder med'.
WORDS_OF_A_CHOICE = 8
# Words outside a correction in a text: 'tidspunktet er forkert, det er kl. 14'.
WORDS_OF_A_CORRECTION = 3
# 'Grunden er dokumentation' is the ground's name, and no reason in words. The longest name, on its button, has eight.
GROUNDS_WORDS, NOT_GROUNDS_WORDS = 12, 12
# A sentence that tells one ground and nothing else: 'jeg hører dårligt og når ikke at få det hele med'.
WORDS_OF_A_GROUND = 12
# An answer of so few words says nothing else.
FEW_WORDS = 3
OWN_GROUNDS_WORDS = 5

# In characters: longest department, reason or name in own words.
OWN_WORDS_LENGTH = 200
# Least similarity (0 to 1) of a name and its correction.
SPELT_ANEW = 0.8
# In characters: words kept with an act that has no value.
KEPT_LENGTH = 100
