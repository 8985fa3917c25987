"""Thresholds of reading a message inside a request: shares of labels and answers, words, characters.

The shares are those of bot/nlu/intents/intent_model.py (labels) and bot/nlu/choices/choice_model.py (answers), set on
the turns and answers of tests/nlu (turns, choices, binding). Figures: docs/nlu.md.
"""

# A label is taken for what was meant.
SURE = 0.5
# It counts also where a long message could be something else: free text, another kind of request.
CERTAIN = 0.9
# Below UNDERSTOOD (bot/nlu/certainty.py) a label becomes `nlu_fallback`. Inside a request, where what is asked for
# narrows down what can be meant, and a question is answered without being asked back, it counts from here on.
SURE_IN_A_REQUEST = 0.6

# A learnt answer counts.
LIKELY = 0.4
# Who answers a second time has said it as well as they can; the review shows what it was taken for.
LESS_LIKELY = 0.25
# Beside a day, a name or a number it must be plainer.
PLAIN = 0.75
# As near as this, two values are as good as each other: asked again.
NEAR = 0.08
# A phrase counts only where the message, or its clause, could be the answer that the phrase stands for.
POSSIBLE = 0.2
# Of a choice that was not asked for, it must say so itself: 'de ringer bare til mig' is no purpose.
SAID = 0.4
# A first message says much at once, each thing in few words.
SAID_FIRST = 0.2
# A second ground beside the likeliest.
ALSO = 0.93
ALSO_IN_A_CLAUSE = 0.94
# A ground of what is said to be why ('fordi ...').
SAID_TO_BE_WHY = 0.5
# A support person was spoken of, whatever was asked in between.
SPOKEN_OF = 0.9
# No day is fixed, where a time but no day is named ('engang i det nye år').
NO_DAY = 0.8
# A choice that is known is meant otherwise, and not named.
CHOSEN_ANEW = 0.8
# What was asked for is left out.
LEFT_OUT = 0.6

# Something like a yes, which is then asked for in words that bind: the answer, with a label beside it, without one, and
# in the first person ('dem siger jeg ja til').
AGREES = 0.8
AGREES_BEYOND_DOUBT = 0.9
AGREES_IN_WORDS, TORN = 0.4, 0.65
# As much as that may speak against it, and as much where the label is certain.
DISAGREES, MAY_DISAGREE = 0.15, 0.4

# A message steers: it names no slot ('lige én tilbage'), so it must be plain.
STEERS = 0.6
STEERS_FREE_TEXT = 0.9
# 'Hvorfor er jeg nødt til at oplyse det?' sounds like a topic as well, and the topic wins from `TOPIC` on.
STEERS_BEYOND_DOUBT = 0.9
TOPIC = 0.97

# In a text: a question is answered; a topic is asked about also where nothing has a question's form; a wish is one.
ASKED = 0.6
ASKED_WITHOUT_FORM = 0.985
WISHED = 0.8

# Days: a reading in the right direction that is this far away is doubted when the other direction is near.
FAR_DAYS = 200
# 'Den 10. december', of notes, on the first: ten days to come is likelier than a year ago; 'den 15. januar' is not.
NEAR_DAYS = {"recording": 60, "notes": 31}

# Values beside a wish make a request of what has another label.
VALUES_OF_A_WISH = 2
# So many digits are meant as a telephone number.
DIGITS_OF_A_PHONE = 3

# Words. A longer message says something else as well, or tells a text.
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
# A day told in more words is told in passing.
DAY_WORDS = 6
TALK_WORDS = 15
QUESTION_WORDS = 40
NOTHING_WORDS, NOTHING_WORDS_TO_JURA = 4, 2
DEPARTMENT_WORDS, PERSON_WORDS, ELSEWHERE_WORDS = 12, 6, 4
# 'I kan bare slå mig op, cpr (CPR-nummer skjult)' gives no reason.
REASON_WORDS_BESIDE_A_NUMBER = 10
# A message of more sentences tells a story, and is read as a whole.
MOST_SENTENCES = 6
MOST_CLAUSES = 12
# A sentence of a reason or a wish that tells of a meeting and nothing else; and words beside that meeting's values.
SENTENCE_WORDS, WORDS_BESIDE = 25, 2
# Told to be written, so few may be a value of the request and no text: 'skriv, at det er for min mand Jeppe'.
WORDS_OF_A_FIELD = 14
# Beside a value that a sentence of a wish tells, and nothing else.
WORDS_BESIDE_A_VALUE = 6
# Beside a reason, so few choose who comes along or what for: 'og jeg kan ikke tage en bisidder med'.
WORDS_OF_A_CHOICE = 8
# Beside a correction in a text, where hardly more is said: 'tidspunktet er forkert, det er kl. 14'.
WORDS_OF_A_CORRECTION = 3
# 'Grunden er dokumentation' is the ground's name, and no reason in words.
GROUNDS_WORDS, NOT_GROUNDS_WORDS = 6, 12
# So few say nothing else than what was asked.
FEW_WORDS = 3
OWN_GROUNDS_WORDS = 5

# Characters. A longer message is no department, reason or name in own words.
OWN_WORDS_LENGTH = 200
# Kept of what an act without a value of its own was read from: the message has its words itself.
KEPT_LENGTH = 100
