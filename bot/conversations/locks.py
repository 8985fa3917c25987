"""Locks of conversations: one turn at a time, in this process, in all of a machine, or in those of all servers."""

import asyncio
import fcntl
import hashlib
import os
from abc import abstractmethod
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import sqlalchemy as sa
from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from common.databases import open_database

_PAUSE_SECONDS = 0.05


class LocalLocks(LockStore):
    """Locks of one server. Who waits is woken in turn, without asking again and again."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = _PAUSE_SECONDS
    ) -> AsyncIterator[Any]:
        """Holds a conversation's lock; LockError where it is not free within `lock_lifetime` seconds."""
        lock = self._locks.get(conversation_id) or asyncio.Lock()
        self._locks[conversation_id] = lock
        try:
            async with asyncio.timeout(lock_lifetime):
                await lock.acquire()
        except TimeoutError:
            raise LockError(f"no lock in {lock_lifetime:.0f} seconds") from None
        try:
            yield lock
        finally:
            lock.release()


class SharedLocks(LocalLocks):
    """Locks of several processes: this one's, then one that all ask for until it is free."""

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = _PAUSE_SECONDS
    ) -> AsyncIterator[Any]:
        """Holds a conversation's lock; LockError where it is not free within `lock_lifetime` seconds."""
        key = int.from_bytes(hashlib.sha256(conversation_id.encode()).digest()[:8], "big", signed=True)
        async with super().lock(conversation_id, lock_lifetime):
            try:
                await self._acquire(key, lock_lifetime, wait_time_in_seconds)
                yield key
            finally:
                # Also where it is not held, as far as is known: the time may have run out while it was given.
                await asyncio.shield(self._release(key))

    async def _acquire(self, key: int, seconds: float, pause: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not await self._try(key):
                    await asyncio.sleep(pause)
        except TimeoutError:
            raise LockError(f"no lock in {seconds:.0f} seconds") from None

    @abstractmethod
    async def _try(self, key: int) -> bool:
        """Takes the lock; whether it was free."""

    @abstractmethod
    async def _release(self, key: int) -> None:
        """Gives the lock back; nothing happens where it is not held."""


class FileLocks(SharedLocks):
    """Locks of the processes of one machine: each is a byte of a file, locked by the system.

    They end with their process. The file stays empty.
    """

    def __init__(self, file: Path) -> None:
        """`file`: made where it is missing; the same for all processes."""
        super().__init__()
        self._file = file

    @cached_property
    def _descriptor(self) -> int:
        # Opened once and never closed: closing it anywhere in a process ends all the locks of that process.
        return os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)

    async def _try(self, key: int) -> bool:
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(key))
        except (BlockingIOError, PermissionError):
            return False
        return True

    async def _release(self, key: int) -> None:
        fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _byte(key))


class DatabaseLocks(SharedLocks):
    """Locks of all servers: PostgreSQL's advisory locks.

    All are held by one connection of the process's own, and end with it: also where the process is killed. While it is
    away, a turn that another server begins meanwhile is refused when it is saved (Outdated).
    """

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy URL of PostgreSQL."""
        super().__init__()
        self._engine = open_database(database, future=True, pool_size=1, max_overflow=0, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        # The connection is used by this thread alone.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="locks")

    async def _try(self, key: int) -> bool:
        # Asked again and again while another server holds it, since waiting would keep the connection from others.
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._try_lock, key)

    async def _release(self, key: int) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._unlock, key)

    def _try_lock(self, key: int) -> bool:
        if self._connection is not None:
            try:
                return self._run(self._connection, "pg_try_advisory_lock", key)
            except SQLAlchemyError:
                self._drop()
        # The first time, or the database was away: all locks of this server ended with the connection.
        self._connection = self._engine.connect()
        return self._run(self._connection, "pg_try_advisory_lock", key)

    def _unlock(self, key: int) -> None:
        if self._connection is not None:
            try:
                self._run(self._connection, "pg_advisory_unlock", key)
            except SQLAlchemyError:
                # Gone, and the lock with it; the turn itself is done.
                self._drop()

    @staticmethod
    def _run(connection: Connection, function: str, key: int) -> bool:
        return bool(connection.scalar(sa.text(f"SELECT {function}(:key)"), {"key": key}))

    def _drop(self) -> None:
        broken, self._connection = self._connection, None
        if broken is not None:
            broken.invalidate()
            broken.close()


def _byte(key: int) -> int:
    # The largest that the system takes as a place in a file is 2**63 - 1.
    return key & (2**62 - 1)
