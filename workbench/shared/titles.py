"""Danish titles of intents, slots, acts, entities, decisions and times, where the product has none of its own."""

from functools import lru_cache

from actions.request.wording import SLOT_TITLES
from common.acts import ASK_MORE, START, Act
from common.settings import ROOT
from common.topics import topic_of
from common.yaml_files import read_yaml

# Intents without a title in data/values/intent_titles.yml: 'Mente du ...?' never offers them.
_INTENTS = {
    "inform": "En oplysning til anmodningen",
    "affirm": "Ja",
    "deny": "Nej",
    "greet": "Hilsen",
    "goodbye": "Farvel",
    "thank": "Tak",
    "will_ask": "Optakt til et spørgsmål",
    "frustration": "Vred eller ærgerlig",
    "nlu_fallback": "Ikke sikkert forstået",
}
# Slots without a title in actions/request/wording.py.
_SLOTS = {
    "requested_slot": "Det, der spørges om",
    "meeting_department_text": "Afdeling, borgerens ord",
    "meeting_recurrence": "Gentagelse, borgerens ord",
    "meetings": "Alle møder i anmodningen",
    "asking_about": "Mødet, der spørges om",
    "support_person_text": "Bisidder, borgerens ord",
    "behalf_relation": "Forhold til den anden",
    "behalf_who": "Den anden, som borgeren siger det",
    "behalf_words": "Ordene om, hvem det er for",
    "terms_accepted_at": "Sagt ja til vilkårene",
    "review": "Gennemsyn",
    "request_draft": "Kladdens nummer",
    "request_settled": "Felter, der er besvaret med ingenting",
    "request_failures": "Misforståelser i træk",
    "request_pending": "Spørgsmål ind imellem",
    "request_former": "Det, et felt holdt, før det blev åbnet igen",
    "request_undo": "Anmodningen, før noget sidst blev ændret",
    "request_waiting": "Anmodning, der venter på denne",
    "request_together": "Felter, der spørges om på én gang",
    "request_asked": "Spørgsmål om flere felter, der er stillet",
    "request_left_unsent": "En anmodning er stoppet uden at være sendt",
    "unread_words": "Ord, der ikke blev forstået",
    "privacy_shown": "Vist: sådan bruger vi dine oplysninger",
    "sent_references": "Sendte anmodninger",
    "sent_type": "Sendt sidst",
    # Questions in between, by their name in the channel's `asking`.
    "same_meeting": "Er det samme møde?",
    "which_meeting": "Hvilket af møderne?",
    "which_request": "Den her først, begge eller kun det nye?",
    "which_date": "Hvilken af to dage?",
    "which_time": "Hvilket af to klokkeslæt?",
    "same_time": "Er tidspunktet det samme?",
    "which_slot": "Hvad skal rettes?",
    "question_or_value": "Spørgsmål eller en del af anmodningen?",
    "confirm_stop": "Vil du stoppe?",
    "confirm_restart": "Vil du begynde forfra?",
}
# Slots that the form keeps for itself and no citizen fills.
BOOKKEEPING = frozenset(
    {
        "request_draft",
        "request_settled",
        "request_failures",
        "request_pending",
        "request_former",
        "request_undo",
        "request_waiting",
        "request_together",
        "request_asked",
        "meetings",
        "asking_about",
        "request_left_unsent",
        "privacy_shown",
        "unread_words",
        "meeting_department_text",
        "meeting_recurrence",
        "behalf_relation",
        "behalf_who",
        "behalf_words",
        "terms_accepted_at",
    }
)
# What a message inside a request was taken for (actions/turn).
KINDS = {
    "value": "oplysninger til anmodningen",
    "correction": "en rettelse",
    "skip": "spring over",
    "dont_know": "ved det ikke",
    "why": "hvorfor spørger I?",
    "question": "et spørgsmål ind imellem",
    "talk": "småsnak",
    "type_change": "en anden slags anmodning",
    "back": "et skridt tilbage",
    "stop": "vil stoppe",
    "stopped": "stoppet",
    "restarted": "begyndt forfra",
    "send": "send",
    "ask_back": "der skal spørges tilbage",
    "unclear": "ikke forstået",
}
# Acts (`conversation.md`).
ACTS = {
    "ask": "spørger om",
    "ask_more": "spørger videre om svaret før",
    "start": "vil begynde",
    "yes": "siger ja",
    "no": "siger nej",
    "set": "giver en oplysning",
    "change": "retter noget",
    "reopen": "vil rette noget",
    "empty": "der er ingen",
    "keep": "lader det stå",
    "vague": "en dag, der ikke kan bruges",
    "unsure": "ved det ikke",
    "choose": "vælger",
    "back": "vil tilbage",
    "wait": "vil have tid",
    "skip": "springer over",
    "why": "spørger, hvorfor der bliver spurgt",
    "stop": "vil stoppe",
    "restart": "vil begynde forfra",
    "repeat": "vil have det gentaget",
    "simplify": "vil have det enklere",
    "small_talk": "siger noget ved siden af",
    "unread": "ikke forstået",
}
# By the beginning of their names, answers besides the first one of a topic.
_KINDS_OF_ANSWERS = {"utter_simple_": " (enklere ord)", "utter_more_": " (opfølgning)"}
# Kinds of follow-up.
_HOWS = {
    "why": "hvorfor",
    "who_says": "hvem siger det",
    "what_is": "hvad betyder det",
    "which": "den ene af flere",
    "also": "gælder det også",
    "how_to": "hvordan gør jeg",
    "where": "hvor",
    "what_then": "og hvad så",
    "how_long": "hvor længe",
    "must_i": "skal jeg",
}
# Where the words or patterns of an entity stand.
_SOURCES = {
    "date": "data/values/dates.yml",
    "time": "data/values/dates.yml",
    "department": "data/values/departments.yml",
    "name": "data/values/names.yml",
    "email": "bot/nlu/values/contacts.py",
    "phone": "bot/nlu/values/contacts.py",
    "reference": "bot/nlu/values/contacts.py",
}
# Entities that are called as the slot that they fill.
_SLOT_OF_ENTITY = {
    "date": "meeting_date",
    "department": "meeting_department",
    "name": "applicant_name",
    "email": "applicant_email",
    "phone": "applicant_phone",
    "support_person": "support_person_possible",
}
_ENTITIES = {
    "time": "Klokkeslæt",
    "reference": "Referencenummer",
    "steering": "Styrer samtalen",
    "leaving_out": "Springer over",
    "agreement": "Siger ja",
    "taken_back": "Tager tilbage",
    "capacity": "Er værge eller repræsentant",
    "text_edit": "Ændrer teksten",
    "told_beside": "Fortalt ved siden af",
}
# Where the time of a turn went.
TIMES = {
    "reading": "Læse teksten",
    "choosing": "Vælge svar",
    "action": "Svare",
    "server": "Handlingsserver",
    "store": "Gemme og hente",
    "rest": "Resten af Rasa",
    "channel": "Kanalen",
}


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    file = ROOT / "data" / "values" / "intent_titles.yml"
    return {str(name): str(title) for name, title in read_yaml(file).items()}


def intent_title(name: str) -> str:
    """The Danish title of an intent; its name when it has none."""
    return _titles().get(name) or _INTENTS.get(name, name)


def answer_title(response: str) -> str:
    """What an answer is about, in Danish, and whether it is the plainer one or to a follow-up; else its name."""
    topic = topic_of(response)
    if not topic:
        return response or "Et svar uden navn"
    kind = next((kind for beginning, kind in _KINDS_OF_ANSWERS.items() if response.startswith(beginning)), "")
    return f"{intent_title(topic)}{kind}"


def slot_title(name: str) -> str:
    """The Danish title of a slot or a question in between; its name when it has none."""
    return SLOT_TITLES.get(name) or _SLOTS.get(name, name)


def entity_title(name: str) -> str:
    """The Danish title of an entity."""
    return _ENTITIES.get(name) or slot_title(_SLOT_OF_ENTITY.get(name, name))


def source(entity: str, rule: str = "") -> str:
    """The file with the words or patterns of an entity, or with the answers that it was learnt from."""
    if rule == "learned":
        return f"data/choices/{entity}.yml"
    return _SOURCES.get(entity, "data/values/choices.yml")


def act_value(act: Act) -> str:
    """What an act is about, in Danish; an empty text when it is about nothing."""
    if act.act == ASK_MORE:
        about = f" ({act.about})" if act.about else ""
        return f"{_HOWS.get(act.value, act.value)}{about}"
    if act.slot:
        value = " eller ".join(act.readings) or act.value
        return f"{slot_title(act.slot)}: {value}" if value not in ("", None) else slot_title(act.slot)
    if act.act == START:
        return intent_title(f"request_{act.value}")
    return intent_title(str(act.value)) if act.value else ""
