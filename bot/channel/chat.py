"""Bot room, channel: the web chat's addresses, as chat-api.md has them. What each does is in the other files here."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Request
from sanic.exceptions import SanicException
from sanic.log import logger
from sanic.response import HTTPResponse, empty, json

from bot.channel import pages, refusals, transcript
from bot.channel.body import read_turn
from bot.channel.masking import masked
from bot.channel.origins import PREFLIGHT, allow, check_origin
from bot.channel.rates import Rates
from bot.channel.refusals import Refusal
from bot.channel.sessions import Session, Sessions
from bot.channel.shield import shield
from bot.stores import forget, keep_private
from common.settings import settings

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class ChatInput(InputChannel):
    """Rasa's input channel `chat`."""

    def __init__(self) -> None:
        """Reads the settings; databases are opened with the first server."""
        self._settings = settings()
        keep_private(self._settings.database("chat"))
        self._sessions = Sessions(
            self._settings.database("chat"), self._settings.chat_secret, self._settings.chat_session_hours
        )
        self._per_session = Rates("session", self._settings.rate_per_session, self._settings.redis_url)
        self._per_address = Rates("address", self._settings.rate_per_address, self._settings.redis_url)

    @classmethod
    def name(cls) -> str:
        """The channel's name, and so its place under /webhooks/."""
        return "chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The addresses; Rasa registers them."""
        routes = Blueprint("chat")
        routes.add_route(self._guard(self._health), "/", methods=["GET"], name="health")
        routes.add_route(self._guard(self._open), "/sessions", methods=["POST"], name="open")
        routes.add_route(self._guard(self._erase), "/sessions", methods=["DELETE"], name="erase")
        routes.add_route(self._guard(self._say), "/messages", methods=["POST"], name="say")
        routes.add_route(self._guard(self._read), "/messages", methods=["GET"], name="read")
        for path in ("/sessions", "/messages"):
            routes.add_route(self._guard(self._preflight), path, methods=["OPTIONS"], name=f"preflight_{path[1:]}")
        pages.add_to(routes)
        return routes

    def _guard(self, handler: Handler) -> Handler:
        """Every answer is JSON in Danish, also when something breaks; every page that asks is a known one."""

        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            origin = None
            try:
                origin = check_origin(request, self._settings.chat_origins)
                response = await handler(request)
            except Refusal as refusal:
                response = json(refusal.body(), refusal.status, headers=refusal.headers)
            except SanicException:
                raise
            except Exception:
                # Without the text of the message: a log is no place for what a citizen writes.
                logger.exception("A chat request failed")
                response = json(refusals.failed().body(), 500)
            response.headers["Cache-Control"] = "no-store"
            return allow(response, origin)

        return guarded

    async def _preflight(self, request: Request) -> HTTPResponse:
        return empty(headers=PREFLIGHT)

    async def _health(self, request: Request) -> HTTPResponse:
        _agent(request)
        return json({"status": "ok"})

    async def _open(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._address(request))
        token, session = await asyncio.to_thread(self._sessions.open)
        for action in ("utter_greet", "action_listen"):
            await agent.execute_action(session.conversation, action, CollectingOutputChannel(), None, 1.0)
        greeting = transcript.turns(await agent.tracker_store.retrieve(session.conversation))
        return json({"session": token, "messages": greeting[0].answers if greeting else []}, 201)

    async def _say(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        session = await self._session(request)
        await self._per_address.hit(self._address(request))
        await self._per_session.hit(session.digest)
        message_id, text, payload = read_turn(request)
        # A page that goes away in the middle does not stop the turn: its repetition finds the answer.
        return await asyncio.shield(asyncio.ensure_future(self._take_turn(agent, session, message_id, text, payload)))

    async def _take_turn(
        self, agent: Agent, session: Session, message_id: str, text: str | None, payload: str | None
    ) -> HTTPResponse:
        async with agent.lock_store.lock(f"turn-{session.conversation}", lock_lifetime=60, wait_time_in_seconds=0.05):
            # Erased while this turn waited: it must not write a new conversation where the old one was.
            if not await asyncio.to_thread(self._sessions.is_open, session):
                raise refusals.unknown_session()
            tracker = await agent.tracker_store.retrieve(session.conversation)
            turns = transcript.turns(tracker)
            if not any(turn.id == message_id for turn in turns):
                about: dict[str, Any] = {}
                if payload is not None:
                    titles = transcript.offered(turns)
                    if payload not in titles:
                        raise refusals.malformed("payload", "det er ikke en af de knapper, der sidst blev vist.")
                    about["title"] = titles[payload]
                    said = payload
                else:
                    kept, about["cpr_masked"] = masked(text or "", turns)
                    said = shield(kept)
                await agent.handle_message(
                    UserMessage(
                        said,
                        CollectingOutputChannel(),
                        session.conversation,
                        input_channel=self.name(),
                        message_id=message_id,
                        metadata=about,
                    )
                )
                tracker = await agent.tracker_store.retrieve(session.conversation)
                turns = transcript.turns(tracker)
            answers = next(turn.answers for turn in turns if turn.id == message_id)
            return json({"messages": answers, "asking": transcript.asking(tracker)})

    async def _read(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        session = await self._session(request)
        await self._per_address.hit(self._address(request))
        tracker = await agent.tracker_store.retrieve(session.conversation)
        return json({"messages": transcript.history(transcript.turns(tracker)), "asking": transcript.asking(tracker)})

    async def _erase(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        session = await self._session(request)
        async with agent.lock_store.lock(f"turn-{session.conversation}", lock_lifetime=60, wait_time_in_seconds=0.05):
            # In this order: what cannot be erased just now can be erased again, as long as the token leads there.
            await asyncio.to_thread(forget, agent.tracker_store, session.conversation)
            await asyncio.to_thread(self._sessions.end, session)
        return empty()

    async def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        session = None
        if scheme.lower() == "bearer" and token:
            session = await asyncio.to_thread(self._sessions.find, token.strip())
        if session is None:
            await self._per_address.hit(self._address(request))
            raise refusals.unknown_session()
        return session

    def _address(self, request: Request) -> str:
        """The address that asks; behind proxies, the one that the outermost of ours saw."""
        forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
        hops = self._settings.proxies
        return forwarded[-hops] if hops and len(forwarded) >= hops else request.ip


def _agent(request: Request) -> Agent:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise refusals.not_ready()
    return agent
