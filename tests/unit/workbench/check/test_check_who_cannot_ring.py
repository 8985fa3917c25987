"""Answers with the telephone number also name digital post, for those who cannot telephone."""

from common.settings import ROOT
from workbench.check.answers import read_domain

# Answers about digital post itself.
_OF_DIGITAL_POST = "utter_more_digital_post_"


def test_digital_post_is_named_beside_the_telephone() -> None:
    answers = [one for one in read_domain(ROOT).answers if "3821 4236" in one.text]
    assert len(answers) > 400
    without = {one.name for one in answers if "digital post" not in one.text.lower()}
    assert {name for name in without if not name.startswith(_OF_DIGITAL_POST)} == set()
