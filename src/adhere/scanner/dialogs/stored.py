"""The consent states that a website keeps in the browser, and what they say."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from adhere.scanner.dialogs import inside
from adhere.scanner.dialogs.reading import Says, loose, read
from adhere.scanner.observations import Signal

if TYPE_CHECKING:
    from playwright.async_api import Page

TABLE: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "states.json").read_text(encoding="utf-8")
)
ABOUT = re.compile(
    r"consent|cookie|gdpr|rgpd|dsgvo|privacy|tracking|opt.?(in|out)|cmp(?![a-z])|avg", re.I
)
CONSENTING = re.compile(r"[\"']\w*consent\w*[\"']\s*:|[\"'](level|categories)[\"']\s*:\s*\[", re.I)
BESIDE = re.compile(r"seen|shown|dismiss|clos|hid|version|date|time|uuid|\bid\b|lang|test", re.I)
NEUTRAL = re.compile(
    r"necess|essential|requir|strict|mandator|technical|notwendig|erforderlich|essen[zt]iel|"
    r"functional|funktion|fonctionnel|security|^C0001$|basic",
    re.I,
)
READING = """() => [["l", "localStorage"], ["s", "sessionStorage"]].flatMap(([kind, box]) => {
  try { return Object.entries(window[box]).map(([k, v]) => [kind, k, v]); } catch { return []; }
})"""

Kept = dict[tuple[str, str], str]


async def fixed(page: Page) -> frozenset[str]:
    """The names of purposes that the visitor cannot switch off."""
    script = inside.text_of("necessary")
    answers = await inside.each(page, script[script.index("()") :], None)
    return frozenset(name for _, names in answers for name in names)


async def kept(page: Page) -> Kept:
    """All that cookies, local and session storage hold now, by place and name."""
    found: Kept = {}
    for cookie in await page.context.cookies():
        found["cookie " + cookie["domain"].lstrip("."), cookie["name"]] = cookie["value"]
    for frame, rows in await inside.each(page, READING, None):
        for kind, name, value in rows:
            place = "local storage" if kind == "l" else "session storage"
            origin = "" if frame is page.main_frame else f" of {frame.url.split('?')[0]}"
            found[place + origin, name] = str(value)[:20_000]
    return found


def known(name: str) -> dict[str, Any] | None:
    """How the consent tool that is known to use this name writes it."""
    for entry in TABLE:
        if re.fullmatch(entry["name"], name):
            key = name.rsplit("_", 1)[-1] if entry["form"] == "own" else ""
            return {**entry, "key": key}
    return None


def understood(name: str, value: str) -> tuple[str, Says | None]:
    """The product and what its state says; None where it does not say, or is no consent."""
    entry = known(name)
    if entry:
        said = read(value, entry)
        return entry["product"], said if said is not None else loose(value)
    if BESIDE.search(name) or not (ABOUT.search(name) or CONSENTING.search(unquote(value))):
        return "", None
    said = loose(value)
    if said and set(said) == {""}:
        return "", {name: said[""]}
    useful = {key: on for key, on in (said or {}).items() if not BESIDE.search(key)}
    return "", useful or None


def signals_of(held: Kept, page: Page) -> list[Signal]:
    """Every consent state that can be understood, as what it says."""
    found = []
    for (place, name), value in held.items():
        product, says = understood(name, value)
        if says is not None:
            raw = f"{place}: {name}={value[:400]}"
            found.append(Signal(source="product", state="", page=page.url, at=0, says=says,
                                answered=True, raw=f"{product} {raw}".strip()))  # fmt: skip
    return found


def agrees(says: Says, choice: str, fixed: frozenset[str] = frozenset()) -> bool | None:
    """Whether this is what the choice asked for; None where it does not tell.

    Necessary and functional purposes tell nothing. A state without any other purpose is a
    refusal where it names what is granted. ``fixed`` are names that nobody can switch off.
    """
    told = {n: on for n, on in says.items() if n not in fixed and not NEUTRAL.search(n)}
    counts = Counter(told.values())
    if choice in ("refuse", "withdraw"):
        return not counts[True] if says else None
    if choice == "accept":
        return counts[True] > 0 if told else False if says else None
    return counts[True] > 0 if told else None
