"""A PostgreSQL server for the tests."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

import psycopg2
from fault_services import free_port


class Postgres:
    """A PostgreSQL server in its own folder, which can be stopped like by a power cut."""

    def __init__(self, folder: Path) -> None:
        # PostgreSQL refuses to run as root.
        known = {user.pw_name for user in pwd.getpwall()}
        self._user = ("postgres" if "postgres" in known else "nobody") if os.getuid() == 0 else None
        self._data = folder / "pg"
        self._data.mkdir()
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self._data, owner.pw_uid, owner.pw_gid)
        self._port = free_port()
        self._run("initdb", "-D", str(self._data), "-U", "proeve", "-A", "trust", "--no-sync", "-E", "UTF8")
        self._options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=40"
        )
        self.start()
        self.url = self._address("postgres")

    def _address(self, database: str) -> str:
        return f"postgresql://proeve@127.0.0.1:{self._port}/{database}"

    def renew(self) -> None:
        """Creates an empty database and points `url` to it."""
        name = f"proeve_{time.monotonic_ns()}"
        connection = psycopg2.connect(self._address("postgres"))
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
        connection.close()
        self.url = self._address(name)

    def _run(self, program: str, *arguments: str) -> None:
        path = postgres_program(program)
        assert path
        subprocess.run(
            [path, *arguments],
            check=True,
            user=self._user,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            timeout=60,
        )

    def start(self) -> None:
        log = str(self._data / "log")
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), "-o", self._options, "-l", log)

    def stop(self, mode: str) -> None:
        """Stops the server; the mode `immediate` is like a power cut, with recovery at the next start."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self._data), "-m", mode)


def postgres_program(name: str) -> str | None:
    """The path of a PostgreSQL program: on the PATH, else in Debian's folder."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)
