"""Rasa's policy around the plan of a turn: questions and follow-ups, several at once, without the action server."""

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
# A rule has 6: at equal confidence this one is heard.
_PRIORITY = 7


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AnswersPolicy(Policy):
    """Answers what a message asks, act by act; abstains where a rule or the form does."""

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
        """Its priority among the policies."""
        return {"priority": _PRIORITY}

    @staticmethod
    def supported_data() -> SupportedData:
        """It learns from rules and from stories."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Learns what is answered with what; ValueError where stories disagree."""
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
        """The policy as it was trained."""
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
        """The next step of the turn's plan, then to listen; nothing where there is no plan."""
        past = before_latest(tracker)
        steps = plan(acts_of(tracker), past, self._learnt, elsewhere=is_elsewhere(tracker))
        if steps is not None:
            steps = [step for step in steps if self._is_known(step.action, domain)]
        done = done_since(tracker)
        if steps is None or done[: len(steps)] != [step.action for step in steps][: len(done)]:
            return self._prediction(self._default_predictions(domain))
        if len(done) >= len(steps):
            # A form that was begun, or goes on, has what follows.
            if past.in_form or FORM in done or tracker.active_loop_name:
                return self._prediction(self._default_predictions(domain))
            return self._says(ACTION_LISTEN_NAME, {}, domain, past.in_form)
        step = steps[len(done)]
        return self._says(step.action, step.slots, domain, past.in_form)

    @staticmethod
    def _is_known(action: str, domain: Domain) -> bool:
        """Whether the domain has the action: a reply that is not there is left out, and stops no conversation."""
        known = action in domain.action_names_or_texts
        if not known:
            _LOG.error(
                "the domain has no %s, which a turn was to be answered with; the turn goes on without it", action
            )
        return known

    def _says(self, action: str, slots: Mapping[str, str], domain: Domain, in_form: bool) -> PolicyPrediction:
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(
            probabilities,
            optional_events=[SlotSet(slot, value) for slot, value in slots.items()],
            # Inside a form only such a prediction is heard beside the form's own.
            is_no_user_prediction=in_form,
        )


def acts_of(tracker: DialogueStateTracker) -> list[Act]:
    """The acts of the latest message that are not a request's. A button's payload is the one act that it names."""
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
