"""Random walks of citizens' sentences, buttons and silences, with the trained model, the real actions and receiver.

No exception reaches the citizen, no value is stored that was not said, nothing is sent without a yes, and the form can
always be stopped. `--fuzz-turns` and `--fuzz-seed` say how long the walks are in all, and which ones they are.
"""

from collections.abc import Sequence
from itertools import count

import pytest
from fuzz.moment import Broken
from fuzz.walk import Figures, Log, Open, Step, Walk
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

# The percentage of each kind of step.
_SHARES = {
    "answer": 38,
    "say": 15,
    "press": 13,
    "meeting": 9,
    "ask": 5,
    "both": 5,
    "second": 3,
    "loose": 2,
    "stop": 2,
    "finish": 2,
    "twice": 2,
    "again": 2,
    "silence": 2,
}
_NUMBER = st.integers(0, 9_999)
# Without digits, which could be read as days, hours and numbers.
_TEXT = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), min_size=1, max_size=80)
_STEP = st.sampled_from([kind for kind, share in _SHARES.items() for _ in range(share)]).flatmap(
    lambda kind: st.builds(Step, st.just(kind), _NUMBER, _NUMBER, _TEXT if kind == "loose" else st.just(""))
)
_ANSWER = st.builds(Step, st.just("answer"), _NUMBER)
_WISHES = ["recording", "several", "behalf", "notes", "question", "several", "behalf", None]
_WISH = st.sampled_from(_WISHES).flatmap(
    lambda wish: st.tuples(st.builds(Step, st.just("wish"), _NUMBER, text=st.just(wish))) if wish else st.just(())
)
# Sends a request, then wishes for a second one.
_SECOND = st.one_of(
    st.just(()), st.just(()), st.tuples(st.just(Step("finish")), st.builds(Step, st.just("second"), _NUMBER), _ANSWER)
)
# The receiver's state, the wish, and enough likely answers to reach every slot.
_WALK = (
    st.sampled_from(["up", "up", "up", "503"]),
    _WISH,
    st.lists(_ANSWER, max_size=10),
    _SECOND,
    st.lists(_STEP, max_size=30),
)
_TURNS_A_WALK = 20


# A long run takes a quarter of an hour, and shrinking a failure some minutes.
@pytest.mark.timeout(3600)
def test_random_walks_break_no_invariant(
    open_fuzz: Open, fuzz_log: Log, fuzz_figures: Figures, pytestconfig: pytest.Config
) -> None:
    turns = pytestconfig.getoption("--fuzz-turns")

    def walk(jura: str, wish: Sequence[Step], first: list[Step], second: Sequence[Step], then: list[Step]) -> None:
        Walk(open_fuzz(jura), fuzz_log, fuzz_figures).hold([*wish, *first, *second, *then])

    # Walks have random lengths: runs rounds, each with its own seed, until the turns are reached.
    for number in count(fuzz_figures.seed):
        held = settings(
            max_examples=max(1, (turns - fuzz_figures.turns) // _TURNS_A_WALK),
            database=None,
            deadline=None,
            print_blob=False,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(seed(number)(given(*_WALK)(walk)))
        try:
            held()
        except Broken as broken:
            fuzz_figures.broken.append(str(broken).splitlines()[0])
            pytest.fail(f"--fuzz-seed {number}: {broken}", pytrace=False)
        if fuzz_figures.turns >= turns:
            break
