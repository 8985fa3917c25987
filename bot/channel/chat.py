"""The web chat's addresses, as chat-api.md has them. What each does is in the other files here."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Mapping
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

from bot.channel import pages, refusals, transcript
from bot.channel.body import read_turn
from bot.channel.length import Length
from bot.channel.masking import masked
from bot.channel.origins import PREFLIGHT, allow, check_origin
from bot.channel.rates import Rates
from bot.channel.refusals import Refusal
from bot.channel.sessions import Session, Sessions
from bot.channel.shield import shield
from bot.channel.work import Work
from bot.stores import keep_private
from common.addresses import client_address, rate_key
from common.settings import settings

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]
# A database or a lock that cannot be had just now.
_PASSING = (SQLAlchemyError, RedisError, LockError)


class ChatInput(InputChannel):
    """Rasa's input channel `chat`."""

    def __init__(self) -> None:
        """Reads the settings; databases are opened with the first server."""
        config = self._settings = settings()
        keep_private(config.database("chat"))
        self._sessions = Sessions(config.database("chat"), config.chat_secret, config.chat_session_hours)
        self._per_session = Rates("session", config.rate_per_session, config.redis_url)
        self._per_address = Rates("address", config.rate_per_address, config.redis_url)
        self._work = Work(config.requests_per_address, config.requests_in_all)
        self._length = Length(config.turns_per_conversation, config.characters_per_conversation)

    @classmethod
    def name(cls) -> str:
        """The channel's name, and so its place under /webhooks/."""
        return "chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The addresses; Rasa registers them."""
        routes = Blueprint("chat")
        routes.add_route(self._guard(self._health), "/", methods=["GET"], name="health")
        for handler, path, method, name in (
            (self._open, "/sessions", "POST", "open"),
            (self._erase, "/sessions", "DELETE", "erase"),
            (self._say, "/messages", "POST", "say"),
            (self._read, "/messages", "GET", "read"),
        ):
            routes.add_route(self._guard(self._in_place(handler)), path, methods=[method], name=name)
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
                response = _refused(refusal)
            except SanicException:
                raise
            except _PASSING as error:
                # An error's text is no matter of the log here: it may hold what a citizen writes.
                logger.error("A database did not do what a chat request needs: %s", type(error).__name__)
                response = _refused(refusals.unavailable())
            except Exception as error:
                where = "".join(traceback.format_tb(error.__traceback__))
                logger.error("A chat request failed: %s\n%s", type(error).__name__, where)
                response = _refused(refusals.failed())
            response.headers["Cache-Control"] = "no-store"
            return allow(response, origin)

        return guarded

    def _in_place(self, handler: Handler) -> Handler:
        """Takes a place for a request before anything is done, and keeps it until all is done."""

        async def work(request: Request) -> HTTPResponse:
            async with self._work.place(self._counted_as(request)):
                return await handler(request)

        @wraps(handler)
        async def placed(request: Request) -> HTTPResponse:
            # A page that goes away in the middle does not stop a turn: its repetition finds the answer. And who goes
            # away and comes again at once has its first place still.
            return await asyncio.shield(asyncio.ensure_future(work(request)))

        return placed

    async def _preflight(self, request: Request) -> HTTPResponse:
        return empty(headers=PREFLIGHT)

    async def _health(self, request: Request) -> HTTPResponse:
        _agent(request)
        return json({"status": "ok"})

    async def _open(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._counted_as(request))
        token, session = await asyncio.to_thread(self._sessions.open)
        for action in ("utter_greet", "action_listen"):
            await agent.execute_action(session.conversation, action, CollectingOutputChannel(), None, 1.0)
        greeting = transcript.turns(await agent.tracker_store.retrieve(session.conversation))
        return json({"session": token, "messages": greeting[0].answers if greeting else []}, 201)

    async def _say(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._counted_as(request))
        session = await self._session(request)
        await self._per_session.hit(session.digest)
        message_id, text, payload = read_turn(request)
        async with agent.lock_store.lock(f"turn-{session.conversation}", lock_lifetime=60, wait_time_in_seconds=0.05):
            # Erased while this turn waited: it must not write a new conversation where the old one was.
            if not await asyncio.to_thread(self._sessions.is_open, session):
                raise refusals.unknown_session()
            tracker = await agent.tracker_store.retrieve(session.conversation)
            turns = transcript.turns(tracker)
            if not any(turn.id == message_id for turn in turns):
                self._length.check(turns, text, transcript.unsent(tracker))
                said, about = await asyncio.to_thread(_read_as, turns, text, payload)
                message = UserMessage(
                    said,
                    CollectingOutputChannel(),
                    session.conversation,
                    input_channel=self.name(),
                    message_id=message_id,
                    metadata=about,
                )
                await agent.handle_message(message)
                tracker = await agent.tracker_store.retrieve(session.conversation)
                turns = transcript.turns(tracker)
            answers = next(turn.answers for turn in turns if turn.id == message_id)
            return json({"messages": answers, "asking": transcript.asking(tracker)})

    async def _read(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        await self._per_address.hit(self._counted_as(request))
        session = await self._session(request)
        tracker = await agent.tracker_store.retrieve(session.conversation)
        return json({"messages": transcript.history(transcript.turns(tracker)), "asking": transcript.asking(tracker)})

    async def _erase(self, request: Request) -> HTTPResponse:
        agent = _agent(request)
        try:
            session = await self._session(request)
        except Refusal:
            # To erase is never too often; to guess tokens is.
            await self._per_address.hit(self._counted_as(request))
            raise
        async with agent.lock_store.lock(f"turn-{session.conversation}", lock_lifetime=60, wait_time_in_seconds=0.05):
            # In this order: what cannot be erased just now can be erased again, as long as the token leads there.
            await asyncio.to_thread(agent.tracker_store.forget, session.conversation)
            await asyncio.to_thread(self._sessions.end, session)
        return empty()

    async def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        session = None
        if scheme.lower() == "bearer" and token:
            session = await asyncio.to_thread(self._sessions.find, token.strip())
        if session is None:
            raise refusals.unknown_session()
        return session

    def _counted_as(self, request: Request) -> str:
        """Under what the address that asks is counted."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        return rate_key(client_address(request.ip, forwarded, self._settings.proxies))


def _read_as(turns: list[transcript.Turn], text: str | None, payload: str | None) -> tuple[str, dict[str, Any]]:
    """What Rasa shall read, and what is to be known of it: a button's title, or whether a CPR number was masked."""
    titles = transcript.offered(turns)
    if payload is None and (typed := _typed(text or "", titles)):
        # It is shown as it was typed.
        return typed, {"title": (text or "").strip()}
    if payload is None:
        kept, found = masked(text or "", turns)
        return shield(kept), {"cpr_masked": found}
    if payload not in titles:
        raise refusals.malformed("payload", "det er ikke en af de knapper, der sidst blev vist.")
    return payload, {"title": titles[payload]}


def _refused(refusal: Refusal) -> HTTPResponse:
    return json(refusal.body(), refusal.status, headers=refusal.headers)


def _agent(request: Request) -> Agent:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise refusals.not_ready()
    return agent


def _typed(text: str, titles: Mapping[str, str]) -> str | None:
    """The payload of the button whose title was typed instead of pressed: who cannot point writes what stands there."""
    found = [payload for payload, title in titles.items() if _folded(title) == _folded(text)]
    return found[0] if len(found) == 1 and _folded(text) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?\"'")
