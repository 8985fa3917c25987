"""Rasa's input channel `chat`: the HTTP endpoints of chat-api.md."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import wraps
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, Request
from sanic.exceptions import SanicException
from sanic.log import logger
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from bot.agent import ChatAgent
from bot.channel import refusals, transcript
from bot.channel.announcements import Announcements, LatestStanding
from bot.channel.bearer import bearer_token
from bot.channel.body import read_feedback, read_turn
from bot.channel.concurrency_limit import ConcurrencyLimit
from bot.channel.conversation_limit import ConversationLimit
from bot.channel.open_question import open_question
from bot.channel.origins import PREFLIGHT, allow, check_origin
from bot.channel.rasa_input import rasa_input
from bot.channel.rate_limit import RateLimit
from bot.channel.refusals import Refusal
from bot.channel.sessions import Session, Sessions
from bot.channel.static_files import StaticFiles
from bot.conversations.store import Outdated
from bot.conversations.tracker import Tracker
from common.addresses import client_address, rate_key
from common.settings import settings

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]
# A database or lock is unavailable, or another server was first; the same request may succeed later.
_TEMPORARY = (SQLAlchemyError, LockError, Outdated)


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
        tracker = await agent.tracker_store.load(session.conversation)
        with agent.tracker_store.turn(tracker):
            for action in ("utter_greet", "action_listen"):
                await agent.execute_action(session.conversation, action, CollectingOutputChannel(), None, 1.0)
        greeting = transcript.turns(tracker.told)
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
        session = self._session(request)
        await self._per_session.hit(session.digest)
        message_id, text, payload = read_turn(request)
        async with self._turn_of(agent, session):
            tracker = await agent.tracker_store.load(session.conversation, message_id)
            if tracker.stored.repeated:
                return await _told_before(agent, session, message_id)
            # A turn that was taken before the pause is still answered alike.
            await self._refuse_while_paused()
            turns = transcript.turns(tracker.told)
            self._length.check(tracker.stored, text, transcript.unsent(tracker), bool(transcript.offered(turns)))
            rasa_text, metadata = await asyncio.to_thread(rasa_input, turns, text, payload)
            message = UserMessage(
                rasa_text,
                CollectingOutputChannel(),
                session.conversation,
                input_channel=self.name(),
                message_id=message_id,
                metadata=metadata,
            )
            try:
                await agent.answer(message, tracker)
            except Outdated:
                # Another server took this turn while this one had lost its lock.
                return await _told_before(agent, session, message_id)
            return json({"messages": transcript.turns(tracker.told)[-1].answers, **open_question(tracker)})

    async def _read(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        session = await self._open_session(request)
        tracker = await agent.tracker_store.retrieve_full_tracker(session.conversation)
        messages = transcript.history(transcript.turns(tracker.told if tracker else ()))
        return json({"messages": messages, **open_question(tracker)})

    async def _rate(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._rate_key(request))
        session = self._session(request)
        await self._per_session.hit(session.digest)
        message_id, helped = read_feedback(request)
        async with self._turn_of(agent, session):
            answer = _answer(await agent.tracker_store.load(session.conversation), message_id)
            # Not among the last turns: looked for among all.
            answer = answer or _answer(
                await agent.tracker_store.retrieve_full_tracker(session.conversation), message_id
            )
            if answer is None:
                raise refusals.malformed("message", "det er ikke et svar i denne samtale.")
            store = agent.tracker_store
            await asyncio.to_thread(store.note_feedback, session.conversation, message_id, answer["name"], helped)
        return empty()

    async def _erase(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        try:
            session = await self._open_session(request)
        except Refusal:
            # Erasing has no rate limit; guessing tokens has.
            await self._per_address.hit(self._rate_key(request))
            raise
        async with _turn_lock(agent, session):
            # The session last: while it exists, an erasure that failed can be tried again.
            await asyncio.to_thread(agent.tracker_store.forget, session.conversation)
            await asyncio.to_thread(self._sessions.end, session)
        return empty()

    def _session(self, request: Request) -> Session:
        """The session that the request's token names; whether it is open, the database knows."""
        session = self._sessions.named_by(bearer_token(request))
        if session is None:
            raise refusals.unknown_session()
        return session

    async def _open_session(self, request: Request) -> Session:
        session = self._session(request)
        await self._refuse_ended(session)
        return session

    async def _refuse_ended(self, session: Session) -> None:
        if not await asyncio.to_thread(self._sessions.is_open, session):
            raise refusals.unknown_session()

    @asynccontextmanager
    async def _turn_of(self, agent: ChatAgent, session: Session) -> AsyncIterator[None]:
        """Holds the conversation's lock, in an open session."""
        async with _turn_lock(agent, session):
            # Looked up here alone: what waited while its conversation was erased must not write to it again.
            await self._refuse_ended(session)
            yield

    def _rate_key(self, request: Request) -> str:
        """The key under which the client's address is counted."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        return rate_key(client_address(request.ip, forwarded, self._settings.proxies))


def _answer(tracker: Tracker | None, message_id: str) -> transcript.Message | None:
    """The answer with this id, in the events that the tracker has; None where there is none."""
    answers = (answer for turn in transcript.turns(tracker.told if tracker else ()) for answer in turn.answers)
    return next((answer for answer in answers if answer["id"] == message_id), None)


async def _told_before(agent: ChatAgent, session: Session, message_id: str) -> HTTPResponse:
    """What was answered to a turn that is stored, and what is open now."""
    tracker = await agent.tracker_store.retrieve_full_tracker(session.conversation)
    turns = transcript.turns(tracker.told if tracker else ())
    turn = next((turn for turn in turns if turn.id == message_id), None)
    if turn is None:
        raise refusals.unavailable()
    return json({"messages": turn.answers, **open_question(tracker)})


def _agent(request: Request) -> ChatAgent:
    if not _is_ready(request):
        raise refusals.not_ready()
    return request.app.ctx.agent


def _is_ready(request: Request) -> bool:
    """Whether the model is loaded."""
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())


def _turn_lock(agent: ChatAgent, session: Session) -> AbstractAsyncContextManager[Any]:
    """One turn or erasure of a conversation at a time, on all servers; Rasa's own API takes the same lock."""
    return agent.lock_store.lock(session.conversation)
