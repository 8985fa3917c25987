"""Rows of examples are held to the faults that are written beside them, and renewing writes those alone."""

from pathlib import Path

import pytest
from known_faults import KnownFaults, Row

from common.yaml_files import read_yaml

_FILE = """\
# Said by one who had seen nothing.
- {"say": "kun lyd", "missed": ["recording_medium"]}
- {say: 'ja, klokken ni', missed: true}
# The others ask.
- say: hvem bestemmer, og hvor ringer jeg
  expect: [faq_who_decides, faq_contact]
- say: hvorfor
  taken: [meeting_kind, review]
"""


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    file = tmp_path / "rows.yml"
    file.write_text(_FILE, encoding="utf-8")
    return [Row(row, file, number) for number, row in enumerate(read_yaml(file))]


def test_a_fault_that_is_not_known_fails(rows: list[Row]) -> None:
    held = KnownFaults(renews=False)
    held.hold([(rows[0], {"missed": ["recording_medium"]}), (rows[1], {"missed": True})])
    for faults in ({"missed": ["recording_medium", "meeting_date"]}, {"missed": True}):
        with pytest.raises(AssertionError, match="not known"):
            held.hold([(rows[2], faults)])
    with pytest.raises(AssertionError, match="not known"):
        held.hold([(rows[3], {"taken": ["meeting_date"]})], ("taken",), among=("meeting_date",))


def test_known_faults_that_are_gone_fail_where_there_are_many(rows: list[Row]) -> None:
    held = KnownFaults(renews=False)
    many = [Row({"say": str(number), "missed": True}, rows[0].file, number) for number in range(12)]
    held.hold([(row, {"missed": number >= 3}) for number, row in enumerate(many)])
    with pytest.raises(AssertionError, match="gone"):
        held.hold([(row, {"missed": number >= 4}) for number, row in enumerate(many)])


def test_renewing_writes_the_faults_and_leaves_the_rest_as_it_is(rows: list[Row]) -> None:
    renewing = KnownFaults(renews=True)
    renewing.hold([(rows[0], {"missed": []}), (rows[1], {"missed": True}), (rows[2], {"missed": ["faq_contact"]})])
    renewing.hold([(rows[3], {"taken": ["terms_accepted"]})], ("taken",), among=("terms_accepted", "review"))
    renewing.hold([(rows[3], {"taken": ["meeting_date"]})], ("taken",), among=("meeting_date",))
    text = rows[0].file.read_text(encoding="utf-8")
    assert text.startswith(
        "# Said by one who had seen nothing.\n"
        '- {"say": "kun lyd"}\n'
        "- {say: 'ja, klokken ni', missed: true}\n"
        "# The others ask.\n"
        "- say: hvem bestemmer"
    )
    (_, _, asks, why) = read_yaml(rows[0].file)
    assert asks["expect"] == ["faq_who_decides", "faq_contact"]
    assert asks["missed"] == ["faq_contact"]
    assert why["taken"] == ["meeting_kind", "terms_accepted", "meeting_date"]
