"""Fault tests: how many kills, and a PostgreSQL of the tests' own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_house import House, free_port


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=200, help="how often the fault tests kill a process (2000: about half an hour)"
    )


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    # The option is unknown where pytest found this file too late, in a run of all tests.
    return int(request.config.getoption("--kills", default=200))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


class Postgres:
    """A PostgreSQL server in a folder of its own, which can be restarted hard."""

    def __init__(self, folder: Path) -> None:
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
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
        self.url = f"postgresql://proeve@127.0.0.1:{self._port}/postgres"

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
        """`immediate` is what a power cut is to it: no goodbye to anybody, recovery at the next start."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self._data), "-m", mode)


def postgres_program(name: str) -> str | None:
    """Where a program of PostgreSQL is: on the PATH, else where Debian's package puts it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    programs = ("initdb", "pg_ctl", "postgres")
    if not all(postgres_program(name) for name in programs) and os.getuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], check=False, stdout=subprocess.DEVNULL)
    if not all(postgres_program(name) for name in programs):
        message = "PostgreSQL is missing: install it, or put initdb, pg_ctl and postgres on the PATH"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(f"LEFT OUT: {message}")
    # A folder that its own user can reach, unlike pytest's.
    folder = Path(f"/tmp/frb-pg-{os.getpid()}-{free_port()}")
    folder.mkdir(mode=0o755)
    server = Postgres(folder)
    yield server
    server.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)
