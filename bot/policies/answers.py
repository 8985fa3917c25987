"""Rasa policy that answers questions and follow-ups, several a turn, without the action server."""

import json
import logging
from collections.abc import Mapping
from typing import Any, Self

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.past import before_latest, done_since
from bot.policies.learnt import Learnt
from bot.policies.plan import FORM, plan
from common.acts import VAGUE, Act, named

_LOG = logging.getLogger(__name__)
_FILE = "answers.json"
# RulePolicy has 6: at equal confidence this policy wins.
_PRIORITY = 7


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AnswersPolicy(Policy):
    """Predicts the steps of the turn's plan one by one; abstains where a rule or the form answers.

    docs/decisions/0007-follow-ups-by-a-policy-of-ours.md
    """

    def __init__(  # noqa: PLR0917  Rasa's own order
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
        learnt: Learnt | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._learnt = learnt or Learnt()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default priority."""
        return {"priority": _PRIORITY}

    @staticmethod
    def supported_data() -> SupportedData:
        """Train on rules and on stories."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Learn the answers from rules and stories; ValueError where two stories disagree."""
        self._learnt = Learnt.of(training_trackers)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._learnt.state(), ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Load the trained policy (Rasa calls this)."""
        with model_storage.read_from(resource) as folder:
            state = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, execution_context, learnt=Learnt.from_state(state))

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predict the next step of the turn's plan, then `action_listen`; nothing where there is no plan."""
        past = before_latest(tracker)
        steps = plan(acts_of(tracker), past, self._learnt, elsewhere=is_elsewhere(tracker))
        if steps is not None:
            steps = [step for step in steps if self._is_known(step.action, domain)]
        done = done_since(tracker)
        if steps is None or done[: len(steps)] != [step.action for step in steps][: len(done)]:
            return self._prediction(self._default_predictions(domain))
        if len(done) >= len(steps):
            # An active form predicts what follows.
            if past.in_form or FORM in done or tracker.active_loop_name:
                return self._prediction(self._default_predictions(domain))
            return self._predict(ACTION_LISTEN_NAME, {}, domain, past.in_form)
        step = steps[len(done)]
        return self._predict(step.action, step.slots, domain, past.in_form)

    @staticmethod
    def _is_known(action: str, domain: Domain) -> bool:
        """Whether the domain has the action; one that is missing is logged and skipped."""
        known = action in domain.action_names_or_texts
        if not known:
            _LOG.error("action %s is not in the domain; the turn goes on without it", action)
        return known

    def _predict(self, action: str, slots: Mapping[str, str], domain: Domain, in_form: bool) -> PolicyPrediction:
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(
            probabilities,
            optional_events=[SlotSet(slot, value) for slot, value in slots.items()],
            # Inside a form, Rasa prefers the form's own prediction over one for the user's message.
            is_no_user_prediction=in_form,
        )


def acts_of(tracker: DialogueStateTracker) -> list[Act]:
    """Return the acts of the latest message without those for the form; a payload without acts is one act."""
    message = tracker.latest_message
    parsed = (message.parse_data if message else None) or {}
    if "acts" in parsed:
        return [act for act in map(Act.of, parsed["acts"]) if not act.to]
    intent = message.intent.get("name") if message and message.intent else None
    if not intent:
        return []
    act, value = named(intent)
    return [Act(act, value, label=intent)]


def is_elsewhere(tracker: DialogueStateTracker) -> bool:
    """Whether the meeting that the latest message asks about is with another authority."""
    parsed = (tracker.latest_message.parse_data if tracker.latest_message else None) or {}
    return any((act["act"], act["slot"]) == (VAGUE, "meeting_department") for act in parsed.get("acts") or ())
