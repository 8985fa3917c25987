"""The number of kills, the services under test, and a PostgreSQL server."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fault_postgres import Postgres, postgres_program
from fault_services import Services


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=100, help="how often the fault tests kill a process (2000: some ten minutes)"
    )
    parser.addoption(
        "--races", type=int, default=40, help="how often two servers get the same turn at once (500: a minute)"
    )


@pytest.fixture(scope="session")
def races(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--races", default=40))


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    # In a run of all tests, pytest reads this file after parsing the options.
    return int(request.config.getoption("--kills", default=100))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Services with an empty data folder; all are ended after the test."""
    made = Services(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres_server(
    debian_package: Callable[[str, Callable[[], bool]], None], leave_out: Callable[[str], None]
) -> Iterator[Postgres]:
    def found() -> bool:
        return all(postgres_program(name) for name in ("initdb", "pg_ctl", "postgres"))

    debian_package("postgresql", found)
    if not found():
        leave_out("PostgreSQL is missing: install it, or put initdb, pg_ctl and postgres on the PATH")
    # Not pytest's folder, which PostgreSQL's user cannot reach.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o755)
    server = Postgres(folder)
    yield server
    server.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: Postgres) -> Postgres:
    """The server, with an empty database."""
    postgres_server.renew()
    return postgres_server
