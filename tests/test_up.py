"""``adhere up``: one command starts everything, and one signal ends all of it."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adhere.ledger.checkpoints import parse_checkpoint
from adhere.ledger.notes import parse_note

STARTS = 60
ENDS = 30


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    url: str
    link: str
    said: list[str]

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return fetch(self.url + path)


def fetch(url: str, **options: Any) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, **options)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def start(home: Any, *arguments: str) -> Running:
    log = home.path.with_name("up.log")
    with log.open("wb") as errors:
        process = home.start("up", "--port", "0", *arguments, stderr=errors)
    assert process.stdout is not None
    said = []
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        line = process.stdout.readline().decode()
        if not line:
            break
        said.append(line.strip())
        found = re.search(r"http://\S+/sign-in/\S+", line)
        if found:
            url = "http://" + urllib.parse.urlsplit(found[0]).netloc
            return Running(process, url, found[0], said)
    process.kill()
    raise AssertionError(f"it did not start: {said} {log.read_text()}")


def children_of(process: int) -> set[int]:
    """Every process below one, from /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


def all_gone(processes: set[int], within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(runs(each) for each in processes):
            return True
        time.sleep(0.1)
    return False


def runs(process: int) -> bool:
    """Whether it is there, other than as a name that nobody has collected yet."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def up(shared_home: Any) -> Iterator[Running]:
    running = start(shared_home)
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(ENDS)


def test_it_prints_the_address_and_a_link(up: Running) -> None:
    assert up.said == [f"Adhere runs at {up.url}", f"Sign in once with {up.link}"]


def test_it_is_alive_and_able_to_commit(up: Running) -> None:
    assert [up.get(path)[0] for path in ("/healthz", "/readyz")] == [200, 200]


def test_it_counts(up: Running) -> None:
    status, headers, body = up.get("/metrics")
    assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert b"adhere_edge_requests_total" in body


def test_the_policies_are_published_and_in_the_ledger(up: Running) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        status, _, body = up.get("/e/log/checkpoint")
        if status == 200 and parse_checkpoint(parse_note(body.decode()).text).size >= 2:
            break
        time.sleep(0.2)
    else:
        raise AssertionError("nothing was taken into the ledger")
    size = parse_checkpoint(parse_note(body.decode()).text).size
    assert len(up.get(f"/e/log/tile/0/000.p/{size}")[2]) == size * 32


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/e/nothing", "GET", 404), ("/healthz", "POST", 405), ("/e/" + "x" * 4000, "GET", 414)],
)
def test_the_edge_refuses_in_words(up: Running, path: str, method: str, status: int) -> None:
    got, headers, body = fetch(up.url + path, method=method)
    assert (got, headers["content-type"]) == (status, "application/json")
    assert json.loads(body)["error"]


def test_a_body_too_large_for_the_console_is_refused_in_words(up: Running) -> None:
    headers = {"Content-Length": "200000000"}
    address = urllib.parse.urlsplit(up.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        head = f"POST / HTTP/1.1\r\nHost: {address.netloc}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"{head}\r\n".encode())
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_query_that_is_no_ascii_is_no_failure(up: Running) -> None:
    address = urllib.parse.urlsplit(up.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        head = f"GET /sign-in/?q=\xe9 HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n"
        connection.sendall(f"{head}\r\n".encode("latin-1"))
        answer = connection.recv(65_536)
    assert answer.split(b" ")[1] in {b"200", b"302", b"400"}


def test_the_link_signs_in_once(up: Running) -> None:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(up.link, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page[:2000]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    answer = opener.open(urllib.request.Request(up.link, form), timeout=20)
    assert answer.status == 200
    assert "sessionid" in {cookie.name for cookie in jar}
    assert opener.open(up.url + "/", timeout=20).url.startswith(up.url)

    stranger = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        again = stranger.open(up.link, timeout=20).read().decode()
    except urllib.error.HTTPError as error:
        again = error.read().decode()
    assert f'action="{urllib.parse.urlsplit(up.link).path}"' not in again


def test_the_fictitious_company_can_be_looked_at_in_a_browser(home: Any, page: Any) -> None:
    running = start(home, "--demo", "--admin", "newcomer@example.com")
    try:
        for name in ("", "software.html", "company.html"):
            assert page.goto(f"{running.url}/demo/{name}").status == 200
        page.get_by_role("button", name="Refuse all", exact=True).click()
        page.get_by_role("contentinfo").get_by_role("link", name="Cookie policy").click()
        assert page.url == f"{running.url}/policies/cookies/"
        page.goto(running.link)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        assert page.goto(running.url + "/").status == 200
        assert page.url == running.url + "/"
        listed = json.loads((home.path / "demo-violations.json").read_text(encoding="utf-8"))
        found = json.loads(home.run("check", "--json").stdout)["findings"]
        names = {
            (each["policy"], each["clause"], each["check"], each["subject"]["id"])
            for each in found
            if each["state"] == "not-satisfied"
        }
        planted = {
            (each["policy"], each["clause"], each["check"], each["subject"])
            for each in listed
            if each["state"] == "not-satisfied"
        }
        assert names == planted
    finally:
        running.process.terminate()
        running.process.wait(ENDS)


def test_a_second_one_on_the_same_port_says_so(up: Running, shared_home: Any) -> None:
    port = str(urllib.parse.urlsplit(up.url).port)
    done = shared_home.run("up", "--port", port)
    assert (done.returncode, done.stdout) == (2, b"")
    expected = f"adhere: --port: 127.0.0.1:{port} is in use already (expected a free port)\n"
    assert done.stderr.decode() == expected


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_all_its_processes(home: Any, number: signal.Signals) -> None:
    running = start(home)
    below = children_of(running.process.pid)
    assert len(below) >= 2
    running.process.send_signal(number)
    code = running.process.wait(ENDS)
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    assert all_gone(below, 15)
    log = home.path.with_name("up.log").read_text()
    assert "Traceback" not in log


def test_control_c_in_a_terminal_reaches_every_process_and_all_end(home: Any) -> None:
    log = home.path.with_name("up.log")
    with log.open("wb") as errors:
        process = home.start("up", "--port", "0", stderr=errors, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"Adhere runs at ")
    below = children_of(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    assert (process.wait(ENDS), all_gone(below, 15)) == (0, True)
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "“70000” is no port (expected 0 to 65535)"),
        (["--port", "0", "--tls-cert", "a.pem"], "--tls-key: half of the TLS files"),
        (["--port", "0", "--admin", "nobody"], "--admin: “nobody” is no e-mail address"),
    ],
)
def test_wrong_use_is_one_message(home: Any, arguments: list[str], said: str) -> None:
    done = home.run("up", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode().splitlines()[-1]


def test_the_edge_alone_speaks_tls(home: Any, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    assert home.run("publish", *policy(tmp_path)).returncode in {0, 1}
    process = home.start(
        "serve", "--only", "edge", "--port", "0", "--tls-cert", str(cert), "--tls-key", str(key)
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        url = line.split()[-1]
        assert url.startswith("https://localhost:")
        import ssl

        trusting = ssl.create_default_context(cafile=str(cert))
        with urllib.request.urlopen(url + "/readyz", context=trusting, timeout=20) as answer:
            assert json.load(answer) == {"status": "ready"}
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(url + "/sign-in/", context=trusting, timeout=20)
    finally:
        process.terminate()
        assert process.wait(ENDS) == 0


def policy(folder: Path) -> list[str]:
    path = folder / "small.md"
    path.write_text(
        "---\npolicy: small\ntitle: Small\nowner: security\naudience: personnel\n---\n"
        "# Small\n\nThis is a small policy.\n",
        encoding="utf-8",
    )
    return [str(path)]


def certificate(folder: Path) -> tuple[Path, Path]:
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = [
        *["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        *["-nodes", "-keyout", str(key), "-out", str(cert), "-days", "2", "-subj", "/CN=localhost"],
        *["-addext", "subjectAltName=DNS:localhost"],
    ]
    subprocess.run(made, check=True, capture_output=True)
    return cert, key
