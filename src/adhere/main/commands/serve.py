"""Serve one part alone, for several machines: console, edge or worker."""

from __future__ import annotations

import argparse
from pathlib import Path

from adhere.errors import Problem
from adhere.main.commands.up import port_number
from adhere.main.output import put, say

_FACTORIES = {"console": "make_console", "edge": "make_edge"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", choices=[*_FACTORIES, "worker"], required=True, help="the part to serve"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=port_number, default=8000, help="0 takes a free one")
    parser.add_argument("--tls-cert", type=Path, metavar="F", help="certificate chain in PEM")
    parser.add_argument("--tls-key", type=Path, metavar="F", help="its key in PEM")
    parser.add_argument("--processes", type=int, default=1, help="serving processes")


def run(chosen: argparse.Namespace) -> int:
    if chosen.only == "worker":
        from adhere.main.background import work_until_stopped

        return work_until_stopped()
    if chosen.processes < 1:
        raise Problem(f"{chosen.processes} processes", field="--processes", expected="1 or more")
    from adhere.main.serving import Listener, free_listener, serve

    listener = free_listener(Listener(chosen.host, chosen.port, chosen.tls_cert, chosen.tls_key))
    serve(
        _FACTORIES[chosen.only],
        listener,
        processes=chosen.processes,
        ready=lambda: put(f"{chosen.only} at {listener.url}"),
    )
    say("stopped")
    return 0
