"""The scan: its time beside a bare browser and others' scanners, and whether it sees all there is.

The site is the clean twin of the seeded shop, served by a process of its own. Others are installed
from their registries into the user's cache folder. Run alone: ``python -m bench scanner``.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, async_playwright

from adhere.scanner import browsers
from adhere.scanner.clock import Clock
from adhere.scanner.declared import Declaration
from adhere.scanner.knowledge.knowing import Knowledge
from adhere.scanner.observations import Observations
from adhere.scanner.options import Options, Resolution
from adhere.scanner.rules.judging import judge
from adhere.scanner.rules.seen import Seen
from adhere.scanner.scanning import scan
from adhere.scanner.tests.seeded import CLEAN, DIRTY, EXPECTED, SOUND, UNSOUND
from adhere.scanner.tests.served import Answer, Handler, hanging, served

sys.path.insert(0, str(Path(__file__).parent))
from peers import bundles, scanners

Row = dict[str, Any]
SHOP = "https://shop.example/"
RUNS = 5
SIX, HANGS, OVERHEAD, BESIDE, SAME = 5.0, 3.0, 0.25, 10.0, 0.99
# The loads of each visitor of a scan, by state: accepting goes on to withdrawing.
VISITORS = {"before": 1, "ignored": 1, "refused": 2, "accepted and withdrawn": 4, "gpc": 1}
STATES = 6


def rows() -> Iterator[Row]:
    """Seconds, ratios and shares; each limit is the one that the scan is built for."""
    with _site(CLEAN) as plain, _site(_with_hang(CLEAN)) as hangs:
        scan(SHOP, _options(plain))  # fills the caches
        found = _in_turns(plain, hangs)
        yield from found
        yield from _beside(plain, found[0]["value"])
    yield from _seeded()
    yield from _dwelling()


def _in_turns(plain: int, hangs: int) -> list[Row]:
    """A bare browser, a scan, a scan that never rests; one after the other, several times."""
    spent: dict[str, list[tuple[float, float]]] = {"bare": [], "plain": [], "hangs": []}
    for _ in range(RUNS):
        spent["bare"].append(_timed(lambda: asyncio.run(_bare(plain))))
        spent["plain"].append(_timed(lambda: scan(SHOP, _options(plain))))
        spent["hangs"].append(_timed(lambda: scan(SHOP, _options(hangs))))
    wall = {name: _median([one for one, _ in each]) for name, each in spent.items()}
    work = {name: _median([one for _, one in each]) for name, each in spent.items()}
    more = wall["hangs"] - wall["plain"]
    over = {"time": wall["plain"] / wall["bare"] - 1, "work": work["plain"] / work["bare"] - 1}
    return [
        _most("six states of a page", wall["plain"], "s", SIX),
        _most("the same, processor time", work["plain"], "s", None),
        _most("more for a page that never rests", more, "s", HANGS),
        _most("over a bare browser, same loads and dwell: time", over["time"], "", OVERHEAD),
        _most("over a bare browser: processor time", over["work"], "", OVERHEAD),
    ]


async def _bare(port: int) -> None:
    """The visitors and loads of a scan with the same dwell, and nothing looked at."""
    async with async_playwright() as playwright:
        rules = [f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "--ignore-certificate-errors"]
        browser = await browsers.launch(playwright, browsers.program(), rules, [])
        places = asyncio.Semaphore(Options().parallel)
        await asyncio.gather(*(_visit(browser, places, loads) for loads in VISITORS.values()))
        await browser.close()


async def _visit(browser: Browser, places: asyncio.Semaphore, loads: int) -> None:
    context = await browser.new_context(ignore_https_errors=True)
    for _ in range(loads):
        async with places:
            page = await context.new_page()
            clock = await Clock.of(page)
            await page.goto(SHOP)
            await clock.rest(Options().dwell_seconds)
            await page.close()
    await context.close()


def _beside(port: int, ours: float) -> list[Row]:
    """Time per page and state, of others on the same site with the same browser."""
    found = []
    for name, run in scanners.PEERS.items():
        spent = run(port)
        if spent is None:
            found.append(_row(f"{name} (could not be run)", None, "s", None))
            continue
        each, mine = spent / scanners.STATES, ours / STATES
        said = f"{each:.2f} s against {mine:.2f} s"
        found.append(
            _row(
                f"per page and state, {name}", each / mine, "×", BESIDE, each / mine / BESIDE, said
            )
        )
    return found


def _seeded() -> list[Row]:
    """Violations found of those that were put there, and findings on the clean twins."""
    told, missed, more = 0, 0, 0
    with served(DIRTY) as site:
        for host, expected in EXPECTED.items():
            saw = scan(f"https://{host}/", site.options())
            seen = _found(saw, UNSOUND if host == "shop.example" else None)
            told += len(expected)
            missed += len(expected - seen)
            more += len(seen - expected)
    clean = 0
    with served(CLEAN) as site:
        for host in EXPECTED:
            saw = scan(f"https://{host}/", site.options())
            clean += len(_found(saw, SOUND if host == "shop.example" else None))
    return [
        _most(f"seeded violations missed, of {told}", missed, "", 0),
        _most("findings beside the seeded ones", more, "", 0),
        _most(f"findings on {len(EXPECTED)} clean twins", clean, "", 0),
    ]


def _found(saw: Observations, told: Declaration | None) -> set[tuple[str, str]]:
    return {(one.rule, one.subject) for one in judge(Seen(saw, told, Knowledge()))}


def _dwelling() -> list[Row]:
    """Published tracker packages: what ten virtual seconds show, and ten real ones."""
    pages = bundles.pages()
    if not pages:
        return [_row("bundles (npm is needed for them)", None, "", None)]
    same, different = 0, []
    with served(pages) as site:
        options = site.options(states=("before",))
        real = msgspec.structs.replace(options, virtual=False, page_seconds=60)
        hosts = sorted({key.partition("/")[0] for key in pages if key.endswith(".example/")})
        for host in hosts:
            one, other = (bundles.seen(scan(f"https://{host}/", each)) for each in (options, real))
            same += one == other
            if one != other:
                different.append(f"{host}: {sorted(one ^ other)}")
    share = same / len(hosts)
    name = f"virtual dwell equals a real one, of {len(hosts)} packages"
    return [_row(name, share, "", SAME, share / SAME) | {"peer": "; ".join(different)}]


@contextlib.contextmanager
def _site(answers: dict[str, Handler]) -> Iterator[int]:
    """Served by another process, so that its work is not taken for the scan's."""
    ports: Queue[int] = multiprocessing.Queue()
    stop = multiprocessing.Event()
    server = multiprocessing.Process(target=_serve, args=(answers, ports, stop), daemon=True)
    server.start()
    try:
        yield ports.get(timeout=20)
    finally:
        stop.set()
        server.join(5)


def _serve(answers: dict[str, Handler], ports: Queue[int], stop: Event) -> None:
    local = {key.replace("shop.example/", "shop.localhost/"): one for key, one in answers.items()}
    with served(answers | local) as site:
        ports.put(site.port)
        stop.wait()


def _with_hang(answers: dict[str, Handler]) -> dict[str, Handler]:
    page = answers["shop.example/"]
    if not isinstance(page, Answer):
        raise TypeError("the page is made on the way")
    body = page.body + b"<img src=/never>"
    hung = Answer(body, page.content_type, headers=page.headers)
    return answers | {"shop.example/": hung, "shop.example/never": hanging()}


def _options(port: int) -> Options:
    every = (Resolution("*", "127.0.0.1", port),)
    return Options(resolve=every, insecure=True, robots=False, screenshots=False)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processors (this process and the browser)."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(each) for each in whose]
    started = time.perf_counter()
    work()
    wall = time.perf_counter() - started
    after = [resource.getrusage(each) for each in whose]
    pairs = itertools.chain(zip(after, used, strict=True))
    return wall, sum(n.ru_utime + n.ru_stime - o.ru_utime - o.ru_stime for n, o in pairs)


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _most(name: str, value: float, unit: str, limit: float | None) -> Row:
    """A row whose value may be at most the limit."""
    ratio = None
    if limit is not None:
        ratio = limit / value if limit and value > 0 else float(value <= limit)
    return _row(name, value, unit, limit, ratio)


def _row(
    name: str, value: float | None, unit: str, limit: float | None, ratio: float | None = None
) -> Row:
    return {
        "name": name, "value": value, "unit": unit, "limit": limit, "ratio": ratio, "peer": None,
    }  # fmt: skip
