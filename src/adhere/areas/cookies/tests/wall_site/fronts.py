"""Everything that can stand in front of the shop, each as a company would run it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from adhere.areas.cookies.packages import wordpress
from adhere.areas.cookies.tests.wall_site.hosts import serving
from adhere.areas.cookies.tests.wall_site.shop import shop
from adhere.areas.cookies.tests.wall_site.world import Around
from adhere.areas.cookies.wall.data import checked
from adhere.areas.cookies.wall.policy import WORKER
from adhere.areas.cookies.wall.servers import apache, caddy, nginx, static
from adhere.areas.cookies.wall.single import single_file

_MODULES = "/usr/lib/apache2/modules"


@contextmanager
def python(kind: str, around: Around, folder: Path) -> Iterator[int]:
    """``wsgi``, ``asgi`` or ``django`` behind the single file, in a process of its own."""
    port = free_port()
    (folder / "adhere_wall.py").write_text(single_file(around.data(port)))
    (folder / "shop.json").write_text(
        json.dumps({"pieces": around.pieces, "edge": around.edge_origin, "port": port})
    )
    script = Path(__file__).with_name("behind.py")
    environ = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    with process([sys.executable, str(script), kind, str(folder)], port, environ):
        yield port


@contextmanager
def proxied(kind: str, around: Around, folder: Path) -> Iterator[int]:
    """nginx, Apache or Caddy in front of the shop, with the generated configuration."""
    port = free_port()
    with serving(shop(around.pieces, around.edge_origin)) as behind:
        command = _FRONTS[kind](around, folder, port, behind)
        with process(command, port, {**os.environ, "PHP_CLI_SERVER_WORKERS": "8"}):
            yield port


def _nginx(around: Around, folder: Path, port: int, behind: int) -> list[str]:
    wall = checked(around.data(port))
    (folder / nginx.HTTP).write_text(nginx.http_part(wall))
    (folder / nginx.SERVER).write_text(nginx.server_part(wall))
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        "events {}\nhttp { access_log off;\n"
        + "".join(
            f"{name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"include {folder}/{nginx.HTTP};\nserver {{ listen 127.0.0.1:{port};\n"
        f"include {folder}/{nginx.SERVER};\n"
        f"location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}"
        "}}\n"
    )
    return [binary("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _apache(around: Around, folder: Path, port: int, behind: int) -> list[str]:
    needed = ("mpm_event", "authz_core", "headers", "setenvif", "proxy", "proxy_http", "dir")
    root = folder / "root"
    root.mkdir(exist_ok=True)
    wall = checked(around.data(port))
    (folder / "adhere.conf").write_text(apache.htaccess(wall))
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        f"Listen 127.0.0.1:{port}\nServerName localhost\nDefaultRuntimeDir {folder}\n"
        + "".join(f"LoadModule {each}_module {_MODULES}/mod_{each}.so\n" for each in needed)
        + f"DocumentRoot {root}\n<Location />\nRequire all granted\n</Location>\n"
        "ProxyPreserveHost On\n"
        f"ProxyPass / http://127.0.0.1:{behind}/\n<Location />\nInclude {folder}/adhere.conf\n"
        "</Location>\n"
    )
    return [binary("apache2"), "-X", "-f", str(folder / "apache.conf")]


def _caddy(around: Around, folder: Path, port: int, behind: int) -> list[str]:
    (folder / caddy.FILE).write_text(caddy.caddyfile(checked(around.data(port))))
    (folder / "Caddyfile").write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n"
        f"import {caddy.FILE}\nhttp://:{port} {{\n\tbind 127.0.0.1\n\timport adhere_wall\n"
        f"\treverse_proxy 127.0.0.1:{behind}\n}}\n"
    )
    return [binary("caddy"), "run", "--config", str(folder / "Caddyfile")]


def _php(around: Around, folder: Path, port: int, behind: int) -> list[str]:
    """The WordPress plugin; the few functions of WordPress that it uses stand in the router."""
    wall = checked(around.data(port))
    (folder / "plugin.php").write_text(wordpress.plugin(wall, around.edge_origin, "shop"))
    (folder / "router.php").write_text(_ROUTER.replace("BEHIND", str(behind)))
    return [binary("php"), "-S", f"127.0.0.1:{port}", str(folder / "router.php")]


_ROUTER = """<?php
define('ABSPATH', '/');
$actions = [];
function add_action($name, $call, $order) { global $actions; $actions[$name][] = $call; }
function is_admin() { return false; }
require __DIR__ . '/plugin.php';
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (!preg_match('/[.](js|css|png|svg|json|mp4)$/', $path)) {
    foreach ($actions['init'] as $call) { $call(); }
}
$sent = '';
foreach ($_COOKIE as $name => $value) { $sent .= ($sent ? '; ' : '') . "$name=$value"; }
$how = ['ignore_errors' => true, 'follow_location' => 0, 'header' => "Cookie: $sent"];
$url = 'http://127.0.0.1:BEHIND' . $_SERVER['REQUEST_URI'];
$body = file_get_contents($url, false, stream_context_create(['http' => $how]));
foreach ($http_response_header as $at => $line) {
    if ($at === 0) { http_response_code((int) explode(' ', $line)[1]); }
    elseif (preg_match('/^(content-type|location):/i', $line)) { header($line); }
}
echo $body;
"""
_FRONTS: dict[str, Callable[[Around, Path, int, int], list[str]]] = {
    "nginx": _nginx, "apache2": _apache, "caddy": _caddy, "php": _php,
}  # fmt: skip


@contextmanager
def unserved(kind: str, around: Around) -> Iterator[int]:
    """A host of plain files: ``meta``, or ``_headers`` as its makers describe it."""
    held: list[Any] = []

    def late(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        return held[0](environ, start)

    with serving(late) as port:
        wall = checked(around.data(port))
        files = {
            static.LOADER: static.loader(wall).encode(),
            WORKER: static.service_worker(wall).encode(),
        }
        script = f'<script src="{static.LOADER}"></script>'
        element = static.meta(wall) if kind == "meta" else ""
        website = shop(around.pieces, around.edge_origin, element + script, files)
        held.append(website if kind == "meta" else _with(static.headers_file(wall), website))
        yield port


def _with(headers: str, application: Callable[..., Any]) -> Callable[..., Any]:
    """What a host does with ``_headers``: lines of each pattern that the path meets."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in headers.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[list(rules)[-1]].append((name, value))
        else:
            rules[line] = []

    def answering(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        more = [each for at, found in rules.items() if at in ("/*", environ["PATH_INFO"])
                for each in found]  # fmt: skip
        return application(environ, lambda status, said: start(status, [*said, *more]))

    return answering


def binary(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    return found or ""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def process(command: list[str], port: int, environ: dict[str, str]) -> Iterator[None]:
    """Runs it until the end of the block; waits until it listens."""
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(
            command, env=environ, stdout=said, stderr=said, start_new_session=True
        )
        try:
            _listening(started, port, said)
            yield
        finally:
            # Its own group: some servers leave workers behind.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGTERM)
            started.wait(timeout=10)


def _listening(started: subprocess.Popen[bytes], port: int, said: IO[bytes]) -> None:
    for _ in range(150):
        if started.poll() is not None:
            said.seek(0)
            raise RuntimeError(said.read().decode())
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{started.args} does not listen")
