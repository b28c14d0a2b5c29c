"""What every test stands on: its own data folder, a real browser, and homes for commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import HealthCheck, settings

# Settings are read once, so the folder must stand before Django looks at them.
DATA = Path(tempfile.mkdtemp(prefix="adhere-tests-"))
(DATA / "static").mkdir()
POSTGRESQL = os.environ.get("ADHERE_TEST_DATABASE_URL", "")
for name in [name for name in os.environ if name.startswith("ADHERE_")]:
    if name != "ADHERE_TEST_DATABASE_URL":
        del os.environ[name]
os.environ["ADHERE_DATA"] = str(DATA)
os.environ["ADHERE_DATABASE_URL"] = POSTGRESQL
# Playwright keeps an event loop in the main thread; the ORM is still used from one thread only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

settings.register_profile(
    "adhere",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("adhere")

_NEEDS_DATABASE = {"db", "django_db_setup", "live_server", "home", "shared_home"}
# Costly to make and shared by the tests of a file, so one worker runs all of them.
_MADE_ONCE = {"shared_home"}
_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("numprocesses", None):
        # Not in the parent of several workers: they would inherit its folder with its settings.
        os.environ["DJANGO_SETTINGS_MODULE"] = "adhere.main.settings"
        import django

        django.setup()
        if not POSTGRESQL:
            _in_a_file()
    config.addinivalue_line("markers", "database: touches a database (set by itself)")
    config.addinivalue_line("markers", "browser: drives a real browser (set by itself)")


def _in_a_file() -> None:
    """A file, as in real life: threads that share one in memory lock each other out at once."""
    from django.db import connections

    # Django asked for these settings already, so the connection's own copy is the one to change.
    chosen = connections["default"].settings_dict
    chosen["TEST"]["NAME"] = str(DATA / "tests.sqlite3")
    quick = chosen["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    chosen["OPTIONS"] = {**chosen["OPTIONS"], "init_command": quick}


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    from django.test import TestCase

    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        cls = getattr(item, "cls", None)
        made_once = isinstance(cls, type) and issubclass(cls, TestCase)
        if made_once or used & _NEEDS_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "browser" in used:
            item.add_marker("browser")
        if made_once or used & _MADE_ONCE:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium from the system's packages, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        pytest.fail("no Chromium in PATH: run scripts/system-packages")
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found, args=[*options, "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own; the test fails where a script or the security policy complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: _note_violation(said.text, complaints))
    yield opened
    context.close()
    assert complaints == []


def _note_violation(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text:
        complaints.append(text)


@pytest.fixture
def signed_in(page: Any, live_server: Any) -> Callable[[Any], Any]:
    """``signed_in(account)`` gives the page, signed in on the live server as that account."""

    def sign_in(account: Any) -> Any:
        from django.conf import settings as django_settings
        from django.test import Client

        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [
                {
                    "name": django_settings.SESSION_COOKIE_NAME,
                    "value": session,
                    "url": live_server.url,
                }
            ]
        )
        return page

    return sign_in


@dataclass(frozen=True)
class Home:
    """An installation of its own: a data folder and an empty database."""

    path: Path
    env: dict[str, str]

    def run(
        self, *arguments: str, given: bytes = b"", timeout: float = 120
    ) -> subprocess.CompletedProcess[bytes]:
        """One ``adhere`` command, as somebody types it."""
        return subprocess.run(
            [sys.executable, "-m", "adhere.main.cli", *arguments],
            input=given,
            capture_output=True,
            env=self.env,
            timeout=timeout,
            check=False,
        )

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        """A command that stays, such as ``up``; the test ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "adhere.main.cli", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=options.pop("stderr", subprocess.PIPE),
            env=self.env,
            **options,
        )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A fresh installation for commands in processes of their own."""
    yield from _home(tmp_path)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One installation for all tests of a module."""
    yield from _home(tmp_path_factory.mktemp("home"))


def _home(folder: Path) -> Iterator[Home]:
    data = folder / "adhere-data"
    url, drop = _fresh_database() if POSTGRESQL else ("", lambda: None)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ADHERE_")},
        "ADHERE_DATA": str(data),
        "PYTHONUNBUFFERED": "1",
    }
    if url:
        env["ADHERE_DATABASE_URL"] = url
    yield Home(data, env)
    drop()


def _fresh_database() -> tuple[str, Callable[[], None]]:
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"adhere_home_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(POSTGRESQL)

    def tell(statement: str) -> None:
        with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
            connection.execute(SQL(statement).format(Identifier(name)))

    tell("CREATE DATABASE {}")
    url = urlunsplit(parts._replace(path=f"/{name}"))
    return url, lambda: tell("DROP DATABASE {} WITH (FORCE)")


@pytest.fixture(scope="session", autouse=True)
def _emptying_between_tests() -> Iterator[None]:
    """Lets tests with a live server empty an SQLite database whose triggers refuse to delete.

    PostgreSQL empties by TRUNCATE, which those triggers leave alone.
    """
    if POSTGRESQL:
        yield
        return
    from django.db.backends.sqlite3.base import DatabaseWrapper

    DatabaseOperations = DatabaseWrapper.ops_class  # noqa: N806
    flush = DatabaseOperations.execute_sql_flush
    find = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"

    def unguarded(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(find).fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        flush(self, statements)
        with self.connection.cursor() as cursor:
            for _, definition in triggers:
                cursor.execute(definition)

    DatabaseOperations.execute_sql_flush = unguarded
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def own_data(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own, for what writes a ledger."""
    settings.DATA = tmp_path
    return tmp_path
