"""Two websites of one company on the real edge: its own process, database and ledger."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from adhere.areas.cookies.tests import banner_shop
from adhere.areas.cookies.tests.consent_killing import python
from adhere.edge.databases import open_database
from adhere.edge.place import Place

_PREPARE = """
import json, sys; sys.path.insert(0, sys.argv[1])
from adhere.main.starting import prepare
prepare(migrate=True)
import consent_cast as cast
origins = json.loads(sys.argv[2])
for slug, origin in origins.items():
    others = [each for each in origins.values() if each != origin]
    cast.put_site(slug, origins=[origin])
    cast.put_notice(slug, origins=others, languages=["en"])
"""
_WITHDRAW = """
import sys
from adhere.main.starting import prepare
prepare(migrate=True)
from adhere.areas.cookies.consents.withdrawing import withdraw_subject
assert withdraw_subject(sys.argv[1])
"""
_KEPT = "SELECT site, method FROM cookies_consentrecord WHERE subject = ? ORDER BY at, id"


@dataclass
class Company:
    """The shop and the club, each under a name of its own, and the folder of their edge."""

    shop: str
    club: str
    edge: str
    env: dict[str, str]

    def kept(self, subject: str) -> list[tuple[str, str]]:
        """The site and method of each of a subject's records, oldest first."""
        place = Place(Path(self.env["ADHERE_DATA"]))
        with closing(open_database(place)) as database:
            return [(site, method) for site, method in database.rows(_KEPT, [subject])]

    def withdraw(self, subject: str) -> None:
        """An officer records what a subject has told them."""
        python(self.env, _WITHDRAW, subject)

    def verify(self, receipt: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "adhere.main.cli", "verify", str(receipt)]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)


class Edge:
    """The edge's process, which can go and come back."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        port = self._company.edge.rpartition(":")[2]
        command = [sys.executable, "-m", "adhere.main.cli", "serve", "--only", "edge",
                   "--port", port]  # fmt: skip
        self._running = subprocess.Popen(
            command,
            env=self._company.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._running.stdout
        assert self._running.stdout.readline()

    def stop(self) -> None:
        if self._running:
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None


@contextmanager
def company(folder: Path) -> Iterator[tuple[Company, Edge]]:
    """Both websites and their edge, running."""
    with ExitStack() as stack:
        shop, club = (stack.enter_context(banner_shop.opened()) for _ in range(2))
        edge = f"http://edge.localhost:{_free_port()}"
        env = {**os.environ, "ADHERE_DATA": str(folder / "data"), "ADHERE_URL": edge}
        made = Company(shop.url, f"http://www.club.localhost:{club.port}", edge, env)
        script = '<script src="{}/e/{}/banner.js"></script>'
        shop.page = {
            "banner": script.format(edge, "shop"),
            "body": f'<a id="club" href="{made.club}/">The club</a>',
        }
        club.page = {"banner": script.format(edge, "club")}
        origins = {"shop": made.shop, "club": made.club}
        python(env, _PREPARE, str(Path(__file__).parent), json.dumps(origins))
        running = Edge(made)
        stack.callback(running.stop)
        running.start()
        yield made, running


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
