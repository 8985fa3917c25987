"""The routes of the page: its turns, marking a turn as wrong, saving the conversation as a dialogue."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from common.settings import ROOT
from workbench.inspect.assistant import InspectedAssistant
from workbench.inspect.conversations import Conversations
from workbench.inspect.nearest import Nearest
from workbench.inspect.replay import replay
from workbench.inspect.review import Review, ReviewError
from workbench.inspect.saving import SavingError, Wanted, folders, save
from workbench.inspect.view import view, without_cpr
from workbench.shared import titles
from workbench.shared.vocabulary import vocabulary

_OUTCOMES = {
    "new": "Skrevet i {file}.",
    "moved": "Flyttet til det nye emne i {file}.",
    "known": "Linjen stod der allerede, i {file}.",
}


@dataclass(frozen=True)
class _Marked:
    """What the page says about the last mark of a turn."""

    text: str
    failed: bool = False


@dataclass(frozen=True)
class _Saved:
    """What the page says about the last saving: why it failed, with what was typed; or the file, and why it fails."""

    failed: bool = False
    text: str = ""
    folder: str = ""
    name: str = ""
    title: str = ""
    file: str = ""
    report: str | None = None


def pages(
    assistant: InspectedAssistant, conversations: Conversations, nearest: Nearest, review: Review, dialogues: Path
) -> Blueprint:
    """GET /, /samtale/<number>/ and its turns; POST of a mark and of a dialogue."""
    blueprint = Blueprint("pages", __name__)
    marked: dict[str, _Marked] = {}
    saved: dict[int, _Saved] = {}

    def shown(number: int) -> dict[str, Any]:
        turns = conversations.turns(number)
        responses = assistant.agent.domain.responses if assistant.agent.domain else {}
        return {
            "number": number,
            "turns": [
                {
                    **view(turn, assistant.stopwatch.of(turn.id), nearest, responses),
                    "number": place,
                    "mark": conversations.marks.get(turn.id),
                    "told": marked.get(turn.id),
                }
                for place, turn in enumerate(turns, 1)
            ][::-1],
            "labels": _labels(),
        }

    def first() -> AnyResponse:
        return redirect(url_for("pages.page", number=conversations.numbers[-1]))

    def page(number: int) -> str:
        numbers = sorted({*conversations.numbers, number})
        return render_template(
            "page.html",
            **shown(number),
            numbers=numbers,
            next=numbers[-1] + 1,
            folders=folders(dialogues),
            saved=saved.get(number),
        )

    def turns(number: int) -> Response:
        body = render_template("turns.html", **shown(number))
        response = Response(body, content_type="text/html; charset=utf-8")
        response.set_etag(sha256(body.encode()).hexdigest()[:32])
        response.make_conditional(request)
        return response

    def wrong(number: int, turn_id: str) -> AnyResponse:
        turn = next((turn for turn in conversations.turns(number) if turn.id == turn_id), None)
        label = request.form.get("label", "")
        if turn is None or turn.button:
            abort(404)
        if label not in _labels():
            marked[turn_id] = _Marked("Vælg det emne, der er det rigtige.", failed=True)
        else:
            try:
                noted = review.note(turn.text, label)
                conversations.marks[turn_id] = label
                marked[turn_id] = _Marked(_OUTCOMES[noted.outcome].format(file=_place(review.file)))
            except ReviewError as error:
                marked[turn_id] = _Marked(str(error), failed=True)
        return redirect(url_for("pages.page", number=number, _anchor=f"tur-{turn_id}"), 303)

    def keep(number: int) -> AnyResponse:
        saved[number] = _save(conversations, number, assistant, dialogues)
        return redirect(url_for("pages.page", number=number, _anchor="gem"), 303)

    blueprint.add_url_rule("/", view_func=first)
    blueprint.add_url_rule("/samtale/<int:number>/", view_func=page)
    blueprint.add_url_rule("/samtale/<int:number>/ture", view_func=turns)
    blueprint.add_url_rule("/samtale/<int:number>/ture/<turn_id>/forkert", view_func=wrong, methods=["POST"])
    blueprint.add_url_rule("/samtale/<int:number>/gem", view_func=keep, methods=["POST"])
    return blueprint


def _save(conversations: Conversations, number: int, assistant: InspectedAssistant, dialogues: Path) -> _Saved:
    """Saves the conversation and runs the dialogue."""
    turns = conversations.turns(number)
    given = {name: request.form.get(name, "")[:200] for name in ("folder", "name", "title")}
    try:
        file = save(turns, Wanted(**given), conversations.marks, dialogues)
    except SavingError as error:
        return _Saved(failed=True, text=str(error), **without_cpr(given))
    return _Saved(file=_place(file), report=without_cpr(replay(file, assistant)))


def _labels() -> dict[str, str]:
    """The labels that a line can have and their Danish titles, sorted by title."""
    # nlu_fallback is Rasa's, no meaning of a line.
    found = {name: titles.intent_title(name) for name in vocabulary().intents if not name.startswith("nlu_")}
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)
