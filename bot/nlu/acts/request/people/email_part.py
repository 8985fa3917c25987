"""A part of the known e-mail address that is corrected: 'gmail, ikke gmial', 'den ender på .com'."""

from bot.nlu.acts.request.message import Message, cues
from bot.nlu.values.contacts import find_contacts
from common import patterns
from common.request import State


def corrected_email(message: Message, state: State) -> str | None:
    """The known e-mail address with the part that is corrected; None where the message corrects none."""
    known = str(state.known.get("applicant_email") or "")
    found = cues()["part_of_email"].search(message.text.lower()) if known and not message.values("email") else None
    of_a_name = "applicant_name" in message.named_slots() or message.values("name")
    if not found or of_a_name:
        return None
    if found["ending"] and "applicant_email" in message.named_slots():
        mended = f"{known.rpartition('.')[0]}.{found['ending']}"
    else:
        # A whole part of it: in 'det kan jeg ikke se', 'se' is none of 'eksempel'.
        around = patterns.split(rf"\b{patterns.escape(found['old'])}\b", known.lower()) if found["old"] else ()
        # 'gmail.com, ikke gmial': the ending stands there already.
        new = found["new"] if "." in (found["old"] or "") else str(found["new"]).partition(".")[0]
        mended = new.join(around) if len(around) == 2 else ""
    return next((one.value for one in find_contacts(mended, []) if one.value != known), None)
