"""Days, hours, numbers and addresses of something else are marked aside."""

from datetime import datetime
from pathlib import Path

import pytest
from value_tables import rows

from bot.nlu.values.extract import find_values
from common.clock import COPENHAGEN

NOW = datetime(2026, 12, 1, 10, tzinfo=COPENHAGEN)
ROWS = rows(Path(__file__).with_name("aside.tsv"), 4)


@pytest.mark.parametrize(("text", "entity", "meant", "aside"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_values_of_something_else_are_marked_aside(text: str, entity: str, meant: str, aside: str) -> None:
    found = [one for one in find_values(text, NOW) if one.entity == entity and not one.negated]
    said = {text[one.start : one.end].strip(" .") for one in found if not one.aside}
    others = {text[one.start : one.end].strip(" .") for one in found if one.aside}
    assert said == ({meant.strip(" .")} if meant != "-" else set())
    assert others >= {one.strip(" .") for one in aside.split(";") if one}
