"""Session tokens of the web chat: signed, expiring."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeTimedSerializer

from bot.channel.tables import MIGRATIONS, SESSIONS
from common.databases import migrate, open_database


@dataclass(frozen=True)
class Session:
    """An open session; `conversation` is Rasa's sender id, from which the token cannot be derived."""

    digest: str
    conversation: str


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, database: str, secret: str, hours: int) -> None:
        """`database`: an SQLAlchemy URL; `hours`: the lifetime of a token. Creates the table when missing."""
        self._engine = open_database(database, future=True)
        self._signer = URLSafeTimedSerializer(secret, salt="chat-session")
        self._secret = secret.encode()
        self._seconds = hours * 3600
        migrate(self._engine, MIGRATIONS)

    def open(self) -> tuple[str, Session]:
        """The token and the session, new."""
        key = secrets.token_urlsafe(32)
        session = self._session(key)
        with self._engine.begin() as connection:
            # Rows of expired tokens are of no use.
            connection.execute(SESSIONS.delete().where(SESSIONS.c.opened_at < time.time() - self._seconds))
            connection.execute(
                SESSIONS.insert().values(
                    digest=session.digest, conversation=session.conversation, opened_at=time.time()
                )
            )
        return self._signer.dumps(key), session

    def named_by(self, token: str) -> Session | None:
        """The session of a token, which may have been ended; None when the token is forged or expired.

        Asks no database.
        """
        try:
            key = str(self._signer.loads(token, max_age=self._seconds))
        except (BadData, UnicodeError):
            # UnicodeError: the header is not valid text.
            return None
        return self._session(key)

    def is_open(self, session: Session) -> bool:
        """Whether a session has not been ended."""
        rows = sa.select(SESSIONS.c.digest).where(SESSIONS.c.digest == session.digest)
        with self._engine.connect() as connection:
            return connection.execute(rows).first() is not None

    def end(self, session: Session) -> None:
        """Ends a session; its token is invalid from then on."""
        with self._engine.begin() as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.digest == session.digest))

    def _session(self, key: str) -> Session:
        return Session(self._digest("session", key), "chat-" + self._digest("conversation", key)[:32])

    def _digest(self, purpose: str, key: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{key}".encode(), hashlib.sha256).hexdigest()
