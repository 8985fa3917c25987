"""What a citizen tells beside an answer, and no field holds, is kept in their words; remarks to the chat are not.

The rows of told_beside/ were written by somebody who had seen neither code nor data. `kept`: the pieces that a clerk
would write down; `missed`: those that are lost; `changed`: known slots that change; `remark`: a remark is kept.
"""

from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import acts_of
from test_corrected import known_before

from bot.nlu.acts.request.texts.removed_words import is_told_in
from common.acts import CHANGE, SET, Act
from common.slots import FREE_TEXT, SUPPORT_PERSON_TEXT, TOLD_BESIDE

_ROWS = read_rows("told_beside")
_IN_WORDS = (*FREE_TEXT, SUPPORT_PERSON_TEXT, "meeting_department_text", "behalf_words")


def kept_in(acts: list[Act]) -> str:
    """The citizen's words in the acts, on lines of their own."""
    return "\n".join(str(act.value) for act in acts if act.slot in _IN_WORDS and act.act in (SET, CHANGE))


def faults_in(row: dict[str, Any], acts: list[Act]) -> dict[str, Any]:
    """What is lost of a row, the known slots that change, and whether a remark is kept."""
    kept = kept_in(acts)
    missed = [piece for piece in row["kept"] if not is_told_in(piece, kept)]
    changed = sorted(
        {
            act.slot
            for act in acts
            if act.act == CHANGE and act.slot not in (*FREE_TEXT, SUPPORT_PERSON_TEXT, "recording_grounds")
        }
    )
    remark = not row["kept"] and any(act.slot in (SUPPORT_PERSON_TEXT, TOLD_BESIDE) for act in acts)
    return {"missed": missed, "changed": changed, "remark": remark}


@pytest.mark.parametrize("asked", sorted({row["asked"] for row in _ROWS}))
def test_what_has_no_field_is_kept(agent: Any, asked: str, known_faults: KnownFaults) -> None:
    rows = [row for row in _ROWS if row["asked"] == asked]
    read = acts_of(agent, [row["say"] for row in rows], known_before(asked))
    found = [(row, faults_in(row, acts)) for row, acts in zip(rows, read, strict=True)]
    known_faults.hold(found, ("missed", "changed", "remark"), few=1)
