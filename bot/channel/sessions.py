"""Session tokens of the web chat: signed, expiring."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeTimedSerializer

from common.databases import open_database

_metadata = sa.MetaData()
_sessions = sa.Table(
    "chat_sessions",
    _metadata,
    # A digest, so that the database does not contain tokens.
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("opened_at", sa.Float, nullable=False),
)


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
        _metadata.create_all(self._engine, checkfirst=True)

    def open(self) -> tuple[str, Session]:
        """The token and the session, new."""
        key = secrets.token_urlsafe(32)
        session = Session(self._digest("session", key), "chat-" + self._digest("conversation", key)[:32])
        with self._engine.begin() as connection:
            # Rows of expired tokens are of no use.
            connection.execute(_sessions.delete().where(_sessions.c.opened_at < time.time() - self._seconds))
            connection.execute(
                _sessions.insert().values(
                    digest=session.digest, conversation=session.conversation, opened_at=time.time()
                )
            )
        return self._signer.dumps(key), session

    def find(self, token: str) -> Session | None:
        """The session of a token; None when the token is forged, expired or ended."""
        try:
            key = self._signer.loads(token, max_age=self._seconds)
        except (BadData, UnicodeError):
            # UnicodeError: the header is not valid text.
            return None
        return self._row(self._digest("session", str(key)))

    def is_open(self, session: Session) -> bool:
        """Whether a session has not been ended since it was found."""
        return self._row(session.digest) is not None

    def end(self, session: Session) -> None:
        """Ends a session; its token is invalid from then on."""
        with self._engine.begin() as connection:
            connection.execute(_sessions.delete().where(_sessions.c.digest == session.digest))

    def _row(self, digest: str) -> Session | None:
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(_sessions).where(_sessions.c.digest == digest)).first()
        return Session(row.digest, row.conversation) if row else None

    def _digest(self, purpose: str, key: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{key}".encode(), hashlib.sha256).hexdigest()
