"""Beside the telephone number of an answer stands digital post: who cannot hear or speak cannot ring."""

from common.settings import ROOT
from workbench.check.answers import read_domain

# They tell how digital post is found, or that it need not be used.
_OF_DIGITAL_POST = "utter_more_digital_post_"


def test_digital_post_stands_beside_the_telephone() -> None:
    answers = [one for one in read_domain(ROOT).answers if "3821 4236" in one.text]
    assert len(answers) > 400
    without = {one.name for one in answers if "digital post" not in one.text.lower()}
    assert {name for name in without if not name.startswith(_OF_DIGITAL_POST)} == set()
