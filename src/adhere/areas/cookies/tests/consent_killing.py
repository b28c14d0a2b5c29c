"""Kills the edge at random moments under load and compares what it answered with what it kept.

Run alone for many moments: ``python consent_killing.py 500``.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

CLIENTS = 16
ORIGIN = "https://shop.polderpolis.example"
_PREPARE = """
import sys; sys.path.insert(0, sys.argv[1])
from adhere.main.starting import prepare
prepare(migrate=True)
import consent_cast as cast
cast.put_site(); print(cast.put_notice())
"""
_LOOK = """
import json
from adhere.main.starting import prepare
prepare(migrate=True)
from adhere.areas.cookies.models import ConsentRecord
for row in ConsentRecord.objects.values_list("id", "subject", "entry__record"):
    print(json.dumps(row))
"""


def python(env: Mapping[str, str], code: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=dict(env),
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def prepare(env: Mapping[str, str]) -> str:
    """An installation with the shop and its notice; the notice's SHA-256."""
    return python(env, _PREPARE, str(Path(__file__).parent)).strip()


def start(env: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    """The edge in processes of its own, and its port."""
    command = [sys.executable, "-m", "adhere.main.cli", "serve", "--only", "edge", "--port", "0"]
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    assert process.stdout
    line = process.stdout.readline().decode()
    return process, int(line.rsplit(":", 1)[1])


async def client(port: int, notice: str, answered: dict[str, Any], unsure: set[bytes]) -> None:
    """Posts until the edge is gone; an answer cut off is posted again to the next one."""
    while True:
        body = unsure.pop() if unsure else fresh(notice)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            unsure.add(body)
            return
        try:
            while True:
                writer.write(request(body))
                status, answer = await response(reader)
                if status == 201:
                    receipt = json.loads(answer)
                    answered.setdefault(json.loads(body)["subject"], receipt)
                    body = unsure.pop() if unsure else fresh(notice)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            unsure.add(body)
            return
        finally:
            writer.close()


def fresh(notice: str) -> bytes:
    choices = {
        name: secrets.randbelow(2) == 1 for name in ("preferences", "analytics", "marketing")
    }
    subject, key = secrets.token_hex(16), secrets.token_hex(16)
    given = {"notice": notice, "language": "en", "method": "save", "purposes": choices}
    return json.dumps({**given, "subject": subject, "key": key}).encode()


def request(body: bytes) -> bytes:
    head = (
        f"POST /e/shop/consents HTTP/1.1\r\nhost: x\r\norigin: {ORIGIN}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.split("content-length: ", 1)[1].split("\r\n", 1)[0])
    return int(head.split(" ", 2)[1]), await reader.readexactly(length)


async def moment(
    port: int, process: subprocess.Popen[bytes], notice: str, answered: dict[str, Any],
    unsure: set[bytes], seconds: float,
) -> None:  # fmt: skip
    clients = [asyncio.create_task(client(port, notice, answered, unsure)) for _ in range(CLIENTS)]
    await asyncio.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    await asyncio.wait(clients, timeout=20)


def kill_at_moments(
    env: Mapping[str, str], moments: int, *, longest: float = 0.6
) -> tuple[int, int]:
    """Kill the edge so often; how many answers were given and kept. Raises where one is missing."""
    notice = prepare(env)
    answered: dict[str, Any] = {}
    unsure: set[bytes] = set()
    chance = random.Random(20_261_122)
    for _ in range(moments):
        process, port = start(env)
        after = chance.uniform(0.02, longest)
        # In a thread of its own: a browser test may have left a loop running in this one.
        with ThreadPoolExecutor(1) as threads:
            work = moment(port, process, notice, answered, unsure, after)
            threads.submit(asyncio.run, work).result()
        process.wait()
    rows = [json.loads(line) for line in python(env, _LOOK).splitlines()]
    compare(answered, rows)
    return len(answered), len(rows)


def compare(answered: Mapping[str, Any], rows: list[Any]) -> None:
    kept = {subject: (name, json.loads(record)) for name, subject, record in rows}
    assert len(kept) == len(rows), "an answer is kept twice"
    for subject, receipt in answered.items():
        name, record = kept[subject]
        assert (name, record) == (receipt["record"]["id"], receipt["record"]), "an answer differs"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "ADHERE_DATA": f"{folder}/data"}
        given, rows = kill_at_moments(env, int(sys.argv[1]))
        bundle = f"{folder}/evidence"
        for arguments in (["export", "evidence", bundle], ["verify", bundle]):
            subprocess.run(
                [sys.executable, "-m", "adhere.main.cli", *arguments], env=env, check=True
            )
        sys.stdout.write(f"{given} answers given, {rows} kept, none missing, none twice\n")
