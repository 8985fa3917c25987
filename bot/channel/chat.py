"""Rasa's input channel `chat`: the HTTP endpoints of chat-api.md."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.lock_store import LockError
from redis import RedisError
from sanic import Blueprint, Request
from sanic.exceptions import SanicException
from sanic.log import logger
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from bot.channel import refusals, transcript
from bot.channel.announcements import Announcements, LatestStanding
from bot.channel.bearer import bearer_token
from bot.channel.body import read_feedback, read_turn
from bot.channel.concurrency_limit import ConcurrencyLimit
from bot.channel.conversation_limit import ConversationLimit
from bot.channel.escaping import escape
from bot.channel.masking import masked
from bot.channel.open_question import open_question
from bot.channel.origins import PREFLIGHT, allow, check_origin
from bot.channel.rate_limit import RateLimit
from bot.channel.refusals import Refusal
from bot.channel.sessions import Session, Sessions
from bot.channel.static_files import StaticFiles
from common.addresses import client_address, rate_key
from common.settings import settings

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]
# A database or lock is unavailable; the same request may succeed later.
_TEMPORARY = (SQLAlchemyError, RedisError, LockError)


class ChatInput(InputChannel):
    """Rasa's input channel `chat`."""

    def __init__(self) -> None:
        """Reads the settings and opens the session database."""
        config = self._settings = settings()
        self._standing = LatestStanding(Announcements(config.database("chat")))
        self._sessions = Sessions(config.database("chat"), config.chat_secret, config.chat_session_hours)
        self._per_session = RateLimit("session", config.rate_per_session, config.redis_url)
        self._per_address = RateLimit("address", config.rate_per_address, config.redis_url)
        self._concurrency = ConcurrencyLimit(config.requests_per_address, config.requests_in_all)
        self._length = ConversationLimit(config.turns_per_conversation, config.characters_per_conversation)
        self.files = StaticFiles(config)

    @classmethod
    def name(cls) -> str:
        """The channel's name; Rasa serves it under /webhooks/<name>."""
        return "chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, which Rasa registers. `on_new_message` is not used: turns go to the agent directly."""
        routes = Blueprint("chat")
        routes.add_route(self._guard(self._health), "/", methods=["GET"], name="health")
        for handler, path, method, name in (
            (self._open, "/sessions", "POST", "open"),
            (self._erase, "/sessions", "DELETE", "erase"),
            (self._say, "/messages", "POST", "say"),
            (self._read, "/messages", "GET", "read"),
            (self._rate, "/feedback", "POST", "rate"),
        ):
            routes.add_route(self._guard(self._limited(handler)), path, methods=[method], name=name)
        for path in ("/sessions", "/messages", "/feedback"):
            routes.add_route(self._guard(self._preflight), path, methods=["OPTIONS"], name=f"preflight_{path[1:]}")
        self.files.add_routes(routes)
        return routes

    def _guard(self, handler: Handler) -> Handler:
        """Checks the origin, turns every error into a Refusal, and sets the headers that all responses have."""

        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            origin = None
            try:
                origin = check_origin(request, self._settings.chat_origins)
                response = await handler(request)
            except Refusal as refusal:
                response = refusal.response()
            except SanicException:
                raise
            except _TEMPORARY as error:
                # Only the error's type is logged: its text may hold what a citizen wrote.
                logger.error("A database was unavailable for a chat request: %s", type(error).__name__)
                response = refusals.unavailable().response()
            except Exception as error:
                where = "".join(traceback.format_tb(error.__traceback__))
                logger.error("A chat request failed: %s\n%s", type(error).__name__, where)
                response = refusals.failed().response()
            response.headers["Cache-Control"] = "no-store"
            return allow(response, origin)

        return guarded

    def _limited(self, handler: Handler) -> Handler:
        """Counts the request in the concurrency limit until its handler is done."""

        async def run(request: Request) -> HTTPResponse:
            async with self._concurrency.acquire(self._rate_key(request)):
                return await handler(request)

        @wraps(handler)
        async def limited(request: Request) -> HTTPResponse:
            # A client that disconnects does not stop its turn: when it repeats the turn, the answer is there. The
            # turn counts until it is done, so that reconnecting does not evade the limit.
            return await asyncio.shield(asyncio.ensure_future(run(request)))

        return limited

    async def _preflight(self, request: Request) -> HTTPResponse:
        return empty(headers=PREFLIGHT)

    async def _health(self, request: Request) -> HTTPResponse:
        standing = await self._standing.current()
        if not standing.paused:
            _agent(request)
        told = {"text": standing.notice.text, "since": standing.notice.at} if standing.notice else None
        return json({"status": "ok", "paused": standing.paused, "notice": told})

    async def _open(self, request: Request) -> HTTPResponse:
        await self._refuse_while_paused()
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        token, session = await asyncio.to_thread(self._sessions.open)
        for action in ("utter_greet", "action_listen"):
            await agent.execute_action(session.conversation, action, CollectingOutputChannel(), None, 1.0)
        greeting = transcript.turns(await agent.tracker_store.retrieve(session.conversation))
        return json({"session": token, "messages": greeting[0].answers if greeting else []}, 201)

    async def _refuse_while_paused(self) -> None:
        standing = await self._standing.current()
        if standing.paused and standing.notice:
            raise refusals.paused(standing.notice.text)

    async def _say(self, request: Request) -> HTTPResponse:
        if not _is_ready(request):
            await self._refuse_while_paused()
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        session = await self._session(request)
        await self._per_session.hit(session.digest)
        message_id, text, payload = read_turn(request)
        async with _turn_lock(agent, session):
            # A turn that waited while its conversation was erased must not write to it again.
            if not await asyncio.to_thread(self._sessions.is_open, session):
                raise refusals.unknown_session()
            tracker = await agent.tracker_store.retrieve(session.conversation)
            turns = transcript.turns(tracker)
            if not any(turn.id == message_id for turn in turns):
                # A turn that was taken before the pause is still answered alike.
                await self._refuse_while_paused()
                self._length.check(turns, text, transcript.unsent(tracker))
                rasa_text, metadata = await asyncio.to_thread(_rasa_input, turns, text, payload)
                message = UserMessage(
                    rasa_text,
                    CollectingOutputChannel(),
                    session.conversation,
                    input_channel=self.name(),
                    message_id=message_id,
                    metadata=metadata,
                )
                await agent.handle_message(message)
                tracker = await agent.tracker_store.retrieve(session.conversation)
                turns = transcript.turns(tracker)
            answers = next(turn.answers for turn in turns if turn.id == message_id)
            return json({"messages": answers, **open_question(tracker)})

    async def _read(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        session = await self._session(request)
        tracker = await agent.tracker_store.retrieve(session.conversation)
        messages = transcript.history(transcript.turns(tracker))
        return json({"messages": messages, **open_question(tracker)})

    async def _rate(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        session = await self._session(request)
        await self._per_session.hit(session.digest)
        message_id, helped = read_feedback(request)
        async with _turn_lock(agent, session):
            # Feedback that waited while its conversation was erased must not be kept.
            if not await asyncio.to_thread(self._sessions.is_open, session):
                raise refusals.unknown_session()
            told = transcript.turns(await agent.tracker_store.retrieve(session.conversation))
            answer = next((one for turn in told for one in turn.answers if one["id"] == message_id), None)
            if answer is None:
                raise refusals.malformed("message", "det er ikke et svar i denne samtale.")
            store = agent.tracker_store
            await asyncio.to_thread(store.note_feedback, session.conversation, message_id, answer["name"], helped)
        return empty()

    async def _erase(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        try:
            session = await self._session(request)
        except Refusal:
            # Erasing has no rate limit; guessing tokens has.
            await self._per_address.hit(self._rate_key(request))
            raise
        async with _turn_lock(agent, session):
            # The session last: while it exists, an erasure that failed can be tried again.
            await asyncio.to_thread(agent.tracker_store.forget, session.conversation)
            await asyncio.to_thread(self._sessions.end, session)
        return empty()

    async def _session(self, request: Request) -> Session:
        token = bearer_token(request)
        session = await asyncio.to_thread(self._sessions.find, token) if token else None
        if session is None:
            raise refusals.unknown_session()
        return session

    def _rate_key(self, request: Request) -> str:
        """The key under which the client's address is counted."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        return rate_key(client_address(request.ip, forwarded, self._settings.proxies))


def _rasa_input(turns: list[transcript.Turn], text: str | None, payload: str | None) -> tuple[str, dict[str, Any]]:
    """The message for Rasa and its metadata: `title` for a button, `cpr_masked` (a count) for a text."""
    titles = transcript.offered(turns)
    if payload is None and (typed := _payload_of_title(text or "", titles)):
        # The transcript shows the title as it was typed.
        return typed, {"title": (text or "").strip()}
    if payload is None:
        masked_text, count = masked(text or "", turns)
        return escape(masked_text), {"cpr_masked": count}
    if payload not in titles:
        raise refusals.malformed("payload", "det er ikke en af de knapper, der sidst blev vist.")
    return payload, {"title": titles[payload]}


def _agent(request: Request) -> Agent:
    if not _is_ready(request):
        raise refusals.not_ready()
    return request.app.ctx.agent


def _is_ready(request: Request) -> bool:
    """Whether the model is loaded."""
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())


def _turn_lock(agent: Agent, session: Session) -> AbstractAsyncContextManager[Any]:
    """One turn or erasure of a conversation at a time, on all servers."""
    return agent.lock_store.lock(f"turn-{session.conversation}", lock_lifetime=60, wait_time_in_seconds=0.05)


def _payload_of_title(text: str, titles: Mapping[str, str]) -> str | None:
    """The payload of the one button whose title was typed, as keyboard and voice users do."""
    payloads = [payload for payload, title in titles.items() if _folded(title) == _folded(text)]
    return payloads[0] if len(payloads) == 1 and _folded(text) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?\"'")
