"""Names of responses: the topic that an answer is about, and the plainer wording of an answer."""

from common import patterns

# Kinds of follow-ups; with `_ASKED_ON`, the endings of utter_more_<topic>_<how>.
HOWS = ("why", "who_says", "what_is", "which", "also", "how_to", "where", "what_then", "how_long", "must_i")
_ASKED_ON = "|".join((*HOWS, "not_on_page", "offer", "no"))
_MORE = patterns.compile(rf"utter_more_(?P<topic>\w{{1,40}}?)_(?:{_ASKED_ON})(?:_\w+)?")
_ANSWER, _PLAINER, _MORE_OF = "utter_faq_", "utter_simple_", "utter_more_"
# Answers that have no topic of the page but allow follow-ups.
_OTHERS = ("utter_human_handover", "utter_help", "utter_bot_challenge")


def topic_of(response: str) -> str | None:
    """The label that a response answers (`faq_notes` for `utter_more_notes_where`); None where it answers none."""
    for beginning in (_ANSWER, _PLAINER):
        if response.startswith(beginning):
            return f"faq_{response.removeprefix(beginning)}"
    if response.startswith(_MORE_OF):
        found = _MORE.fullmatch(response)
        if found is None:
            return None
        return f"faq_{found['topic']}" if f"utter_{found['topic']}" not in _OTHERS else found["topic"]
    return response.removeprefix("utter_") if response in _OTHERS else None


def plainer(response: str) -> str:
    """The name of the plainer wording of an answer from the page."""
    return response.replace(_ANSWER, _PLAINER, 1)


def is_answer(response: str) -> bool:
    """Whether a response is an answer from the page that has a plainer wording."""
    return response.startswith(_ANSWER)
