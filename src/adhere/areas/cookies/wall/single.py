"""``adhere_wall.py``: the modules of this folder as one file without dependencies."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PARTS = (
    "site", "choices", "policy", "cookies", "headers", "loading", "wsgi", "asgi", "django_shim",
    "asking",
)  # fmt: skip
_HEAD = '''\
"""Keeps what a visitor did not consent to from leaving the browser. Made by Adhere for {site}.

    application = WSGIWall(application)          # Flask, Bottle, Django behind WSGI …
    application = ASGIWall(application)          # Starlette, FastAPI, Quart …
    MIDDLEWARE = ["adhere_wall.DjangoWall", …]   # Django, first in the list

``choices(request)["analytics"]`` says on the server whether a purpose was consented to. Each of
the three takes ``data=``: the path of a newer ``adhere-wall.json``, read again when it changes.
Python 3.9 or newer; nothing to install.
"""
'''


def single_file(data: Mapping[str, Any]) -> str:
    """The middleware's source, with a site's data inside."""
    imports: set[str] = set()
    bodies = [_body(_HERE / f"{name}.py", imports) for name in _PARTS]
    text = "\n\n\n".join(bodies)
    held = json.dumps(data, sort_keys=True, ensure_ascii=True)
    text = text.replace(
        "DATA: Any = None", f"DATA: Any = json.loads(\n    {held!r}  # noqa: E501\n)"
    )
    lines = sorted(imports, key=lambda line: (line.startswith("from"), line))
    head = _HEAD.format(site=str(data.get("site", "")) or "a website")
    start = f"{head}\nfrom __future__ import annotations\n\n"
    return f"{start}{chr(10).join(lines)}\n\n\n{text}\n"


def _body(path: Path, imports: set[str]) -> str:
    """A module's source without its docstring and imports; those of the library are noted."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.parse(source).body:
        heading = isinstance(node, ast.Expr) and node.lineno == 1
        if not heading and not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        written = ast.unparse(node)
        if not heading and "adhere.areas" not in written and "__future__" not in written:
            imports.add(written)
        for at in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[at] = ""
    return "\n".join(lines).strip()
